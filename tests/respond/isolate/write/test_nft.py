"""The file for nft: whole, both ways, timed by the kernel, and taken away by one line."""

from __future__ import annotations

from tests.respond.isolate.write.test_written import NEVER

from omamori.respond.isolate.names import table_name
from omamori.respond.isolate.parts import Crossing, Cut, StageNumber
from omamori.respond.isolate.write.nft import write

CUT = Cut(StageNumber.BORDERS, "3-検査-画像", "検査", "fw", "linux", (Crossing(((1, 2),), ((9, 9),)), Crossing(None, None, "eth1")))


def test_the_table_is_its_own_and_made_whole_in_one_go() -> None:
    one = write(CUT, NEVER, 60)
    assert one.apply is not None and one.tried
    table = f"inet {table_name(CUT)}"
    assert one.apply.startswith(f"table {table}\ndelete table {table}\ntable {table} {{\n") and one.undo == f"delete table {table}\n"
    assert table.isascii() and one.apply.count("policy accept;") == 3
    drops = [line.strip() for line in one.apply.splitlines() if line.endswith("drop")]
    assert 'iifname "eth1" counter drop' in drops and 'oifname "eth1" counter drop' in drops
    assert not any("ct state" in line for line in drops), "connections that stand are cut too"


def test_what_is_never_blocked_stands_before_every_drop() -> None:
    one = write(CUT, NEVER, 60)
    for chain in (one.apply or "").split("  chain ")[1:]:
        words = [line.rsplit(" ", 1)[-1] for line in chain.splitlines() if line.endswith(("accept", "drop"))]
        assert words == sorted(words) and "accept" in words and "drop" in words


def test_the_timed_drops_hold_while_the_kernel_s_set_has_members_and_only_those() -> None:
    one = write(CUT, NEVER, 60)
    assert one.timed is not None and "timeout 60s" in one.timed and one.apply is not None and "armed" not in one.apply
    for line in one.timed.splitlines():
        if line.endswith((" accept", " drop")):
            assert ("@armed" in line) == line.endswith("drop")
    assert one.confirm is not None and [line.split()[0] for line in one.confirm.splitlines()] == ["delete", "add"]
