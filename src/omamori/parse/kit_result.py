"""Reads what a kit, an SSH visit or a local visit brings back: one stream of probes and their sections.

Every marker line carries a random number chosen for the run, so that nothing a command prints can
forge one. The stream may be cut off anywhere: what is whole is taken, the rest is told.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from omamori.model.look import Problem
from omamori.model.text import Text
from omamori.model.windows import MACHINES
from omamori.parse.interface import EvidenceError
from omamori.parse.sections import write_sections
from omamori.parse.windows.store import KIND as WINDOWS

MAGIC = b"OMAMORI-KIT-RESULT "
MAX_BYTES = 256 * 1024 * 1024
"""Longest stream that is read; a kit of one machine brings back a few megabytes."""

_STDERR_CHARS = 2000
_MAX_PROBLEMS = 100
_MAX_LINE = 4096
_BOM = b"\xef\xbb\xbf"
_WIDE_MAGICS = tuple(MAGIC.decode().encode(f"utf-16-{end}") for end in ("le", "be")) + tuple(
    f"\ufeff{MAGIC.decode()}".encode(f"utf-16-{end}") for end in ("le", "be")
)
_SUM = re.compile(r"sha256=([0-9a-fA-F]{64})")
_HEADER = re.compile(rb"OMAMORI-KIT-RESULT (\d{1,3}) ([0-9A-Za-z]{4,64})\r?\n")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_NUMBER = re.compile(r"\d{1,5}")


@dataclass(frozen=True, slots=True)
class Visit:
    """The first words of a kit result: when and where it ran.

    `started` is the machine's clock in UTC without zone, None when it could not be read; `privileged`
    tells whether it ran as administrator (None: not told); `built` is the day the kit was made. `machine` is what the
    person there said of it: ordinary, vendor or medical (empty: not asked).
    """

    started: datetime | None
    host: str
    privileged: bool | None
    version: str
    built: date | None = None
    machine: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """What one command printed, byte for byte. `exit_code` None: cut off."""

    name: str
    data: bytes
    exit_code: int | None


@dataclass(frozen=True, slots=True)
class KitItem:
    """One probe's output in the form of `parse.sections`. `exit_code` None and `complete` False: cut off.

    The probe of the Windows kit has many outputs in many encodings: they stand in `outputs`, and `data` is empty.
    """

    kind: str
    data: bytes
    exit_code: int | None
    stderr: str
    complete: bool
    outputs: tuple[Output, ...] = ()


@dataclass(frozen=True, slots=True)
class KitResult:
    """A whole kit result. `intact` tells whether it is as the kit wrote it (None: the kit could not make a sum).

    `more` tells that something stands behind its end, such as a second result in the same file; it was not read.
    """

    visit: Visit
    items: tuple[KitItem, ...]
    problems: tuple[Problem, ...]
    intact: bool | None = None
    more: bool = False


def is_kit_result(head: bytes) -> bool:
    """Return True when a file begins like a kit result, be it saved anew by an editor."""
    return head.removeprefix(_BOM).startswith((MAGIC, *_WIDE_MAGICS))


def read_kit_result(data: bytes) -> KitResult:
    """Split a kit result into its visit and items.

    In: the bytes as they came, perhaps cut off, perhaps from a compromised machine. Out: the items that
    can be used and the problems (line number of the stream and what was expected there).
    Raises `EvidenceError` when it is no kit result or ends before the visit is known.
    """
    data = data.removeprefix(_BOM)
    if len(data) > MAX_BYTES:
        raise EvidenceError(
            Text(
                f"キットの結果が大きすぎます({len(data)} バイト、上限 {MAX_BYTES})。キットをもう一度実行してください",
                f"the kit result is too large ({len(data)} bytes, limit {MAX_BYTES}): run the kit again",
            )
        )
    if data.startswith(_WIDE_MAGICS):
        raise EvidenceError(
            Text(
                "エディタで開いて保存し直したファイルのようです。キットが書いたままのファイルを渡してください",
                "this file was opened and saved again by an editor: give the file as the kit wrote it",
            )
        )
    marker, start = _header(data)
    lines = _marker_lines(data, marker, start)
    first = next(lines, None)
    if first is None or first.words[:1] != ["visit"]:
        raise EvidenceError(
            Text(
                f"2行目に「{marker.decode()}visit started=…」が必要ですが、ここで途切れています。キットをもう一度実行してください",
                f"line 2: expected `{marker.decode()}visit started=…`, but the file is cut off here: run the kit again",
            )
        )
    reader = _Reader(data, _tail_end(data, marker))
    visit = _visit(first.words[1:], reader)
    reader.at = first.after
    for line in lines:
        reader.take(line)
    reader.close()
    return KitResult(visit, tuple(reader.items), tuple(reader.problems), reader.intact, reader.more)


def _header(data: bytes) -> tuple[bytes, int]:
    """Return the marker of this run and the offset behind the first line."""
    found = _HEADER.match(data)
    if found is None or found[1] != b"1":
        seen = data[:40].split(b"\n")[0].decode("utf-8", "replace")
        raise EvidenceError(
            Text(
                f"1行目に「OMAMORI-KIT-RESULT 1 番号」が必要ですが「{seen}」でした。"
                "キットが作ったファイルを、編集や文字コードの変換をせずに渡してください",
                f"line 1: expected `OMAMORI-KIT-RESULT 1 NUMBER`, found `{seen}`: give the file the kit wrote, unedited and not converted",
            )
        )
    return b"#@" + found[2] + b" ", found.end()


@dataclass(frozen=True, slots=True)
class _Line:
    """A whole marker line: where it stands, where the next byte is, and its words."""

    number: int
    begin: int
    after: int
    words: list[str]


def _marker_lines(data: bytes, marker: bytes, start: int) -> Iterator[_Line]:
    """Yield the marker lines that are whole; one pass, whatever the length of the content."""
    number, counted, at = 1, start - 1, start
    number = data.count(b"\n", 0, start) + 1
    counted = start
    while (begin := data.find(marker, at)) >= 0:
        after = data.find(b"\n", begin) + 1
        if not after:
            return
        at = after
        if begin != start and data[begin - 1 : begin] != b"\n":
            continue
        number += data.count(b"\n", counted, begin)
        counted = begin
        yield _Line(number, begin, after, _words(data[begin + len(marker) : min(after, begin + _MAX_LINE)]))


def _words(text: bytes) -> list[str]:
    """Return the words of a marker line; the name of a Japanese PC stands there in the console's code page."""
    try:
        return text.decode("utf-8").split()
    except UnicodeDecodeError:
        return text.decode("cp932", "replace").split()


