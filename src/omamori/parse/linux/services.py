"""Linux: services (`linux.services`): systemd units, and what inetd and xinetd start."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from omamori.model.host import Service
from omamori.model.look import Look, Parsed
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.init_scripts import init_services
from omamori.parse.linux.output import answered, content_lines, files
from omamori.parse.linux.units import argv, unit_blocks
from omamori.parse.sections import Section, read_sections

Sections = Mapping[str, Section]

_START = {
    "enabled": "automatic",
    "enabled-runtime": "automatic",
    "generated": "automatic",
    "static": "manual",
    "indirect": "manual",
    "transient": "manual",
    "linked": "manual",
    "linked-runtime": "manual",
    "disabled": "disabled",
    "masked": "disabled",
    "masked-runtime": "disabled",
}


def parse(data: bytes, context: Context) -> Parsed:
    """Return the services of the machine; without systemd those of the init scripts, then honestly incomplete."""
    sections = read_sections(data)
    shown = sections.get("show")
    rows: dict[str, Service] = {}
    if shown is not None and answered(shown):
        rows = _loaded(shown)
        rows |= {name: row for name, row in _unit_files(sections.get("unit-files")) if name not in rows}
        whole = shown.exit_code == 0 and bool(rows)
        look = Look("services") if whole else Look("services", complete=False, reason="not_understood")
    else:
        rows, look = init_services(sections)
        rows |= {name: row for name, row in _unit_files(sections.get("unit-files")) if name not in rows}
    for row in (*_inetd(sections), *_xinetd(sections)):
        rows.setdefault(row.name, row)
    return Parsed(rows=tuple(rows.values()), looks=(look,))


def _loaded(section: Section) -> dict[str, Service]:
    found = {}
    for line, unit in unit_blocks(section):
        name = unit.get("Id", "").removesuffix(".service")
        if not name or unit.get("LoadState") == "not-found":
            continue
        # `active (exited)` did its work at start: no process is left.
        working = unit.get("SubState") in ("running", "reload", "start", "auto-restart")
        state = "failed" if unit.get("ActiveState") == "failed" else "running" if working else "stopped"
        account = name if unit.get("DynamicUser") == "yes" and not unit.get("User") else unit.get("User") or "root"
        found[name] = Service(
            name=name,
            display_name=unit.get("Description") or None,
            state=state,
            start=_START.get(unit.get("UnitFileState", "")),
            account=account,
            command=argv(unit.get("ExecStart", "")),
            evidence=str(line),
        )
    return found


def _unit_files(section: Section | None) -> Iterator[tuple[str, Service]]:
    """Units that are installed but not loaded: stopped. Templates (`name@`) are no services themselves."""
    if section is None or section.exit_code != 0:
        return
    for line, text in section.numbered():
        words = text.split()
        name = words[0].removesuffix(".service") if words else ""
        if len(words) >= 2 and words[0].endswith(".service") and words[1] in _START and not name.endswith("@") and name:
            yield name, Service(name=name, state="stopped", start=_START[words[1]], evidence=str(line))


def _inetd(sections: Sections) -> Iterator[Service]:
    for file in files(sections.get("inetd")):
        for line, text in content_lines(file.lines):
            words = text.split()
            if len(words) >= 6 and words[1] in ("stream", "dgram"):
                command = " ".join(words[5:])[:500]
                yield Service(
                    name=words[0],
                    display_name="inetd",
                    state="running",
                    start="automatic",
                    account=words[4].partition(".")[0].partition(":")[0],
                    command=command,
                    evidence=str(line),
                )


def _xinetd(sections: Sections) -> Iterator[Service]:
    for file in files(sections.get("xinetd")):
        name, first, said = "", 0, dict[str, str]()
        for line, text in content_lines(file.lines):
            begins = re.match(r"service\s+(\S+)", text)
            key, sign, value = (part.strip() for part in text.partition("="))
            if begins:
                name, first, said = begins[1], line, {}
            elif sign:
                said[key.rstrip("+ -")] = value
            elif text == "}" and name:
                off = said.get("disable", "no").lower() == "yes"
                yield Service(
                    name=name,
                    display_name="xinetd",
                    state="stopped" if off else "running",
                    start="disabled" if off else "automatic",
                    account=said.get("user"),
                    command=f"{said.get('server', '')} {said.get('server_args', '')}".strip() or None,
                    evidence=str(first),
                )
                name = ""


PARSERS = (Parser(kind="linux.services", tables=("services",), parse=parse),)
