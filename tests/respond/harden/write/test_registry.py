"""Only what changes something is written, by the writer of the machine's system."""

from __future__ import annotations

from tests.respond.harden.small import facts, rows

from omamori.model.text import Text
from omamori.respond.harden.changes import RegistryValue, ShareRights, Unit
from omamori.respond.harden.parts import Machine, Measure, Menu
from omamori.respond.harden.plan import make_plan
from omamori.respond.harden.write.registry import BY_HAND, writable, write_files


def test_what_is_done_by_hand_has_no_file() -> None:
    with facts(rows()) as known:
        plan = make_plan(known, "s", ["all"])
    assert plan.measures and all(not one.changes for one in plan.measures)
    assert write_files(plan.measures) == ()


def test_a_name_no_script_can_hold_is_done_by_hand_and_costs_nothing_else_its_file() -> None:
    said = Text("x", "x")
    pc, host = (Machine(name, name, "server", "", "", "", "", False, False, False, name) for name in ("windows", "linux"))
    good = Measure("good", pc, said, said, said, Menu(said), (RegistryValue(r"HKLM\SOFTWARE\X", "a", "dword", 1),))
    share = Measure("share", pc, said, said, said, Menu(said), (ShareRights("様式", (("S-1-5-11", "read"),)),))
    units = [
        Measure("unit", host, Text(name, name), said, said, Menu(said), (Unit(name),))
        for name in ("../../tmp/x", "--root=/x", "a\nb", "ftp")
    ]
    found = writable([good, share, *units])
    assert [bool(one.changes) for one in found] == [True, False, False, False, False, True] and BY_HAND in found[1].notes
    assert {file.name.rpartition("/")[0].split("/")[0] for file in write_files(found)} == {"windows", "linux"}
