"""Ubuntu's own list of flaws: pages of its security API (ubuntu.com/security/cves.json, documented at ubuntu.com/security/api/docs).

Per flaw and source package a status for each release: `released` names the repaired version; `needed`, `deferred`, `pending` and `ignored` have
none (yet); `not-affected`; `needs-triage` is not looked at yet; `DNE`: the release has no such package. Repairs of Ubuntu Pro stand in pockets
`esm-…` and hold for machines that are joined to it: they are a release of their own (`ubuntu pro 18.04`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from omamori.model.facts import Advisory, Affected, Broken
from omamori.model.text import Text
from omamori.parse.feeds.interface import FeedParser, Item
from omamori.parse.feeds.json_records import Record, Unread, records
from omamori.parse.feeds.json_values import CVE, day, objects, score, text
from omamori.parse.feeds.releases import UBUNTU

FEED = "ubuntu"
_VERSION = re.compile(r"^[0-9][\w.+~:-]*$")
_WITHOUT = ("needed", "deferred", "pending", "ignored", "active", "in-progress")
_TEXT = 1000


def recognise(name: str, beginning: bytes) -> bool:
    """Return whether a file is a page of Ubuntu's flaws."""
    return beginning.lstrip().startswith(b"{") and b'"cves"' in beginning and b'"release_codename"' in beginning


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield what Ubuntu says of each flaw, package and release."""
    for found in records(stream, ("cves",)):
        if isinstance(found, Unread):
            yield found.broken(FEED, name)
        elif isinstance(found, Record):
            yield from _flaw(found, name)


def _flaw(found: Record, file: str) -> Iterator[Item]:
    said: Any = found.value
    flaw = text(said.get("id")) if isinstance(said, dict) else ""
    if not CVE.match(flaw):
        yield Broken(feed=FEED, file=file, place=found.place, reason="expected a flaw with its CVE identifier as id")
        return
    yield Advisory(
        advisory=flaw,
        feed=FEED,
        summary=text(said.get("description"), _TEXT) or None,
        published=day(said.get("published")),
        severity=text(said.get("priority"), 40) or None,
        cvss=score(said.get("cvss3")),
        url=f"https://ubuntu.com/security/{flaw}",
        place=found.place,
    )
    if said.get("status") in ("rejected", "not-in-ubuntu"):
        return
    for package in objects(said.get("packages")):
        name = text(package.get("name"), 200)
        for one in objects(package.get("statuses")) if name else ():
            release = _release(one)
            if release is not None:
                yield from _row(one, {"product": name, "release": release, "place": f"{flaw}/{name}/{release}"}, flaw, file)


def _release(one: dict[str, Any]) -> str | None:
    known = UBUNTU.get(text(one.get("release_codename"), 60))
    return known.replace("ubuntu ", "ubuntu pro ") if known and text(one.get("pocket"), 40).startswith("esm") else known


def _row(one: dict[str, Any], given: dict[str, Any], flaw: str, file: str) -> Iterator[Item]:
    status, said = text(one.get("status"), 60).lower(), text(one.get("description"), 200)
    row: dict[str, Any] = {"flaw": flaw, "advisory": flaw, "feed": FEED, "kind": "package", "vendor": "ubuntu", "scheme": "dpkg", **given}
    if status == "released" and _VERSION.match(said):
        yield Affected(**row, before=said, fixed=said)
    elif status == "not-affected":
        yield Affected(**row, status="not_affected")
    elif status in _WITHOUT:
        # Repairs of Ubuntu Pro are not in the list of the release without it.
        yield Affected(**row, status="no_fix", note=f"{status}: {said}" if said else status, undecided_if="esm")
    elif status == "needs-triage":
        yield Affected(**row, status="undetermined")
    elif status != "dne":
        yield Broken(feed=FEED, file=file, place=given["place"], reason="expected a known status, and a version where it is released")


FEEDS = (
    FeedParser(
        feed=FEED,
        form="cves",
        title=Text("Ubuntuのセキュリティ情報", "Ubuntu security"),
        recognise=recognise,
        read=read,
        url="https://ubuntu.com/security/cves.json",
        best_before=14,
    ),
)
"""The feeds of this module."""
