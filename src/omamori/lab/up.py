"""Brings a lab up: hosts, tunnels, logs, services. What was begun is taken down again when something fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from omamori.lab.access import SshAccess, known_hosts, make_access
from omamori.lab.description import Hospital
from omamori.lab.down import take_down
from omamori.lab.fields import LabError
from omamori.lab.firewall_log import start_logs
from omamori.lab.needs import need
from omamori.lab.plan import namespaces
from omamori.lab.serving import ports_of, start_services, wait_for_services
from omamori.lab.stand import lay_network, start_hosts
from omamori.lab.state import LABS, State, folder_of, save
from omamori.lab.tunnels import start_tunnels, wait_for_tunnels
from omamori.model.text import Text

_FOLDER = 0o711
"""May be passed through, so that servers that are not root reach their own data; it can be listed by nobody else, and the
keys in it are readable by root alone."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Who hears how far it is: the name of each step, and how many of its parts are done."""

    step: Callable[[Text], None]
    progress: Callable[[int, int], None]


def bring_up(hospital: Hospital, name: str, listener: Listener, labs: Path = LABS) -> tuple[State, SshAccess]:
    """Bring a lab up and return what it consists of once every service answers. Raises LabError; nothing is left then."""
    ports = ports_of(hospital)
    need(hospital)
    folder = folder_of(name, labs)
    labs.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=_FOLDER)
    except FileExistsError:
        raise LabError(
            f"ラボ「{name}」はすでにあります(途中で止まったものかもしれません)。先に omamori lab down --name {name} を実行してください",
            f"the lab {name} is there already, or what is left of one: first run omamori lab down --name {name}",
        ) from None
    state = State(name, hospital.shape, folder, namespaces(hospital, name))
    try:
        # Written before anything is made, so that whatever happens next can be found again.
        save(state)
        listener.step(Text("ネットワークと機器を作っています", "Laying the network, setting up the hosts"))
        lay_network(hospital, state)
        state = replace(state, holders=start_hosts(hospital, state, ports))
        save(state)
        listener.step(Text("回線とサービスを始めています", "Starting the lines and the services"))
        access = make_access(folder)
        served = (*start_logs(hospital, state), *start_tunnels(hospital, state), *start_services(hospital, state, access.public))
        state = replace(state, served=served)
        save(state)
        wait_for_services(state, served, listener.progress)
        wait_for_tunnels(hospital, state)
        known_hosts(access, _ssh_hosts(hospital, state))
        state = replace(state, finished=True)
        save(state)
    except BaseException:
        take_down(state)
        raise
    return state, access


def _ssh_hosts(hospital: Hospital, state: State) -> Iterable[tuple[str, Path]]:
    for host in hospital.hosts.values():
        if "ssh" in host.services:
            yield from ((str(leg.address), state.host_folder(host.id)) for leg in host.legs)
