"""The words for what changed on the network: one plain line for each change, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from omamori.analyze.changes.kinds import KINDS, UNTOLD, NetworkChange, NetworkChanges, Uncompared
from omamori.model.recognised import SERVICES
from omamori.model.text import Text
from omamori.report.clean import clean

KIND: Mapping[str, Text] = {kind.code: kind.label for kind in KINDS}
REASON: Mapping[str, Text] = {reason.code: reason.label for reason in UNTOLD}
NO_ZONE = Text("ゾーンの分からない機器", "zone not known")
CALM = Text(
    "両方の時点で調べた範囲では、ネットワークに変化はありません。",
    "Nothing changed on the network, as far as both times it was asked.",
)
NEVER_SCANNED = Text(
    "ネットワークの調査はまだ取り込まれていません。nmapの結果(XML)があれば omamori import で取り込めます。",
    "No scan of the network was taken in yet; omamori import takes nmap's XML.",
)
NO_EARLIER = Text(
    "前の時点にネットワークの調査(スキャン)がないため、調査で見えたものはまだ比べられません。次の調査から比べます。",
    "There is no earlier scan, so what scans see cannot be compared yet. It is from the next scan on.",
)
_SERVICE: Mapping[str, Text] = {value.code: value.label for value in SERVICES}
_LIMIT = 120
_NAMES = 5


def heading(since: datetime) -> Text:
    """Return the heading with the day of the earlier side."""
    return Text(f"{since:%Y-%m-%d} からのネットワークの変化", f"Changes on the network since {since:%Y-%m-%d}")


def change_text(change: NetworkChange) -> Text:
    """Return one change as a line, with the machine's name. Nothing from a machine can steer the screen it is shown on."""
    ja, en = _SAYINGS[change.kind](change)
    name = clean(change.asset, _LIMIT)
    if change.item and change.kind == "new":
        name += f" ({_short(change.item)})"
    return Text(f"{name}: {ja}", f"{name}: {en}")


def uncompared_text(one: Uncompared) -> Text:
    """Return what could not be compared, and why, with a few of the machines."""
    if one.reason in ("no_scan", "no_earlier_scan"):
        return NEVER_SCANNED if one.reason == "no_scan" else NO_EARLIER
    said = REASON[one.reason]
    if not one.machines:
        return Text(f"{said.ja}。", f"{_upper(said.en)}.")
    names, rest = [clean(name, _LIMIT) for name in one.machines[:_NAMES]], len(one.machines) - _NAMES
    ja, en = "、".join(names), ", ".join(names)
    if rest > 0:
        ja, en = f"{ja} ほか{rest}台", f"{en} and {rest} more"
    count = len(one.machines)
    return Text(f"{said.ja} {count} 台({ja})。", f"{_upper(said.en)}: {count} ({en}).")


def calm_text(changes: NetworkChanges) -> Text | None:
    """Return the one line that is told where nothing changed; None where something did, or nothing could be compared."""
    whole = {one.reason for one in changes.uncompared} & {"no_scan", "no_earlier_scan", "no_new_scan"}
    return None if changes.changes or whole else CALM


def _new(change: NetworkChange) -> tuple[str, str]:
    ja, en = "新しく応答しました", "answers for the first time"
    if change.since:
        ja, en = f"{ja}({change.since:%Y-%m-%d} の調査では応答なし)", f"{en} (the scan of {change.since:%Y-%m-%d} asked and got no answer)"
    if change.declared is False:
        ja, en = f"{ja}。台帳にありません", f"{en}; not in the ledger"
    if change.before:
        was = _short(change.before)
        ja, en = f"{ja}。このアドレスには前は {was} がいました", f"{en}; {was} was at this address before"
    if change.nameless:
        ja = f"{ja}。アドレスしか分からないため、前からある機器のアドレスが変わっただけかもしれません"
        en = f"{en}; only its address is known, it may be a known machine at another address"
    return ja, en


def _reappeared(change: NetworkChange) -> tuple[str, str]:
    if change.since is None:
        return "再び応答しました", "answers again"
    return f"再び応答しました(その前は {change.since:%Y-%m-%d})", f"answers again (before that on {change.since:%Y-%m-%d})"


def _not_seen(change: NetworkChange) -> tuple[str, str]:
    day = f"{change.since:%Y-%m-%d}" if change.since else "?"
    return f"{day} のあと応答がありません(電源が切れているだけかもしれません)", f"not seen since {day} (it may only be switched off)"


def _retired(change: NetworkChange) -> tuple[str, str]:
    day = f"{change.since:%Y-%m-%d}" if change.since else "?"
    return f"台帳から外され、{day} のあと応答がありません", f"taken out of the ledger, and not seen since {day}"


def _opened(change: NetworkChange) -> tuple[str, str]:
    ja, en = _service(change.after)
    what, said = f"({ja})" if ja else "", f"({en})" if en else ""
    return f"{change.item} が新しく開いています{what}", f"{change.item} is newly open {said}".rstrip()


def _closed(change: NetworkChange) -> tuple[str, str]:
    ja, en = _service(change.before)
    what, was = f"(前は {ja})" if ja else "", f"(it was {en})" if en else ""
    if "filtered" in change.after:
        return f"{change.item} が応答しなくなりました{what}", f"{change.item} does not answer any more {was}".rstrip()
    return f"{change.item} が閉じました{what}", f"{change.item} is closed now {was}".rstrip()


def _arrow(ja: str, en: str) -> Callable[[NetworkChange], tuple[str, str]]:
    def say(change: NetworkChange) -> tuple[str, str]:
        told = f"{_short(change.before)} → {_short(change.after)}"
        item = f"{change.item} " if change.item else ""
        return f"{item}{ja}: {told}", f"{item}{en}: {told}"

    return say


def _address(change: NetworkChange) -> tuple[str, str]:
    if not change.before:
        return f"IPアドレスが増えました: {_short(change.after)}", f"another address besides: {_short(change.after)}"
    return _arrow("IPアドレスが変わりました", "another address")(change)


def _known_as(change: NetworkChange) -> tuple[str, str]:
    was = _short(change.before)
    return f"前に {was} と呼んでいた機器と分かりました", f"this is what was known as {was}"


def _conflict(change: NetworkChange) -> tuple[str, str]:
    one, other = _short(change.before), _short(change.after)
    return (
        f"{change.item} を2台が使っています({one} と {other})。二重化のための共有なら、意図したものです",
        f"two machines use {change.item} ({one} and {other}); of a cluster that is intended",
    )


_SAYINGS: Mapping[str, Callable[[NetworkChange], tuple[str, str]]] = {
    "new": _new,
    "reappeared": _reappeared,
    "not_seen": _not_seen,
    "retired": _retired,
    "opened": _opened,
    "closed": _closed,
    "service": _arrow("別のサービスが応答しています", "another service answers"),
    "version": _arrow("の版が変わりました", "another version"),
    "zone": _arrow("別のゾーンに移りました", "moved to another zone"),
    "address": _address,
    "switch_port": _arrow("つながるスイッチの口が変わりました", "at another switch port"),
    "renamed": _arrow("コンピュータ名が変わりました", "another computer name"),
    "known_as": _known_as,
    "conflict": _conflict,
}


def _service(text: str) -> tuple[str, str]:
    """Return a service in words, where it is one of ours; else as the scanner or the machine named it."""
    known = _SERVICE.get(text)
    return (known.ja, known.en) if known else (_short(text), _short(text))


def _short(text: str) -> str:
    return clean(text, _LIMIT)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
