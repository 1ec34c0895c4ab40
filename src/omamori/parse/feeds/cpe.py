"""Names of products in CPE: the formatted string of CPE 2.3 and the URI of CPE 2.2 (NISTIR 7695, sections 6.1 and 6.2; matching: 7696).

    cpe = read_cpe("cpe:2.3:a:cisco:unity_connection:12.5\\\\(1\\\\):-:*:*:*:*:*:*")
    cpe.vendor, cpe.product, cpe.version, cpe.update  # "cisco", "unity_connection", "12.5(1)", "-"

Every attribute is plain text in lower case, without the escapes of its form; `*` is any value, `-` no value. A text with an escaped
asterisk reads the same as one with a wildcard; `wildcards` names the attributes that hold a real one (`1.2.*`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

ANY = "*"
NONE = "-"
LONGEST = 2000
"""Most characters of a name."""
_PARTS = ("a", "o", "h", ANY, NONE)
_COLON = re.compile(r"(?<!\\):")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_WILDCARD = re.compile(r"(?<!\\)[*?]")
_ATTRIBUTES = 11
_BACKSLASH = "\0"


class CpeError(ValueError):
    """A text is not a CPE name: says what was expected."""


@dataclass(frozen=True, slots=True)
class Cpe:
    """A CPE name, or a pattern of names. `part`: a application, o operating system or firmware, h hardware."""

    part: str
    vendor: str
    product: str
    version: str = ANY
    update: str = ANY
    edition: str = ANY
    language: str = ANY
    sw_edition: str = ANY
    target_sw: str = ANY
    target_hw: str = ANY
    other: str = ANY
    wildcards: tuple[str, ...] = ()


NAMES = tuple(Cpe.__dataclass_fields__)[:_ATTRIBUTES]
"""The attributes in the order of the formatted string."""


@lru_cache(maxsize=1 << 12)
def read_cpe(text: str) -> Cpe:
    """Return the name a formatted string (`cpe:2.3:…`) or a URI (`cpe:/…`) stands for; CpeError when it is neither."""
    if len(text) > LONGEST or not text.isprintable():
        raise CpeError(f"expected a CPE name of at most {LONGEST} printable characters")
    beginning = text[:8].lower()
    if beginning == "cpe:2.3:":
        return _formatted(text[8:].lower())
    if beginning.startswith("cpe:/"):
        return _uri(text[5:].lower())
    raise CpeError(f"expected a CPE name (cpe:2.3:… or cpe:/…), found {text[:60]!a}")


def _formatted(text: str) -> Cpe:
    escaped = "\\" in text
    # An escaped backslash is set aside first: the colon behind it is a separator.
    values = _COLON.split(text.replace("\\\\", _BACKSLASH)) if escaped else text.split(":")
    if len(values) != _ATTRIBUTES:
        raise CpeError(f"expected {_ATTRIBUTES} attributes in a CPE 2.3 name, found {len(values)}")
    wild: tuple[str, ...] = ()
    # Nine of ten names hold none: an asterisk more than values that are just one, or a question mark.
    if "?" in text or text.count("*") != values.count(ANY):
        wild = tuple(name for name, value in zip(NAMES, values, strict=True) if value != ANY and _WILDCARD.search(value))
    if escaped:
        values = [_ESCAPE.sub(r"\1", value).replace(_BACKSLASH, "\\") for value in values]
    return _checked([value or ANY for value in values], wild)


def _uri(text: str) -> Cpe:
    values = text.split(":")
    if len(values) > 7:
        raise CpeError(f"expected at most 7 components in a CPE 2.2 URI, found {len(values)}")
    values += [""] * (7 - len(values))
    packed = values[5].split("~") if values[5].startswith("~") else ["", values[5]]
    if len(packed) > 6:
        raise CpeError("expected at most 5 packed attributes in the edition of a CPE 2.2 URI")
    packed += [""] * (6 - len(packed))
    ordered = [*values[:5], packed[1], values[6], *packed[2:]]
    # The form writes the wildcards ? and * as %01 and %02.
    wild = tuple(name for name, value in zip(NAMES, ordered, strict=True) if "%01" in value or "%02" in value)
    return _checked([unquote(value.replace("%01", "?").replace("%02", "*")) or ANY for value in ordered], wild)


def _checked(values: list[str], wild: tuple[str, ...]) -> Cpe:
    if values[0] not in _PARTS:
        raise CpeError(f"expected the part a, o or h in a CPE name, found {values[0][:20]!a}")
    if not "".join(values).isprintable():
        raise CpeError("expected printable characters in a CPE name")
    return Cpe(**dict(zip(NAMES, values, strict=True)), wildcards=wild)
