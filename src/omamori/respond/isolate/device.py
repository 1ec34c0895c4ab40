"""What is sent to a device that speaks sh and nftables, and what its answer says. Pure: `pipeline` sends it through the gate."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from omamori.respond.isolate.sendable import OwnTable

_MOST_LINES = 2000
_LONGEST = 400
_SAME = timedelta(seconds=5)
"""Clocks that are no further apart count as one: an answer takes its time."""
STEPS = ("status", "check", "ready", "apply", "confirm", "undo")
READY = b"\nready=1\n"
"""What a device says when everything waits for the word."""
_TOKEN = re.compile(r"[0-9a-f]{8,32}")
_PROLOGUE = """\
umask 077
trap '' PIPE HUP
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin
d=/var/lib/omamori-block
if ! [ -w "$d" ]; then
  [ "$(id -u)" = 0 ] || { echo "detail=$(id -un)"; echo error=not_root; echo end=1; exit 0; }
  mkdir -m 700 "$d" 2>/dev/null || { d=/run/omamori-block; [ -d "$d" ] || mkdir -m 700 "$d" 2>/dev/null; }
  [ -w "$d" ] || { echo "detail=$d"; echo error=folder; echo end=1; exit 0; }
fi
# What was put on while the first folder could not be written to is remembered in the other one.
for f in /run/omamori-block/cut.*; do [ -f "$f" ] && d=/run/omamori-block; done
whole() { [ -f "$1" ] && [ "$(wc -c <"$1")" -eq "$2" ]; }
"""
_NO_ROOM = 'echo "detail=$d"; echo error=room; echo end=1; exit 0'


@dataclass(frozen=True, slots=True)
class Order:
    """A step for one device. `cut` empty: every cut on it; `text`, `table` and `about` (kept on the device) belong to those that may put it on."""

    step: str
    token: str
    cut: str = ""
    text: str = ""
    table: OwnTable | None = None
    seconds: int = 0
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OnDevice:
    """A cut the device remembers. Moments UTC by the device's clock. `present`: its table stands in the kernel; `ticking`: its clock runs."""

    id: str
    cut: str
    stage: int | None
    state: str
    since: datetime | None
    until: datetime | None
    present: bool
    ticking: bool
    restarted: bool
    token: str
    about: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the device's own log: what happened to which cut. `outcome` is a word of the device."""

    moment: datetime
    what: str
    id: str
    token: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a device answered. `error` empty: the step was done. `whole`: the answer came to its end."""

    whole: bool
    error: str = ""
    detail: str = ""
    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    blocks: tuple[OnDevice, ...] = ()
    log: tuple[Event, ...] = ()
    past: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What every order that put a cut on said of itself, by its token."""

    def one(self, name: str) -> str:
        """Return a value that stands once; empty where it does not stand."""
        return (self.said.get(name) or ("",))[0]

    def block(self, cut: str) -> OnDevice | None:
        """Return what the device remembers of a cut."""
        return next((one for one in self.blocks if one.id == cut_id(cut)), None)


