"""SNMP version 2c: net-snmp's agent, with what a device tells of itself.

`community` is the word that opens it (`public` on devices nobody set up); `only` is the one address or network that may ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle
from omamori.lab.programs import need_program

_DEFAULTS = {"community": "public", "only": "", "description": "Lab device", "location": "Building A"}


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    chosen = settle("snmp", options, _DEFAULTS)
    folder = place.folder / "snmp"
    folder.mkdir(exist_ok=True)
    config = folder / "snmpd.conf"
    config.write_text(
        f"agentaddress udp:161\nrocommunity {chosen['community']} {chosen['only'] or 'default'}\n"
        f"sysname {place.host}\nsysdescr {chosen['description']}\nsyslocation {chosen['location']}\n",
        encoding="utf-8",
    )
    # smux would open 199/tcp besides.
    argv = (need_program("snmpd"), "-f", "-Lo", "-C", "-c", str(config), "-I", "-smux", "-p", str(folder / "pid"))
    return (Daemon(argv, ready=("udp", 161), environment={"SNMP_PERSISTENT_DIR": str(folder)}),)


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    settle("snmp", options, _DEFAULTS)
    return (Port("udp", 161, "management"),)


SERVICE = Service(
    name="snmp",
    programs={"snmpd": "snmpd"},
    prepare=_prepare,
    listens=_listens,
    shows={"snmp/snmpd.conf": "snmp/snmpd.conf"},
)
