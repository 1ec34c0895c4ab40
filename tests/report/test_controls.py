"""Controls of exceptions as the report shows them."""

from __future__ import annotations

import pytest

from omamori.model.patching import Compensation
from omamori.report.controls import STATES, read_controls
from omamori.snapshot.database import Database


def controls(*rows):
    with Database() as database:
        database.insert([Compensation(asset="ct", check_id="a.b", **row) for row in rows])
        return read_controls(database)


def test_kind_state_and_what_shows_it_are_said_in_both_languages():
    row = {
        "control": "port_closed",
        "detail": "tcp/445",
        "state": "contradicted",
        "shown_by": "listens",
        "shown_by_ja": "待ち受け",
        "evidence": "e:1",
    }
    control = controls({**row, "finding_key": "k"})["a.b", "ct", "k"]
    assert (control.kind.ja, control.state_said.en, control.shown.ja, control.shown.en, control.evidence) == (
        "ポートを閉じた", "not so", "待ち受け", "listens", "e:1",
    )  # fmt: skip


@pytest.mark.parametrize("other", list(STATES)[1:])
def test_of_several_controls_the_worst_is_shown(other):
    found = controls({"control": "port_closed", "state": other}, {"control": "virtual_patch", "state": "contradicted"})
    assert found["a.b", "ct", ""].state == "contradicted"


def test_what_a_machine_said_is_cleaned_and_a_strange_state_left_out():
    assert "\x1b" not in controls({"state": "seen", "shown_by_ja": "\x1b[2J名"})["a.b", "ct", ""].shown.ja
    assert controls({"state": "of another version"}) == {}
