"""What a block is prepared from: the words of the ledger as addresses, the switch port of a machine."""

from __future__ import annotations

import pytest
from tests.respond.bastion.small import EHR, VENDOR
from tests.respond.isolate.ward import MONITOR, facts_of, filled, machine, zone

from omamori.analyze.reach.ranges import address_number, written
from omamori.model.declared import NeverBlockedFlow
from omamori.model.sightings import ForwardingEntry
from omamori.respond.isolate.facts import Facts, read_facts


@pytest.fixture(scope="module")
def facts() -> Facts:
    return facts_of()[0]


@pytest.mark.parametrize(
    ("words", "addresses"),
    [
        ("monitor", f"{MONITOR}"),
        ("EHR-01", EHR),
        ("Records", "10.1.1.0/24"),
        ("records ltd", "10.77.0.0/24"),
        ("10.1.0.7", "10.1.0.7"),
        ("10.1.0.0/30、nas", "10.1.0.0/30,10.1.9.5"),
        ("10.1.0.1-10.1.0.9", "10.1.0.1-10.1.0.9"),
    ],
)
def test_words_of_the_ledger_mean_addresses(facts: Facts, words: str, addresses: str) -> None:
    found = facts.ranges(words)
    assert found is not None and written(found) == addresses


@pytest.mark.parametrize("words", ["", None, "nobody", "10.1.0.7 nobody", "2001:db8::1", "10.1.0.9-10.1.0.1"])
def test_a_word_that_means_nothing_known_spoils_the_whole(facts: Facts, words: str | None) -> None:
    assert facts.ranges(words) is None


def test_the_smallest_zone_that_holds_an_address_is_its_zone() -> None:
    facts, _ = facts_of(*zone("campus", "other", "10.0.0.0/8"))
    assert [facts.zone_at(address_number(address) or 0) for address in (EHR, "10.5.0.1", VENDOR, "198.51.100.1")] == [
        "records",
        "campus",
        "campus",
        "",
    ]


def test_the_switch_port_a_machine_is_behind_is_its_plug() -> None:
    rows = machine("pc", "10.1.1.77")
    rows[1] = type(rows[1])(asset="pc", address="10.1.1.77", mac="00:00:5e:00:53:77")
    facts, _ = facts_of(*rows, ForwardingEntry(asset="core", mac="00:00:5e:00:53:77", port="24"))
    assert facts.machines["pc"].port == "core 24"


def test_an_empty_sheet_is_known_to_be_empty() -> None:
    with filled(without=NeverBlockedFlow) as database:
        database.delete("never_blocked")
        facts = read_facts(database)
    assert facts.never == () and facts.never_known, "the look at the empty sheet is whole"


def test_only_what_is_certainly_outside_counts_as_outside(facts: Facts) -> None:
    outside = facts.outside()
    told = {
        address: any(low <= (address_number(address) or 0) <= high for low, high in outside)
        for address in (EHR, "192.168.9.9", "198.51.100.1")
    }
    assert told == {EHR: False, "192.168.9.9": False, "198.51.100.1": True}
