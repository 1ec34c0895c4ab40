"""The approval of the block (`omamori isolate run`), a YAML file a person filled in. Read strictly: every mistake is told, with its line.

It gives no rows: what was done under it is recorded step by step (`isolate.action`), and names it.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from datetime import date, datetime, timedelta
from typing import Any

from omamori.model.block import BLOCK_FORMAT, PURPOSES, BlockApprovalFile, BlockDevice
from omamori.model.look import Parsed
from omamori.model.permission import Mistake
from omamori.model.text import Text
from omamori.parse.interface import Context, EvidenceError, Parser
from omamori.parse.lined_yaml import LARGEST, Lined, LinedError, read_lined
from omamori.parse.scan.values import Reading

KIND = "isolate.approval"
MARK = "omamori_block_approval"
LONGEST_TIME = timedelta(days=366)
"""An approval is prepared before the day and kept with the plan: it may hold for a year."""
LONGEST_DRILL = timedelta(days=31)
STAGES = 5
MOST_MINUTES = 24 * 60
_MOST_ENTRIES = 500
_KEYS = (MARK, "number", "purpose", "approved_by", "position", "approved_on", "from", "until", "utc_offset", "stop_contact", "stages", "cuts",
         "devices", "minutes_unconfirmed")  # fmt: skip
_HOST_KEY = re.compile(r"SHA256:[A-Za-z0-9+/]{43}=?")
_TEXT = re.compile(r"[0-9a-f]{12,64}")


def read_block_approval(data: bytes) -> tuple[BlockApprovalFile | None, tuple[Mistake, ...]]:
    """Return what an approval says and every mistake in it; None where it cannot be read as one at all."""
    reading = Reading()
    try:
        content = read_lined(_decoded(data), words=True)
    except LinedError as error:
        reading.wrong(0, f"YAMLとして読めません({error})。字下げ、「: 」の後の空白、全角の「:」を確かめてください",
                      f'cannot be read as YAML ({error}): see the indents, the blank after ":" and quotation marks')  # fmt: skip
        return None, tuple(reading.mistakes)
    if not isinstance(content, Lined):
        reading.wrong(1, "遮断の承認の項目がありません。omamori isolate run --draft で作った用紙に記入してください",
                      "no keys of an approval of the block: fill in what omamori isolate run --draft writes")  # fmt: skip
        return None, tuple(reading.mistakes)
    found = _read(content, reading, hashlib.sha256(data).hexdigest())
    return found, tuple(sorted(reading.mistakes, key=lambda one: one.line))


def _read(content: Lined, reading: Reading, digest: str) -> BlockApprovalFile | None:
    reading.known_keys(content, _KEYS)
    if reading.text(content, MARK) != BLOCK_FORMAT:
        reading.wrong(content.lines.get(MARK, 1), f"{MARK}: {BLOCK_FORMAT} と書いてください", f"{MARK}: write {BLOCK_FORMAT}")
    purpose = reading.text(content, "purpose", required=True)
    codes = [value.code for value in PURPOSES]
    if purpose and purpose not in codes:
        reading.wrong(content.lines["purpose"], "purpose: real(本番)か drill(訓練)を書いてください", "purpose: write real or drill")
    since, until, day = _time(content, reading, LONGEST_DRILL if purpose == "drill" else LONGEST_TIME)
    stages, (cuts, texts), devices = _stages(content, reading), _cuts(content, reading), _devices(content, reading)
    if not stages and not cuts:
        line = content.lines.get("stages", content.line)
        reading.wrong(line, "stages か cuts: 切ってよい段階か、切る所を書いてください", "stages or cuts: write what may be cut")
    found: dict[str, Any] = {
        "number": reading.text(content, "number"),
        "approved_by": reading.text(content, "approved_by", required=True),
        "position": reading.text(content, "position", required=True),
        "stop_contact": reading.text(content, "stop_contact", required=True),
        "minutes": reading.number(content, "minutes_unconfirmed", 1, MOST_MINUTES),
    }
    if since is None or until is None or day is None:
        return None
    return BlockApprovalFile(
        digest=digest, purpose=purpose, approved_on=day, since=since, until=until, stages=stages, cuts=cuts, texts=texts, devices=devices, **found
    )  # fmt: skip


def _time(content: Lined, reading: Reading, longest: timedelta) -> tuple[datetime | None, datetime | None, date | None]:
    offset = reading.offset(content, "utc_offset")
    since, until = reading.moment(content, "from", offset), reading.moment(content, "until", offset)
    day = reading.day(content, "approved_on")
    if day is None and not reading.text(content, "approved_on"):
        reading.text(content, "approved_on", required=True)
    if since and until and not since < until <= since + longest:
        reading.wrong(
            content.lines["until"],
            f"until: from より後で、{longest.days} 日以内の日時を書いてください",
            f"until: write a moment after `from`, within {longest.days} days",
        )
    if since and day and day > (since + (offset.utcoffset(None) or timedelta())).date():
        reading.wrong(
            content.lines["approved_on"],
            "approved_on: 承認した日が from より後です",
            "approved_on: the day of the approval is after `from`",
        )
    return since, until, day


def _entries(content: Lined, key: str, reading: Reading) -> list[Any]:
    entries = reading.entries(content, key)
    if len(entries) > _MOST_ENTRIES:
        reading.wrong(content.lines[key], f"{key}: {_MOST_ENTRIES} 件までです", f"{key}: at most {_MOST_ENTRIES} entries")
    return [entry for entry in entries[:_MOST_ENTRIES] if not (isinstance(entry, str) and not entry.strip())]


def _stages(content: Lined, reading: Reading) -> tuple[int, ...]:
    found = []
    for entry in _entries(content, "stages", reading):
        said = entry.strip() if isinstance(entry, str) else ""
        if said.isascii() and said.isdigit() and 1 <= int(said[:3]) <= STAGES:
            found.append(int(said))
        else:
            line = getattr(entry, "line", content.lines["stages"])
            reading.wrong(
                line, f"stages: 1 から {STAGES} の段階を「- 1」の形で書いてください", f'stages: write stages from 1 to {STAGES} as "- 1"'
            )
    return tuple(dict.fromkeys(found))


def _cuts(content: Lined, reading: Reading) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    names, texts = [], []
    for entry in _entries(content, "cuts", reading):
        if isinstance(entry, str):
            entry = Lined({"cut": entry})
            entry.line = content.lines["cuts"]
        if not isinstance(entry, Lined):
            reading.wrong(content.lines["cuts"], "cuts: 「- cut: 名前」の形で書いてください", 'cuts: write it as "- cut: NAME"')
            continue
        reading.known_keys(entry, ("cut", "text"))
        name, text = reading.text(entry, "cut", required=True), reading.text(entry, "text").lower()
        if text and not _TEXT.fullmatch(text):
            reading.wrong(
                entry.lines["text"], "text: 用紙にあった12桁以上の英数字のままにしてください", "text: leave the digits the form came with"
            )
        elif name:
            names.append(name)
            texts += [(name, text)] if text else []
    return tuple(dict.fromkeys(names)), tuple(texts)


def _devices(content: Lined, reading: Reading) -> tuple[BlockDevice, ...]:
    found: list[BlockDevice] = []
    entries = _entries(content, "devices", reading)
    for entry in entries:
        if not isinstance(entry, Lined):
            line = getattr(entry, "line", content.lines["devices"])
            reading.wrong(line, "devices: 「- name: 機器の名前」の形で書いてください", 'devices: write it as "- name: NAME"')
            continue
        reading.known_keys(entry, ("name", "ssh", "host_key", "sudo"))
        name, ssh = reading.text(entry, "name", required=True), reading.text(entry, "ssh", required=True)
        keys = tuple(one.rstrip("=") for one in reading.text(entry, "host_key", required=True).split())
        if not all(_HOST_KEY.fullmatch(one) for one in keys):
            reading.wrong(
                entry.lines["host_key"],
                "host_key: SHA256:... の形の指紋を書いてください(機器で ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub)",
                "host_key: write its fingerprint, SHA256:... (on the device: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub)",
            )
        if any(one.name == name for one in found):
            reading.wrong(entry.line, f"devices: 「{name}」が二度あります", f'devices: "{name}" stands twice')
        elif name and ssh:
            found.append(BlockDevice(name, ssh, keys, reading.yes(entry, "sudo"), entry.line))
    if not entries:
        reading.wrong(
            content.lines.get("devices", content.line),
            "devices: ログインしてよい機器を書いてください",
            "devices: write what may be logged in to",
        )
    return tuple(found)


def _decoded(data: bytes) -> str:
    """Windows' Notepad writes UTF-8, UTF-16 or, in older versions, the code page."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp932", "replace")


def parse(data: bytes, context: Context) -> Parsed:
    """Return nothing for the tables; EvidenceError that names every mistake when it does not stand."""
    del context
    approval, mistakes = read_block_approval(data)
    if approval is None or mistakes:
        ja = " / ".join(f"{one.line}行目 {one.text.ja}" for one in mistakes[:20])
        en = " / ".join(f"line {one.line}: {one.text.en}" for one in mistakes[:20])
        raise EvidenceError(Text(ja, en))
    return Parsed()


def recognise(head: bytes, file_name: str) -> bool:
    """Return whether a file is such an approval, by its first key."""
    del file_name
    return any(line.startswith(f"{MARK}:") for line in _decoded(head[:20_000]).splitlines())


PARSERS = (Parser(kind=KIND, tables=(), parse=parse, recognise=recognise, max_bytes=LARGEST),)
