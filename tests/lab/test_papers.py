"""The approval and the list of whom to collect from."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import yaml

from omamori.lab.description import SHAPES, Shape
from omamori.lab.papers import approval, ssh_targets
from omamori.lab.reader import built_in
from omamori.lab.serving import ports_of

NOW = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize("shape", SHAPES)
def test_whoever_did_not_agree_stands_there_without_consent(shape: Shape) -> None:
    hospital = built_in(shape)
    told = yaml.safe_load(approval(hospital, NOW, "ja"))
    assert (told["profile"], told["approved_on"], told["from"], told["until"]) == (
        "gentle",
        "2026-03-01",
        "2026-03-01 23:29",
        "2026-03-02 23:30",
    )
    assert told["ranges"] == [str(zone.network) for zone in hospital.inside()]
    asked = {one["address"]: one for one in (*told["medical"], *told["not_ours"])}
    for host in hospital.hosts.values():
        for leg in host.legs:
            if hospital.zones[leg.zone].outside:
                assert str(leg.address) not in asked
            elif host.medical or host.owner != "hospital":
                assert all(bool(part) == host.consent for part in asked[str(leg.address)]["consent"].values()), host.id
            else:
                assert str(leg.address) not in asked
    assert [one["address"] for one in told["excluded"]] == ["10.10.2.20"]


def test_the_words_are_those_of_the_language() -> None:
    hospital = built_in("sick")
    assert "院長" in approval(hospital, NOW, "ja")
    assert "Director" in approval(hospital, NOW, "en")


def test_one_collects_from_the_hospitals_own_machines_that_can_be_reached() -> None:
    for shape in SHAPES:
        hospital = built_in(shape)
        targets = ssh_targets(hospital, ports_of(hospital))
        assert len(targets) == len(set(targets)) >= 5
        by_address = {f"root@{leg.address}": host for host in hospital.hosts.values() for leg in host.legs}
        assert all("ssh" in by_address[one].services and by_address[one].owner == "hospital" for one in targets)
    healthy = built_in("healthy")
    assert "root@10.10.6.10" not in ssh_targets(healthy, ports_of(healthy))
