"""The logs of the lab's firewalls: nflog, which each namespace has for itself, written by ulogd as one line per connection."""

from __future__ import annotations

from ipaddress import IPv4Address
from pathlib import Path

from omamori.gate.daemon import start
from omamori.lab.description import Hospital
from omamori.lab.fields import LabError
from omamori.lab.inside import enter
from omamori.lab.rules import LOG_GROUP
from omamori.lab.state import Served, State

FILE = "firewall.log"
"""Name of the log in the folder of the firewall's host."""
_PLUGINS = ("inppkt_NFLOG", "raw2packet_BASE", "filter_IFINDEX", "filter_IP2STR", "filter_PRINTPKT", "output_LOGEMU")
_GATHERER = "syslog"
"""The service of a log server."""
_PLACES = ("/usr/lib", "/usr/lib64")


def start_logs(hospital: Hospital, state: State) -> tuple[Served, ...]:
    """Start a log for every router that keeps one."""
    served = []
    for host in hospital.hosts.values():
        if not host.forward.log:
            continue
        folder = state.host_folder(host.id)
        config = folder / "ulogd.conf"
        config.write_text(_config(folder, _plugins()), encoding="utf-8")
        argv = enter(state.holders[host.id], ["ulogd", "--configfile", str(config)])
        log = folder / "ulogd.out"
        served.append(Served(host.id, "firewall-log", start(argv, log=log), None, str(folder / FILE)))
        served += [_forwarded(state, host.id, gathered.address) for gathered in hospital.hosts.values() if _GATHERER in gathered.services]
    return tuple(served)


def _forwarded(state: State, host: str, to: IPv4Address) -> Served:
    """Send what is logged on to a log server, as a firewall does."""
    folder = state.host_folder(host)
    config, log = folder / "rsyslog.conf", folder / "rsyslog.out"
    config.write_text(
        f'global(workDirectory="{folder}")\nmodule(load="imfile")\ninput(type="imfile" File="{folder / FILE}" Tag="firewall:")\n'
        f'*.* action(type="omfwd" target="{to}" port="514" protocol="udp")\n',
        encoding="utf-8",
    )
    argv = enter(state.holders[host], ["rsyslogd", "-n", "-f", str(config), "-i", str(folder / "rsyslog.pid")])
    return Served(host, "log-forwarding", start(argv, log=log), None, str(log))


def _config(folder: Path, plugins: Path) -> str:
    loaded = "\n".join(f'plugin="{plugins}/ulogd_{name}.so"' for name in _PLUGINS)
    return f"""[global]
logfile="{folder}/ulogd.log"
loglevel=5
{loaded}
stack=log1:NFLOG,base1:BASE,ifi1:IFINDEX,ip2str1:IP2STR,print1:PRINTPKT,emu1:LOGEMU
[log1]
group={LOG_GROUP}
[emu1]
file="{folder}/{FILE}"
sync=1
"""


def _plugins() -> Path:
    for place in _PLACES:
        for found in sorted(Path(place).glob("**/ulogd/ulogd_output_LOGEMU.so")):
            return found.parent
    raise LabError(
        "ulogdの部品が見つかりません。Debian/Ubuntuでは apt install ulogd2", "ulogd's plugins are missing: on Debian apt install ulogd2"
    )