def _tail_end(data: bytes, marker: bytes) -> int:
    """Return where the content ends when the stream is cut inside a marker line."""
    last = data.rfind(b"\n") + 1
    rest = data[last : last + len(marker)]
    return last if rest and (marker.startswith(rest) or rest.startswith(marker)) else len(data)


@dataclass(slots=True)
class _Reader:
    """State of the one pass: the open probe and section, what was taken and what was not understood."""

    data: bytes
    tail: int
    at: int = 0
    items: list[KitItem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    probe: str | None = None
    section: str | None = None
    sections: list[tuple[str, bytes, int | None]] = field(default_factory=list)
    stderr: str = ""
    finished: bool = False
    intact: bool | None = None
    more: bool = False
    line: int = 2

    def take(self, line: _Line) -> None:
        """Act on one marker line."""
        self.line = line.number
        word, rest = (line.words[0], line.words[1:]) if line.words else ("", [])
        content = self.data[self.at : max(line.begin - 1, self.at)].removesuffix(b"\r")
        if self.section is None and content.strip():
            self.problem("a marker line, not text between two sections")
        if word == "end" and self.section is not None:
            self.end_section(content, _number(rest))
        elif word == "section" and self.probe is not None and _named(rest):
            self.end_section(content, None)
            self.section = rest[0]
        elif word == "probe" and _named(rest):
            self.end_section(content, None)
            self.end_probe(None, whole=False)
            self.probe = rest[0]
        elif word == "done" and rest[:1] == [self.probe]:
            self.end_section(content, None)
            self.end_probe(_number(rest[1:]), whole=True)
        elif word == "finished":
            self.end_section(content, None)
            self.end_probe(None, whole=False)
            self.finished = True
            if len(rest) > 1:  # the moment may stand there; more is the line of the sum, run into this one
                self.problem("nothing but a moment behind `finished`")
        elif word == "sum" and self.finished and self.intact is None and (said := _SUM.fullmatch(" ".join(rest))):
            self.intact = hashlib.sha256(memoryview(self.data)[: line.begin]).hexdigest() == said[1].lower()
            if not self.intact:
                self.problem("the sum of what the kit wrote: the file was changed or damaged on its way")
        else:
            self.problem("probe, section, end, done or finished in their order")
        self.at = line.after

    def close(self) -> None:
        """Take what is left when the stream ends."""
        self.end_section(self.data[self.at : max(self.tail, self.at)], None)
        self.end_probe(None, whole=False)
        if not self.finished:
            self.problem("the line `finished`: the result is cut off, run the kit again")
        elif self.data[self.at : max(self.tail, self.at)].strip():
            self.more = True
            self.problem("nothing behind the last line: one result in one file")

    def end_section(self, content: bytes, exit_code: int | None) -> None:
        """Keep the open section; without exit code it was cut off."""
        if self.section is None:
            return
        if exit_code is None:
            self.problem(f"`end` of section {self.section}")
        if self.section == "stderr":
            self.stderr = content.decode("utf-8", "replace")[:_STDERR_CHARS]
        else:
            self.sections.append((self.section, content, exit_code))
        self.section = None

    def end_probe(self, exit_code: int | None, *, whole: bool) -> None:
        """Keep the open probe; the first one counts when a kind comes twice."""
        if self.probe is None:
            return
        whole = whole and exit_code is not None and all(code is not None for _, _, code in self.sections)
        if not whole:
            self.problem(f"`done {self.probe}` after its sections: its output is cut off")
        if self.probe in self.kinds:
            self.problem(f"one probe {self.probe}, not two")
        else:
            self.kinds.add(self.probe)
            self.items.append(self.item(self.probe, exit_code, whole=whole))
        self.probe, self.sections, self.stderr = None, [], ""

    def item(self, probe: str, exit_code: int | None, *, whole: bool) -> KitItem:
        """Return the open probe with its outputs."""
        if probe == WINDOWS:
            return KitItem(probe, b"", exit_code, self.stderr, whole, tuple(Output(*one) for one in self.sections))
        return KitItem(probe, write_sections(self.sections), exit_code, self.stderr, whole)

    def problem(self, expected: str) -> None:
        """Remember a place that was not understood; a hostile stream cannot make them endless."""
        if len(self.problems) < _MAX_PROBLEMS:
            self.problems.append(Problem(self.line, expected))


def _named(words: list[str]) -> bool:
    return bool(words) and words[0] != "end" and _NAME.fullmatch(words[0]) is not None


def _number(words: list[str]) -> int | None:
    return int(words[0]) if words and _NUMBER.fullmatch(words[0]) and words[0].isascii() else None


def _visit(words: list[str], reader: _Reader) -> Visit:
    values = dict(word.partition("=")[::2] for word in words)
    started = _moment(values.get("started", ""))
    # The Windows kit writes its clock as an output of its own.
    if started is None and values.get("started") != "":
        reader.problem("started=YEAR-MONTH-DAYTHH:MM:SSZ; the moment of receipt is used instead")
    uid = values.get("uid", "")
    privileged = None if not (uid.isascii() and uid.isdigit()) else uid.strip("0") == ""
    built = _moment(values.get("built", ""))
    machine = values.get("machine", "")
    return Visit(
        started,
        values.get("host", "")[:255],
        privileged,
        values.get("version", "")[:64],
        built.date() if built else None,
        machine if machine in {kind.code for kind in MACHINES} else "",
    )


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None
