"""The records of vuls-data-update: what publishers serve, and the facts another reader took out of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from omamori.parse.feeds.ranges import Range

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "feeds" / "vuls-data-update"


def need(path: str) -> Path:
    """Return a folder or file of the records; the test is skipped when it is not there."""
    found = DATA / path
    if not found.exists():
        pytest.skip(f"the real captures are not here: {found} (OMAMORI_DATA names their folder)")
    return found


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def goldens(path: str) -> Mapping[str, Any]:
    """Return the expected facts below a folder by the advisory's identifier."""
    return {one.stem: load(one) for one in sorted(need(path).rglob("*.json")) if one.name != "datasource.json"}


def flaws_of(golden: Any) -> list[str]:
    return [one["content"]["id"] for one in golden.get("vulnerabilities", [])]


def content_of(golden: Any) -> Any:
    return golden["advisories"][0]["content"]


def affected_of(golden: Any) -> set[tuple[str, Range]]:
    """Return the affected products of a golden record: vendor:product and range."""
    return {row for found in golden.get("detections", []) for one in found["conditions"] for row in _of_criteria(one["criteria"])}


def _of_criteria(criteria: Any) -> Iterator[tuple[str, Range]]:
    for inner in criteria.get("criterias", []):
        yield from _of_criteria(inner)
    for one in criteria.get("criterions", []):
        cpe = one["cpe"]
        names = [cpe["cpe"]] if not cpe.get("cpe_matches") else cpe["cpe_matches"]
        for part in (name.replace("\\:", ";").split(":") for name in names):
            product = ":".join(part[3:5])
            version = part[5].replace("\\", "")
            if cpe.get("range"):
                said = cpe["range"]
                yield (
                    product,
                    Range(
                        since=said.get("ge", said.get("gt", "")),
                        since_out="gt" in said,
                        before=said.get("le", said.get("lt", "")),
                        before_in="le" in said,
                    ),
                )
            elif version == "*":
                yield product, Range()
            else:
                yield product, Range(since=version, before=version, before_in=True)
