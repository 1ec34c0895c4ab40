"""An rsync server for backups. `open`: anybody may read and write; otherwise a user and a password are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle
from omamori.lab.programs import need_program

_DEFAULTS = {"port": 873, "open": False, "module": "backup"}


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    chosen = settle("rsync", options, _DEFAULTS)
    folder = place.folder / "rsync"
    (folder / "files").mkdir(parents=True, exist_ok=True)
    lines = [f"pid file = {folder}/pid", f"lock file = {folder}/lock", "use chroot = no", "uid = root", "gid = root"]
    lines += [f"[{chosen['module']}]", f"path = {folder}/files", "read only = no"]
    if not chosen["open"]:
        secrets = folder / "secrets"
        secrets.touch(mode=0o600)
        secrets.write_text("backup:lab-only-word\n", encoding="ascii")
        lines += ["auth users = backup", f"secrets file = {secrets}"]
    config = folder / "rsyncd.conf"
    config.write_text("\n".join(lines) + "\n", encoding="ascii")
    argv = (need_program("rsync"), "--daemon", "--no-detach", "--ipv4", f"--port={chosen['port']}", f"--config={config}")
    return (Daemon(argv, ready=("tcp", chosen["port"])),)


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    return (Port("tcp", settle("rsync", options, _DEFAULTS)["port"], "backup"),)


SERVICE = Service(
    name="rsync",
    programs={"rsync": "rsync"},
    prepare=_prepare,
    listens=_listens,
    shows={"rsyncd.conf": "rsync/rsyncd.conf"},
)
