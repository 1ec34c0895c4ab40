from __future__ import annotations

from datetime import datetime

from omamori.parse.backup.form import Listing, forms

HEAD = '"JobId","JobName","CreationTime","EndTime","Result","Id"\n'


def test_sessions_that_were_not_understood_are_told() -> None:
    text = (
        HEAD
        + '"1","夜間","2026/11/29 2:00:00","2026/11/29 2:10:00","Success","a"\n"1","夜間","05/06/2026 2:00:00","","Success","b"\n"cut","夜'
    )
    assert forms()["veeam_sessions"].recognise(text)
    heard = forms()["veeam_sessions"].read(Listing(text))
    assert [row.finished for row in heard.rows] == [datetime(2026, 11, 28, 17, 10)]
    assert len(heard.problems) == 2 and not any(look.complete for look in heard.looks)


def test_a_job_name_with_a_line_break_keeps_the_line_numbers() -> None:
    text = (
        HEAD
        + '"1","a\nb","2026/11/29 2:00:00","2026/11/29 2:10:00","Failed","a"\n"1","c","2026/11/29 3:00:00","2026/11/29 3:10:00","Warning","b"\n'
    )
    rows = forms()["veeam_sessions"].read(Listing(text)).rows
    assert [(row.job, row.ok, row.evidence) for row in rows] == [("a b", False, "2"), ("c", True, "4")]


def test_no_restore_points_prove_nothing() -> None:
    text = '"Id","BackupId","VmName","Name","CreationTime","IsCorrupted"\n'
    heard = forms()["veeam_points"].read(Listing(text))
    assert not heard.rows and not heard.looks[0].complete
