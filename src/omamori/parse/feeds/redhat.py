"""Red Hat's word on one flaw: the JSON of its security data API, one file per CVE (docs.redhat.com, Red Hat Security Data API).

`affected_release` names the package that repairs it per product; `package_state` what the other packages are: not affected, affected, will not
fix, fix deferred, out of support scope, under investigation. Only the main releases are taken (`rhel 9`): an extended update stream repairs
the same flaw in versions that sort below. Packages of module streams are named by the module alone, which tells no package's version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from omamori.model.facts import Advisory, Affected, Broken
from omamori.model.text import Text
from omamori.parse.feeds.interface import FeedParser, Item
from omamori.parse.feeds.json_records import Unread, document
from omamori.parse.feeds.json_values import CVE, day, mapping, objects, score, text, words

FEED = "redhat"
_RELEASE = re.compile(r"^cpe:/[ao]:redhat:enterprise_linux:(\d+)(?:::.*)?$")
_PACKAGE = re.compile(r"^([\w.+-]+?)-(\d+:[\w.+~^]+-[\w.+~^]+)$")
_WITHOUT_EPOCH = re.compile(r"^([\w.+-]+)-([\w.+~^]+-[\w.+~^]+)$")
_STREAM = re.compile(r"^([\w.+-]+:[\w.+-]+)/(.+)$")
_STATES = {
    "not affected": ("not_affected", None),
    "affected": ("no_fix", None),
    "will not fix": ("no_fix", "will not fix"),
    "fix deferred": ("no_fix", "fix deferred"),
    "out of support scope": ("no_fix", "out of support scope"),
    "under investigation": ("undetermined", None),
    "new": ("undetermined", None),
}
_TEXT = 1000


def recognise(name: str, beginning: bytes) -> bool:
    """Return whether a file is Red Hat's JSON of one flaw."""
    return (
        beginning.lstrip().startswith(b"{")
        and b'"bugzilla"' in beginning
        and b'"public_date"' in beginning
        and (b'"affected_release"' in beginning or b'"package_state"' in beginning)
    )


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield what Red Hat says of one flaw in its main releases."""
    found = document(stream)
    if isinstance(found, Unread):
        yield found.broken(FEED, name)
        return
    said = found.value
    flaw = text(said.get("name")) if isinstance(said, dict) else ""
    if not isinstance(said, dict) or not CVE.match(flaw):
        yield Broken(feed=FEED, file=name, place=found.place, reason="expected the JSON of one CVE with its name")
        return
    yield _advisory(flaw, said)
    for number, one in enumerate(objects(said.get("affected_release"))):
        yield from _repaired(one, flaw, f"{flaw} affected_release[{number}]")
    for number, one in enumerate(objects(said.get("package_state"))):
        yield from _other(one, flaw, f"{flaw} package_state[{number}]", name)


def _advisory(flaw: str, said: dict[str, Any]) -> Advisory:
    scored = mapping(said, "cvss3") or mapping(said, "cvss")
    version = "cvss3" if "cvss3_base_score" in scored else "cvss"
    return Advisory(
        advisory=flaw,
        feed=FEED,
        title=text(mapping(said, "bugzilla").get("description"), _TEXT).removeprefix(flaw).strip() or None,
        summary=" ".join(words(said.get("details")))[:_TEXT] or None,
        published=day(said.get("public_date")),
        severity=text(said.get("threat_severity"), 40) or None,
        cvss=score(scored.get(f"{version}_base_score")),
        vector=text(scored.get(f"{version}_scoring_vector"), 200) or None,
        url=f"https://access.redhat.com/security/cve/{flaw}",
        place=flaw,
    )


def _row(flaw: str, advisory: str, product: str, release: str, place: str, **more: Any) -> Affected:
    # A package of a module stream sorts by its stream: the package outside it says nothing of that one.
    given = {"undecided_if": ".module"} | more
    return Affected(
        flaw=flaw, advisory=advisory, feed=FEED, kind="package", vendor="redhat", product=product, release=release, scheme="rpm", place=place,
        **given,
    )  # fmt: skip


def _repaired(one: dict[str, Any], flaw: str, place: str) -> Iterator[Item]:
    release = _release(one)
    package = text(one.get("package"), 400)
    found = _PACKAGE.match(package) or _WITHOUT_EPOCH.match(package)
    if release is None or not found or _STREAM.match(package):
        return
    version = found[2].removeprefix("0:")
    if ".module" in version:
        return
    yield _row(flaw, text(one.get("advisory"), 100) or flaw, found[1], release, place, before=version, fixed=version)


def _other(one: dict[str, Any], flaw: str, place: str, file: str) -> Iterator[Item]:
    release = _release(one)
    package, said = text(one.get("package_name"), 400), text(one.get("fix_state"), 100)
    if release is None or not package:
        return
    state = _STATES.get(said.lower())
    if state is None:
        yield Broken(feed=FEED, file=file, place=place, reason=f"expected one of: {', '.join(_STATES)}")
        return
    status, note = state
    stream = _STREAM.match(package)
    if stream is None:
        yield _row(flaw, flaw, package, release, place, status=status, note=note)
    elif status != "not_affected" and ":flatpak" not in package:
        yield _row(flaw, flaw, stream[2], release, place, status=status, note=note, needs=f"module {stream[1]}", undecided_if=None)


def _release(one: dict[str, Any]) -> str | None:
    found = _RELEASE.match(text(one.get("cpe"), 200))
    return f"rhel {found[1]}" if found else None


FEEDS = (
    FeedParser(
        feed=FEED,
        form="cve",
        title=Text("Red Hat（脆弱性ごとの情報）", "Red Hat (one flaw each)"),
        recognise=recognise,
        read=read,
        url="https://access.redhat.com/hydra/rest/securitydata/",
        best_before=31,
    ),
)
"""The feeds of this module."""
