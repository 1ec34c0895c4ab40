"""The fictional hospital: its evidence ships with the product and goes the way of any other."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta, timezone
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from omamori.model.text import Language
from omamori.pipeline.check import DEFAULT_FORMATS, CheckRequest, CheckResult, checks_for, run_check
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Observer, Silent
from omamori.pipeline.take import take_snapshot
from omamori.pipeline.writing import need_paper
from omamori.snapshot.site import Site

JAPAN = timezone(timedelta(hours=9), "JST")
"""The fictional hospital's clock."""


def run_example(out: Path, language: Language, observer: Observer, *, formats: tuple[str, ...] = DEFAULT_FORMATS) -> CheckResult:
    """Write the fictional hospital's report to `out`; uses neither the network nor this machine's state.

    The visits are taken in and judged one after the other, so that the report can tell what changed.
    """
    need_paper(formats)
    with (
        resources.as_file(resources.files("omamori.example") / "sick") as folder,
        tempfile.TemporaryDirectory(prefix="omamori-") as scratch,
    ):
        site = Path(scratch) / "site"
        moment = _visit(site, folder, observer)
        request = CheckRequest(site=site, out=out, language=language, formats=formats, moment=moment, zone=JAPAN)
        return run_check(request, observer)


def visit_example(site: Path, observer: Observer) -> datetime:
    """Take the fictional hospital's visits into `site`, judge all but the last, and return the moment of the last."""
    with resources.as_file(resources.files("omamori.example") / "sick") as folder:
        return _visit(site, folder, observer)


def _visit(site: Path, folder: Path, observer: Observer) -> datetime:
    described = yaml.safe_load((folder / "example.yaml").read_text(encoding="utf-8"))
    *earlier, last = described["visits"]
    for visit in earlier:
        _take(site, folder, visit, observer)
        take_snapshot(Site(site), checks_for(()), _moment(visit["moment"]), Silent())
    _take(site, folder, last, observer)
    return _moment(last["moment"])


def _take(site: Path, folder: Path, visit: dict[str, Any], observer: Observer) -> None:
    names = visit["files"]
    take_in(site, [folder / str(name) for name in names], observer, received=_moment(visit["received"]))


def _moment(value: object) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