def cut_id(cut: str) -> str:
    """Return the name of a cut's files on the device: a cut may be called anything."""
    return hashlib.sha256(cut.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def text_digest(text: str) -> str:
    """Return the hash by which an approval names what it was given for."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def script(order: Order) -> bytes:
    """Return what a shell of the device reads from its standard input for a step. ValueError for what no order may hold.

    After `ready=1` in the answer of the step `ready`, a line with `seconds` puts the cut on; the end of the input leaves everything as it is.
    """
    cut = cut_id(order.cut) if order.cut else "all"
    if not _TOKEN.fullmatch(order.token) or order.step not in STEPS:
        raise ValueError("not an order")
    lines = [_PROLOGUE, *_program(order.token)]
    if order.table is not None:
        lines.append(f'mkdir -p "$d/order.{order.token}"\n')
        about = {"family": order.table.family, "table": order.table.name, "cut": order.cut, **order.about}
        for name, text in (("apply", order.text), ("undo", undo_text(order.table)), ("about", _about(about))):
            place = f'"$d/order.{order.token}/{name}"'
            lines += _file(place, text, order.token)
            lines.append(f'whole {place} {len(_ended(text).encode())} || {{ rm -rf "$d/order.{order.token}"; {_NO_ROOM}; }}\n')
    # In one line: a shell that reads its standard input by the letter would look for the rest in there.
    words = f"set -- {order.step} {cut} {order.token} {int(order.seconds)}"
    lines.append(f'{words}; . "$me"\n' if order.step == "ready" else f'{words}; exec </dev/null; . "$me"\n')
    return "".join(lines).encode()


def _program(token: str) -> Iterator[str]:
    """The device's own program, put there once. A half of it (a full disk, a power cut) is never run, and is replaced the next time.

    Where its folder takes no more, it lies in /run meanwhile: the way back must not need room on a disk.
    """
    program = Path(__file__).with_name("block.sh").read_text("utf-8")
    size, name = len(program.encode()), f"block-{text_digest(program)[:12]}.sh"
    yield from ("put() {\n", *_file('"$1"', program, token), "}\n")
    yield f'omamori_dir=$d; me="$d/{name}"; new="$d/block.new.{token}"\nif ! whole "$me" {size}; then\nput "$new" 2>/dev/null\n'
    yield f'if whole "$new" {size}; then cp "$new" "$d/block.sh"; mv -f "$new" "$me"; sync "$me" 2>/dev/null; else\n'
    yield f'rm -f "$new"; me="/run/omamori-{name}"; new="/run/omamori-block.new.{token}"\n'
    yield f'whole "$me" {size} || {{ put "$new"; whole "$new" {size} && mv -f "$new" "$me"; }} || {{ rm -f "$new"; {_NO_ROOM}; }}\nfi\nfi\n'


def undo_text(table: OwnTable) -> str:
    """Return the one step back: made first, so that it also succeeds where somebody took the table away meanwhile."""
    return f"table {table.family} {table.name}\ndelete table {table.family} {table.name}\n"


def _file(place: str, text: str, token: str) -> Iterator[str]:
    """A here-document; its end is a line no text of ours or anybody's holds."""
    mark = f"OMAMORI-{token}"
    if mark in text or "\0" in text:
        raise ValueError("not a text")
    yield f"cat >{place} <<'{mark}'\n"
    yield _ended(text)
    yield f"{mark}\n"


def _ended(text: str) -> str:
    return text if text.endswith("\n") or not text else f"{text}\n"


def _about(about: Mapping[str, str]) -> str:
    return "".join(f"{name}={''.join(char if char.isprintable() else ' ' for char in value)[:200]}\n" for name, value in about.items())


def read_answer(data: bytes) -> Answer:
    """Return what a device said. Its words are somebody else's: whatever is not understood is passed over."""
    said: dict[str, list[str]] = {}
    blocks: list[dict[str, str]] = []
    past: dict[str, dict[str, str]] = {}
    part: dict[str, str] | None = None
    for line in data.decode("utf-8", "replace").splitlines()[:_MOST_LINES]:
        name, equals, value = line.partition("=")
        value = value[:_LONGEST]
        if not equals:
            continue
        if name.startswith("  ") and part is not None:
            part.setdefault(name.strip(), value)
        elif name == "block":
            blocks.append(part := {"id": value})
        elif name == "past":
            part = past.setdefault(value, {})
        else:
            part = None
            said.setdefault(name, []).append(value)
    return Answer(
        whole="end" in said,
        error=(said.get("error") or [""])[0],
        detail=(said.get("detail") or [""])[0],
        said={name: tuple(values) for name, values in said.items() if name != "log"},
        blocks=tuple(_on_device(one) for one in blocks),
        log=tuple(event for line in said.get("log", ()) if (event := _event(line))),
        past=past,
    )


def _on_device(said: Mapping[str, str]) -> OnDevice:
    stage = said.get("stage", "")
    return OnDevice(
        id=said["id"],
        cut=said.get("cut", ""),
        stage=int(stage) if stage.isascii() and stage.isdigit() and len(stage) < 3 else None,
        state=said.get("state", ""),
        since=_moment(said.get("since", "")),
        until=_moment(said.get("until", "")),
        present=said.get("present") == "yes",
        ticking=said.get("ticking") == "yes",
        restarted=said.get("restarted") == "yes",
        token=said.get("token", ""),
        about={name: said[name] for name in ("device", "who", "approval", "approved_by", "purpose", "session") if name in said},
    )


def by_our_clock(answer: Answer, now: datetime) -> tuple[Answer, timedelta]:
    """Return an answer with its moments by our clock, and how far the device's is ahead. In: `now` in UTC without zone, when it came.

    A firewall's clock may be years off; told by it, the end of one block would stand after the beginning of the next.
    """
    theirs = _moment(answer.one("now"))
    ahead = theirs - now if theirs is not None else timedelta()
    if abs(ahead) <= _SAME:
        return answer, timedelta()
    blocks = tuple(replace(one, since=_back(one.since, ahead), until=_back(one.until, ahead)) for one in answer.blocks)
    log = tuple(replace(one, moment=min(_back(one.moment, ahead) or now, now)) for one in answer.log)
    return replace(answer, blocks=blocks, log=log), ahead


def _back(moment: datetime | None, ahead: timedelta) -> datetime | None:
    try:
        return None if moment is None else moment - ahead
    except OverflowError:
        return None


def _event(line: str) -> Event | None:
    words = line.split("\t")
    moment = _moment(words[0])
    return Event(moment, words[1], words[2], words[3], words[4]) if moment is not None and len(words) >= 5 else None


def _moment(seconds: str) -> datetime | None:
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 11):
        return None
    return datetime.fromtimestamp(int(seconds), UTC).replace(tzinfo=None)
