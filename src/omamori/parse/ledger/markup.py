"""Reads the XML inside a workbook as a stream of events. Document types and entities are refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.parsers import expat

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]


class MarkupError(Exception):
    """The XML is damaged or holds a document type, which a workbook never does."""


def walk(data: bytes, start: Start, end: End, text: Callable[[str], None]) -> None:
    """Call `start`, `end` and `text` for the elements of an XML part, names without their namespace.

    Raises MarkupError; what was called before stays called.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = lambda name, attributes: start(_local(name), {_local(key): value for key, value in attributes.items()})
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, UnicodeError) as error:
        raise MarkupError(str(error)) from error


def _refuse(*_: object) -> None:
    raise MarkupError("a document type or entity, which a workbook never has")


def _local(name: str) -> str:
    return name.rpartition(":")[2]
