"""The block prepared from the newest judgement: for the screen, and as a folder of files a person reads, loads and can take back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, TypeVar

from omamori.analyze.reach.ranges import written as as_text
from omamori.map.cuts import Mark, cuts_picture
from omamori.map.hospital import Hospital
from omamori.map.read import read_hospital
from omamori.model.clean import clean
from omamori.model.text import Language, Text
from omamori.pipeline.clock import local_zone
from omamori.pipeline.error import UserError
from omamori.pipeline.newest import read_newest
from omamori.pipeline.observer import Observer
from omamori.pipeline.plan_bastion import escaped
from omamori.respond.isolate.document import STAGES, STATES, doable, document, places, state_of
from omamori.respond.isolate.facts import read_facts
from omamori.respond.isolate.names import file_word
from omamori.respond.isolate.parts import Block, Cut, NeverBlocked, Preview, StageNumber
from omamori.respond.isolate.prepare import NoSuchMachine, prepare
from omamori.respond.isolate.sheet import day_sheet
from omamori.respond.isolate.traffic import read_traffic
from omamori.respond.isolate.write.written import SECONDS, suffix
from omamori.respond.told import Line
from omamori.snapshot.database import Database
from omamori.snapshot.files import private_folder, write_whole

DAYS = 30
"""So many days back a flow counts as one that is used."""
NEEDED = ("entries", "device_chains", "crown_jewels", "never_blocked")
"""Tables without which a judgement is too old for a block."""
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class IsolateRequest:
    """Which site, the machines of the last stage, how many days count, after how many seconds a timed cut goes by itself, the folder to write to."""

    site: Path
    language: Language
    machines: tuple[str, ...] = ()
    days: int = DAYS
    seconds: int = SECONDS
    out: Path | None = None
    zone: tzinfo = field(default_factory=local_zone)


def prepare_block(site: Path, observer: Observer, machines: Sequence[str] = (), days: int = DAYS, seconds: int = SECONDS) -> Block:
    """Return the block of a site's newest judgement; raises `UserError` when there is none, or a machine is not known. No device is touched."""
    return _prepared(site, observer, machines, days, seconds, lambda database, moment: None)[0]


def write_block(request: IsolateRequest, observer: Observer) -> tuple[Block, tuple[Path, ...]]:
    """Prepare the block and write its files to the folder asked for; returns both."""
    block, hospital = _prepared(request.site, observer, request.machines, request.days, request.seconds, _hospital)
    if request.out is None:
        return block, ()
    observer.step(Text("準備した遮断を書いています", "writing the block"))
    return block, _write(request.out, request, block, hospital)


def _hospital(database: Database, moment: datetime) -> Hospital:
    return read_hospital(database, moment=moment, changes=None)


def _prepared(
    site: Path, observer: Observer, machines: Sequence[str], days: int, seconds: int, more: Callable[[Database, datetime], _Read]
) -> tuple[Block, _Read]:
    newest, _ = read_newest(site, lambda database: None)
    observer.step(Text("どこを切れば何が止まるかを調べています", "working out what to cut, and what would stop"))
    moment = newest.manifest.moment

    def read(database: Database) -> tuple[Block, _Read]:
        if not all(database.has(table) for table in NEEDED):
            raise UserError(
                f"{newest.id} は古い版で作られています。omamori check をもう一度実行してください",
                f"{newest.id} was made by an earlier version: run omamori check again",
            )
        facts = read_facts(database)
        traffic = read_traffic(database, facts, moment.replace(tzinfo=None), days)
        try:
            block = prepare(facts, traffic, newest.id, moment, machines, seconds)
        except NoSuchMachine as error:
            raise UserError(
                f"「{error}」という機器はありません。台帳の名前かホスト名を書いてください",
                f"no machine is called {error}: write its name in the ledger, or its host name",
            ) from error
        return block, more(database, moment)

    return read_newest(site, read)[1]


def file_names(block: Block) -> dict[str, dict[str, str]]:
    """Return cut → what a file is (apply, undo, timed, confirm) → its name. A cut without a text has no files."""
    found: dict[str, dict[str, str]] = {}
    for number, one in enumerate(block.written, 1):
        if one.apply is None:
            continue
        head = f"{int(one.cut.stage)}-{number:02}-{file_word(one.cut).partition('-')[2] or 'cut'}"
        texts = {"apply": one.apply, "undo": one.undo, "timed": one.timed, "confirm": one.confirm}
        found[one.cut.name] = {kind: f"{head}.{kind}{suffix(one.cut.system)}" for kind, text in texts.items() if text}
    return found


