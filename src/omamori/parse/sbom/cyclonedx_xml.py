"""The XML form of a CycloneDX bill of materials. Document types and entities are refused; a harmed end costs only what is behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from omamori.model.look import Parsed, Problem
from omamori.model.text import Text
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.sbom.parts import ASSET_PROPERTY, MOST, Part, cpe_in, parsed, purl_in, words

_BEGINNING = re.compile(rb"\s{0,99}<(?:\?xml|bom|[a-z0-9]{1,20}:bom|!--)")
_VERSION = re.compile(rb"cyclonedx\.org/schema/bom/(\d\.\d)")
_SEPARATOR = " "
_DEEPEST = 200
_TEXTS = frozenset({"name", "version", "purl", "cpe", "publisher", "author", "property"})
_LONGEST_TEXT = 4096


def is_xml(data: bytes) -> bool:
    """Return whether bytes begin like XML."""
    return _BEGINNING.match(data.removeprefix(b"\xef\xbb\xbf")) is not None


@dataclass
class _Open:
    """A component whose end has not come yet."""

    line: int
    kind: str
    top: bool
    said: dict[str, str] = field(default_factory=dict)


class _Reader:
    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.product: str | None = None
        self.asset: str | None = None
        self.problems: list[Problem] = []
        self._path: list[str] = []
        self._open: list[_Open] = []
        self._text: list[str] = []
        self._length = 0
        self._property = ""
        self.expat = parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._letters
        parser.buffer_text = True

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(_SEPARATOR)[2]
        if len(self._path) >= _DEEPEST:
            raise EvidenceError(Text("部品表の入れ子が深すぎます", "the bill of materials is nested too deeply"))
        if local == "component":
            top = "metadata" in self._path and not self._open
            self._open.append(_Open(self.expat.CurrentLineNumber, attributes.get("type", ""), top))
        self._property = attributes.get("name", "") if local == "property" else self._property
        self._path.append(local)
        self._text, self._length = [], 0

    def _letters(self, text: str) -> None:
        if self._length < _LONGEST_TEXT and self._path and self._path[-1] in _TEXTS:
            self._text.append(text)
            self._length += len(text)

    def _end(self, name: str) -> None:
        local = self._path.pop()
        text = "".join(self._text).strip()
        self._text, self._length = [], 0
        above = self._path[-1] if self._path else ""
        if local == "property" and self._property == ASSET_PROPERTY and text:
            self.asset = words(text)
        elif self._open and local in _TEXTS and above in ("component", "supplier"):
            self._open[-1].said.setdefault(local if above == "component" else f"supplier {local}", text)
        elif local == "component" and self._open:
            self._close(self._open.pop())

    def _close(self, one: _Open) -> None:
        name = words(one.said.get("name"))
        version = words(one.said.get("version"))
        if name is None:
            self.problems.append(Problem(one.line, "a component with a name", "名前のある部品"))
        elif one.top:
            self.product = " ".join(word for word in (name, version) if word)
            self.asset = self.asset or (name if one.kind == "device" else None)
        elif len(self.parts) <= MOST:
            supplier = words(one.said.get("supplier name")) or words(one.said.get("publisher")) or words(one.said.get("author"))
            self.parts.append(Part(name, version, purl_in(one.said.get("purl")), cpe_in(one.said.get("cpe")), supplier, one.line))


def _refuse(*_: object) -> None:
    raise EvidenceError(
        Text(
            "XMLの中に文書型か実体(ENTITY)の宣言があります。部品表にはないもので、危険なため読みません。元のファイルを確かめてください",
            "the XML declares a document type or an entity, which a bill of materials never does: it is not read. Look at the original file",
        )
    )


def read_xml(data: bytes, context: Context) -> Parsed:
    """Return the parts of a bill in XML; EvidenceError when it declares entities or is none."""
    reader = _Reader()
    try:
        reader.expat.Parse(data, True)
    except expat.ExpatError as error:
        if not reader.parts:
            raise EvidenceError(
                Text(
                    f"CycloneDXの部品表(XML)として読めません({error.lineno}行目)。ファイルを取り直してください",
                    f"not a readable CycloneDX bill in XML (line {error.lineno}): take the file again",
                )
            ) from None
        reader.problems.append(Problem(error.lineno, "XML without damage", "壊れていないXML"))
    found = _VERSION.search(data[:4096])
    form = f"CycloneDX {found[1].decode()}" if found else "CycloneDX"
    return parsed(reader.parts, form, reader.product, reader.asset, reader.problems, context.file_name)
