"""PostgreSQL. `trust`: whoever comes gets in without a password; otherwise it wants one (SCRAM)."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import Any

from omamori.gate.error import GateError
from omamori.gate.process import run
from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle
from omamori.lab.programs import need_program

_DEFAULTS = {"port": 5432, "trust": False}
_USER = "postgres"
_LONGEST = 120.0
_ACCESS = "local all all peer\nhost all all 127.0.0.1/32 scram-sha-256\nhost all all 0.0.0.0/0 {how}\n"
_SETTINGS = """\
listen_addresses = '0.0.0.0'
port = {port}
unix_socket_directories = '{folder}'
password_encryption = scram-sha-256
fsync = off
shared_buffers = 8MB
max_connections = 20
"""


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    chosen = settle("postgres", options, _DEFAULTS)
    folder = place.folder / "postgres"
    folder.mkdir(exist_ok=True)
    shutil.chown(folder, _USER)
    data = folder / "data"
    words = ("runuser", "-u", _USER, "--", need_program("initdb"), "--no-sync", "--auth-local=peer", "--auth-host=scram-sha-256")
    # The machine's language may not be there for another user: C is.
    done = run((*words, "--locale=C.UTF-8", "--encoding=UTF8", "-D", str(data)), timeout=_LONGEST)
    if done.exit_code != 0:
        told = done.stderr.decode("utf-8", "replace").strip()[-300:]
        raise GateError(f"PostgreSQLのデータの場所を作れません: {told}", f"PostgreSQL's data folder cannot be made: {told}")
    (data / "pg_hba.conf").write_text(_ACCESS.format(how="trust" if chosen["trust"] else "scram-sha-256"), encoding="ascii")
    (data / "postgresql.conf").write_text(_SETTINGS.format(port=chosen["port"], folder=folder), encoding="ascii")
    argv = [need_program("postgres"), "-D", str(data)]
    return (Daemon(tuple(argv), user=_USER, ready=("tcp", chosen["port"])),)


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    return (Port("tcp", settle("postgres", options, _DEFAULTS)["port"], "database"),)


SERVICE = Service(
    name="postgres",
    programs={"initdb": "postgresql", "postgres": "postgresql", "runuser": "util-linux"},
    prepare=_prepare,
    listens=_listens,
    shows={
        "postgresql/15/main/pg_hba.conf": "postgres/data/pg_hba.conf",
        "postgresql/15/main/postgresql.conf": "postgres/data/postgresql.conf",
    },
)
