"""What the forms of a bill of materials share: one part, whose it is, and the rows made of it. Pure.

A bill that names a device, carries the property `omamori:asset` (in SPDX the document comment `omamori:asset=NAME`), or is handed over as a
file called `machine=NAME@…`, is about that machine. Every other one is about a product: its rows stand for the whole site (`*`), and
`analyze.components` tells on which machines the product is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from omamori.model.look import EVERYWHERE, Look, Parsed, Problem
from omamori.model.patching import Component
from omamori.model.text import Text

MOST = 50_000
"""Parts of one bill that are read."""
_LONGEST = 300
_PURL = re.compile(r"pkg:[A-Za-z0-9.+-]{1,40}/\S{1,600}")
_CPE = re.compile(r"cpe:(?:2\.3:[aoh*-]|/[aoh]):\S{1,400}")
ASSET_PROPERTY = "omamori:asset"
"""Property by which whoever makes a bill may name the machine it is of."""
_IN_NAME = re.compile(r"(?:^|[/\\:])machine=([^@/\\:]{1,100})@[^/\\]*$")
_IN_COMMENT = re.compile(r"\bomamori:asset=([^\s<>]{1,100})")


@dataclass(frozen=True, slots=True)
class Part:
    """One part as a bill names it; `line` is where."""

    name: str
    version: str | None
    purl: str | None
    cpe: str | None
    supplier: str | None
    line: int


def words(value: Any) -> str | None:
    """Return a text of a bill without what cannot be printed, cut to length; None when it is no text or empty."""
    text = value if isinstance(value, str) else ""
    return "".join(letter for letter in text if letter.isprintable()).strip()[:_LONGEST] or None


def purl_in(value: Any) -> str | None:
    """Return a package URL (purl specification); None when it is none."""
    text = value.strip() if isinstance(value, str) else ""
    return text if _PURL.fullmatch(text) and text.isprintable() else None


def cpe_in(value: Any) -> str | None:
    """Return a CPE name of either form; None when it is none."""
    text = value.strip() if isinstance(value, str) else ""
    return text if _CPE.fullmatch(text) and text.isprintable() else None


def machine_in_name(file_name: str) -> str:
    """Return the machine a file's own name gives (`machine=karte-srv@bom.json`); empty where it gives none."""
    found = _IN_NAME.search(file_name)
    return (words(found[1]) or "") if found else ""


def machine_in_comment(comment: Any) -> str | None:
    """Return the machine the comment on a document names (`omamori:asset=karte-srv`); None where it names none."""
    found = _IN_COMMENT.search(comment) if isinstance(comment, str) else None
    return words(found[1]) if found else None


def of_nobody(product: str | None) -> Text:
    """Return what to say of a bill that names no machine, and how to name one."""
    named = product or "?"
    return Text(
        f"どの機器のものか書かれていません。「{named}」と同じ名前のソフトが入っている機器の部品として数え、なければどの機器にも数えません。"
        "機器が決まっているときは、ファイル名を「machine=台帳の機器名@元のファイル名」に変えて取り込み直してください",
        f"it names no machine: it counts for machines on which a program of the name {named} is installed, and for none where it is on none. "
        "Where it belongs to one machine, rename the file to machine=NAME-IN-THE-LEDGER@FORMER-NAME and import it again",
    )


def parsed(parts: Sequence[Part], form: str, product: str | None, asset: str | None, problems: Iterable[Problem], file_name: str) -> Parsed:
    """Return the rows of a bill and the look at it.

    In: `form` such as `CycloneDX 1.4`; `product` it belongs to; `asset` where it names a machine, before which the file's name counts; what
    was not understood makes the look incomplete.
    """
    told = tuple(problems)
    asset = machine_in_name(file_name) or asset
    subject = asset or EVERYWHERE
    rows = tuple(
        Component(
            asset=subject,
            name=part.name,
            version=part.version,
            purl=part.purl,
            cpe=part.cpe,
            product=product,
            supplier=part.supplier,
            seen_in=f"{form}: {product or file_name}",
            declared=True,
            evidence=str(part.line),
        )
        for part in parts[:MOST]
    )
    if len(parts) > MOST:
        told = (*told, Problem(parts[MOST].line, f"at most {MOST} parts", f"部品は{MOST}個まで"))
    look = Look("components", asset=subject, complete=not told, reason="not_understood" if told else None)
    claims = ((asset, (f"name:{asset.lower()}",)),) if asset else ()
    return Parsed(
        rows=rows, looks=(look,), problems=told, claims=claims, speaker=product or file_name, remarks=() if asset else (of_nobody(product),)
    )


def lines_of(text: str, names: Sequence[str]) -> Mapping[str, int]:
    """Return the first line on which each value of the members `names` of a JSON text stands."""
    found: dict[str, int] = {}
    member = re.compile(r'"(?:' + "|".join(map(re.escape, names)) + r')"\s{0,9}:\s{0,9}"([^"\\]{1,700})"')
    for number, line in enumerate(text.splitlines(), 1):
        for value in member.findall(line):
            found.setdefault(value, number)
    return found
