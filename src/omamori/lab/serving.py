"""Starts the services of the lab's hosts and waits until each has come up."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from omamori.gate.daemon import alive, start
from omamori.lab.description import Hospital, Host
from omamori.lab.fields import LabError
from omamori.lab.inside import enter, listening, root_of
from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.registry import services
from omamori.lab.shown import show
from omamori.lab.state import Served, State

_READY = 30.0
_TOGETHER = 4


def ports_of(hospital: Hospital) -> dict[str, tuple[Port, ...]]:
    """Return what every host listens on. LabError for a service nobody wrote, or an option it does not know."""
    return {host.id: tuple(port for name in host.services for port in _listens(host, name)) for host in hospital.hosts.values()}


def service_of(host: str, name: str) -> Service:
    """Return a service by name; LabError when there is none."""
    found = services().get(name)
    if found is None:
        known = ", ".join(services())
        raise LabError(
            f"機器 {host} のサービス {name} はありません。あるもの: {known}", f"host {host}: no service {name}; there are {known}"
        )
    return found


def start_services(hospital: Hospital, state: State, key: str) -> tuple[Served, ...]:
    """Prepare and start every service of every host; returns at once. In: the public key that may log in over SSH."""
    names = {host.id: str(host.address) for host in hospital.hosts.values()}

    def prepare(one: tuple[Host, str]) -> tuple[Host, str, Sequence[Daemon]]:
        host, name = one
        place = Place(
            host=host.id,
            namespace=state.namespaces[host.id],
            addresses=tuple(str(leg.address) for leg in host.legs),
            folder=state.host_folder(host.id),
            shape=hospital.shape,
            names=names,
            authorized=key,
        )
        return host, name, service_of(host.id, name).prepare(place, host.services[name])

    wanted = [(host, name) for host in hospital.hosts.values() for name in host.services]
    served = []
    with ThreadPoolExecutor(_TOGETHER) as pool:
        for host, name, daemons in pool.map(prepare, wanted):
            show(state.host_folder(host.id), root_of(state.holders[host.id]), service_of(host.id, name))
            served += [_start(state, host.id, name, number, daemon) for number, daemon in enumerate(daemons)]
    return tuple(served)


def wait_for_services(state: State, served: Sequence[Served], progress: Callable[[int, int], None]) -> None:
    """Wait until everything that says how it shows itself has come up. LabError names the one that has not, and its last words."""
    until = time.monotonic() + _READY
    waiting = [one for one in served if one.ready is not None]
    total = len(waiting)
    while waiting:
        open_by_host = {host: listening(state.holders[host]) for host in {one.host for one in waiting}}
        waiting = [one for one in waiting if one.ready not in open_by_host[one.host]]
        progress(total - len(waiting), total)
        for one in waiting:
            if not alive(one.running) or time.monotonic() > until:
                said = Path(one.log).read_text("utf-8", "replace").strip()[-500:]
                raise LabError(
                    f"機器 {one.host} のサービス {one.service} が始まりません: {said or '出力なし'}",
                    f"the service {one.service} of {one.host} does not come up: {said or 'it says nothing'}",
                )
        time.sleep(0.05)


def up(state: State, one: Served, listened: Mapping[str, set[tuple[str, int]]]) -> bool:
    """Return whether a service runs and, where that shows, is listened to."""
    return alive(one.running) and (one.ready is None or one.ready in listened[one.host])


def _listens(host: Host, name: str) -> Sequence[Port]:
    try:
        return service_of(host.id, name).listens(host.services[name])
    except (ValueError, TypeError, KeyError) as error:
        raise LabError(f"機器 {host.id} のサービス {name}: {error}", f"host {host.id}, service {name}: {error}") from error


def _start(state: State, host: str, service: str, number: int, daemon: Daemon) -> Served:
    holder = state.holders[host]
    for name in daemon.run:
        (root_of(holder) / "run" / name).mkdir(parents=True, exist_ok=True)
    log = state.host_folder(host) / f"{service}-{number}.log"
    running = start(enter(holder, daemon.argv, user=daemon.user), log=log, environment=daemon.environment)
    return Served(host, service, running, daemon.ready, str(log))
