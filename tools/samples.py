"""Write the sample reports of `docs/samples/` anew (`make samples`): the example's report and drawing in both languages, and pictures.

The reports and drawings are compared byte for byte by `tests/docs/test_samples.py`; the pictures are only looked at. Those of the page on the screen need
Chromium, those of papers the extra `paper` and pdftoppm (poppler-utils).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from omamori.map.page.render import render_page
from omamori.map.read import read_hospital
from omamori.model.text import LANGUAGES, Language
from omamori.pipeline.check import CheckRequest, run_check
from omamori.pipeline.example import JAPAN, run_example, visit_example
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.papers import PapersRequest, write_papers
from omamori.pipeline.picture import PictureRequest, write_picture
from omamori.snapshot.database import Database
from shrink_png import shrink

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "docs" / "samples"
LEDGER = SAMPLES.parents[1] / "src" / "omamori" / "example" / "sick" / "2026-06-01" / "daicho.xlsx"
RECEIVED = datetime(2026, 6, 1, 9, 0)
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


def sample(language: Language) -> bytes:
    """Return the example's report.html."""
    with tempfile.TemporaryDirectory() as scratch:
        run_example(Path(scratch), language, Silent(), formats=("html",))
        return (Path(scratch) / "report.html").read_bytes()


def drawing(language: Language) -> bytes:
    """Return the example's picture as SVG."""
    with tempfile.TemporaryDirectory() as scratch:
        site, out = Path(scratch) / "site", Path(scratch) / "map.svg"
        moment = visit_example(site, Silent())
        run_check(CheckRequest(site, Path(scratch) / "out", language, formats=("json",), moment=moment, zone=JAPAN), Silent())
        write_picture(PictureRequest(site, out, language, zone=JAPAN), Silent())
        return out.read_bytes()


def crowded_page() -> str:
    """Return the page of a made-up hospital of 2,000 machines."""
    sys.path.insert(0, str(ROOT / "bench"))
    import hospital  # only here: a bench, no part of the product

    with Database() as database:
        hospital.fill(database)
        return render_page(read_hospital(database, hospital.MOMENT), "ja", JAPAN)


def papers(language: Language) -> None:
    """Write pictures of the director's page, of a page of the full report and of the diagram of calls."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        run_example(place, language, Silent(), formats=("pdf",))
        take_in(place / "site", [LEDGER], Silent(), received=RECEIVED)
        run_check(CheckRequest(place / "site", place / "check", language, formats=("json",), moment=RECEIVED, zone=JAPAN), Silent())
        contacts = write_papers(PapersRequest(place / "site", place / "papers", language, ("contacts",), ("pdf",), JAPAN), Silent())[0]
        for name, pdf, page in (("director", place / "director.pdf", 1), ("full", place / "report.pdf", 5), ("contacts", contacts, 1)):
            target = SAMPLES / f"{name}.{language}"
            command = ["pdftoppm", "-png", "-r", "72", "-f", str(page), "-l", str(page), "-singlefile", str(pdf), str(target)]
            subprocess.run(command, check=True, capture_output=True, timeout=120)


def picture(page: Path, target: Path, size: str = "1280,1480") -> None:
    """Write page one as a picture, with Chromium."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        chromium = shutil.which("chromium") or "chromium"
        shot = place / "page.png"
        command = [
            chromium,
            *QUIET,
            f"--user-data-dir={place / 'profile'}",
            f"--window-size={size}",
            "--virtual-time-budget=3000",
            f"--screenshot={shot}",
            page.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        shutil.copy(shot, target)


def main() -> int:
    """Write the samples; the pictures only where Chromium is installed."""
    SAMPLES.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        page = SAMPLES / f"report.{language}.html"
        page.write_bytes(sample(language))
        if shutil.which("chromium"):
            picture(page, SAMPLES / f"report.{language}.png")
        if shutil.which("pdftoppm") and find_spec("typst"):
            papers(language)
        (SAMPLES / f"map.{language}.svg").write_bytes(drawing(language))
        print(f"docs/samples/report.{language}.html")
    if shutil.which("chromium"):
        with tempfile.TemporaryDirectory() as scratch:
            page = Path(scratch) / "map.html"
            page.write_text(crowded_page(), encoding="utf-8")
            picture(page, SAMPLES / "map-2000.png", "1440,900")
            shrink(SAMPLES / "map-2000.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