def _write(out: Path, request: IsolateRequest, block: Block, hospital: Hospital) -> tuple[Path, ...]:
    if not out.exists():
        private_folder(out)
    names = file_names(block)
    contents: dict[str, str] = {
        "isolate.md": markdown(block, document(block, names), request.language),
        "isolate.json": block_json(block, names),
        "paper.html": day_sheet(block, request.language),
        "stages.svg": cuts_picture(hospital, request.language, marks(block), stage_words(block), request.zone),
    }
    for one in block.written:
        for kind, name in names.get(one.cut.name, {}).items():
            contents[name] = getattr(one, kind)
    for name, content in contents.items():
        write_whole(out / name, content.encode())
    return tuple(out / name for name in contents)


def marks(block: Block) -> list[Mark]:
    """Return where the numbers of the stages stand on the picture: borders at the first of their two zones."""
    found = []
    for cut in block.cuts:
        parts = tuple(clean(part, 120) for part in cut.subject.split(" ⇔ "))
        line = cut.stage == StageNumber.LINES
        found.append(Mark(int(cut.stage), () if line else parts, parts if line else (), ready=doable(block, cut)))
    return found


def stage_words(block: Block) -> dict[int, Text]:
    """Return, by stage, what it cuts, in a line."""
    words = {}
    for stage in StageNumber:
        subjects = list(dict.fromkeys(clean(cut.subject, 60) for cut in block.of(stage)))
        state = STATES[state_of(block, stage)]
        listed = ("、".join(subjects), ", ".join(subjects)) if subjects else ("-", "-")
        words[int(stage)] = Text(f"{STAGES[stage].ja}: {listed[0]}({state.ja})", f"{STAGES[stage].en}: {listed[1]} ({state.en})")
    return words


def markdown(block: Block, lines: Iterable[Line], language: Language) -> str:
    """Return the block as a file to read and print."""
    title = Text("遮断の準備", "The block, prepared")
    found = [f"# {title.say(language)}", "", f"{block.moment.isoformat()} · {block.snapshot}", ""]
    for one in lines:
        text = escaped(clean(one.text.say(language)))
        found += [f"\n## {text}\n"] if one.level == 1 else [f"{'  ' * (one.level - 2)}- {text}"]
    return "\n".join((*found, ""))


def block_json(block: Block, names: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Return the block for a program."""
    files = names or {}
    told: dict[str, Any] = {
        "snapshot": block.snapshot,
        "moment": block.moment.isoformat(),
        "stages": [
            {
                "stage": int(stage),
                "name": _both(STAGES[stage]),
                "state": state_of(block, stage),
                "cuts": [cut.name for cut in block.of(stage)],
            }
            for stage in StageNumber
        ],
        "never_blocked": [_never(one) for one in block.never],
        "cuts": [_cut(block, cut, files.get(cut.name, {})) for cut in block.cuts],
        "doubts": [_both(one) for one in block.doubts],
    }
    return json.dumps(told, ensure_ascii=False, indent=1, default=str)


def _cut(block: Block, cut: Cut, files: Mapping[str, str]) -> dict[str, Any]:
    text, preview = block.written_of(cut), block.preview_of(cut)
    return {
        "cut": cut.name, "stage": int(cut.stage), "subject": cut.subject, "device": cut.device, "system": cut.system, "where": places(cut),
        "ready": doable(block, cut), "decides": cut.decides, "may_cut": cut.who, "paper": cut.paper,
        "cable": asdict(cut.cable) if cut.cable else None, "needs": [_both(one) for one in cut.needs], "limits": [_both(one) for one in cut.limits],
        "apply": text.apply if text else None, "undo": text.undo if text else None, "timed": text.timed if text else None,
        "confirm": text.confirm if text else None, "tried_on_real_packets": bool(text and text.tried),
        "by_hand": _both(text.why) if text and text.why else None, "files": dict(files),
        "preview": preview_data(preview) if preview else None, "evidence": list(cut.evidence),
    }  # fmt: skip


def preview_data(preview: Preview) -> dict[str, Any]:
    """Return a preview for a program."""
    return {
        "cut": preview.cut.name, "days": preview.days, "stops": [asdict(one) for one in preview.stopped],
        "goes_on": [_never(one) for one in preview.kept], "never_blocked_but_stops": [_never(one) for one in preview.lost], "doubts": [_both(one) for one in preview.doubts],
    }  # fmt: skip


def _never(one: NeverBlocked) -> dict[str, Any]:
    return {
        "name": one.name, "from": as_text(one.sources), "to": as_text(one.destinations), "protocol": one.protocol, "port": one.port,
        "why": one.why, "evidence": one.evidence,
    }  # fmt: skip


def _both(text: Text) -> dict[str, str]:
    return {"ja": text.ja, "en": text.en}
