"""`wg show` and `wg show all dump`: the WireGuard tunnels of the machine and whom they turn to. Keys are taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from omamori.model.look import Look, Parsed, Problem
from omamori.model.network import Interface, OutboundSetting
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Line, Piece
from omamori.parse.windows.values import address, scope

_KEY = r"[A-Za-z0-9+/]{42,44}={0,2}"
_MARK = re.compile(r"\[secret: [a-z-]+, (?:empty|default|set)\]")
_HELD = "\ue000"
_INTERFACE = re.compile(r"interface: (\S{1,64})\s*$")
_DUMP = re.compile(
    rf"(?:(\S{{1,64}})\s+)?(?:{_KEY}|\(none\)|{_HELD})\s+(?:{_KEY}|\(none\))\s+\d{{1,5}}\s+(?:off|0x[0-9a-f]{{1,8}}|\d{{1,10}})\s*$"
)
_PEER = re.compile(
    rf"(?:(\S{{1,64}})\s+)?{_KEY}\s+(?:{_KEY}|\(none\)|{_HELD})\s+(\S{{1,260}})\s+\S{{1,2000}}(?:\s+\d{{1,20}}){{3}}\s+(?:off|\d{{1,6}})\s*$"
)
_LABEL = re.compile(r"\s{0,4}(public key|private key|preshared key|listening port|peer|endpoint|allowed ips|fwmark)\s{0,2}: ?(.{0,2000})$")
_TOKEN = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")
_UNNAMED = "wireguard"
"""`wg show wg0 dump` leaves the tunnel's name out."""
_NOT_TOLD = ("mac", "address", "prefix", "network_first", "network_last", "dhcp")


def read(piece: Piece, context: Context) -> Parsed:
    """Return the tunnels and the peers' endpoints. Addresses of the tunnels and other interfaces are not told."""
    tunnels: dict[str, Interface] = {}
    missing: tuple[str, ...] = _NOT_TOLD
    ends: dict[str, OutboundSetting] = {}
    problems: list[Problem] = []
    for line in piece.lines:
        text = _MARK.sub(_HELD, line.text[:4000])
        name, end = _line(text)
        if name:
            missing = missing if name != _UNNAMED else ("name", *_NOT_TOLD)
            tunnels.setdefault(name, Interface(name=name, kind="tunnel", up=True, evidence=str(line.number)))
        elif end is None and text.strip() and not _LABEL.match(text) and not text.strip().startswith(("latest", "transfer", "persistent")):
            problems.append(Problem(line.number, "a line of `wg show`", "「wg show」の行"))
        row = _end(end, line) if end else None
        if row is not None:
            ends.setdefault(row.value, row)
    reason = "not_understood" if problems else "not_collected"
    return Parsed(
        rows=(*tunnels.values(), *ends.values()),
        looks=(
            Look("interfaces", complete=False, missing=missing, reason=reason),
            Look("outbound_settings", complete=False, reason=reason),
        ),
        problems=tuple(problems[:50]),
    )


def _line(text: str) -> tuple[str, str | None]:
    """The tunnel that begins on a line, and the endpoint that stands on it (both may be none)."""
    begun = _INTERFACE.match(text) or _DUMP.match(text)
    if begun:
        return begun[1] or _UNNAMED, None
    peer = _PEER.match(text)
    if peer:
        return "", peer[2]
    label = _LABEL.match(text)
    return "", label[2].strip() if label and label[1] == "endpoint" else None


def _end(text: str, line: Line) -> OutboundSetting | None:
    """The machine a tunnel leads to: where it turns to outside itself."""
    host = text.rpartition(":")[0].strip("[]").lower()
    if not re.fullmatch(r"[a-z0-9._:-]{1,253}", host):
        return None
    plain = address(host)
    public = scope(plain) == "public" if plain else None
    return OutboundSetting(kind="agent", value=plain or host, address_public=public, origin="wg", evidence=str(line.number))


def redact(text: str) -> str:
    """Take private and preshared keys out of a line; public keys stay where it is certain that they are public."""
    marks = _MARK.findall(text)
    held = _MARK.sub(_HELD, text.replace(_HELD, "?"))
    clean = _HELD.join(_redacted(held).split(_HELD))
    for mark in marks:
        clean = clean.replace(_HELD, mark, 1)
    return clean


def _redacted(text: str) -> str:
    label = _LABEL.match(text)
    if label and label[1] in ("private key", "preshared key"):
        value = label[2].strip()
        kind = "private-key" if label[1] == "private key" else "pre-shared-key"
        return text if value.startswith(("(", _HELD)) else f"{text[: label.start(2)]}[secret: {kind}, {'set' if value else 'empty'}]"
    if label or _INTERFACE.match(text):
        return text
    peer, begun = _PEER.match(text), _DUMP.match(text)
    found = peer or begun
    if found is None:
        # A line broken by the console may hold any part of a key.
        return _TOKEN.sub("[secret: private-key, set]", text)
    parts = re.split(r"(\s+)", text)
    words = [index for index, part in enumerate(parts) if part.strip()]
    place = words[(1 if found[1] else 0) + (1 if peer else 0)]
    if parts[place] not in ("(none)", _HELD):
        parts[place] = f"[secret: {'pre-shared-key' if peer else 'private-key'}, set]"
    return "".join(parts)


def _names(lines: Sequence[str]) -> Iterator[str]:
    yield from (text.strip() for text in lines[1:6] if text.strip())


def _begins(lines: Sequence[str]) -> bool:
    """An interface with its keys below, or a line of the dump."""
    if _INTERFACE.match(lines[0]):
        return any(text.startswith(("public key:", "private key:", "listening port:", "peer:")) for text in _names(lines))
    return True


FORMS = (
    Form(
        name="wg_show",
        command="wg show",
        tables=("interfaces", "outbound_settings"),
        read=read,
        heading=re.compile(rf"(?:{_INTERFACE.pattern}|{_DUMP.pattern})"),
        again=re.compile(rf"(?:{_INTERFACE.pattern}|{_DUMP.pattern})"),
        confirm=_begins,
        redact=redact,
        captured=("en",),
        source="wg(8), WireGuard: show, show all dump",
    ),
)
