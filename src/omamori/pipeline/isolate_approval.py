"""The approval of the block: read, believed or refused, and the form of one to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from omamori.gate.block_permission import BlockPermission, permit_block
from omamori.model.block import BlockApprovalFile
from omamori.model.text import Language, Text
from omamori.parse.interface import EvidenceError
from omamori.parse.isolate.approval import KIND, MARK, read_block_approval
from omamori.parse.lined_yaml import LARGEST
from omamori.parse.redact import redact_for
from omamori.parse.registry import parsers
from omamori.pipeline.clock import local_zone, utc_now
from omamori.pipeline.error import UserError
from omamori.pipeline.scan_prepare import ApprovalRefused
from omamori.respond.isolate.device import text_digest
from omamori.respond.isolate.parts import Written
from omamori.respond.isolate.sendable import NotSendable, sendable


@dataclass(frozen=True, slots=True)
class Approved:
    """An approval that stands; `data` is the file, redacted, as it is kept as evidence."""

    data: bytes
    permission: BlockPermission

    @property
    def file(self) -> BlockApprovalFile:
        """What it says."""
        return self.permission.file


def read_approved(path: Path) -> Approved:
    """Read an approval. Raises ApprovalRefused with every mistake, UserError, OSError. Its time is asked for with every cut, not here."""
    with path.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    try:
        data = redact_for(parsers()[KIND], data).data
    except EvidenceError as error:
        raise UserError(f"{path.name}: {error.text.ja}", f"{path.name}: {error.text.en}") from error
    file, mistakes = read_block_approval(data)
    if file is None or mistakes:
        raise ApprovalRefused(path.name, mistakes)
    permission, mistakes = permit_block(file)
    if permission is None:
        raise ApprovalRefused(path.name, mistakes)
    return Approved(data, permission)


def write_block_draft(path: Path, chosen: Sequence[Written], purpose: str, language: Language) -> Path:
    """Write an approval to fill in, for the cuts chosen; a file that is there is not overwritten (UserError)."""
    try:
        with path.open("x", encoding="utf-8-sig", newline="\r\n") as stream:
            stream.write("\n".join(_lines(chosen, purpose, language)) + "\n")
    except FileExistsError:
        raise UserError(f"{path} はすでにあります。別の名前にしてください", f"{path} is there already: choose another name") from None
    return path


def _lines(chosen: Sequence[Written], purpose: str, language: Language) -> Iterator[str]:
    def note(ja: str, en: str) -> str:
        return f"# {Text(ja, en).say(language)}"

    local = utc_now() + (local_zone().utcoffset(utc_now()) or timedelta())
    offset = f"{utc_now().replace(tzinfo=local_zone()):%z}"
    yield note("お守り: 遮断を道具から行うことの承認。記入して、決める立場の人の承認を得てください",
               "Omamori: approval that the tool cuts. Fill it in and have it approved")  # fmt: skip
    yield f"{MARK}: 1"
    yield note(
        "real: 本番 / drill: 訓練(訓練の承認では本番の遮断はできません)", "real, or drill: an approval for a drill allows no real block"
    )
    yield f"purpose: {purpose}"
    yield 'number: ""'
    yield note(
        "承認した人、役職、承認した日(院長または権限を任された人)", "who allowed it, post, day (the director, or who was given the right)"
    )
    yield from ('approved_by: ""', 'position: ""', f"approved_on: {local:%Y-%m-%d}")
    yield note(
        "有効な期間。この外では切りません。戻すことはいつでもできます", "when: outside of it nothing is cut. Undoing is always possible"
    )
    yield from (f"from: {local:%Y-%m-%d %H:%M}", f"until: {local + timedelta(days=30 if purpose == 'drill' else 365):%Y-%m-%d} 17:00")
    yield f'utc_offset: "{offset[:3]}:{offset[3:5]}"'
    yield note("止めるよう連絡する先(氏名、内線)", "whom to call to have it undone (name, extension)")
    yield 'stop_contact: ""'
    yield note("確認(confirm)がないまま切っておいてよい長さ(分)。過ぎると機器が自分で戻します",
               "minutes a cut may stand without `confirm`; then the device undoes it by itself")  # fmt: skip
    yield "minutes_unconfirmed: 10"
    yield note("切ってよい所。text は送る内容の指紋です。内容が変わると承認のもらい直しになります",
               "what may be cut. `text` is the fingerprint of what is sent: when that changes, it is approved anew")  # fmt: skip
    yield "cuts:"
    sent = [one for one in chosen if _sent(one)]
    for one in sent:
        yield f"  - cut: {_quoted(one.cut.name)}"
        yield f'    text: "{text_digest(one.apply or "")[:16]}"'
    yield note("ログインする機器。host_key は機器で ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub の SHA256:... をそのまま",
               "devices to log in to. host_key: SHA256:... as ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub shows it there")  # fmt: skip
    yield "devices:"
    for name in dict.fromkeys(one.cut.device for one in sent if one.cut.device):
        yield from (f"  - name: {_quoted(name)}", '    ssh: ""', '    host_key: ""', "    sudo: no")


def _sent(written: Written) -> bool:
    try:
        sendable(written)
    except NotSendable:
        return False
    return True


def _quoted(text: str) -> str:
    tidy = "".join(char if char.isprintable() else " " for char in text)
    return '"' + tidy.replace("\\", "\\\\").replace('"', '\\"') + '"'
