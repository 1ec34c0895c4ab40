"""CycloneDX bills of materials, JSON 1.2 to 1.6 and XML 1.0 to 1.6 → `components`.

Sources: the specification overview and the schemas at cyclonedx.org. Parts inside parts are read too; hashes, licences and the
vulnerabilities a bill may list are not: what a part is affected by is judged from the pack.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from omamori.model.look import Parsed, Problem
from omamori.model.text import Text
from omamori.parse.interface import Context, EvidenceError, Parser
from omamori.parse.sbom.cyclonedx_xml import is_xml, read_xml
from omamori.parse.sbom.parts import ASSET_PROPERTY, Part, cpe_in, lines_of, parsed, purl_in, words

KIND = "sbom.cyclonedx"
_DEEPEST = 40
_FORMAT = re.compile(rb'"bomFormat"\s{0,9}:\s{0,9}"CycloneDX"')
_NO_JSON = Text(
    "CycloneDXの部品表として読めません。壊れていないか、途中で切れていないか確かめて、もう一度取り込んでください",
    "not a readable CycloneDX bill of materials: see that the file is whole and import it again",
)


def parse(data: bytes, context: Context) -> Parsed:
    """Return the parts of a bill; EvidenceError when the file as a whole cannot be read."""
    if is_xml(data):
        return read_xml(data, context)
    try:
        text = data.decode("utf-8-sig")
        bill = json.loads(text)
    except (ValueError, RecursionError):
        raise EvidenceError(_NO_JSON) from None
    if not isinstance(bill, dict) or bill.get("bomFormat") != "CycloneDX":
        raise EvidenceError(_NO_JSON)
    lines = lines_of(text, ("purl", "name"))
    problems: list[Problem] = []
    parts = list(_parts(bill.get("components"), lines, problems))
    top = _object(_object(bill.get("metadata")).get("component"))
    named = " ".join(word for word in (words(top.get("name")), words(top.get("version"))) if word)
    form = f"CycloneDX {words(bill.get('specVersion')) or ''}".strip()
    return parsed(parts, form, named or None, _asset(bill, top), problems, context.file_name)


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _asset(bill: Mapping[str, Any], top: Mapping[str, Any]) -> str | None:
    for holder in (_object(bill.get("metadata")), top, bill):
        for one in holder.get("properties") or () if isinstance(holder.get("properties"), list) else ():
            if _object(one).get("name") == ASSET_PROPERTY and (said := words(_object(one).get("value"))):
                return said
    return words(top.get("name")) if top.get("type") == "device" else None


def _parts(found: Any, lines: Mapping[str, int], problems: list[Problem]) -> Iterator[Part]:
    # A list of what is left to read in place of calls within calls: how deep a bill goes is its author's choice.
    left: list[tuple[Any, int]] = [(found, 0)]
    while left:
        several, depth = left.pop()
        if several is not None and not isinstance(several, list):
            problems.append(Problem(1, "a list of components", "部品の一覧"))
        for one in several if isinstance(several, list) else ():
            name = words(_object(one).get("name"))
            if name is None:
                problems.append(Problem(1, "a component with a name", "名前のある部品"))
                continue
            purl = purl_in(one.get("purl"))
            supplier = words(_object(one.get("supplier")).get("name")) or words(one.get("publisher")) or words(one.get("author"))
            line = lines.get(purl or "", lines.get(name, 1))
            yield Part(name, words(one.get("version")), purl, cpe_in(one.get("cpe")), supplier, line)
            if depth < _DEEPEST:
                left.append((one.get("components"), depth + 1))
            elif one.get("components"):
                problems.append(Problem(line, "components that are not nested so deeply", "これほど深く入れ子になっていない部品"))


def recognise(head: bytes, file_name: str) -> bool:
    """Return whether a file is such a bill: by its own word for its format, or its XML namespace."""
    del file_name
    return _FORMAT.search(head) is not None or (is_xml(head) and b"cyclonedx.org/schema/bom" in head)


PARSERS = (Parser(kind=KIND, tables=("components",), parse=parse, recognise=recognise),)
