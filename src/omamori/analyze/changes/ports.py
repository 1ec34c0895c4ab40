"""What became of a machine's ports between two looks. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from omamori.analyze.changes.address_set import network_of
from omamori.analyze.changes.picture import Machine, Place, Port, PortLook, Run
from omamori.snapshot.network_state import PortKey, SeenPort


@dataclass(frozen=True, slots=True)
class PortNews:
    """A port that opened, closed, or holds another service or version; what was there in words, and the lines of evidence."""

    kind: str
    key: PortKey
    before: str
    after: str
    where_before: str
    where_after: str


@dataclass(frozen=True, slots=True)
class PortComparison:
    """The news of one machine; `elsewhere`: the scanner stood at another place; `unasked`: a port that was open was not asked again."""

    news: tuple[PortNews, ...] = ()
    elsewhere: bool = False
    unasked: bool = False


def compare_ports(before: Machine, after: Machine, runs_before: Mapping[str, Run], runs_after: Mapping[str, Run]) -> PortComparison:
    """Compare what scans saw at each address both sides know, and what the machine itself listens on. One port is told once."""
    news: dict[tuple[str, PortKey], PortNews] = {}
    elsewhere = unasked = False
    for was, now in _pairs(before, after):
        if was.look is None or now.look is None or not _newer(was.look, now.look):
            continue
        same = _same_stand(was, now, runs_before.get(was.look.run), runs_after.get(now.look.run))
        for one in _of_looks(was.look, now.look, same_stand=same):
            news.setdefault((one.kind, one.key), one)
        elsewhere |= not same
        unasked |= any(port.open and key not in now.look.ports and not now.look.not_open(key) for key, port in was.look.ports.items())
    for one in _own(before, after):
        # What the machine says itself adds ports no scan asked, or could reach; where a scan contradicts it both are true.
        if not any(key == one.key for _, key in news):
            news[one.kind, one.key] = one
    return PortComparison(tuple(news[name] for name in sorted(news)), elsewhere, unasked)


def _pairs(before: Machine, after: Machine) -> Iterator[tuple[Place, Place]]:
    """Yield the places to compare: the same address, and of a machine that moved where it was last and where it is."""
    for address in sorted(before.places.keys() & after.places.keys()):
        yield before.places[address], after.places[address]
    old, new = _last(before), _last(after)
    if old is not None and new is not None and new.address not in before.places:
        still = after.places.get(old.address)
        if still is None or still.run == old.run:
            yield old, new


def _last(machine: Machine) -> Place | None:
    """Return the place where a scan saw a machine last."""
    seen = [(place.seen, place.address, place) for place in machine.places.values() if place.seen is not None]
    return max(seen, key=lambda one: one[:2])[2] if seen else None


def _newer(was: PortLook, now: PortLook) -> bool:
    """Return True when the later side has a later look: a scan that came in late is no news, and the same one twice neither."""
    return was.run != now.run and was.seen is not None and now.seen is not None and was.seen < now.seen


def _same_stand(was: Place, now: Place, run_before: Run | None, run_after: Run | None) -> bool:
    """Return False where it is plain that the scanner stood elsewhere: on the segment once and not the other time, or more routers away.

    From elsewhere other firewalls lie between, and the same machine shows other ports.
    """
    on_segment = [run is not None and network_of(place.address) in run.segments for run, place in ((run_before, was), (run_after, now))]
    if on_segment[0] != on_segment[1]:
        return False
    return was.distance is None or now.distance is None or was.distance == now.distance


def _of_looks(was: PortLook, now: PortLook, *, same_stand: bool) -> Iterator[PortNews]:
    for key in sorted(was.ports.keys() | now.ports.keys()):
        old, new = was.ports.get(key), now.ports.get(key)
        if new is not None and new.open:
            if old is not None and old.open:
                yield from _service(key, old, new)
            elif same_stand and was.not_open(key):
                yield PortNews("opened", key, _state(old), _words(new.seen), (old.where if old else was.where), new.where)
        elif old is not None and old.open and same_stand and now.not_open(key):
            yield PortNews("closed", key, _words(old.seen), _state(new), old.where, new.where if new else now.where)


def _service(key: PortKey, old: Port, new: Port) -> Iterator[PortNews]:
    """Yield another service or version, only where both times the service itself answered: a name by number alone tells nothing."""
    if not (old.seen.probed and new.seen.probed):
        return
    told = (_words(old.seen), _words(new.seen), old.where, new.where)
    if _differ(old.seen.service, new.seen.service) or _differ(old.seen.product, new.seen.product):
        yield PortNews("service", key, *told)
    elif _differ(old.seen.version, new.seen.version):
        yield PortNews("version", key, *told)


def _differ(old: str | None, new: str | None) -> bool:
    return bool(old and new) and (old or "").casefold() != (new or "").casefold()


def _own(before: Machine, after: Machine) -> Iterator[PortNews]:
    """Yield what the machine itself listens on now and did not, and the other way round; both times it told all."""
    was, now = before.own, after.own
    if was.listeners is None or now.listeners is None or was.listened.seen is None or now.listened.seen is None:
        return
    if now.listened.seen <= was.listened.seen:
        return
    for key in sorted(now.listeners.keys() - was.listeners.keys()):
        new = now.listeners[key]
        yield PortNews("opened", key, "", _words(new.seen), was.listened.where, new.where)
    for key in sorted(was.listeners.keys() - now.listeners.keys()):
        old = was.listeners[key]
        yield PortNews("closed", key, _words(old.seen), "", old.where, now.listened.where)
    for key in sorted(was.listeners.keys() & now.listeners.keys()):
        old, new = was.listeners[key], now.listeners[key]
        if _differ(old.seen.service, new.seen.service):
            yield PortNews("service", key, _words(old.seen), _words(new.seen), old.where, new.where)


def _words(port: SeenPort) -> str:
    return " ".join(dict.fromkeys(word for word in (port.service, port.product, port.version) if word))


def _state(port: Port | None) -> str:
    return port.seen.state if port is not None else ""
