"""The page to type from, as it leaves the printer: one sheet of A4 in each language."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from omamori.collect.windows.guide import guide_page

pytestmark = pytest.mark.system


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_is_one_sheet(language: str, tmp_path: Path) -> None:
    page, paper = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(guide_page(language), encoding="utf-8")
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         f"--user-data-dir={tmp_path / 'profile'}", "--no-pdf-header-footer", f"--print-to-pdf={paper}", page.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    told = subprocess.run(["pdfinfo", str(paper)], check=True, capture_output=True, text=True, timeout=60).stdout
    assert "Pages:           1\n" in told
    assert "(A4)" in told
