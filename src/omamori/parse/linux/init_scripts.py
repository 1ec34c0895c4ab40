"""Linux without systemd: services of OpenRC, upstart and init scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from omamori.model.host import Service
from omamori.model.look import Look
from omamori.parse.linux.output import answered, content_lines, first_line, number
from omamori.parse.sections import Section

Sections = Mapping[str, Section]

_INITS = ("init", "systemd", "openrc-init", "upstart", "runit", "busybox", "s6-svscan")
_NOT_SERVICES = {"README", "skeleton", "rc", "rcS", "functions", "halt", "killall", "single", "reboot", "functions.sh", "netconsole"}
_OPENRC = re.compile(r"(\S+)\s+\[\s*(started|stopped|crashed|inactive)\b")
_UPSTART = re.compile(r"(\S+)(?: \([^)]*\))? (start|stop)/(\w+)(?:, process (\d+))?")
_PROGRAM = re.compile(r"/etc/init\.d/([^:\s]+):\s*(DAEMON|PROGRAM|exec|prog|NAME|command)=[\"']?([^\s\"';$]+)[\"']?\s*(?:;.*)?\Z")


class _Running(NamedTuple):
    pid: int
    account: str
    name: str


def init_services(sections: Sections) -> tuple[dict[str, Service], Look]:
    """Return the services by name, and a look that is complete only where the service manager itself answered."""
    init = first_line(sections.get("init"))
    running = list(_running(sections.get("processes")))
    if answered(sections.get("openrc")):
        return {row.name: row for row in _openrc(sections)}, Look("services", missing=("account", "command"), reason="not_collected")
    scripts = {row.name: row for row in _scripts(sections, running)}
    if answered(sections.get("upstart")):
        scripts |= {row.name: row for row in _upstart(sections["upstart"], running)}
    if not scripts:
        return {}, Look("services", complete=False, reason="not_collected")
    # Whether a script's service runs is only guessed from process names, and without an init nobody starts them.
    known = init is not None and init[1].partition(" ")[0] in _INITS and all(row.state for row in scripts.values())
    return scripts, Look("services", complete=known, missing=("state", "account", "command"), reason="not_collected")


def _running(section: Section | None) -> Iterator[_Running]:
    for _, text in section.numbered() if section else ():
        words = text.split(None, 2)
        pid = number(words[0]) if len(words) == 3 else None
        if pid is not None:
            yield _Running(pid, words[1], words[2].strip())


def _openrc(sections: Sections) -> Iterator[Service]:
    levels = {}
    for text in sections["openrc-levels"].lines if "openrc-levels" in sections else ():
        name, sign, level = (part.strip() for part in text.partition("|"))
        if sign:
            levels[name] = bool(level)
    for line, text in sections["openrc"].numbered():
        found = _OPENRC.match(text.strip())
        if found:
            state = {"started": "running", "crashed": "failed"}.get(found[2], "stopped")
            start = "automatic" if levels.get(found[1]) else "disabled"
            yield Service(name=found[1], state=state, start=start, evidence=str(line))


def _upstart(section: Section, running: list[_Running]) -> Iterator[Service]:
    accounts = {process.pid: process.account for process in running}
    for line, text in section.numbered():
        found = _UPSTART.match(text.strip())
        if found:
            pid = number(found[4])
            state = "running" if pid is not None else "stopped"
            yield Service(name=found[1], state=state, account=accounts.get(pid) if pid is not None else None, evidence=str(line))


def _scripts(sections: Sections, running: list[_Running]) -> Iterator[Service]:
    programs = _programs(sections)
    started = _started(sections)
    for line, text in sections["init-scripts"].numbered() if "init-scripts" in sections else ():
        name = text.strip()
        if not name or name in _NOT_SERVICES or sections["init-scripts"].exit_code != 0:
            continue
        program = programs.get(name)
        wanted = {name[:15], (program or name).rsplit("/", 1)[-1][:15]}
        process = next((one for one in running if one.name in wanted), None)
        state = "running" if process else "stopped" if program else None
        yield Service(
            name=name,
            state=state,
            start="automatic" if name in started else "disabled",
            account=process.account if process else None,
            command=program,
            evidence=str(line),
        )


def _started(sections: Sections) -> set[str]:
    """Scripts that a run level starts: links such as `/etc/rc3.d/S55sshd`."""
    links = (text.rpartition("/")[2] for _, text in content_lines(sections["init-links"].numbered())) if "init-links" in sections else ()
    return {link[3:] for link in links if re.match(r"S[0-9]{2}", link)}


def _programs(sections: Sections) -> dict[str, str]:
    """The program each script starts, where it says so with a plain path."""
    found: dict[str, str] = {}
    for _, text in sections["init-programs"].numbered() if "init-programs" in sections else ():
        match = _PROGRAM.match(text)
        if match and match[3].startswith("/"):
            found.setdefault(match[1], match[3])
    return found
