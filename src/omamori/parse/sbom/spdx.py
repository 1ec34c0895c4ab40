"""SPDX 2.x bills of materials, JSON and tag-value → `components`. Source: the SPDX specification 2.3, chapters 6 and 7."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from omamori.model.look import Parsed, Problem
from omamori.model.text import Text
from omamori.parse.interface import Context, EvidenceError, Parser
from omamori.parse.sbom.parts import Part, cpe_in, lines_of, machine_in_comment, parsed, purl_in, words

KIND = "sbom.spdx"
_JSON = re.compile(rb'"spdxVersion"\s{0,9}:\s{0,9}"SPDX-2\.')
_TAGS = re.compile(rb"^SPDXVersion:[ \t]{0,9}SPDX-2\.", re.MULTILINE)
_TAG = re.compile(r"([A-Z][A-Za-z]{1,40}):[ \t]*(.*)")
_WHO = re.compile(r"^(?:Organization|Person|Tool):\s*", re.IGNORECASE)
_NOTHING = frozenset({"NOASSERTION", "NONE"})
_UNREAD = Text(
    "SPDXの部品表として読めません。壊れていないか、途中で切れていないか確かめて、もう一度取り込んでください",
    "not a readable SPDX bill of materials: see that the file is whole and import it again",
)


def parse(data: bytes, context: Context) -> Parsed:
    """Return the packages of a bill; EvidenceError when the file as a whole cannot be read."""
    try:
        text = data.decode("utf-8-sig")
    except ValueError:
        raise EvidenceError(_UNREAD) from None
    return _tags(text, context) if _TAGS.search(data) else _json(text, context)


def _json(text: str, context: Context) -> Parsed:
    try:
        bill = json.loads(text)
    except (ValueError, RecursionError):
        raise EvidenceError(_UNREAD) from None
    if not isinstance(bill, dict) or not str(bill.get("spdxVersion")).startswith("SPDX-2."):
        raise EvidenceError(_UNREAD)
    lines = lines_of(text, ("referenceLocator", "SPDXID", "name"))
    problems: list[Problem] = []
    packages = bill.get("packages")
    if packages is not None and not isinstance(packages, list):
        problems.append(Problem(1, "a list of packages", "パッケージの一覧"))
    parts = list(_packages(packages if isinstance(packages, list) else [], lines, problems))
    return parsed(
        parts, _form(bill.get("spdxVersion")), words(bill.get("name")), machine_in_comment(bill.get("comment")), problems, context.file_name
    )


def _form(version: Any) -> str:
    return f"SPDX {(words(version) or '').removeprefix('SPDX-')}".strip()


def _packages(packages: list[Any], lines: Mapping[str, int], problems: list[Problem]) -> Iterator[Part]:
    for one in packages:
        name = words(one.get("name")) if isinstance(one, dict) else None
        if name is None:
            problems.append(Problem(1, "a package with a name", "名前のあるパッケージ"))
            continue
        said = one.get("externalRefs")
        refs = [ref.get("referenceLocator") for ref in said if isinstance(ref, dict)] if isinstance(said, list) else []
        line = lines.get(str(one.get("SPDXID")), lines.get(name, 1))
        yield _part(name, one.get("versionInfo"), one.get("supplier"), refs, line)


def _part(name: str, version: Any, supplier: Any, refs: list[Any], line: int) -> Part:
    purl = next((found for ref in refs if (found := purl_in(ref))), None)
    cpe = next((found for ref in refs if (found := cpe_in(ref))), None)
    return Part(name, _said(version), purl, cpe, _said(_WHO.sub("", supplier) if isinstance(supplier, str) else None), line)


def _said(value: Any) -> str | None:
    text = words(value)
    return None if text in _NOTHING else text


def _tags(text: str, context: Context) -> Parsed:
    """The tag-value form: a `PackageName` begins a package; a text between <text> and </text> may go over several lines."""
    document: dict[str, str] = {}
    packages: list[tuple[int, dict[str, str], list[str]]] = []
    opened = 0
    for number, line in enumerate(text.splitlines(), 1):
        if opened:
            opened = 0 if "</text>" in line else opened
            continue
        found = _TAG.match(line)
        if found is None:
            continue
        tag, value = found.groups()
        opened = number if "<text>" in value and "</text>" not in value else 0
        if tag == "PackageName":
            packages.append((number, {}, []))
        elif tag in ("FileName", "SnippetSPDXID"):
            # What follows is about a file, until the next package.
            packages.append((number, {"": ""}, []))
        if tag == "ExternalRef" and packages:
            packages[-1][2].append(value.rpartition(" ")[2])
        else:
            (packages[-1][1] if packages else document).setdefault(tag, value.strip())
    # What stands behind a text without an end was not read.
    problems = [Problem(opened, "a text that ends with </text>", "</text>で終わる文")] if opened else []
    parts = []
    for number, tags, refs in packages:
        name = words(tags.get("PackageName"))
        if name is not None:
            parts.append(_part(name, tags.get("PackageVersion"), tags.get("PackageSupplier"), list(refs), number))
        elif "" not in tags:
            problems.append(Problem(number, "a package with a name", "名前のあるパッケージ"))
    return parsed(
        parts,
        _form(document.get("SPDXVersion")),
        words(document.get("DocumentName")),
        machine_in_comment(document.get("DocumentComment")),
        problems,
        context.file_name,
    )


def recognise(head: bytes, file_name: str) -> bool:
    """Return whether a file is such a bill, by its own word for its version."""
    del file_name
    return _JSON.search(head) is not None or _TAGS.search(head) is not None


PARSERS = (Parser(kind=KIND, tables=("components",), parse=parse, recognise=recognise),)
