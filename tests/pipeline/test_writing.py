"""Which files a format gives, and that a PDF that cannot be made is told before anything is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from omamori.model.text import Text
from omamori.pipeline import writing
from omamori.pipeline.check import CheckRequest, run_check
from omamori.pipeline.error import UserError
from omamori.pipeline.example import run_example
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.report.paper.render import PaperError

LEDGER = Path(__file__).resolve().parents[2] / "src/omamori/example/sick/2026-06-01/daicho.xlsx"


def test_pdf_brings_the_whole_report_and_the_directors_page(tmp_path: Path) -> None:
    take_in(tmp_path / "site", [LEDGER], Silent())
    request = CheckRequest(site=tmp_path / "site", out=tmp_path / "out", language="ja", formats=("director", "json", "pdf"))
    result = run_check(request, Silent())
    assert [path.name for path in result.files] == ["director.pdf", "report.json", "report.pdf"]
    whole, page = (tmp_path / "out" / "report.pdf").stat(), (tmp_path / "out" / "director.pdf").stat()
    assert whole.st_size > page.st_size > 10_000


def test_what_is_missing_is_told_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise PaperError(Text("部品がありません", "the part is missing"))

    monkeypatch.setattr(writing, "font", missing)
    with pytest.raises(UserError, match="the part is missing"):
        run_check(CheckRequest(site=tmp_path / "site", out=tmp_path / "out", language="ja", formats=("html", "pdf")), Silent())
    with pytest.raises(UserError, match="the part is missing"):
        run_example(tmp_path / "out", "ja", Silent(), formats=("director",))
    assert list(tmp_path.iterdir()) == []
    writing.need_paper(("html", "xlsx"))
