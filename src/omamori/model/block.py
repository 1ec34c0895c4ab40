"""The applied block: what an approval of it says, and the table of what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from omamori.model.schema import col, evidence_column, source_column
from omamori.model.text import values

BLOCK_FORMAT = "1"
"""Value of the key `omamori_block_approval`, by which a file is recognised."""
PURPOSES = values(("real", "本番", "for real"), ("drill", "訓練", "drill"))
BLOCK_STEPS = values(
    ("check", "送る前の確認", "looked before anything is sent"),
    ("apply", "切った", "cut"),
    ("confirm", "続けると確認した", "confirmed"),
    ("undo", "戻した", "undone"),
    ("timer", "時間切れで自動で戻った", "undone by its timer"),
    ("gone", "機器から消えていた", "was no longer on the device"),
    ("cable", "ケーブルを抜いた", "cable pulled"),
    ("stage", "段階を終えた", "end of a stage"),
)
BLOCK_RESULTS = values(
    ("done", "できた", "done"),
    ("failed", "できなかった", "failed"),
    ("refused", "しなかった", "refused"),
    ("unknown", "分からない", "not known"),
    ("dry", "送っていない", "nothing was sent"),
)


@dataclass(frozen=True, slots=True)
class BlockDevice:
    """A device the tool may log in to: its name in the block, `[user@]host[:port]`, its host keys (`SHA256:…`), whether through sudo."""

    name: str
    ssh: str
    host_keys: tuple[str, ...]
    sudo: bool
    line: int


@dataclass(frozen=True, slots=True)
class BlockApprovalFile:
    """An approval of the block. Moments in UTC without zone; `digest` is the hash of the file.

    `stages` and `cuts` say what may be applied (a cut of a named stage, or a named cut); `texts` holds what a named cut was approved to
    send (beginning of the SHA-256 of its text). `minutes`: the longest a cut may stand without confirmation.
    """

    digest: str
    number: str
    approved_by: str
    position: str
    approved_on: date
    since: datetime
    until: datetime
    stop_contact: str
    purpose: str
    stages: tuple[int, ...]
    cuts: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]
    devices: tuple[BlockDevice, ...]
    minutes: int

    @property
    def identifier(self) -> str:
        """Its own number, else the beginning of its hash."""
        return self.number or self.digest[:12]

    def device(self, name: str) -> BlockDevice | None:
        """Return the device of a name."""
        return next((one for one in self.devices if one.name == name), None)

    def names(self, stage: int, cut: str) -> bool:
        """Return whether it allows a cut of a stage."""
        return stage in self.stages or cut in self.cuts


@dataclass(frozen=True, kw_only=True, slots=True)
class BlockAction:
    """A step of the block, for real or in a drill: what was done to which device, when, by whom, and how long it took."""

    session: str = col("Run of the command it belongs to.", default="")
    purpose: str = col("For real, or a drill.", default="", values=PURPOSES)
    stage: int | None = col("Stage of the block, from 1.")
    cut: str = col("Name of the cut; empty for the end of a stage.", default="")
    device: str = col("Device it was done to.", default="")
    step: str = col("What was done.", default="", values=BLOCK_STEPS)
    result: str = col("What came of it.", default="", values=BLOCK_RESULTS)
    because: str | None = col("Why not, in short.")
    began: datetime | None = col("Moment it began.")
    ended: datetime | None = col("Moment it ended.")
    seconds: float | None = col("Seconds it took.")
    reverts: datetime | None = col("Moment at which the device undoes it by itself; NULL where it stays until somebody undoes it.")
    approval: str | None = col("Identifier of the approval.")
    approved_by: str | None = col("Who allowed it.")
    said_by: str | None = col("Who did it, as typed.")
    source: str = source_column()
    evidence: str = evidence_column()
