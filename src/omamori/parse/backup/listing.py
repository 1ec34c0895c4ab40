"""Evidence kind `backup.listing`: lists and logs of other backup programs, brought by hand.

Which machine it is about the output says, or else the name of the file (`MACHINE_…`, or `MACHINE@REPOSITORY_…`); where neither does, the file is
not taken in: generations that belong to nobody would help nobody. See docs/decisions/0047-lists-and-result-files.md.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from omamori.model.backup import BackupDamage, BackupGeneration, BackupRepository
from omamori.model.look import Parsed
from omamori.model.text import Text
from omamori.parse.backup.form import DAMAGE, GENERATIONS, NAMED, REPOSITORIES, Form, Heard, Listing, form_of
from omamori.parse.backup.values import named_after
from omamori.parse.interface import Context, EvidenceError, Parser, Redacted
from omamori.parse.kit_result import is_kit_result
from omamori.parse.windows.decode import decode

KIND = "backup.listing"
TABLES = (GENERATIONS, REPOSITORIES, DAMAGE)
_HEAD = 64 * 1024
_OWN_ID = re.compile(r"[0-9a-f]{64}")
_UNKNOWN = Text(
    "バックアップ製品の一覧やログとして読めません(restic、borg、Veeam、robocopy、rsync、S3のロック)。ほかの製品は結果ファイル(docs/backup-result.ja.md)で取り込めます",
    "no list or log of a backup program that is read here (restic, borg, Veeam, robocopy, rsync, the lock of S3); for any other product write a "
    "result file (docs/backup-result.md)",
)
_NOBODY = Text(
    "どの機器のバックアップかが書かれていません。ファイル名を「機器名_{0}」(保存先も区別するなら「機器名@保存先_{0}」)にしてください",
    "it does not say which machine was backed up: name the file MACHINE_{0} (or MACHINE@REPOSITORY_{0} to tell repositories apart)",
)


def parse(data: bytes, context: Context) -> Parsed:
    """Return what the list says, per machine; `EvidenceError` when no form knows it, or nobody can tell whose it is."""
    text = decode(data).plain
    form = _form(text)
    if form is None:
        raise EvidenceError(_UNKNOWN)
    heard = form.read(Listing(text))
    machine, place = named_after(context.file_name)
    if not machine and any(one.asset == NAMED for one in (*heard.rows, *heard.looks)):
        raise EvidenceError(Text(_NOBODY.ja.format(form.name), _NOBODY.en.format(form.name)))
    return _parsed(heard, form, machine, place)


def _form(text: str) -> Form | None:
    return form_of(text[:_HEAD]) or form_of(text)


def _parsed(heard: Heard, form: Form, machine: str, place: str) -> Parsed:
    hosts = {row.asset for row in heard.rows if row.asset != NAMED}
    # Where the output names its machines itself, the file's name can only be that of the repository.
    known = heard.repository or place or (machine if hosts else "")
    rows = tuple(_named(row, heard.product, known, machine) for row in heard.rows)
    looks = tuple(replace(look, asset=look.asset or machine) for look in heard.looks)
    subjects = dict.fromkeys([row.asset for row in rows] + [look.asset for look in looks])
    claims = tuple((subject, (f"name:{subject}",)) for subject in subjects)
    return Parsed(rows, looks, heard.problems, claims=claims, speaker=":".join(filter(None, (heard.product, known, form.about))))


def _named(row: Any, product: str, known: str, machine: str) -> Any:
    asset = row.asset or machine
    said: dict[str, Any] = {"asset": asset, "repository": _identity(product, row.repository or known or asset)}
    if isinstance(row, BackupGeneration | BackupRepository | BackupDamage) and not row.job:
        said["job"] = product
    if isinstance(row, BackupRepository):
        said["product"] = product
    return replace(row, **said)


def _identity(product: str, known: str) -> str:
    """An identifier the program itself gave the repository stands alone, as in a look of our own; any other name needs its product."""
    return known if _OWN_ID.fullmatch(known) else f"{product}:{known}"


def redact(data: bytes) -> Redacted:
    """Take out what a form may not keep: names of files, keys."""
    decoded = decode(data)
    form = _form(decoded.plain)
    if form is None or form.clean is None:
        return Redacted(data)
    return Redacted(form.clean(decoded.plain).encode("utf-8", "replace"))


def recognise(head: bytes, file_name: str) -> bool:
    """Whether a file is such a list, by its content."""
    if is_kit_result(head):
        return False
    return form_of(decode(head).plain) is not None


PARSERS = (Parser(kind=KIND, tables=TABLES, parse=parse, redact=redact, recognise=recognise),)
