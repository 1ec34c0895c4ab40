"""What an evidence pack for the inspector is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from omamori.model.standard import Proof
from omamori.model.text import Text
from omamori.report.evidence_line import EvidenceLine
from omamori.report.standard_sheet_shape import AnswerSheet, SheetItem


@dataclass(frozen=True, slots=True)
class PackLine:
    """One subject a proof speaks of: what was said of it, and the line of evidence that shows it.

    `output` is the hash (SHA-256) of the whole stored output the line is from; empty where nothing shows it.
    """

    subject: str
    message: Text
    evidence: EvidenceLine | None
    output: str


@dataclass(frozen=True, slots=True)
class PackProof:
    """A proof with its number (`01-2`) and the lines behind it."""

    number: str
    proof: Proof
    lines: tuple[PackLine, ...]


@dataclass(frozen=True, slots=True)
class PackItem:
    """An item of the sheet in its official order, with its proofs; none where nothing is known of it."""

    item: SheetItem
    proofs: tuple[PackProof, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """A stored output that lines of the pack are from. The output itself stays in the hospital. `numbers`: the proofs that point to it."""

    sha256: str
    size: int
    origin: str
    kind: str
    seen: datetime | None
    lines: int
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything a pack says. `masked`: whether names of persons were taken out; `persons` and `replaced` count them."""

    site: str
    sheet: AnswerSheet
    items: tuple[PackItem, ...]
    outputs: tuple[Output, ...]
    masked: bool
    persons: int
    replaced: int
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def machines(self) -> tuple[str, ...]:
        """The machines, lines and vendors that are named, each once."""
        return tuple(
            sorted(
                {line.subject for item in self.items for proof in item.proofs for line in proof.lines if line.subject not in ("", "site")}
            )
        )

    @property
    def lines(self) -> int:
        """How many lines of evidence it holds."""
        return sum(line.evidence is not None for item in self.items for proof in item.proofs for line in proof.lines)

    @property
    def differing(self) -> tuple[PackItem, ...]:
        """The items whose answer and evidence differ: every one is in the pack."""
        return tuple(one for one in self.items if one.item.decision is not None and one.item.decision.decision == "differs")
