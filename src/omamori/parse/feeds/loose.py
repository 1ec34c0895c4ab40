"""Takes values out of JSON a publisher wrote: what has another type than expected is as if it were not there. Pure."""

from __future__ import annotations

import json
import math
import re
from datetime import date
from typing import Any, BinaryIO

from omamori.model.text import Text
from omamori.parse.feeds.interface import FeedError

MAX_BYTES = 64 << 20
"""Bytes of one document that is read whole."""
MAX_TEXT = 20_000
"""Characters of a text that are kept."""
CVE = re.compile(r"^CVE-\d{4}-\d{4,19}$")
_DAY = re.compile(r"^(\d{4})-(\d\d)-(\d\d)(?![\d])")


def document(stream: BinaryIO) -> dict[str, Any]:
    """Return the one JSON object of a file; FeedError says what is wrong with it."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise FeedError(
            Text("64 MiBを超えています。1件の情報のファイルではありません", "larger than 64 MiB: this is not the file of one advisory")
        )
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        said = str(error).split("\n")[0][:200]
        raise FeedError(Text(f"JSONとして読めません（{said}）。もう一度入手してください", f"not JSON ({said}): fetch it again")) from error
    if not isinstance(found, dict):
        raise FeedError(Text("JSONのオブジェクトではありません。ファイルを確かめてください", "not a JSON object: check which file this is"))
    return found


def mapping(value: object, *path: str) -> dict[str, Any]:
    """Return the object at a path of names; an empty one when something else stands there."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """Return a list, or an empty one."""
    return value if isinstance(value, list) else []


def objects(value: object) -> list[dict[str, Any]]:
    """Return the objects of a list; lists inside it are opened once, as some publishers nest them by mistake."""
    found = [one for outer in listed(value) for one in (outer if isinstance(outer, list) else [outer])]
    return [one for one in found if isinstance(one, dict)]


def words(value: object) -> list[str]:
    """Return the texts of a list."""
    return [one for one in listed(value) if isinstance(one, str)]


def text(value: object, limit: int = MAX_TEXT) -> str:
    """Return a text without white space around it and what cannot be stored (single surrogates, NUL); empty when it is none."""
    if not isinstance(value, str):
        return ""
    return value[:limit].replace("\0", "").encode("utf-8", "replace").decode("utf-8").strip()


def score(value: object) -> float | None:
    """Return a CVSS score given as a number or a text; None when it is none from 0 to 10."""
    try:
        found = float(value) if isinstance(value, (int, float, str)) and not isinstance(value, bool) else math.nan
    except (ValueError, OverflowError):
        return None
    return found if 0 <= found <= 10 else None


def day(value: object) -> date | None:
    """Return the day of a date or time as written (its own time zone); None when there is none."""
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def flaws(values: list[str]) -> list[str]:
    """Return the CVE identifiers among texts, each once, in their order."""
    return list(dict.fromkeys(name for one in values if CVE.match(name := one.strip().upper())))
