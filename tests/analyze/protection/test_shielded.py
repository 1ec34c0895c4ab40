"""A virtual patch: the product that shields, at work or not."""

from __future__ import annotations

import pytest

from omamori.analyze.protection.shielded import virtual_patch
from omamori.model.access import SecurityProduct
from omamori.model.host import ServerSetting


def product(**more):
    return SecurityProduct(asset="a", name="Deep Shield Agent", kind="edr", evidence="p:1", **more)


@pytest.mark.parametrize(
    ("rows", "detail", "state"),
    [
        ([product(running=True)], "Deep Shield Agent", "seen"),
        ([product(running=True, mode="active")], "deep shield agent の規則12", "seen"),
        ([product(running=False)], "Deep Shield Agent", "contradicted"),
        ([product(running=True, mode="monitor")], "Deep Shield Agent", "contradicted"),
        ([product()], "Deep Shield Agent", "unreadable"),
        ([product(running=True)], "Other Guard", "declared"),
        ([product(running=True)], "", "declared"),
        ([ServerSetting(asset="a", service="apache", name="SecRuleEngine", value="On", evidence="p:1")], "ModSecurity WAF", "seen"),
        (
            [ServerSetting(asset="a", service="apache", name="SecRuleEngine", value="DetectionOnly", evidence="p:1")],
            "ModSecurity",
            "contradicted",
        ),
    ],
)
def test_the_state_of_a_shield(look_at, rows, detail, state):
    found = look_at(virtual_patch, detail, rows, ["security_products", "server_settings"])
    assert found.state == state and found.said.ja and found.said.en
    assert state not in ("seen", "contradicted") or found.evidence == "p:1"


def test_a_product_at_work_does_not_show_its_rules(look_at):
    assert "not seen" in look_at(virtual_patch, "Deep Shield Agent", [product(running=True)], ["security_products"]).said.en


def test_a_machine_nobody_looked_at_shows_nothing(look_at):
    assert look_at(virtual_patch, "Deep Shield Agent").state == "unreadable"
