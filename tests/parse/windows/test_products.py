"""Products known by their services: on servers they tell what protects, everywhere who rules the firewall, sends logs or backs up."""

from __future__ import annotations

import re

import pytest

from omamori.model.access import LogSetting, SecurityProduct
from omamori.model.host import Host, ScheduledBackup, Service, Software
from omamori.model.look import Look, Parsed
from omamori.model.network import FirewallProfile
from omamori.parse.windows.merge import merge
from omamori.parse.windows.products import by_services, products, usual_name

WHOLE = Look("services")


def told(*services: Service, role: str = "server", look: Look = WHOLE, more: Parsed | None = None) -> Parsed:
    host = Parsed(rows=(Host(hostname="sv", role=role),), looks=(Look("hosts"),))
    parts = [host, Parsed(rows=services, looks=(look,)), *([more] if more else [])]
    found = merge(parts)
    return merge([found, *by_services(found)])


def service(name: str, state: str | None = "running", start: str = "automatic") -> Service:
    return Service(name=name, state=state, start=start, evidence="7")


def guards(found: Parsed) -> dict[str, tuple[str, bool | None]]:
    return {row.name: (row.kind, row.running) for row in found.rows if isinstance(row, SecurityProduct)}


def look_of(found: Parsed, table: str) -> Look | None:
    return next((look for look in found.looks if look.table == table), None)


def test_a_server_is_protected_by_what_its_services_say() -> None:
    found = told(service("NTRTSCAN"), service("Spooler"), service("CSFalconService", "stopped"))
    assert guards(found) == {"Trend Micro Apex One": ("antivirus", True), "CrowdStrike Falcon": ("edr", False)}
    look = look_of(found, "security_products")
    assert look is not None and look.complete
    assert {"real_time", "signatures"} <= set(look.missing)
    assert "running" not in look.missing


def test_a_server_without_any_known_product_was_looked_at() -> None:
    found = told(service("Spooler"))
    look = look_of(found, "security_products")
    assert look == Look("security_products")
    assert guards(found) == {}


@pytest.mark.parametrize(
    ("role", "look"),
    [
        ("client", WHOLE),
        ("server", Look("services", complete=False, reason="not_collected")),
        ("server", Look("services", missing=("state",), reason="not_collected")),
    ],
)
def test_elsewhere_services_are_never_the_whole_list(role: str, look: Look) -> None:
    for services in ((service("ekrn"),), (service("Spooler"),)):
        found = told(*services, role=role, look=look)
        said = look_of(found, "security_products")
        assert said is None or not said.complete


@pytest.mark.parametrize(
    ("name", "whole"),
    [("Unheard-of AntiVirus Agent", False), ("ウイルスガード", False), ("Acme EDR sensor", False), ("Microsoft Defender Antivirus Service", True),
     ("Print Spooler", True), ("ESET Endpoint Security", True)],
)  # fmt: skip
def test_a_name_that_sounds_like_protection_and_is_unknown_may_be_a_guard(name: str, whole: bool) -> None:
    found = told(service("Spooler"), Service(name="X", display_name=name, state="running", start="automatic"))
    look = look_of(found, "security_products")
    assert look is not None and look.complete is whole
    installed = Parsed(rows=(Software(name=name),), looks=(Look("software"),))
    look = look_of(told(service("Spooler"), more=installed), "security_products")
    assert look is not None and look.complete is whole


def test_defender_may_only_watch_while_its_service_runs() -> None:
    assert guards(told(service("WinDefend"))) == {"defender": ("antivirus", None)}
    assert guards(told(service("WinDefend", "stopped"))) == {"defender": ("antivirus", False)}
    assert guards(told(service("WinDefend"), service("ekrn"))) == {"ESET": ("antivirus", True)}


def test_what_a_list_said_of_a_product_is_not_said_again() -> None:
    center = Parsed(
        rows=(SecurityProduct(name="ESET", kind="antivirus", running=False, real_time=False, evidence="1"),),
        looks=(Look("security_products"),),
    )
    found = told(service("ekrn"), role="client", more=center)
    assert guards(found) == {"ESET": ("antivirus", False)}
    assert look_of(found, "security_products") == Look("security_products")


def test_an_edr_beside_an_antivirus_takes_nothing_from_what_is_known_of_that() -> None:
    center = Parsed(
        rows=(SecurityProduct(name="ESET", kind="antivirus", running=True, real_time=True, evidence="1"),),
        looks=(Look("security_products"),),
    )
    look = look_of(told(service("SentinelAgent"), role="client", more=center), "security_products")
    assert look is not None and look.complete
    assert "real_time" not in look.missing


def walls(found: Parsed) -> list[tuple[str, str, str | None]]:
    return [(row.product, row.profile, row.managed_by) for row in found.rows if isinstance(row, FirewallProfile)]


def test_a_firewall_that_another_product_rules_is_named() -> None:
    own = Parsed(
        rows=(FirewallProfile(product="windows-firewall", profile="domain", enabled=False, inbound_default="drop", evidence="3"),),
        looks=(Look("firewall_profiles"),),
    )
    found = told(service("ntrtscan"), service("TmPfw"), more=own)
    assert ("Trend Micro Apex One", "all", "Trend Micro Apex One") in walls(found)
    assert look_of(found, "firewall_profiles") == Look("firewall_profiles")
    assert walls(told(service("TmPfw", "stopped"), more=own)) == [("windows-firewall", "domain", None)]
    center = Parsed(
        rows=(
            SecurityProduct(name="ESET", kind="firewall", running=True, evidence="1"),
            SecurityProduct(name="Old Wall", kind="firewall", running=False, evidence="2"),
        ),
        looks=(Look("security_products"),),
    )
    assert walls(told(service("Spooler"), more=center)) == [("ESET", "all", "ESET")]
    assert [row.managed_by for part in by_services(center) for row in part.rows] == ["ESET"]


def test_senders_of_logs_and_backups() -> None:
    found = told(
        service("winlogbeat"), service("nxlog", "stopped"), service("CASAD2DWebSvc", start="disabled"), service("GxCVD(Instance001)")
    )
    logs = {row.log: (row.active, row.forwarded_to) for row in found.rows if isinstance(row, LogSetting)}
    assert logs == {"winlogbeat": (True, "winlogbeat"), "nxlog": (False, None)}
    jobs = {row.product: row.enabled for row in found.rows if isinstance(row, ScheduledBackup)}
    assert jobs == {"Arcserve UDP": False, "Commvault": True}
    look = look_of(found, "scheduled_backups")
    assert look is not None and not look.complete


def test_names_of_products() -> None:
    assert usual_name("ウイルスバスター コーポレートエディション") == "Trend Micro Apex One"
    assert usual_name("Windows Defender") == "defender"
    assert usual_name("X" * 300) == "X" * 120
    names = [one.name for one in products()]
    assert len(names) == len(set(names))
    services = [name for one in products() for name in one.services]
    assert len(services) == len(set(services))
    assert all(isinstance(one.shown, re.Pattern) for one in products() if one.shown)


def test_nothing_without_services() -> None:
    assert by_services(Parsed()) == []
