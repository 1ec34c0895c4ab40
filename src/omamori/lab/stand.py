"""Sets the hosts of the lab up: namespaces, bridges and cables, and in each host a first process that keeps it."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import omamori
from omamori.gate.daemon import Running, alive, start
from omamori.gate.process import run
from omamori.lab.description import Hospital, Host
from omamori.lab.fields import LabError
from omamori.lab.plan import SWITCH, host_batch, switch_batch
from omamori.lab.rules import Ports, ruleset
from omamori.lab.shown import absent
from omamori.lab.state import State

_HOLD = Path(__file__).with_name("hold.sh")
_DMI = Path("/sys/class/dmi/id")
_STANDING = 20.0
"""Seconds until every host has to stand."""


def lay_network(hospital: Hospital, state: State) -> None:
    """Make the namespaces and the cables between them. LabError with what `ip` said."""
    _batch([], "".join(f"netns add {space}\n" for space in state.namespaces.values()))
    _batch(["-n", state.namespaces[SWITCH]], switch_batch(hospital, state.namespaces))


def start_hosts(hospital: Hospital, state: State, ports: Ports) -> dict[str, Running]:
    """Start the first process of every host, with its files, addresses and rules; returns them once all hosts stand."""
    names = "".join(f"{host.address} {host.id}\n" for host in hospital.hosts.values())
    holders = {}
    for host in hospital.hosts.values():
        folder = state.host_folder(host.id)
        folder.mkdir(mode=0o755, parents=True)
        _write_files(hospital, host, folder, ports, f"127.0.0.1 localhost\n{names}", state.name)
        space = state.namespaces[host.id]
        alone = ["unshare", "--mount", "--uts", "--ipc", "--pid", "--fork", "--mount-proc", "--kill-child", "--"]
        argv = ["nsenter", f"--net=/run/netns/{space}", "--", *alone, "sh", str(_HOLD), host.id, str(folder), str(int(host.forwards))]
        holders[host.id] = start(argv, log=folder / "hold.log")
    _wait(state, holders)
    return holders


def _write_files(hospital: Hospital, host: Host, folder: Path, ports: Ports, names: str, lab: str) -> None:
    rules = ruleset(hospital, host, ports)
    files = {
        "network.ip": host_batch(hospital, host),
        "fstab": _fstab(folder),
        "absent": "".join(f"{path}\n" for path in absent(host)),
        "etc/hosts": names,
        "etc/hostname": f"{host.id}\n",
        "etc/resolv.conf": _resolver(hospital, host),
        # A machine of its own to whoever looks, the same each time.
        "etc/machine-id": f"{hashlib.sha256(f'omamori lab {lab} {host.id}'.encode()).hexdigest()[:32]}\n",
        **({"rules.nft": rules} if rules else {}),
    }
    (folder / "etc").mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def _resolver(hospital: Hospital, host: Host) -> str:
    """Whom a host asks for names: the first server of names on its side, so that no machine asks this machine's."""
    inside = hospital.is_inside(host)
    servers = (one for one in hospital.hosts.values() if "dns" in one.services and hospital.is_inside(one) == inside)
    return next((f"nameserver {one.address}\n" for one in servers), "")


def _fstab(folder: Path) -> str:
    """What is mounted for a host alone. Its folder lies below /run: it is held at /mnt while /run is replaced."""
    lines = [
        f"{folder} /mnt none bind 0 0",
        "omamori-run /run tmpfs mode=755,size=64m 0 0",
        f"/mnt {folder} none bind,X-mount.mkdir 0 0",
        "omamori-sys /sys sysfs nosuid,nodev,noexec 0 0",
    ]
    if not _code_below(Path("/tmp")):  # noqa: S108 - the place itself is meant
        lines.append("omamori-tmp /tmp tmpfs mode=1777,size=64m 0 0")
    if _DMI.exists():
        # The serial number of this machine would make one machine of all hosts.
        lines.append(f"omamori-dmi {_DMI.resolve()} tmpfs size=4k 0 0")
    return "\n".join([*lines, ""])


def _code_below(place: Path) -> bool:
    """Whether our own programs would be hidden by a private folder there."""
    return any(Path(path).resolve().is_relative_to(place) for path in (omamori.__file__, sys.prefix, sys.base_prefix))


def _wait(state: State, holders: Mapping[str, Running]) -> None:
    until = time.monotonic() + _STANDING
    waiting = list(holders)
    while waiting:
        waiting = [host for host in waiting if not (state.host_folder(host) / "standing").exists()]
        for host in waiting:
            if not alive(holders[host]) or time.monotonic() > until:
                said = (state.host_folder(host) / "hold.log").read_text("utf-8", "replace").strip()[-500:]
                raise LabError(
                    f"機器 {host} を立てられません: {said or '時間切れ'}", f"host {host} cannot be set up: {said or 'no end in time'}"
                )
        time.sleep(0.02)


def _batch(options: list[str], lines: str) -> None:
    done = run(["ip", *options, "-batch", "-"], input=lines.encode())
    if done.exit_code != 0:
        said = done.stderr.decode("utf-8", "replace").strip()[-500:]
        raise LabError(f"ip が断りました: {said}", f"ip refused: {said}")
