"""A backup server: restic's protocol over HTTP, served by rclone.

`append_only`: old backups cannot be deleted over the network. `user` and `password`: without them anybody may come. `holds`: the machine whose
generations of the last `generations` nights lie in it, in the repository of its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from omamori.lab.generations import make_generations
from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle
from omamori.lab.programs import need_program

_DEFAULTS = {"port": 8000, "append_only": False, "user": "", "password": "", "holds": "", "generations": 5}


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    chosen = settle("restic", options, _DEFAULTS)
    folder = place.folder / "restic"
    for name in ("repository", "cache"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    if chosen["holds"]:
        make_generations(
            folder / "repository" / chosen["holds"],
            folder / chosen["holds"],
            chosen["holds"],
            chosen["generations"],
            datetime.now(UTC).astimezone(),
        )
    argv = [need_program("rclone"), "serve", "restic", "--addr", f":{chosen['port']}"]
    argv += ["--config", str(folder / "rclone.conf"), "--cache-dir", str(folder / "cache")]
    argv += ["--append-only"] if chosen["append_only"] else []
    environment = {"RCLONE_USER": chosen["user"], "RCLONE_PASS": chosen["password"]} if chosen["user"] else {}
    daemon = Daemon((*argv, str(folder / "repository")), ready=("tcp", chosen["port"]), environment=environment)
    return (daemon,)


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    return (Port("tcp", settle("restic", options, _DEFAULTS)["port"], "backup"),)


SERVICE = Service(name="restic", programs={"rclone": "rclone", "restic": "restic"}, prepare=_prepare, listens=_listens)
