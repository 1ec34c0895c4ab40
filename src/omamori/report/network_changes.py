"""What changed on the network, in words and for programs. What only one side looked at is never told as a change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from omamori.model.text import Text
from omamori.snapshot.network_state import (
    WHY_UNTOLD,
    HostChange,
    NetworkDifference,
    PortChange,
    SeenHost,
    SeenPort,
    Untold,
)

_WHY = {one.code: one.label for one in WHY_UNTOLD}
_NEW = Text("新しく応答した機器", "New")
_REAPPEARED = Text("以前にもあり、また応答した機器", "Answers again (known from earlier)")
_GONE = Text("それから見ていない機器(電源が切れているだけかもしれません)", "Not seen since (may only be switched off)")
_MOVED = Text("アドレスが変わった機器", "Moved to another address")
_EXCHANGED = Text("同じアドレスで別の機器", "Another device at the same address")
_OPENED = Text("開いたポート", "Ports that opened")
_CLOSED = Text("閉じたポート", "Ports that closed")
_CHANGED = Text("サービスが変わったポート", "Another service on a port")
_UNTOLD = Text("片方でしか調べておらず、変わったか分からないもの", "Seen by one side only, so nothing can be told")
_NOTHING = Text("変わったものは見つかりませんでした", "Nothing changed, as far as both sides looked")
_SHOWN_PORTS = 12
_SHOWN_UNTOLD = 10


def difference_lines(difference: NetworkDifference) -> list[Text]:
    """Return the difference as lines for people: a heading with its count, then each change. Not cleaned for a terminal yet."""
    lines: list[Text] = []
    for heading, hosts, tell in (
        (_NEW, difference.new, _new),
        (_REAPPEARED, difference.reappeared, _new),
        (_GONE, difference.gone, _gone),
    ):
        lines += _part(heading, hosts, tell)
    lines += _part(_MOVED, difference.moved, _moved)
    lines += _part(_EXCHANGED, difference.exchanged, _exchanged)
    lines += _part(_OPENED, difference.opened, _opened)
    lines += _part(_CLOSED, difference.closed, _closed)
    lines += _part(_CHANGED, difference.changed, _changed)
    if not difference.differs:
        lines.append(_NOTHING)
    return [*lines, *_untold(difference.untold)]


def difference_json(difference: NetworkDifference) -> dict[str, Any]:
    """Return the difference for programs: each part as a list, empty where nothing changed."""
    return {
        "new": [_host_json(host) for host in difference.new],
        "reappeared": [_host_json(host) for host in difference.reappeared],
        "not_seen_since": [_host_json(host) for host in difference.gone],
        "moved": [_change_json(change) for change in difference.moved],
        "exchanged": [_change_json(change) for change in difference.exchanged],
        "opened": [_port_change_json(change) for change in difference.opened],
        "closed": [_port_change_json(change) for change in difference.closed],
        "changed": [_port_change_json(change) for change in difference.changed],
        "untold": [
            {"address": one.host.address, "seen_by": "earlier" if one.only_before else "later", "why": one.why} for one in difference.untold
        ],
    }


def _part(heading: Text, changes: Sequence[Any], tell: Callable[[Any], Text]) -> list[Text]:
    if not changes:
        return []
    return [_counted(heading, len(changes)), *(Text(f"  - {line.ja}", f"  - {line.en}") for line in map(tell, changes))]


def _counted(heading: Text, count: int) -> Text:
    return Text(f"{heading.ja}: {count}", f"{heading.en}: {count}")


def _new(host: SeenHost) -> Text:
    ports = [(key, port) for key, port in sorted(host.ports.items()) if port.state == "open"]
    if not ports:
        return _same(_named(host))
    shown = ", ".join(f"{number}/{protocol}{_spaced(_service(port))}" for (protocol, number), port in ports[:_SHOWN_PORTS])
    more = len(ports) - _SHOWN_PORTS
    ja, en = (f"、ほか {more}", f" and {more} more") if more > 0 else ("", "")
    return Text(f"{_named(host)}: 開いているポート {shown}{ja}", f"{_named(host)}: open {shown}{en}")


def _gone(host: SeenHost) -> Text:
    if host.seen is None:
        return _same(_named(host))
    when = f"{host.seen:%Y-%m-%d %H:%M}"
    return Text(f"{_named(host)}: 最後に見たのは {when} (UTC)", f"{_named(host)}: last seen {when} (UTC)")


def _moved(change: HostChange) -> Text:
    return _same(f"{change.before.address} → {_named(change.after)}")


def _exchanged(change: HostChange) -> Text:
    return _same(f"{change.after.address}: {_who(change.before)} → {_who(change.after)}")


def _who(host: SeenHost) -> str:
    return " ".join(part for part in (host.mac or "?", *host.names) if part)


def _opened(change: PortChange) -> Text:
    return _same(f"{_place(change)}{_spaced(_service(change.after))}")


def _closed(change: PortChange) -> Text:
    state = change.after.state if change.after is not None else change.host.rest.get(change.protocol, change.host.rest.get("", ""))
    said = f"{_place(change)}{_spaced(_service(change.before))}"
    if "filtered" in state:
        return Text(f"{said}: 今は応答がありません({state})", f"{said}: does not answer now ({state})")
    return _same(said)


def _changed(change: PortChange) -> Text:
    return _same(f"{_place(change)}: {_service(change.before)} → {_service(change.after)}")


def _untold(untold: Sequence[Untold]) -> list[Text]:
    if not untold:
        return []
    lines = [_counted(_UNTOLD, len(untold))]
    for only_before in (False, True):
        for code, why in _WHY.items():
            hosts = [one.host for one in untold if one.only_before == only_before and one.why == code]
            if not hosts:
                continue
            shown = ", ".join(_named(host) for host in hosts[:_SHOWN_UNTOLD])
            more = len(hosts) - _SHOWN_UNTOLD
            ja, en = (f"、ほか {more}", f" and {more} more") if more > 0 else ("", "")
            side_ja, side_en = (
                ("前の方だけにあり、後の方", "only the earlier saw; of the later")
                if only_before
                else ("後の方だけにあり、前の方", "only the later saw; of the earlier")
            )
            lines.append(Text(f"  - {side_ja}: {why.ja}: {shown}{ja}", f"  - {side_en}: {why.en}: {shown}{en}"))
    return lines


def _place(change: PortChange) -> str:
    return f"{_named(change.host)} {change.port}/{change.protocol}"


def _named(host: SeenHost) -> str:
    """Return an address with the name found for it."""
    return f"{host.address} ({host.names[0]})" if host.names else host.address


def _service(port: SeenPort | None) -> str:
    """Return what stands behind a port: the product where it told one, else the name of the service (with ? when it is a guess)."""
    if port is None:
        return ""
    if port.product:
        return f"{port.product} {port.version}" if port.version else port.product
    return f"{port.service}{'' if port.probed else '?'}" if port.service else ""


def _spaced(text: str) -> str:
    return f" {text}" if text else ""


def _same(text: str) -> Text:
    return Text(text, text)


def _host_json(host: SeenHost) -> dict[str, Any]:
    return {
        "address": host.address,
        "mac": host.mac,
        "names": list(host.names),
        "system": host.system,
        "seen": host.seen.isoformat() if host.seen is not None else None,
        "open": [
            {"protocol": protocol, "port": number, **_port_json(port)}
            for (protocol, number), port in sorted(host.ports.items())
            if port.state == "open"
        ],
    }


def _change_json(change: HostChange) -> dict[str, Any]:
    return {"before": _host_json(change.before), "after": _host_json(change.after)}


def _port_change_json(change: PortChange) -> dict[str, Any]:
    before, after = (None if one is None else {"state": one.state, **_port_json(one)} for one in (change.before, change.after))
    return {"address": change.host.address, "protocol": change.protocol, "port": change.port, "before": before, "after": after}


def _port_json(port: SeenPort) -> dict[str, Any]:
    return {"service": port.service, "product": port.product, "version": port.version, "probed": port.probed}
