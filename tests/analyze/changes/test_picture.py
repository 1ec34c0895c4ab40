from __future__ import annotations

from datetime import datetime

from omamori.analyze.addresses import networks_of
from omamori.analyze.changes.address_set import AddressSet
from omamori.analyze.changes.picture import Machine, Picture, Place, Port, PortLook, Run, Sign, together
from omamori.snapshot.network_state import SeenPort

DAY, NEXT = datetime(2026, 5, 1), datetime(2026, 5, 2)


def run(name: str = "r", *, finished: bool = True, spared: str = "", began: datetime = DAY) -> Run:
    asked = AddressSet.read("10.1.0.0/24 10.2.0.0/24")
    return Run(name, began, finished, asked, AddressSet.read(spared), frozenset({"10.1.0.0/24"}))


def test_a_run_covers_what_it_asked_to_the_end_and_reached() -> None:
    assert run().covers("10.1.0.5")
    assert not run().covers("10.2.0.5"), "nothing answered in that network"
    assert not run().covers("10.3.0.5") and not run(finished=False).covers("10.1.0.5") and not run(spared="10.1.0.5").covers("10.1.0.5")
    assert not Run("r", DAY, True, None, reached=frozenset({"10.1.0.0/24"})).covers("10.1.0.5"), "nobody knows what it asked"


def test_the_newest_run_that_asked() -> None:
    runs = (run("late", began=NEXT), run("early"), run("cut", began=datetime(2026, 5, 3), finished=False))
    asked = Picture(NEXT, runs=runs).asked("10.1.0.9")
    assert asked is not None and asked.name == "late"


def test_what_was_not_asked_and_what_is_nobodys_word_is_not_closed() -> None:
    ports = {("tcp", 80): Port(SeenPort("open")), ("udp", 161): Port(SeenPort("open|filtered")), ("tcp", 22): Port(SeenPort("filtered"))}
    look = PortLook("r", DAY, ports, {"tcp": ((1, 100),)})
    assert [look.not_open(key) for key in (("tcp", 80), ("tcp", 22), ("tcp", 81), ("tcp", 443), ("udp", 161), ("udp", 53))] == [
        False, True, True, False, False, False,
    ]  # fmt: skip
    assert not PortLook("r", DAY, ports, {"tcp": ((1, 100),)}, ended=False).not_open(("tcp", 81))


def test_entries_that_are_one_machine_keep_all_places_and_the_newest_of_each() -> None:
    bare = Machine("10.1.0.5", places={"10.1.0.5": Place("10.1.0.5", DAY, "r")})
    named = Machine("ward", declared=True, places={"10.1.0.5": Place("10.1.0.5", NEXT, "s")}, signs=(Sign(NEXT, "x"),))
    one = together([named, bare])
    assert (one.asset, one.declared, one.places["10.1.0.5"].run, one.last_seen.seen) == ("ward", True, "s", NEXT)


def test_the_zone_with_the_smallest_network() -> None:
    wide, narrow = networks_of("10.0.0.0/8 10.1.0.0/24")
    picture = Picture(DAY, zones=((wide, "all"), (narrow, "EHR")))
    assert [picture.zone_of(address) for address in ("10.1.0.5", "10.9.0.5", "192.168.1.1")] == ["EHR", "all", ""]
