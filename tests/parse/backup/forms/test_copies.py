from __future__ import annotations

from datetime import datetime

from omamori.parse.backup.forms.copies import Run, generations, looks, place_of, repository

DAY = datetime(2026, 11, 29)


def test_a_place_holds_what_the_last_run_left() -> None:
    runs = [Run(1, target="nas:/emr", ended=DAY, ok=ok) for ok in (True, False, True, False, False)]
    assert [row.ok for row in generations(runs)] == [True, False, False]
    assert [row.ok for row in generations(runs[:2])] == [True, False]
    assert [row.ok for row in generations(runs[1:2])] == [False]


def test_another_target_is_another_generation() -> None:
    runs = [Run(1, target=f"E:\\emr\\2026-11-{day}\\", ended=DAY, ok=True) for day in ("28", "29")]
    rows = generations(runs)
    assert len(rows) == 2 and {row.repository for row in rows} == {"e:\\emr\\DATE"} == {repository(runs)}
    assert place_of("\\\\NAS1\\emr\\") == "\\\\nas1\\emr" and place_of("") == ""


def test_a_source_on_a_share_names_the_machine() -> None:
    rows = generations([Run(1, source="\\\\emr-db01\\d$\\EMR\\", target="E:\\x", ended=DAY, ok=True)])
    assert [row.asset for row in rows] == ["emr-db01"]
    assert [(look.asset, look.complete) for look in looks(rows)] == [("emr-db01", False)]
    assert [look.asset for look in looks(())] == [""]
