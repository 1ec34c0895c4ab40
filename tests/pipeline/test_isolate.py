"""What a run would do, which words an answer gets, and the record that tells of drills and of a block that is on."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from block_net import block
from omamori.model.block import BlockAction
from omamori.pipeline.check import report_of
from omamori.pipeline.clock import utc_now
from omamori.pipeline.error import UserError
from omamori.pipeline.isolate_approval import read_approved, write_block_draft
from omamori.pipeline.isolate_back import meant_by
from omamori.pipeline.isolate_drill import before, drills, walk
from omamori.pipeline.isolate_heard import hear
from omamori.pipeline.isolate_record import Record, recorded
from omamori.pipeline.isolate_standing import left_on, standing
from omamori.pipeline.isolate_steps import chosen, steps_of
from omamori.pipeline.isolate_told import because
from omamori.pipeline.observer import Silent
from omamori.pipeline.scan_prepare import ApprovalRefused
from omamori.pipeline.take import take_snapshot
from omamori.report.html import render_html
from omamori.report.json import render_json
from omamori.report.summary import summarise
from omamori.respond.isolate.device import Answer, cut_id, read_answer
from omamori.snapshot.site import Site

NOW = datetime(2026, 1, 15, 12)


def act(
    step: str, result: str = "done", *, cut: str = "2-line", minute: int = 0, purpose: str = "real", reverts: datetime | None = None
) -> BlockAction:
    moment = NOW + timedelta(minutes=minute)
    return BlockAction(
        session="s",
        purpose=purpose,
        stage=2,
        cut=cut,
        device="fw",
        step=step,
        result=result,
        began=moment,
        ended=moment,
        reverts=reverts,
        said_by="f",
    )


def test_cuts_are_chosen_in_the_order_of_the_stages() -> None:
    assert [one.cut.name for one in chosen(block(), ("4-pump", "1", "1-backup"))] == ["1-backup", "4-pump"]
    with pytest.raises(UserError, match="no stage"):
        chosen(block(), ("nothing",))


def test_the_form_for_the_chosen_cuts_is_an_approval_once_filled_in(tmp_path: Path) -> None:
    form = write_block_draft(tmp_path / "a.yaml", chosen(block(), ("1", "2", "5")), "real", "ja")
    with pytest.raises(UserError, match="is there already"):
        write_block_draft(form, (), "real", "en")
    with pytest.raises(ApprovalRefused) as refused:
        read_approved(form)
    assert len(refused.value.mistakes) == 5, "the three names, the login and its key"
    text = form.read_text("utf-8-sig").replace('ssh: ""', "ssh: root@10.0.0.1").replace('host_key: ""', f"host_key: SHA256:{'a' * 43}")
    for key in ("approved_by", "position", "stop_contact"):
        text = text.replace(f'{key}: ""', f"{key}: 院長")
    form.write_text(text)
    approved = read_approved(form)
    steps = steps_of(chosen(block(), ("1", "2", "3", "5")), approved, "real")
    assert [(step.cut.name, step.sent) for step in steps] == [("1-backup", True), ("2-line", True), ("3-border", False), ("5-pc", False)]
    why = [step.why.en for step in steps if step.why is not None]
    assert len(why) == 2 and "is not in this approval" in why[0] and "pull the cable" in why[1]
    changed = block(never=())
    assert "is not what was approved" in str(steps_of(chosen(changed, ("1",)), approved, "real")[0].why)


def test_an_answer_is_put_into_words() -> None:
    assert because(read_answer(b"end=0\n"), b"", "fw") is None
    said = because(read_answer(b"detail=waiting\nerror=on\nend=1\n"), b"", "fw")
    assert said is not None and said.en == "fw: is cut already (waiting)"
    nothing = because(read_answer(b""), b"sudo: a password is required\n", "fw")
    assert nothing is not None and "sudo" in nothing.en
    assert because(read_answer(b""), b"", "fw") is not None


def test_a_walk_is_recorded_and_compared_with_the_last_one(tmp_path: Path) -> None:
    steps = steps_of(chosen(block(), ("1", "5")), None, "drill")
    for _ in range(2):
        walk(tmp_path, steps, "f", lambda step: step.cut.name != "5-pc", Silent())
    first, second = drills(tmp_path)
    assert [(stage, whole) for stage, _, whole in first.stages] == [(1, True), (5, False)] and first.dry
    assert before((first, second), first, 1) == (None, None)
    assert before((first, second), second, 1) == (first.stages[0][1], first.stages[0][1])
    assert before((first, second), second, 5) == (None, None), "a stage that was not done whole is nothing to compare with"
    assert {one.action.step for one in recorded(tmp_path)} == {"apply", "cable", "stage"}


def test_a_site_that_cannot_be_written_to_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told: list[str] = []

    class Hears(Silent):
        def told(self, text) -> None:  # type: ignore[no-untyped-def]
            told.append(text.en)

    Record(tmp_path / "file" / "site", Hears()).add(act("apply"))
    assert len(told) == 1 and "write down the time" in told[0]


def answered(*blocks: str, log: str = "", past: str = "") -> Answer:
    on = "".join(f"block={cut_id(name)}\n  cut={name}\n  stage={name[0]}\n  state=waiting\n  present=yes\n" for name in blocks)
    return read_answer(f"now=1\n{on}{past}{log}end=0\n".encode())


def test_a_stage_a_name_in_any_case_and_all_mean_what_stands_on_a_device() -> None:
    answer = answered("2-line", "2-LAN", "1-backup")
    meant = {word: meant_by(word, answer) for word in ("2", "２－ＬＩＮＥ", "all", "3", "line", "")}
    assert meant == {
        "2": ("2-line", "2-LAN"),
        "２－ＬＩＮＥ": ("2-line",),
        "all": ("2-line", "2-LAN", "1-backup"),
        "3": (),
        "line": (),
        "": (),
    }


def test_what_a_device_says_ends_what_the_record_holds_for_on_and_is_heard_once(tmp_path: Path) -> None:
    record = Record(tmp_path, Silent())
    for number, cut in enumerate(("1-a", "1-b", "1-c", "1-d")):
        record.add(act("apply", "unknown" if cut == "1-d" else "done", cut=cut, minute=number), order=f"aaaaaaa{number}")
    past = "past=aaaaaaa1\n  cut=1-b\n  purpose=real\npast=bb\n  cut=9\n  purpose=drill\n  stage=1\n"
    log = "log=1768478700\ttimer\tx\taaaaaaa1\tpresent\tb\nlog=1768478700\tstage\tx\tbb\tdone\tb\n"
    answer, later = answered("1-a", log=log, past=past), NOW + timedelta(minutes=30)
    assert hear(record, tmp_path, "fw", answer, later, "f") == 3, "the clock's undo, and two that do not stand there"
    steps = {(one.action.cut, one.action.step) for one in recorded(tmp_path)}
    assert {("1-b", "timer"), ("1-c", "gone"), ("1-d", "gone")} < steps and not {step for _, step in steps} & {"stage"}
    assert [one.cut for one in left_on(one.action for one in recorded(tmp_path))] == ["1-a"]
    assert hear(record, tmp_path, "fw", answer, later, "f") == 0 and hear(record, tmp_path, "other", answered(), later, "f") == 0


def test_a_block_that_is_on_stands_at_the_head_of_every_report(tmp_path: Path) -> None:
    Record(tmp_path, Silent()).add(act("apply", reverts=NOW + timedelta(minutes=10)))
    taken = take_snapshot(Site(tmp_path), (), utc_now(), Silent())
    report = report_of(Site(tmp_path), (), taken, UTC)
    (line,) = report.blocks_on
    assert "2-line" in line.en and "omamori isolate status" in line.en
    assert json.loads(render_json(report))["blocks_on"] == [{"ja": line.ja, "en": line.en}]
    assert 'class="blocks-on"' in render_html(report) and line.ja in render_html(report)
    assert line.en in "".join(span.text.en for span in summarise(report)[1])


def test_a_block_that_is_on_is_told_and_one_that_ended_is_not() -> None:
    def said(*actions: BlockAction, minutes: int = 5) -> list[str]:
        return [text.en for text in standing(actions, NOW + timedelta(minutes=minutes))]

    waits = act("apply", reverts=NOW + timedelta(minutes=10))
    assert said() == []
    (line,) = said(waits)
    assert "2-line" in line and "since" in line and "confirmed" not in line
    (line,) = said(waits, minutes=11)
    assert "should have been undone by itself" in line and "omamori isolate status" in line
    (line,) = said(waits, act("confirm", minute=1), minutes=60)
    assert "stays until it is undone" in line
    for ended in ("undo", "timer", "gone"):
        assert said(waits, act("confirm", minute=1), act(ended, minute=2)) == []
    (line,) = said(waits, act("undo", "failed", minute=2))
    assert "2-line" in line
    assert said(act("apply", "refused"), act("apply", "failed")) == []
    (line,) = said(act("apply", "unknown"))
    assert "not known" in line
