"""The pieces of a kit result: sections, files and the stream, as the collection script prints them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "tests" / "hospitals" / "source"
VERSION, BUILT = "0.1.0", "2026-02-20"


@dataclass(frozen=True, slots=True)
class Section:
    """What one command printed, and its exit code."""

    name: str
    text: str
    code: int = 0


Probes = dict[str, list[Section]]
"""Sections by the name of the probe, without `linux.`."""


def absent(*names: str) -> list[Section]:
    """Commands that are not there."""
    return [Section(name, "", 127) for name in names]


def file_section(name: str, files: Sequence[tuple[str, str]]) -> Section:
    """What `section_file` prints: each file after its heading; exit code 2 where there is none."""
    return Section(name, "\n".join(f"\n==> {path}\n{text.rstrip(chr(10))}" for path, text in files), 0 if files else 2)


def capture(probe: str, variant: str) -> list[Section]:
    """Read a real capture in the form of sections from `source/captures`."""
    path = SOURCE / "captures" / probe / f"{variant}.txt"
    found: list[Section] = []
    name, lines = "", list[str]()
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("#@ end "):
            found.append(Section(name, "\n".join(lines), int(line[7:])))
            lines = []
        elif line.startswith("#@ "):
            name = line[3:]
        else:
            lines.append(line)
    return found


def replaced(sections: Iterable[Section], by: Iterable[Section]) -> list[Section]:
    """Put sections in the place of those with the same name; new ones come last."""
    new = {section.name: section for section in by}
    kept = [new.pop(section.name, section) for section in sections]
    return kept + list(new.values())


def digest(*words: object, length: int = 32) -> str:
    """Return hexadecimal letters that depend on the words only."""
    return hashlib.sha256("/".join(str(word) for word in words).encode()).hexdigest()[:length]


def stream(host: str, started: datetime, probes: Mapping[str, Sequence[Section]], *, uid: int = 0) -> bytes:
    """Return the kit result: the same input gives the same bytes."""
    mark = f"#@{digest('nonce', host, started)}"
    lines = [
        f"OMAMORI-KIT-RESULT 1 {mark[2:]}",
        f"{mark} visit started={started:%Y-%m-%dT%H:%M:%SZ} host={host} uid={uid} version={VERSION} built={BUILT}",
    ]
    for name in sorted(probes):
        lines.append(f"{mark} probe linux.{name}")
        for section in probes[name]:
            lines += [f"{mark} section {section.name}", section.text, f"{mark} end {section.code}"]
        lines.append(f"{mark} done linux.{name} 0")
    lines.append(f"{mark} finished {started + timedelta(seconds=9):%Y-%m-%dT%H:%M:%SZ}")
    return ("\n".join(lines) + "\n").encode()
