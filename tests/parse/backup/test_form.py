from __future__ import annotations

from omamori.model.backup import BackupGeneration
from omamori.parse.backup.form import Gathering, Listing, form_of, forms, looks_of, part, read_json


def test_forms_are_found_by_walking_and_claim_nothing_they_do_not_know() -> None:
    assert {"restic_snapshots", "restic_check", "borg", "robocopy", "rsync_log", "veeam_points"} <= set(forms())
    for text in ("", "{}", "[]", "hello\n", '{"time": 1}', "Number of files: many\n", "ID        Time\n"):
        assert form_of(text) is None


def test_what_no_row_fills_is_missing() -> None:
    rows = [BackupGeneration(asset="a", ok=True), BackupGeneration(asset="b", ok=False, size=5)]
    looks = {look.asset: look for look in looks_of("backup_generations", rows, ("ok", "size"), complete=True)}
    assert (looks["a"].missing, looks["a"].reason, looks["a"].complete) == (("size",), "not_collected", True)
    assert (looks["b"].missing, looks["b"].reason) == ((), None)


def test_json_that_is_none() -> None:
    assert read_json("{") is None and read_json("[" * 200_000) is None
    assert part({"a": {"b": 1}}, "a", "b") == 1 and part([1], "a") is None


def test_problems_have_an_end() -> None:
    gathering = Gathering()
    for number in range(1000):
        gathering.wrong(number, "en", "ja")
    assert len(gathering.problems) == 50
    assert list(Listing("a\nb").lines) == ["a", "b"]
