"""The words of a match: why a notice is about a machine, and what has to be confirmed. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from omamori.analyze.notices.naming import Fit
from omamori.analyze.notices.ranges import Said
from omamori.analyze.notices.standing import Thing
from omamori.model.notices import PublishedNotice
from omamori.model.text import Text

_OPEN: Mapping[str, Text] = MappingProxyType(
    {
        "range": Text("お知らせに対象の版が書かれていません", "the notice names no version"),
        "version": Text("ここの版が分からないか、比べられません", "the version here is not known, or cannot be compared"),
        "status": Text("公表者がまだ調べている製品です", "the publisher has not yet told whether it is affected"),
        "both": Text("お知らせは、この版を対象とも対象外とも書いています", "the notice calls this version affected and not affected"),
    }
)
_PART = Text(
    "名前の一部だけが合っています(お知らせ: {named}、ここ: {ours})", "only a part of the name fits (notice: {named}, here: {ours})"
)
_REBUILT = Text(
    "OSの配布元の版です。版の番号を変えずに直していることがあります",
    "a distribution's own package: it may be repaired without a new version number",
)


def doubt_of(said: Said, how: Fit, thing: Thing, named: str) -> Text | None:
    """Return what a person has to confirm about a match; None when it is certain."""
    found = [_OPEN[said]] if said in _OPEN else []
    if how == "part":
        names = {"named": named[:120], "ours": thing.ours.name[:120]}
        found.append(Text(_PART.ja.format(**names), _PART.en.format(**names)))
    if thing.rebuilt:
        found.append(_REBUILT)
    return Text("。".join(one.ja for one in found), "; ".join(one.en for one in found)) if found else None


def how_matched(said: Said, how: Fit, thing: Thing, rows: Sequence[PublishedNotice]) -> str:
    """Return which name, which version and which rule: `FortiOS 7.2.4 (seen) = fortinet:fortios >= 7.2.0 < 7.2.7`."""
    row = rows[0]
    named = ":".join(word for word in (row.vendor, row.product) if word)
    ranges = " | ".join(dict.fromkeys(text for one in rows if one.status != "not_affected" and (text := _range(one))))
    told = "declared" if thing.how == "declared" else "seen"
    ours = f"{thing.ours.name} {thing.version or '?'} ({told})"
    return f"{ours} {'=' if how == 'same' else '~'} {named} {ranges[:300]}".strip()


def _range(row: PublishedNotice) -> str:
    if row.since and row.since == row.before:
        return f"= {row.since}"
    low = f"{'>' if row.since_out else '>='} {row.since}" if row.since else ""
    high = f"{'<=' if row.before_in else '<'} {row.before}" if row.before else ""
    return f"{low} {high}".strip()
