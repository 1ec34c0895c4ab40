"""Which declared line a way in that evidence shows belongs to: by the device it ends on, who may open it, its kind and its names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from omamori.analyze.addresses import split_addresses
from omamori.analyze.entry_devices import Found
from omamori.analyze.entry_places import Places, any_overlap
from omamori.model.declared import RemoteLine

_DIAL_IN = frozenset({"ssl-vpn", "openvpn", "wireguard", "l2tp", "pptp"})
_SITES = frozenset({"ipsec", "l2tp", "gre", "ipip", "wireguard", "openvpn"})
_PLAIN = frozenset({"interface", "route", "network"})
_KINDS: Mapping[str, frozenset[str] | None] = {
    "ssl-vpn": _DIAL_IN,
    "ipsec-vpn": _SITES,
    "ip-vpn": _PLAIN | _SITES,
    "isdn": _PLAIN,
    "internet": frozenset({"interface"}),
    "eligibility": _PLAIN | _SITES,
    "remote-software": frozenset(),
}
"""Kind of line → methods by which it can come in; a kind that is not here may come in by any."""
_ON_DEVICE, _SAME_SOURCE, _NAMED, _TUNNEL = 8, 4, 2, 1


@dataclass(frozen=True, slots=True)
class Line:
    """A declared line and the assets it ends on, as its address or its device's name tells."""

    row: RemoteLine
    assets: frozenset[str]


def lines_of(rows: Iterable[RemoteLine], places: Places, names: Mapping[str, str]) -> list[Line]:
    """Return the declared lines; `names` are the assets by their names in lower case."""
    found = []
    for row in rows:
        assets = {places.owners[address] for address in split_addresses(row.device_address) if address in places.owners}
        named = names.get((row.device or "").strip().lower())
        found.append(Line(row, frozenset(assets | ({named} if named else set()))))
    return found


def matched(lines: Sequence[Line], found: Sequence[Found]) -> tuple[Mapping[str, Found], Mapping[int, str]]:
    """Return line → the way in that is the line itself, and place in `found` → line for those that only carry it.

    A tunnel is one line's: a second tunnel on a device is nobody's unless another line is declared for it. Interfaces and routes
    of a device a declared line ends on carry that line.
    """
    pairs = [(score, line.row.line, place, line) for line in lines for place, one in enumerate(found) if (score := _score(line, one)) > 0]
    main: dict[str, Found] = {}
    taken: dict[int, str] = {}
    for _, name, place, _ in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if name not in main and place not in taken:
            main[name] = found[place]
            taken[place] = name
    carried: dict[int, str] = {}
    for place, one in enumerate(found):
        if place not in taken and not one.shared and one.sort in ("interface", "route", "network"):
            ending = sorted(line.row.line for line in lines if one.asset in line.assets and line.row.kind != "remote-software")
            if ending and one.kind not in ("wireless", "dual-homed"):
                carried[place] = ending[0]
    return main, {**carried, **taken}


def _score(line: Line, one: Found) -> int:
    """Return how well a way in fits a declared line; 0 when it is not that line."""
    row = line.row
    if one.sort == "program":
        return _program_score(line, one)
    if one.kind in ("wireless", "usb", "dual-homed") or row.kind == "remote-software":
        return 0
    allowed = _KINDS.get(row.kind or "other")
    if allowed is not None and one.method not in allowed and not (row.kind == "internet" and one.kind == "internet"):
        return 0
    here = one.asset in line.assets and not one.shared
    source = bool(row.opened_from and one.opened_from and any_overlap(row.opened_from, one.opened_from))
    named = _named(row, one.words)
    if not here and not source and not (named and not line.assets):
        return 0
    tunnel = one.sort == "tunnel" or (row.kind == "internet" and one.kind == "internet")
    return _ON_DEVICE * here + _SAME_SOURCE * source + _NAMED * named + _TUNNEL * tunnel


def _program_score(line: Line, one: Found) -> int:
    """A program is a line's where the ledger means it (`remote_access.declared`) and names its product or its machine."""
    text = " ".join(part or "" for part in (line.row.line, line.row.product, line.row.device, line.row.purpose)).lower()
    fits = one.method.lower() in text or one.asset in line.assets
    return _ON_DEVICE * (one.asset in line.assets) + _NAMED * (one.method.lower() in text) if one.declared and fits else 0


def _named(row: RemoteLine, words: str) -> bool:
    """Return whether the device's own names say whose it is: the vendor or the line, in at least three letters (two of Japanese)."""
    lowered = words.lower()
    for name in (row.vendor, row.line):
        word = (name or "").strip().lower()
        if len(word) >= (3 if word.isascii() else 2) and word in lowered:
            return True
    return False
