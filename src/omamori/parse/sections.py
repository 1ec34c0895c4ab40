"""The sections of a probe's output.

A Linux probe prints several commands' output in one evidence. The kit announces each with a marker
line that carries a random number, so that nothing a machine prints can forge one; when the kit
result is unpacked the markers become `#@ NAME EXIT_CODE`, and content lines that begin with `#@`
are escaped as `#@#@…`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

MARKER = "#@ "


@dataclass(frozen=True, slots=True)
class Section:
    """One command's output: its lines, the line number of the first, and the exit code (None: cut off)."""

    name: str
    first_line: int
    lines: tuple[str, ...]
    exit_code: int | None

    def numbered(self) -> Iterator[tuple[int, str]]:
        """Yield (line number in the evidence, line)."""
        return enumerate(self.lines, self.first_line)

    @property
    def text(self) -> str:
        """The section as one string."""
        return "\n".join(self.lines)


def read_sections(data: bytes) -> Mapping[str, Section]:
    """Split an evidence into its sections, by name.

    In: the stored bytes (UTF-8; wrong bytes become U+FFFD). Out: name → section. A section ends with
    `#@ end EXIT`; one without end was cut off (`exit_code` None). Text before the first marker is
    ignored. When a name comes twice the first one counts.
    """
    found: dict[str, Section] = {}
    name: str | None = None
    first = 0
    lines: list[str] = []

    def close(exit_code: int | None) -> None:
        if name is not None and name not in found:
            found[name] = Section(name, first, tuple(lines), exit_code)

    for number, line in enumerate(data.decode("utf-8", "replace").removesuffix("\n").split("\n"), 1):
        if line.startswith(MARKER):
            words = line[len(MARKER) :].split()
            if words[:1] == ["end"]:
                close(_exit_code(words))
                name = None
            elif words:
                close(None)
                name, first, lines = words[0], number + 1, []
        elif name is not None:
            lines.append(line[2:] if line.startswith("#@#@") else line)
    close(None)
    return MappingProxyType(found)


def _exit_code(words: list[str]) -> int | None:
    return int(words[1]) if len(words) > 1 and words[1].isdigit() and len(words[1]) < 6 else None


def write_sections(sections: list[tuple[str, bytes, int | None]]) -> bytes:
    """The inverse of `read_sections`: (name, output, exit code) → one evidence."""
    out = bytearray()
    for name, content, exit_code in sections:
        out += f"{MARKER}{name}\n".encode()
        body = content[:-1] if content.endswith(b"\n") else content
        for line in body.split(b"\n") if body else []:
            out += (b"#@" + line if line.startswith(b"#@") else line) + b"\n"
        if exit_code is not None:
            out += f"{MARKER}end {exit_code}\n".encode()
    return bytes(out)
