"""What every Linux parser needs to read a probe's output: files inside a section, looks, numbers, times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from omamori.model.look import Look
from omamori.parse.addresses import ip, scope
from omamori.parse.sections import Section

NOT_THERE = 127
"""Exit code of a section whose command the machine does not have."""
NO_FILE = 2
"""Exit code of `section_file` when none of the files is there."""
UNREADABLE = 13
"""Exit code of `section_file` when a file may not be read without administrator rights."""
_HEADER = "==> "


@dataclass(frozen=True, slots=True)
class FileText:
    """One file printed by `section_file`: its path, its lines with their numbers, whether it was read and whole."""

    path: str
    lines: tuple[tuple[int, str], ...]
    readable: bool = True
    cut: bool = False

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def text(self) -> str:
        """The lines as one string."""
        return "\n".join(line for _, line in self.lines)


def files(section: Section | None) -> tuple[FileText, ...]:
    """Return the files of a section that `section_file` printed; none when the section is missing."""
    if section is None:
        return ()
    found: list[FileText] = []
    path, readable, cut = "", True, False
    lines: list[tuple[int, str]] = []

    def close() -> None:
        if path:
            # The runner prints a newline before each header and marker: one empty line at the end is its own.
            body = lines[:-1] if lines and not lines[-1][1] else lines
            found.append(FileText(path, tuple(body), readable, cut))

    for number, line in section.numbered():
        if line.strip() == "==> !cut":
            cut = True
        elif line.startswith(_HEADER):
            close()
            name = line[len(_HEADER) :].strip()
            readable = not name.endswith(" !unreadable")
            path, lines, cut = name.removesuffix(" !unreadable"), [], False
        else:
            lines.append((number, line))
    close()
    if section.exit_code is None and found:
        last = found[-1]
        found[-1] = FileText(last.path, last.lines, last.readable, True)
    return tuple(found)


def first_line(section: Section | None) -> tuple[int, str] | None:
    """Return the number and text of the first line that is not empty, stripped; None when there is none."""
    for number, line in section.numbered() if section else ():
        if line.strip():
            return number, line.strip()
    return None


def content_lines(lines: Iterable[tuple[int, str]], comment: str = "#") -> Iterator[tuple[int, str]]:
    """Yield the lines that say something, stripped: not empty, not beginning with one of the `comment` characters."""
    for number, line in lines:
        text = line.strip()
        if text and text[0] not in comment:
            yield number, text


def absent(section: Section | None) -> bool:
    """Whether the command was not there, or the section itself is missing."""
    return section is None or section.exit_code == NOT_THERE


def answered(section: Section | None) -> bool:
    """Whether the section ran to its end with exit code 0 and printed something."""
    return section is not None and section.exit_code == 0 and any(line.strip() for line in section.lines)


def number(text: str | None, largest: int = 2**63 - 1) -> int | None:
    """Return a whole number of ASCII digits up to `largest` (a bigint by default); None for everything else."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 19:
        return None
    value = int(text)
    return value if value <= largest else None


def moment(seconds: int | float | None) -> datetime | None:
    """Return the UTC moment (without zone, as the tables keep it) of Unix seconds; None outside 1980-2100."""
    if seconds is None or not 315_532_800 <= seconds <= 4_102_444_800:
        return None
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None, microsecond=0)


def address(text: str) -> str | None:
    """Return an IP address in its usual form, without scope (`%eth0`) and brackets; None when it is none."""
    known = ip(text)
    return None if known is None else str(known)


def is_public(text: str) -> bool | None:
    """Whether an address lies outside the private ranges; None when the text is a name, not an address."""
    known = scope(text)
    return None if known is None else known == "public"


def complete(*tables: str) -> tuple[Look, ...]:
    """Looks that saw all there was to see."""
    return tuple(Look(table) for table in tables)


def incomplete(reason: str, *tables: str, needs: str | None = None) -> tuple[Look, ...]:
    """Looks that did not see everything, with the code of the reason and what would help."""
    return tuple(Look(table, complete=False, reason=reason, needs=needs) for table in tables)
