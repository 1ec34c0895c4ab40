"""Debian's security tracker: the JSON of all packages (security-tracker.debian.org/tracker/data/json).

The file is one object: source package → flaw → description, and per release the status, the version that repairs it, the urgency, and why
there is none (no-dsa). What it means: `resolved` with a version: earlier ones are affected; `resolved` with version 0: this release never
was; `open`: no repair (yet); `undetermined`: nobody looked. Flaws of urgency `unimportant` have, by Debian's word, no effect on the
packages it builds (security-team.debian.org/security_tracker.html): they are kept as not affected, with that note.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from omamori.model.facts import Advisory, Affected, Broken
from omamori.model.text import Text
from omamori.parse.feeds.interface import FeedParser, Item
from omamori.parse.feeds.json_records import Record, Unread, records
from omamori.parse.feeds.releases import DEBIAN

FEED = "debian"
_LARGEST = 96 << 20
"""Characters of one package's record: that of the kernel alone holds more than ten thousand flaws."""
_TEXT = 1000


def recognise(name: str, beginning: bytes) -> bool:
    """Return whether a file is the tracker's JSON: packages, flaws, releases with their repositories."""
    return beginning.lstrip().startswith(b"{") and b'"releases"' in beginning and b'"repositories"' in beginning


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield what Debian says of each package and release, and the description of each flaw once."""
    described: set[str] = set()
    for found in records(stream, (), _LARGEST):
        if isinstance(found, Unread):
            yield found.broken(FEED, name)
        elif isinstance(found, Record):
            yield from _package(found, name, described)


def _package(found: Record, file: str, described: set[str]) -> Iterator[Item]:
    if not isinstance(found.value, dict) or not found.name:
        yield Broken(feed=FEED, file=file, place=found.place, reason="expected a source package with its flaws")
        return
    for flaw, said in found.value.items():
        place = f"{found.name}/{flaw}"
        if not isinstance(said, dict) or not isinstance(said.get("releases"), dict | list):
            yield Broken(feed=FEED, file=file, place=place, reason="expected a flaw with its releases")
            continue
        description = said.get("description")
        if flaw not in described and isinstance(description, str) and description:
            described.add(flaw)
            url = f"https://security-tracker.debian.org/tracker/{flaw}"
            yield Advisory(advisory=flaw, feed=FEED, summary=description[:_TEXT], url=url, place=place)
        # A flaw of no release is written as an empty list.
        for codename, status in said["releases"].items() if isinstance(said["releases"], dict) else ():
            if codename not in DEBIAN:
                continue
            if isinstance(status, dict) and (row := _row(found.name, flaw, codename, status)) is not None:
                yield row
            else:
                yield Broken(feed=FEED, file=file, place=f"{place}/{codename}", reason="expected open, resolved or undetermined")


def _row(package: str, flaw: str, codename: str, said: dict[str, Any]) -> Affected | None:
    state, version, urgency = said.get("status"), said.get("fixed_version"), said.get("urgency")
    row: dict[str, Any] = {
        "flaw": flaw,
        "advisory": flaw,
        "feed": FEED,
        "kind": "package",
        "vendor": "debian",
        "product": package,
        "release": DEBIAN[codename],
        "scheme": "dpkg",
        "place": f"{package}/{flaw}/{codename}",
    }
    if state not in ("resolved", "open", "undetermined"):
        return None
    if urgency == "unimportant":
        return Affected(**row, status="not_affected", note="unimportant")
    if state == "undetermined":
        return Affected(**row, status="undetermined")
    if state == "open":
        return Affected(**row, status="no_fix", note=_why(said, urgency))
    if version == "0":
        return Affected(**row, status="not_affected")
    return Affected(**row, before=version, fixed=version) if isinstance(version, str) and version else None


def _why(said: dict[str, Any], urgency: object) -> str | None:
    """Why Debian has no repair: its reason (ignored, postponed), that no advisory is planned, or that the release has ended."""
    if urgency == "end-of-life":
        return "end-of-life"
    reason, text = said.get("nodsa_reason"), said.get("nodsa")
    if isinstance(reason, str) and reason:
        return f"{reason}: {text}"[:_TEXT] if isinstance(text, str) and text else reason
    return f"no-dsa: {text}"[:_TEXT] if isinstance(text, str) and text else None


FEEDS = (
    FeedParser(
        feed=FEED,
        form="tracker",
        title=Text("Debianセキュリティトラッカー", "Debian security tracker"),
        recognise=recognise,
        read=read,
        url="https://security-tracker.debian.org/tracker/data/json",
        downloads=("https://security-tracker.debian.org/tracker/data/json",),
        best_before=14,
    ),
)
"""The feeds of this module."""
