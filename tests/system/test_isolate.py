"""Truth by packets of the applied block: while flows run through a real firewall, over a real sshd, by the product's own rules."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from block_net import FLOWS, HOSTS, KINDS, NEVER, ROOT, STOPS, Net, block, network
from omamori.gate.ssh import SshOptions
from omamori.gate.ssh_hold import Held, Ready
from omamori.gate.ssh_words import SshFailure
from omamori.model.text import Text
from omamori.pipeline.isolate_approval import read_approved
from omamori.pipeline.isolate_back import BackRequest, BackResult, take_back
from omamori.pipeline.isolate_drill import DrillRequest, drill, drills
from omamori.pipeline.isolate_record import recorded
from omamori.pipeline.isolate_run import RunRequest, RunResult, run_block
from omamori.pipeline.isolate_standing import left_on
from omamori.pipeline.isolate_steps import Step, chosen, steps_of
from omamori.pipeline.observer import Silent
from omamori.respond.isolate.device import READY, Answer, Order, read_answer, script
from omamori.respond.isolate.parts import NeverBlocked
from omamori.respond.isolate.sendable import sendable
from omamori.respond.isolate.write import nft

pytestmark = pytest.mark.system
CUTS = {1: "1-backup", 2: "2-line", 3: "3-border", 4: "4-pump"}


class Told(Silent):
    """Keeps what is told."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def told(self, text: Text) -> None:
        self.lines.append(text.en)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Net]:
    with network(tmp_path_factory.mktemp("block")) as net:
        wait_for(net, everything(net))
        yield net


@pytest.fixture
def net(standing: Net) -> Iterator[Net]:
    """The network with nothing cut, before and after."""
    standing.approve()
    rules = standing.rules()
    yield standing
    standing.run("fw", "sh", "-c", "sh /var/lib/omamori-block/block.sh undo all; rm -rf /var/lib/omamori-block")
    assert standing.rules() == rules, "a test left the firewall as it was"


def everything(net: Net, *without: str) -> set[str]:
    return {f"{flow}/{kind}" for flow in FLOWS if flow not in without for kind in KINDS}


def wait_for(net: Net, wanted: set[str], seconds: float = 60) -> None:
    """Wait until these flows run (TCP waits ever longer between its tries while it is cut off)."""
    until = time.monotonic() + seconds
    while not wanted <= net.flowing(0.5):
        assert time.monotonic() < until, wanted - net.flowing(2)


def run(
    net: Net, *words: str, by: str = "ops", never: Sequence[NeverBlocked] = NEVER, rely: bool = False, told: Told | None = None
) -> RunResult:
    approved = read_approved(net.folder / "approval.yaml")
    request = RunRequest(
        site=net.folder / f"site-{by}", approved=approved, steps=steps_of(chosen(block(never), words), approved, "real"),
        options=SshOptions(key=net.key), said_by=by, never=tuple(never), rely_on_timer=rely,
    )  # fmt: skip
    with net.inside(by):
        return run_block(request, told or Silent())


def back(net: Net, step: str, *cuts: str, by: str = "ops") -> BackResult:
    approved = read_approved(net.folder / "approval.yaml")
    request = BackRequest(
        site=net.folder / f"site-{by}", approved=approved, step=step, options=SshOptions(key=net.key), said_by=by, cuts=cuts
    )
    with net.inside(by):
        return take_back(request, Silent())


def ready(held: Held, cut: str) -> Ready:
    written = next(one for one in block().written if one.cut.name == cut)
    about = {"stage": "1", "who": "test", "purpose": "real", "session": "s"}
    order = Order("ready", secrets.token_hex(8), cut, written.apply or "", sendable(written), about=about)
    found = held.ready("fw", script(order), READY)
    assert isinstance(found, Ready), found
    return found


def put_on(held: Held, cut: str, seconds: int) -> Answer:
    return read_answer(held.go(ready(held, cut), f"{seconds}\n".encode()).stdout)


