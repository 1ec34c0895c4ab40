from __future__ import annotations

from pathlib import Path

import pytest

from omamori.parse.backup.form import Listing, forms

DATA = Path(__file__).parent.parent / "data"


@pytest.mark.parametrize("name", ["emr-db01_robocopy_ja.txt", "robocopy_en.txt"])
def test_only_a_table_with_no_failed_file_is_success(name: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    form = forms()["robocopy"]
    rows = form.read(Listing(text)).rows
    assert rows[0].ok is True
    # Without its table a run did not come to an end, whatever stands before.
    table = next(place for place, line in enumerate(text.split("\n")) if line.split()[-6:] == ["3", "1", "2", "0", "0", "0"])
    cut = form.read(Listing("\n".join(text.split("\n")[:table])))
    assert [row.ok for row in cut.rows] == [False] and cut.problems


def test_a_line_of_any_length_takes_no_time() -> None:
    text = (DATA / "robocopy_en.txt").read_text(encoding="utf-8") + " " * 2_000_000 + "\n" + ("x: " * 300_000) + "\n" + "1 " * 500_000
    form = forms()["robocopy"]
    assert form.clean is not None
    assert form.read(Listing(form.clean(text))).rows
