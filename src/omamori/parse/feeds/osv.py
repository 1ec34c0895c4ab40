"""OSV (ossf.github.io/osv-schema): one flaw or advisory per JSON object, for distributions and for languages; GitHub's advisories too.

Files are single objects (`GHSA-….json`, the members of a database's `all.zip`). A range is a walk through events: `introduced` opens it,
`fixed` closes it before that version, `last_affected` after it; `introduced 0` means from the first version on. Ranges of Git commits tell
nothing of versions. Where a package has no other range, each version listed is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from omamori.model.facts import Advisory, AdvisoryFlaw, Affected, Broken
from omamori.model.text import Text
from omamori.parse.feeds.cvss import base_score
from omamori.parse.feeds.interface import FeedParser, Item
from omamori.parse.feeds.json_records import Unread, document
from omamori.parse.feeds.json_values import CVE, day, mapping, objects, text, words
from omamori.parse.feeds.releases import ecosystem

FEED = "osv"
_IDENTIFIER = re.compile(rb'"id"\s*:\s*"[A-Za-z]+-[A-Za-z0-9:.-]+"')
_PREFIX = re.compile(r"^(?:DEBIAN|UBUNTU|ALPINE|AZL|BIT)-(?=CVE-)")
_BY_PACKAGE = ("almalinux", "rhel")
"""Distributions whose records name the packages that are installed, not their sources."""
_STREAM = re.compile(r"\b([A-Za-z][\w.+-]*:[\w.+-]+) (?:security|bug|and|enhancement)")
_MOST_VERSIONS = 2_000
_TEXT = 1000
_DASHES = re.compile(r"[-_.]+")
Range = tuple[str, str, bool]
"""First version affected, version it ends at, whether that one is still affected."""


def recognise(name: str, beginning: bytes) -> bool:
    """Return whether a file is an object of OSV's form."""
    return (
        beginning.lstrip().startswith(b"{")
        # A long record has its dates and texts far behind.
        and (b'"schema_version"' in beginning or (b'"affected"' in beginning and b'"ecosystem"' in beginning))
        and _IDENTIFIER.search(beginning) is not None
    )


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield what one object says: the advisory, the flaws it is about, and the versions affected."""
    found = document(stream)
    if isinstance(found, Unread):
        yield found.broken(FEED, name)
        return
    said = found.value
    advisory = text(said.get("id")) if isinstance(said, dict) else ""
    if not isinstance(said, dict) or not advisory:
        yield Broken(feed=FEED, file=name, place=found.place, reason="expected an object with an id")
        return
    flaws = _flaws(advisory, said)
    withdrawn = bool(said.get("withdrawn"))
    yield _advisory(advisory, said, withdrawn)
    yield from (AdvisoryFlaw(advisory=advisory, feed=FEED, flaw=flaw) for flaw in flaws)
    if withdrawn:
        return
    named = _STREAM.search(text(said.get("summary"), _TEXT))
    module = f"module {named[1]}" if named else "module stream"
    for number, one in enumerate(objects(said.get("affected"))):
        place = f"{advisory} affected[{number}]"
        if not text(mapping(one, "package").get("name")):
            # Only ranges of commits: nothing that is installed.
            continue
        for flaw in flaws:
            yield from _affected(one, flaw, advisory, place, module)


def _flaws(advisory: str, said: dict[str, Any]) -> tuple[str, ...]:
    """The CVE identifiers it is about; its own where there is none."""
    own = _PREFIX.sub("", advisory)
    if CVE.match(own):
        return (own,)
    named = [*words(said.get("aliases")), *words(said.get("upstream"))]
    # Advisories of distributions name the flaws they repair as related.
    if not any(CVE.match(_PREFIX.sub("", one)) for one in named):
        named += words(said.get("related"))
    found = dict.fromkeys(flaw for one in named if CVE.match(flaw := _PREFIX.sub("", one)))
    return tuple(found) or (advisory,)


def _advisory(advisory: str, said: dict[str, Any], withdrawn: bool) -> Advisory:
    scores = [text(one.get("score")) for one in objects(said.get("severity"))]
    vector = next((one for one in scores if base_score(one) is not None), next((one for one in scores if one.startswith("CVSS:")), ""))
    pages = [text(one.get("url"), 2000) for one in objects(said.get("references")) if one.get("type") in ("ADVISORY", "WEB")]
    return Advisory(
        advisory=advisory,
        feed=FEED,
        title=text(said.get("summary"), _TEXT) or None,
        summary=text(said.get("details"), _TEXT) or None,
        published=day(said.get("published")),
        modified=day(said.get("modified")),
        withdrawn=withdrawn,
        severity=text(mapping(said, "database_specific").get("severity"), 40) or None,
        cvss=base_score(vector),
        vector=vector or None,
        url=next((page for page in pages if page.startswith("https://")), None),
        place=advisory,
    )


def _affected(one: dict[str, Any], flaw: str, advisory: str, place: str, module: str) -> Iterator[Item]:
    package = mapping(one, "package")
    known = ecosystem(text(package.get("ecosystem"), 200))
    if known is None:
        return
    kind, vendor, release, scheme = known
    name = text(package.get("name"), 400)
    given: dict[str, Any] = {
        "flaw": flaw,
        "advisory": advisory,
        "feed": FEED,
        "kind": kind,
        "vendor": vendor,
        "product": _DASHES.sub("-", name).lower() if vendor == "PyPI" else name,
        "release": release,
        "scheme": scheme,
        "target": "binary" if vendor in _BY_PACKAGE and kind == "package" else None,
        "place": place,
    }
    urgency = mapping(one, "ecosystem_specific").get("urgency")
    if vendor == "debian" and urgency == "unimportant":
        yield Affected(**given, status="not_affected", note="unimportant")
        return
    for since, written, before_in in _ranges(one):
        before = written.removeprefix("0:") if scheme == "rpm" else written
        of_module = scheme == "rpm" and ".module" in before
        fixed = before if before and not before_in else None
        unrepaired = kind == "package" and not before
        yield Affected(
            **given,
            since=since,
            before=before,
            before_in=before_in,
            fixed=fixed,
            status="no_fix" if unrepaired else "affected",
            note="end-of-life" if urgency == "end-of-life" else None,
            # A repair in a stream of a module says nothing of other streams; the summary names it.
            needs=module if of_module else None,
            undecided_if=_untold(scheme, unrepaired and vendor == "ubuntu", of_module),
        )


def _untold(scheme: str, of_ubuntu: bool, of_module: bool) -> str | None:
    """What a version holds that this range tells nothing of: another stream of a module, a repair of Ubuntu Pro."""
    if of_ubuntu:
        return "esm"
    return ".module" if scheme == "rpm" and not of_module else None


def _ranges(one: dict[str, Any]) -> list[Range]:
    found: list[Range] = []
    for said in objects(one.get("ranges")):
        if said.get("type") in ("SEMVER", "ECOSYSTEM"):
            found += _walk(objects(said.get("events")))
    if found or any(said.get("type") in ("SEMVER", "ECOSYSTEM") for said in objects(one.get("ranges"))):
        return found
    return [(version, version, True) for version in words(one.get("versions"))[:_MOST_VERSIONS]]


def _walk(events: list[dict[str, Any]]) -> Iterator[Range]:
    begun: str | None = None
    for event in events:
        introduced, fixed, last = (text(event.get(name), 200) for name in ("introduced", "fixed", "last_affected"))
        if introduced and begun is None:
            begun = introduced
        elif (fixed or last) and begun is not None:
            yield ("" if begun == "0" else begun, fixed or last, not fixed)
            begun = None
    if begun is not None:
        yield ("" if begun == "0" else begun, "", False)


FEEDS = (
    FeedParser(
        feed=FEED,
        form="osv",
        title=Text(
            "OSV（Debian、Ubuntu、Alpine、Rocky、AlmaLinux、言語のライブラリ、GitHubの勧告）",
            "OSV (distributions, libraries, GitHub's advisories)",
        ),
        recognise=recognise,
        read=read,
        url="https://osv.dev/",
        best_before=31,
    ),
)
"""The feeds of this module."""