def ticking(net: Net) -> list[str]:
    """The clocks that run on the firewall."""
    pids = net.run("fw", "sh", "-c", "cat /var/lib/omamori-block/order.*/pid").stdout.split()
    return [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_stage_by_stage_the_right_flows_stop_and_only_those(net: Net) -> None:
    before, stopped = net.rules(), set[str]()
    for stage, cut in CUTS.items():
        result = run(net, cut)
        assert [one.result for one in result.outcomes] == ["done"], result.outcomes
        stopped |= STOPS[stage]
        time.sleep(0.1)  # what was on its way
        assert net.flowing() == everything(net, *stopped), f"after stage {stage}"
    assert {one.cut for _, one in back(net, "status").blocks} == set(CUTS.values())
    kept = back(net, "confirm", by="second")
    assert {one.outcome for one in kept.backs} == {"kept"}
    until = time.monotonic() + 20
    while ticking(net):
        assert time.monotonic() < until, "a clock runs on though the cut was confirmed"
        time.sleep(0.1)
    done = back(net, "undo", by="second")
    assert {one.outcome for one in done.backs} == {"off"} and done.as_before == (("fw", True),)
    assert net.rules() == before
    wait_for(net, everything(net))
    steps = [(one.action.step, one.action.cut, one.action.result, one.action.said_by) for one in recorded(net.folder / "site-ops")]
    assert [one for one in reversed(steps) if one[0] == "apply"] == [("apply", cut, "done", "ops") for cut in CUTS.values()]
    assert all(
        one.action.seconds is not None and one.action.reverts for one in recorded(net.folder / "site-ops") if one.action.step == "apply"
    )


def test_undone_a_hundred_times_the_rules_are_the_same_to_the_byte(net: Net) -> None:
    before, approved = net.rules(), read_approved(net.folder / "approval.yaml")
    with net.inside("ops"), Held(approved.file.devices, SshOptions(key=net.key)) as held:
        for number in range(100):
            cut = CUTS[number % 4 + 1]
            on = put_on(held, cut, 600).block(cut)
            assert on is not None and on.present and on.ticking
            undone = read_answer(held.run("fw", script(Order("undo", secrets.token_hex(8), cut))).stdout)
            assert (undone.one("was"), undone.one("as_before")) == ("present", "yes")
            assert net.rules() == before, f"undo {number + 1}"


OPERATOR = """
import sys, time
sys.path[:0] = sys.argv[3:]
from test_isolate import *
net = Net(Path(sys.argv[1]), sys.argv[2])
with Held(read_approved(net.folder / "approval.yaml").file.devices, SshOptions(key=net.key)) as held:
    assert put_on(held, "1-backup", 5).block("1-backup").present
    print("on", flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize("gone", ["the operator's program", "the operator's network"])
def test_the_device_undoes_it_by_itself(net: Net, gone: str) -> None:
    before = net.rules()
    paths = [str(ROOT / "src"), str(ROOT / "tools"), str(Path(__file__).parent)]
    words = net.command("ops", sys.executable, "-c", OPERATOR, str(net.folder), net.prefix, *paths)
    operator = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        assert operator.stdout is not None and operator.stdout.readline() == "on\n"
        if gone == "the operator's network":
            net.must("fw", "ip", "link", "set", "ops0", "down")
        else:
            os.killpg(operator.pid, signal.SIGKILL)
        assert not {one for one in net.flowing(0.5) if one.startswith("backup/")}
        wait_for(net, {"backup/udp", "backup/new"})
        assert net.rules() == before
    finally:
        os.killpg(operator.pid, signal.SIGKILL) if operator.poll() is None else None
        operator.wait()
        net.must("fw", "ip", "link", "set", "ops0", "up")
    status = back(net, "status")
    assert status.blocks == () and status.heard >= 1
    heard = [one.action for one in recorded(net.folder / "site-ops") if one.action.step == "timer"]
    assert heard and heard[0].cut == "1-backup" and heard[0].result == "done"
    assert back(net, "status").heard == 0, "heard once"
    wait_for(net, everything(net))


def test_undone_without_room_on_the_disk_and_after_half_of_a_program_was_written(net: Net) -> None:
    before = net.rules()
    assert run(net, "1").whole
    net.must("fw", "sh", "-c", "cd /var/lib/omamori-block && for f in block-*.sh; do head -c 3000 $f >half && mv half $f; done")
    net.must("fw", "sh", "-c", "mount -o remount,size=4m /var/lib; dd if=/dev/zero of=/var/lib/full bs=64k 2>/dev/null || true")
    try:
        no_room = run(net, "2")
        assert [one.result for one in no_room.outcomes] == ["refused"] and "no room left" in (
            no_room.outcomes[0].because or Text("", "")
        ).en
        assert {one.outcome for one in back(net, "undo").backs} == {"off"}
        assert net.rules() == before
    finally:
        net.must("fw", "sh", "-c", "rm -f /var/lib/full; mount -o remount,size=64m /var/lib")
    assert run(net, "2").whole and {one.outcome for one in back(net, "undo").backs} == {"off"}
    assert len(net.must("fw", "cat", "/var/lib/omamori-block/block.sh")) > 3000


def test_more_cuts_than_sessions_of_a_connection_wait_for_the_word(net: Net) -> None:
    cut = next(one for one in block().cuts if one.name == "3-border")
    texts = [nft.write(replace(cut, name=f"3-border-{number}"), NEVER, 600) for number in range(10)]
    approved = read_approved(net.folder / "approval.yaml")
    waiting: list[str] = []

    def go(stage: int, steps: Sequence[Step]) -> bool:
        waiting.extend(ticking(net))
        return True

    request = RunRequest(
        site=net.folder / "site-ops", approved=approved, steps=steps_of(texts, approved, "real"), options=SshOptions(key=net.key),
        said_by="ops", never=NEVER, go=go,
    )  # fmt: skip
    with net.inside("ops"):
        result = run_block(request, Silent())
    assert len(waiting) == 10, "with ten sessions for a connection (sshd's own figure) all ten wait"
    assert {one.result for one in result.outcomes} == {"done"} and net.rules().count("table inet omamori_block") == 10
    undone = back(net, "undo", "3", by="second")
    assert len(undone.backs) == 10 and undone.whole and undone.as_before == (("fw", True),)


def test_a_login_without_the_right_to_undo_is_no_way_back(net: Net) -> None:
    """Who becomes root by a directory (here: a port of the backup server) that the cut takes away cannot undo any more."""
    (net.folder / "bin").mkdir(exist_ok=True)
    shim = net.folder / "bin" / "sudo"
    shim.write_text(
        f"#!/bin/bash\ntimeout 2 bash -c '</dev/tcp/{HOSTS['bak']}/7000' || {{ echo 'no directory' >&2; exit 1; }}\nshift\nexec \"$@\"\n"
    )
    shim.chmod(0o755)
    net.must("fw", "mount", "--bind", str(net.folder / "bin"), "/usr/local/bin")
    net.approve(more="    sudo: yes\n")
    told = Told()
    try:
        run(net, "1", told=told)
        assert any("cannot be reached from here any more" in line for line in told.lines), told.lines
    finally:
        net.must("fw", "umount", "/usr/local/bin")


def together(net: Net, cut: str) -> dict[str, Answer]:
    """Two operators, each on his own machine, give the word for a cut at the same moment."""
    devices = read_approved(net.folder / "approval.yaml").file.devices
    answers: dict[str, Answer] = {}
    start = threading.Barrier(2)

    def operator(name: str) -> None:
        with net.inside(name), Held(devices, SshOptions(key=net.key)) as held:
            waiting = ready(held, cut)
            start.wait(30)
            answers[name] = read_answer(held.go(waiting, b"600\n").stdout)

    threads = [threading.Thread(target=operator, args=(name,)) for name in ("ops", "second")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return answers


def test_two_operators_at_once_make_one_block(net: Net) -> None:
    for _ in range(3):
        assert sorted(answer.error for answer in together(net, "1-backup").values()) == ["", "on"]
        assert net.rules().count("table inet omamori_block") == 1
        assert {one.outcome for one in back(net, "undo", by="second").backs} == {"off"}


def test_what_is_cut_already_is_told_and_another_cut_goes_on(net: Net) -> None:
    assert run(net, "1").whole
    again = run(net, "1", "2", by="second")
    assert [(one.step.cut.name, one.result) for one in again.outcomes] == [("1-backup", "refused"), ("2-line", "done")]
    assert "is cut already" in (again.outcomes[0].because or Text("", "")).en
    assert {one.outcome for one in back(net, "undo").backs} == {"off"}


def test_without_the_word_nothing_is_cut_and_nothing_goes_on_waiting(net: Net) -> None:
    before, approved = net.rules(), read_approved(net.folder / "approval.yaml")
    waiting: list[str] = []

    def no(stage: int, steps: Sequence[Step]) -> bool:
        waiting.extend(ticking(net))
        return False

    request = RunRequest(
        site=net.folder / "site-ops", approved=approved, steps=steps_of(chosen(block(), ("1",)), approved, "real"),
        options=SshOptions(key=net.key), said_by="ops", never=NEVER, go=no,
    )  # fmt: skip
    with net.inside("ops"):
        result = run_block(request, Silent())
    assert result.ended and result.outcomes == () and len(waiting) == 1 and net.rules() == before
    until = time.monotonic() + 20
    while net.run("fw", "sh", "-c", "ls -d /var/lib/omamori-block/order.*").stdout or Path(f"/proc/{waiting[0]}").exists():
        assert time.monotonic() < until
        time.sleep(0.2)


def test_a_restart_of_the_device_is_told(net: Net) -> None:
    before, boot = net.rules(), (net.folder / "boot_id").read_text()
    assert run(net, "1").whole
    net.must("fw", "sh", "-c", "kill $(cat /var/lib/omamori-block/order.*/pid); nft flush ruleset")
    net.must("fw", "nft", "-f", "-", said=before)
    (net.folder / "boot_id").write_text("00000000-0000-0000-0000-00000000000f\n")
    try:
        ((_, one),) = back(net, "status").blocks
        assert (one.present, one.ticking, one.restarted) == (False, False, True)
        assert [one.cut for one in left_on(one.action for one in recorded(net.folder / "site-ops"))] == [], "status ended it in the record"
        assert run(net, "1").whole, "what is gone does not stand in the way of a new cut"
        assert {one.outcome for one in back(net, "undo").backs} == {"off"}
        assert back(net, "status").heard == 0
        assert any(one.action.step == "gone" and one.action.cut == "1-backup" for one in recorded(net.folder / "site-ops"))
    finally:
        (net.folder / "boot_id").write_text(boot)


def test_what_a_reload_of_the_firewall_took_away_is_no_cut(net: Net) -> None:
    assert run(net, "1").whole
    net.must("fw", "sh", "-c", "nft delete table $(nft list tables | sed -n 's/^table \\(inet omamori_block.*\\)/\\1/p')")
    assert [one.result for one in run(net, "1").outcomes] == ["refused"], "who is just putting it on goes first"
    net.must("fw", "sh", "-c", "sed -i 's/^since=.*/since=1/' /var/lib/omamori-block/cut.*")
    assert run(net, "1").whole and net.rules().count("table inet omamori_block") == 1
    assert {one.outcome for one in back(net, "undo").backs} == {"off"}


def test_a_cut_that_cuts_off_the_way_back_is_not_made(net: Net) -> None:
    before = net.rules()
    refused = run(net, "4-keepers", never=())
    assert refused.outcomes[0].result == "refused" and net.rules() == before
    assert "--rely-on-timer" in (refused.outcomes[0].because or Text("", "")).en
    told = Told()
    relied = run(net, "4-keepers", never=(), rely=True, told=told)
    assert relied.outcomes[0].result in ("done", "unknown") and net.rules() != before
    assert any("undoes the cut by itself" in line for line in told.lines) or relied.outcomes[0].result == "unknown"
    assert {one.outcome for one in back(net, "undo", by="second").backs} == {"off"}
    assert net.rules() == before


def test_another_host_key_is_no_device_of_the_approval(net: Net) -> None:
    text = (net.folder / "approval.yaml").read_text()
    (net.folder / "approval.yaml").write_text(text.replace(net.printed("host"), net.printed("user")))
    with net.inside("ops"), Held(read_approved(net.folder / "approval.yaml").file.devices, SshOptions(key=net.key)) as held:
        assert net.printed("host") in held.failures["fw"].text.en
        with pytest.raises(SshFailure):
            held.run("fw", b"echo never")


def test_a_connection_that_broke_is_made_anew_and_told(net: Net) -> None:
    told = Told()
    with net.inside("ops"), Held(read_approved(net.folder / "approval.yaml").file.devices, SshOptions(key=net.key), told.told) as held:
        with pytest.raises(SshFailure, match="the connection broke"):
            held.run("fw", b"kill $(ps -o ppid= -p $$); sleep 60\n")
        assert put_on(held, "1-backup", 600).block("1-backup") is not None
        assert held.client("fw") == HOSTS["ops"]
    assert told.lines == ["fw: the connection had ended; connecting again"]


def test_a_drill_cuts_takes_back_and_keeps_its_times(net: Net) -> None:
    net.approve(purpose="drill")
    approved, before = read_approved(net.folder / "approval.yaml"), net.rules()
    site = net.folder / "site-drill"
    for _ in range(2):
        steps = steps_of(chosen(block(), ("1", "2")), approved, "drill")
        request = DrillRequest(site=site, approved=approved, steps=steps, options=SshOptions(key=net.key), said_by="ops", never=NEVER)
        with net.inside("ops"):
            done, undone = drill(request, Silent())
        assert done.whole and undone.whole and undone.as_before == (("fw", True),)
        assert net.rules() == before
    found = drills(site)
    assert [[stage for stage, _, whole in one.stages if whole] for one in found] == [[1, 2], [1, 2]]
    assert all(one.undone_seconds and not one.dry and one.purpose == "drill" for one in found)
    assert run_refused(net)


def run_refused(net: Net) -> bool:
    """An approval of a drill allows no real block."""
    said = net.isolate("run", "1", "--apply", "--yes")
    return said.returncode == 3 and "allows no real block" in said.stderr


def test_the_commands_from_the_form_to_the_undo(net: Net) -> None:
    before = net.rules()
    dry = net.isolate("run", "1")
    assert dry.returncode == 0 and "delete table inet omamori_block_1_backup" in dry.stdout and "nothing was sent" in dry.stdout
    assert net.rules() == before
    done = net.isolate("run", "1", "5", "--apply", "--yes", "--minutes", "3")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "pull the cable: room server room" in done.stdout
    assert "1-backup (device fw): is cut" in done.stdout and "5-pc (device -): is cut by a person" in done.stdout
    told = json.loads(net.isolate("status", "--json", by="second").stdout)
    assert [(one["cut"], one["state"], one["who"]) for one in told["on"]] == [("1-backup", "waiting", "ops")]
    other = net.isolate("undo", "3", by="second")
    assert other.returncode == 3 and "nothing of this name or stage is cut now" in other.stdout and "what was cut: 1-backup" in other.stdout
    net.approve("two.yaml", more=f"  - name: gone\n    ssh: root@10.94.9.1:9\n    host_key: {net.printed('host')}\n")
    unsure = net.isolate("undo", "3", by="second", approval="two.yaml")
    assert unsure.returncode == 3 and "is not known" in unsure.stdout, "the device that did not answer may have it"
    assert net.rules() != before
    undone = net.isolate("undo", "1", by="second")
    assert undone.returncode == 0 and "its rule set is exactly the one from before" in undone.stdout
    late = net.isolate("confirm", by="second")
    assert late.returncode == 3 and "nothing is cut" in late.stdout
    assert net.rules() == before
