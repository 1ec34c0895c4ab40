"""Write the sample reports of `docs/samples/` anew (`make samples`): the example's report in both languages, and pictures.

The reports are compared byte for byte by `tests/docs/test_samples.py`; the pictures need Chromium and are only looked at.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from omamori.model.text import LANGUAGES, Language
from omamori.pipeline.example import run_example
from omamori.pipeline.observer import Silent

SAMPLES = Path(__file__).resolve().parent.parent / "docs" / "samples"
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


def picture(page: Path, target: Path) -> None:
    """Write page one as a picture, with Chromium."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        chromium = shutil.which("chromium") or "chromium"
        shot = place / "page.png"
        command = [
            chromium,
            *QUIET,
            f"--user-data-dir={place / 'profile'}",
            "--window-size=1280,1480",
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
        print(f"docs/samples/report.{language}.html")
    return 0


if __name__ == "__main__":
    sys.exit(main())
