"""Linux: installed packages (`linux.software`): dpkg, rpm, apk, snap, flatpak."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from omamori.model.host import Software
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import answered, moment, number
from omamori.parse.sections import Section, read_sections

_MAIN = ("dpkg", "rpm", "apk")
_REBUILT = re.compile(r"\+b\d+$")
_SOURCE_RPM = re.compile(r"^(.+)-([^-]+)-([^-]+?)(?:\.(?:no)?src\.rpm)?$")
Found = Iterator[Software | Problem]


def parse(data: bytes, context: Context) -> Parsed:
    """Return the packages of every manager. Complete when a main manager answered and none failed."""
    sections = read_sections(data)
    readers = {"dpkg": _dpkg, "rpm": _rpm, "apk": _apk, "snap": _snap, "flatpak": _flatpak}
    rows: list[Software] = []
    problems: list[Problem] = []
    for name, reader in readers.items():
        section = sections.get(name)
        if section is None:
            continue
        for item in reader(section, sections):
            (rows if isinstance(item, Software) else problems).append(item)  # type: ignore[arg-type]
    answers = [name for name in _MAIN if answered(sections.get(name))]
    failed = [name for name in _MAIN if name in sections and sections[name].exit_code != 127 and not answered(sections[name])]
    if problems:
        look = Look("software", complete=False, reason="not_understood")
    elif not answers or failed:
        look = Look("software", complete=False, reason="not_collected")
    elif any(row.source_version is None and row.manager in _MAIN for row in rows):
        look = Look("software", missing=("source_version",), reason="not_collected")
    else:
        look = Look("software")
    return Parsed(rows=tuple(rows), looks=(look,), problems=tuple(problems))


def _dpkg(section: Section, sections: Mapping[str, Section]) -> Found:
    dates = _dpkg_dates(sections.get("dpkg-dates"))
    for line, text in section.numbered():
        if not text.strip():
            continue
        parts = text.split("\t")
        if len(parts) not in (6, 7) or not parts[1]:
            yield Problem(
                line, "a dpkg line: state, package, version, architecture, source package, maintainer and source version, separated by tabs"
            )
            continue
        state, name, version, architecture, source, maintainer, *rest = parts
        if state[1:2] != "i":
            continue  # removed, only its configuration is left
        plain = name.partition(":")[0]
        yield Software(
            name=plain,
            version=version or None,
            publisher=maintainer or None,
            manager="dpkg",
            architecture=architecture or None,
            source_package=source or None,
            # Kits of earlier versions did not ask for it. A package built under its own name has the version of its source, but for a rebuild.
            source_version=(rest[0] if rest else _REBUILT.sub("", version) if source == plain else "") or None,
            installed=dates.get(name) or dates.get(plain),
            evidence=str(line),
        )


def _dpkg_dates(section: Section | None) -> dict[str, date]:
    found = {}
    for text in section.lines if section else ():
        seconds, _, path = text.partition(" ")
        day = moment(number(seconds))
        if day and path.endswith(".list"):
            found[path.rsplit("/", 1)[-1].removesuffix(".list")] = day.date()
    return found


def _rpm(section: Section, _: Mapping[str, Section]) -> Found:
    for line, text in section.numbered():
        if not text.strip():
            continue
        parts = text.split("\t")
        if len(parts) != 8 or not parts[0]:
            yield Problem(line, "an rpm line: name, epoch, version, release, architecture, source, vendor and time, separated by tabs")
            continue
        name, epoch, version, release, architecture, source, vendor, installed = (None if part == "(none)" else part for part in parts)
        if name == "gpg-pubkey" or not name:
            continue  # a signing key, not a package
        day = moment(number(installed))
        prefix = f"{epoch}:" if epoch and epoch != "0" else ""
        built = _SOURCE_RPM.match(source or "")
        yield Software(
            name=name,
            version=f"{prefix}{version}-{release}",
            publisher=vendor,
            manager="rpm",
            architecture=architecture,
            source_package=built[1] if built else source,
            # The source has the epoch of what is built from it: the file's name does not show it.
            source_version=f"{prefix}{built[2]}-{built[3]}" if built else None,
            installed=day.date() if day else None,
            evidence=str(line),
        )


def _apk(section: Section, _: Mapping[str, Section]) -> Found:
    block: dict[str, str] = {}
    first = 0
    for line, text in [*section.numbered(), (0, "")]:
        if text[1:2] == ":":
            first = first if block else line
            block.setdefault(text[0], text[2:])
        elif block:
            if "P" in block and "V" in block:
                yield Software(
                    name=block["P"],
                    version=block["V"] or None,
                    publisher=block.get("m") or None,
                    manager="apk",
                    architecture=block.get("A") or None,
                    source_package=block.get("o") or None,
                    source_version=block["V"] or None,
                    evidence=str(first),
                )
            else:
                yield Problem(first, "an apk package with a name (P:) and a version (V:)")
            block = {}


def _snap(section: Section, _: Mapping[str, Section]) -> Found:
    for line, text in section.numbered():
        words = text.split()
        if section.exit_code == 0 and len(words) >= 5 and words[0] != "Name":
            publisher = words[4].rstrip("*✓").strip("`-") or None
            yield Software(name=words[0], version=words[1], publisher=publisher, manager="snap", origin="snap", evidence=str(line))


def _flatpak(section: Section, _: Mapping[str, Section]) -> Found:
    for line, text in section.numbered():
        words = text.split("\t")
        if section.exit_code == 0 and words[0].strip() and words[0].count(".") >= 2:
            version = words[1].strip() if len(words) > 1 else ""
            origin = words[2].strip() if len(words) > 2 else ""
            yield Software(name=words[0].strip(), version=version or None, manager="flatpak", origin=origin or None, evidence=str(line))


PARSERS = (Parser(kind="linux.software", tables=("software",), parse=parse, max_bytes=64 * 1024 * 1024),)
