"""A log server: rsyslog takes what others send on 514 (UDP and TCP) and keeps it in a file by sender."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle
from omamori.lab.programs import need_program

_DEFAULTS = {"port": 514}


def log_file(place: Place) -> str:
    """Return the name of the file a sender's lines go to; `%fromhost-ip%` stands for its address."""
    return f"{place.folder}/syslog/%fromhost-ip%.log"


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    port = settle("syslog", options, _DEFAULTS)["port"]
    folder = place.folder / "syslog"
    folder.mkdir(exist_ok=True)
    config = folder / "rsyslog.conf"
    inputs = "\n".join(f'module(load="im{kind}")\ninput(type="im{kind}" port="{port}")' for kind in ("udp", "tcp"))
    config.write_text(
        f'global(workDirectory="{folder}")\n{inputs}\ntemplate(name="by-sender" type="string" string="{log_file(place)}")\n'
        '*.* action(type="omfile" dynaFile="by-sender")\n',
        encoding="ascii",
    )
    # -x: senders are known by their address; nobody is asked for names.
    return (Daemon((need_program("rsyslogd"), "-n", "-x", "-f", str(config), "-i", str(folder / "pid")), ready=("tcp", port)),)


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    port = settle("syslog", options, _DEFAULTS)["port"]
    return (Port("tcp", port, "other"), Port("udp", port, "other"))


SERVICE = Service(
    name="syslog",
    programs={"rsyslogd": "rsyslog"},
    prepare=_prepare,
    listens=_listens,
    shows={"rsyslog.conf": "syslog/rsyslog.conf"},
)
