"""`omamori backup scratch`: a person approves a folder for restored patients' data; the approval is evidence of the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from omamori import __version__
from omamori.backup.interface import BackupError
from omamori.backup.proof.place_seen import Seen
from omamori.backup.proof.record import approval_json
from omamori.backup.proof.scratch import clear_leftovers, judge, only_one, prepare
from omamori.backup.registry import kinds
from omamori.model.text import Text
from omamori.parse.backup.scratch import KIND, PROTECTIONS, Approved, read_approval
from omamori.parse.interface import EvidenceError
from omamori.parse.redact import redact
from omamori.pipeline.backup_place import stored_of_kind
from omamori.pipeline.clock import utc_now
from omamori.pipeline.error import UserError
from omamori.snapshot.evidence import EvidenceStore, Item, Visit
from omamori.snapshot.site import Site

_PRODUCTS = ("restic", "borg")
"""Kinds whose folders are known for sure by what lies in them."""


@dataclass(frozen=True, slots=True)
class Approval:
    """A scratch place that was approved, and what the system shows of it. `cleared`: leftovers of killed runs that were wiped there."""

    approved: Approved
    seen: Seen
    cleared: int

    def lines(self) -> tuple[Text, ...]:
        """Return what a person should read about it."""
        one = self.approved
        until = Text(f"{one.until:%Y-%m-%d} まで", f"until {one.until:%Y-%m-%d}") if one.until else Text("期限なし", "no end")
        told = [
            Text(
                f"「{one.folder}」を、戻したデータの作業場所として承認しました(承認: {one.approved_by}、{until.ja})",
                f"{one.folder} is approved to hold restored data for a while (by {one.approved_by}, {until.en})",
            ),
            _protected(one.protection, self.seen),
        ]
        if self.cleared:
            told.append(
                Text(
                    f"途中で切れた実行が残したもの {self.cleared} 件を消しました",
                    f"{self.cleared} leftovers of runs that were cut off were wiped",
                )
            )
        return tuple(told)


def _protected(protection: str, seen: Seen) -> Text:
    words = seen.words()
    if seen.memory:
        return Text(
            f"メモリ上({words})。電源を切ると消えます(スワップがあれば、そこには残り得ます)",
            f"in memory ({words}): gone when the power is cut (swap space may keep some)",
        )
    if protection == "encrypted" and not seen.encrypted:
        return Text(
            f"暗号化されていると聞きましたが、このシステムからは見えません({seen.kind})。「申告のみ」として記録します",
            f"said to be encrypted, which this system does not show ({seen.kind}): recorded as declared only",
        )
    if seen.encrypted:
        return Text(f"暗号化されたディスクです({seen.kind})", f"on an encrypted disk ({seen.kind})")
    return Text(
        f"このサーバの中のディスクです({seen.kind})。暗号化は見えません", f"on a disk of this server ({seen.kind}); no encryption is seen"
    )


def approve_scratch(site: Path, folder: Path, protection: str, approved_by: str, until: datetime | None) -> Approval:
    """Judge the folder, make it private, store the approval. Raises `UserError`, `BackupError`, OSError."""
    if protection not in PROTECTIONS:
        raise UserError(f"--protection は {', '.join(PROTECTIONS)} のどれかです", f"--protection is one of {', '.join(PROTECTIONS)}")
    if not approved_by.strip():
        raise UserError("承認した人の名前を --approved-by で書いてください", "name who approves with --approved-by")
    now = utc_now()
    if until is not None and until < now:
        raise UserError("--until が過去の日付です", "--until lies in the past")
    _refuse_repositories(folder)
    real = prepare(folder)
    seen = judge(real, protection, inside_none_of=(site,))
    with only_one(real):
        cleared = clear_leftovers(real)
    words = seen.words() if seen.memory or seen.encrypted or protection != "encrypted" else f"{seen.words()}; declared only"
    approved = Approved(now, str(real), protection, words, approved_by.strip(), until)
    store = Site(site).create().evidence
    item = Item(kind=KIND, data=redact(approval_json(approved)).data, seen=now)
    store.add(Visit(how="file", host="", started=now, version=__version__), [item], now)
    return Approval(approved, seen, cleared)


def _refuse_repositories(folder: Path) -> None:
    absolute = folder.absolute()
    for above in (absolute, *absolute.parents):
        for kind in kinds():
            if kind.name in _PRODUCTS and above.is_dir() and kind.recognise(above):
                raise BackupError(
                    "failed",
                    f"「{above}」はバックアップの保存先({kind.name})です。その外のフォルダを指定してください",
                    f"{above} is a repository of {kind.name}: name a folder outside of it",
                )


def approvals(store: EvidenceStore) -> Iterator[Approved]:
    """Yield the approvals of scratch places, newest first; one that cannot be read approves nothing.

    Nor does one that came as a file: it says nothing of this machine's disk, and whoever can hand in a file is not who may approve.
    """
    for data in stored_of_kind(store, KIND, made_here=True):
        try:
            yield read_approval(data)
        except EvidenceError:
            continue
