"""What a prepared block is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from omamori.model.text import Text


class StageNumber(IntEnum):
    """The order of the block: the wider a stage, the more of the care it stops."""

    BACKUP = 1
    LINES = 2
    BORDERS = 3
    DEPARTMENTS = 4
    MACHINE = 5


@dataclass(frozen=True, slots=True)
class NeverBlocked:
    """What a block lets through in any case: `sources` → `destinations` (networks of IPv4 as `first-last` numbers), port None: every one."""

    name: str
    sources: tuple[tuple[int, int], ...]
    destinations: tuple[tuple[int, int], ...]
    protocol: str | None
    port: int | None
    why: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Packets a cut stops: those between `one` and `other` (first and last address as numbers; None: anybody), in both directions.

    `interface` is the device's own name of the interface they pass; None where the cut goes by addresses alone.
    """

    one: tuple[tuple[int, int], ...] | None
    other: tuple[tuple[int, int], ...] | None
    interface: str | None = None


@dataclass(frozen=True, slots=True)
class Cable:
    """A plug to pull where no device takes a command, or none may be trusted: as the ledger's sheet of places to cut has it."""

    device: str
    port: str
    cable: str
    room: str


@dataclass(frozen=True, slots=True)
class Cut:
    """One thing a stage does. `name` is typed at the command line and stands on the paper.

    `subject` is what is cut off: a zone, line, department or machine. `system` is the device's language (as in `device_facts.system`, or
    `linux-nft`, `windows`), empty where only the cable is left. `device` None: nobody knows what stands there, and `needs` says what is missing.
    """

    stage: StageNumber
    name: str
    subject: str
    device: str | None
    system: str
    crossings: tuple[Crossing, ...]
    cable: Cable | None = None
    who: str = ""
    needs: tuple[Text, ...] = ()
    evidence: tuple[str, ...] = ()
    decides: str = ""
    """Who decides that it is cut (`who` may do it), and the paper that is needed for it; empty where nobody said."""
    paper: str = ""
    limits: tuple[Text, ...] = ()
    """What it does not stop, in words: traffic that passes no device, IPv6 where the cut goes by addresses."""

    @property
    def ready(self) -> bool:
        """Whether nothing is missing to do it."""
        return not self.needs


@dataclass(frozen=True, slots=True)
class Written:
    """A cut in a device's language. `apply` and `undo` are whole files or lists of commands; None with `why` where none can be written.

    `timed` puts the device back by itself after the seconds given to the writer unless `confirm` is sent; None where the device has no such
    thing. `tried`: whether this language is tested on real packets here.
    """

    cut: Cut
    apply: str | None
    undo: str | None
    timed: str | None = None
    confirm: str | None = None
    tried: bool = False
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """A flow that a cut would stop. `seen` None: only declared. `bearable_hours` None: nobody said how long it can be borne.

    `source` is a machine, or `ZONE (NUMBER)` for several of a zone; `clinical` is declared, else that of a machine care depends on.
    """

    source: str
    asset: str
    protocol: str
    port: int | None
    purpose: str
    zone: str
    clinical: bool
    seen: datetime | None
    declared: bool
    bearable_hours: int | None
    instead: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a cut would do. `doubts` say what could not be worked out: then more may stop than is listed.

    `blind`: nothing could be worked out at all, so that an empty list says nothing. `lost`: what is never blocked and stops all the same, since
    it is a plug that is pulled.
    """

    cut: Cut
    stopped: tuple[Stopped, ...]
    kept: tuple[NeverBlocked, ...]
    days: int
    doubts: tuple[Text, ...] = ()
    blind: bool = False
    lost: tuple[NeverBlocked, ...] = ()

    @property
    def clinical(self) -> int | None:
        """How many of the flows of care that are known would stop, with what is never blocked; None where nobody can say."""
        found = sum(one.clinical for one in self.stopped) + len(self.lost)
        return None if self.blind and not found else found


@dataclass(frozen=True, slots=True)
class Block:
    """The whole preparation of a judged snapshot, in the order of the stages."""

    snapshot: str
    moment: datetime
    cuts: tuple[Cut, ...]
    never: tuple[NeverBlocked, ...]
    written: tuple[Written, ...]
    previews: tuple[Preview, ...]
    doubts: tuple[Text, ...] = ()
    """What holds for every cut: entries of the never-blocked sheet that name nobody known, for example."""

    def of(self, stage: StageNumber) -> tuple[Cut, ...]:
        """Return the cuts of a stage in order."""
        return tuple(cut for cut in self.cuts if cut.stage == stage)

    def written_of(self, cut: Cut) -> Written | None:
        """Return the text of a cut."""
        return next((one for one in self.written if one.cut.name == cut.name), None)

    def preview_of(self, cut: Cut) -> Preview | None:
        """Return what a cut would stop."""
        return next((one for one in self.previews if one.cut.name == cut.name), None)
