"""A machine that sends its backup away every night: cron starts restic with a password that lies on the machine itself.

`to`: the host that keeps it. Nothing listens; whoever looks at the machine finds the job.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle

_DEFAULTS = {"to": "backup-server", "port": 8000}
_CRON = """\
# The backup of this machine, every night.
30 1 * * * root restic --repo rest:http://{to}:{port}/{host} --password-file /etc/omamori-lab-backup backup /srv/{host}
"""


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    chosen = settle("backup_job", options, _DEFAULTS)
    folder = place.folder / "backup_job"
    folder.mkdir(exist_ok=True)
    (folder / "cron").write_text(_CRON.format(to=chosen["to"], port=chosen["port"], host=place.host), encoding="ascii")
    return ()


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    settle("backup_job", options, _DEFAULTS)
    return ()


SERVICE = Service(
    name="backup_job",
    programs={"restic": "restic"},
    prepare=_prepare,
    listens=_listens,
    shows={"cron.d/nightly-backup": "backup_job/cron"},
)
