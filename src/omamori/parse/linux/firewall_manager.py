"""ufw and firewalld: whether the front end that writes the rules is on, and what it says its defaults are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from omamori.model.network import FirewallProfile
from omamori.parse.linux.output import content_lines, files, first_line
from omamori.parse.sections import Section

_DEFAULT = re.compile(r"Default: (\w+) \(incoming\), (\w+) \(outgoing\)")
_WORDS = {"deny": "drop", "reject": "drop", "drop": "drop", "allow": "accept", "accept": "accept"}
_TARGETS = {"ACCEPT": "accept", "default": "drop", "DROP": "drop", "%%REJECT%%": "drop", "REJECT": "drop"}


def managers(sections: Mapping[str, Section]) -> Iterator[FirewallProfile]:
    """Yield one profile `manager` for each front end that is there."""
    yield from _ufw(sections)
    yield from _firewalld(sections)


def _ufw(sections: Mapping[str, Section]) -> Iterator[FirewallProfile]:
    section = sections.get("ufw")
    status = first_line(section)
    if section is not None and section.exit_code == 0 and status and status[1].startswith("Status: "):
        found = _DEFAULT.search(section.text)
        logging = re.search(r"^Logging: (\w+)", section.text, re.MULTILINE)
        yield FirewallProfile(
            product="ufw",
            profile="manager",
            enabled=status[1] == "Status: active",
            inbound_default=_WORDS.get(found[1]) if found else None,
            outbound_default=_WORDS.get(found[2]) if found else None,
            logs_dropped=logging[1] == "on" if logging else None,
            evidence=str(status[0]),
        )
        return
    # An ordinary user may read what it is told to do at the next start.
    for file in files(sections.get("ufw-conf")):
        for number, line in content_lines(file.lines):
            name, _, value = line.partition("=")
            if file.name == "ufw.conf" and name.strip() == "ENABLED":
                yield FirewallProfile(product="ufw", profile="manager", enabled=value.strip().lower() == "yes", evidence=str(number))
                return


def _firewalld(sections: Mapping[str, Section]) -> Iterator[FirewallProfile]:
    state = first_line(sections.get("firewalld-state"))
    if state is None or state[1] not in ("running", "not running"):
        return
    running = state[1] == "running"
    target = _active_target(sections.get("firewalld")) if running else None
    yield FirewallProfile(
        product="firewalld",
        profile="manager",
        enabled=running,
        inbound_default=_TARGETS.get(target) if target else None,
        evidence=str(state[0]),
    )


def _active_target(section: Section | None) -> str | None:
    """The target of the first active zone: `public (active)` … `target: default`."""
    active = False
    for line in section.lines if section else ():
        if line and not line[0].isspace():
            active = "(active)" in line or "(default, active)" in line
        elif active and line.strip().startswith("target:"):
            return line.partition(":")[2].strip()
    return None
