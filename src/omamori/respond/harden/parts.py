"""What a hardening plan is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from omamori.model.text import Text
from omamori.respond.harden.changes import Change, Still

System = Literal["windows", "linux"]


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine a plan may be made for. `hands_off`: medical, leased or run by a vendor, who has to be asked."""

    asset: str
    system: str
    role: str
    zone: str
    vendor: str
    domain: str
    build: str
    hands_off: bool
    medical: bool
    important: bool
    hostname: str = ""
    """The name the machine gives itself; empty where nobody looked at it. Files that are run refuse on another machine."""
    declared: bool = True
    """Whether the ledger names it: else nobody knows whose it is."""
    owner: str = "hospital"
    """Whose it is by the ledger; empty where the ledger does not say."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A finding that is gone once the change is made: check, subject and key as in `verdicts`. A new look is held against it."""

    check: str
    subject: str
    key: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """Where a person who runs no script finds the switch: by hand on the machine, and in a group policy (None: there is none)."""

    hand: Text
    policy: Text | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing to do on one machine.

    `kind` is the name of its `Kind`; `stops` says what could stop working, in the words of the people concerned; `notes` what else to know
    (a restart, what was not seen); `evidence` the lines it was made from. `changes` empty: it is done by hand only, as `menu` says. `still`:
    what the files look at once more before they do any of it; where it is no longer so, the measure is not done.
    """

    kind: str
    machine: Machine
    what: Text
    why: Text
    stops: Text
    menu: Menu
    changes: tuple[Change, ...] = ()
    promises: tuple[Promise, ...] = ()
    notes: tuple[Text, ...] = ()
    evidence: tuple[str, ...] = ()
    still: tuple[Still, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the vendor instead: nothing is guessed for a medical device or a machine that others run."""

    kind: str
    machine: Machine
    ask: Text
    promises: tuple[Promise, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """What the plan does not hold for a machine, and why: evidence that is missing makes it smaller, never wider."""

    kind: str
    machine: Machine
    why: Text


Proposal = Measure | Question | Left


@dataclass(frozen=True, slots=True)
class Observed:
    """How long and by what a machine's traffic was watched; `days` counts the days on which something looked."""

    machine: str
    since: datetime | None = None
    until: datetime | None = None
    days: int = 0
    looks: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of a judged snapshot, for the machines of a group."""

    snapshot: str
    moment: datetime
    group: str
    machines: tuple[Machine, ...] = ()
    measures: tuple[Measure, ...] = ()
    questions: tuple[Question, ...] = ()
    left: tuple[Left, ...] = ()
    observed: tuple[Observed, ...] = ()
    unseen: tuple[str, ...] = field(default=())
    """Machines of the group that were never looked at."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a plan: its name below the plan's folder, its bytes, and what it is."""

    name: str
    content: bytes
    what: Text
