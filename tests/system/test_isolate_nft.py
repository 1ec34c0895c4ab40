"""The text of a cut in a real kernel: read back it says what was meant, packets stop and go as it says, and the timer is the kernel's own."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from omamori.analyze.reach.ranges import network_numbers
from omamori.model.device import DeviceRule
from omamori.parse.linux.filter import read_filter
from omamori.parse.linux.filter_rows import device_rows
from omamori.parse.sections import Section
from omamori.respond.isolate.names import table_name
from omamori.respond.isolate.parts import Crossing, Cut, NeverBlocked, StageNumber
from omamori.respond.isolate.rules import HOOKS, rules_at
from omamori.respond.isolate.write.nft import write

pytestmark = pytest.mark.system
PORT, OTHER = 2101, 2102
SERVE = (
    "import socket,sys,time\n"
    "held = [socket.create_server(('0.0.0.0', int(port)), backlog=50) for port in sys.argv[1:]]\n"
    "print('ready', flush=True)\n"
    "time.sleep(600)\n"
)
ALL = {"10.77.0.2", "10.77.0.3", "10.77.0.9"}


def span(network: str) -> tuple[tuple[int, int], ...]:
    return (network_numbers(network) or (0, 0),)


NEVER = (NeverBlocked("alarms", span("10.77.0.3/32"), span("10.77.0.1/32"), "tcp", PORT, "alarms"),)
CUT = Cut(StageNumber.MACHINE, "5-検査-pc", "pc", "pc", "linux-nft", (Crossing(None, None),))


@pytest.fixture
def serving(lab: Any) -> Iterator[Any]:
    lab.start(sys.executable, "-c", SERVE, str(PORT), str(OTHER))
    until(lambda: lab.reached_from(PORT) == ALL)
    yield lab


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.1)


def load(lab: Any, folder: Path, text: str) -> Any:
    file = folder / "text.nft"
    file.write_text(text)
    return lab.run("nft", "-f", str(file))


def test_the_kernel_s_own_words_of_it_are_the_rules_that_were_meant(lab: Any, tmp_path: Path) -> None:
    cut = Cut(
        StageNumber.BORDERS,
        "3-a-b",
        "a",
        "fw",
        "linux",
        (Crossing(span("10.77.0.0/30"), span("10.78.0.0/24")), Crossing(None, None, "eth0")),
    )
    assert load(lab, tmp_path, write(cut, NEVER, 60).apply or "").returncode == 0
    printed = lab.must("nft", "-j", "list", "ruleset").decode()
    found = read_filter({"nft": Section("nft", 1, tuple(printed.splitlines()), 0)})
    assert found is not None
    rows = [row for row in device_rows(found) if isinstance(row, DeviceRule)]
    for hook in HOOKS:
        mine = [row for row in rows if row.chain == f"inet {table_name(cut)} {hook}"]
        assert [told(row) for row in mine] == [told(rule) for rule in rules_at(cut, NEVER, hook)]


def told(rule: DeviceRule) -> tuple[object, ...]:
    states = tuple(sorted((rule.states or "").split(",")))
    return (
        rule.decision, rule.sources, rule.destinations, rule.protocol, rule.source_ports, rule.destination_ports, rule.interface_in,
        rule.interface_out, states,
    )  # fmt: skip


def test_a_cut_stops_all_but_what_is_never_blocked_and_its_undo_leaves_nothing(serving: Any, tmp_path: Path) -> None:
    before = serving.must("nft", "list", "ruleset")
    one = write(CUT, NEVER, 60)
    assert load(serving, tmp_path, one.apply or "").returncode == 0
    assert (serving.reached_from(PORT), serving.reached_from(OTHER)) == ({"10.77.0.3"}, set())
    itself = f"import socket; socket.create_connection(('127.0.0.1', {OTHER}), 5).close()"
    assert serving.run(sys.executable, "-c", itself).returncode == 0, "what it says to itself goes on"
    assert load(serving, tmp_path, one.undo or "").returncode == 0
    assert serving.must("nft", "list", "ruleset") == before and serving.reached_from(OTHER) == ALL


def test_a_timed_cut_goes_by_itself_and_then_cannot_be_confirmed(serving: Any, tmp_path: Path) -> None:
    one = write(CUT, NEVER, 4)
    assert load(serving, tmp_path, one.timed or "").returncode == 0
    assert serving.reached_from(OTHER) == set()
    until(lambda: serving.reached_from(OTHER) == ALL)
    assert load(serving, tmp_path, one.confirm or "").returncode != 0, "too late is told, nothing is blocked"
    assert serving.reached_from(OTHER) == ALL


def test_a_confirmed_cut_stays(serving: Any, tmp_path: Path) -> None:
    one = write(CUT, NEVER, 3600)
    assert load(serving, tmp_path, one.timed or "").returncode == 0 and load(serving, tmp_path, one.confirm or "").returncode == 0
    held = serving.must("nft", "list", "ruleset").decode()
    assert "expires" not in held and serving.reached_from(OTHER) == set() and serving.reached_from(PORT) == {"10.77.0.3"}
