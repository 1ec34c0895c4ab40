"""Takes evidence in: recognises it, takes the secrets out, stores it. One bad file never loses the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from omamori.gate.workers import Lost, in_order
from omamori.model.look import Parsed
from omamori.model.text import Text
from omamori.parse.interface import Context, EvidenceError, Parser, Redacted
from omamori.parse.kit_result import KitItem, KitResult, is_kit_result, read_kit_result
from omamori.parse.redact import redact_for
from omamori.parse.registry import RECOGNISE_BYTES, parsers, recognise
from omamori.parse.sbom.parts import machine_in_name
from omamori.parse.sealed import is_sealed, read_sealed, unseal
from omamori.parse.windows.session import Session, read_session
from omamori.parse.windows.store import KIND
from omamori.pipeline.files import Incoming, describe_unknown, incoming, is_no_text
from omamori.pipeline.observer import Observer
from omamori.pipeline.outcome import Outcome, already, problem_text
from omamori.pipeline.typed import TypedFile
from omamori.pipeline.typed_intake import import_typed, refused_command, unknown_commands
from omamori.pipeline.windows_result import MORE, Taken, take_windows
from omamori.snapshot.evidence import EvidenceStore, Item, PackedItem, Visit, pack
from omamori.snapshot.keys import KitKeys
from omamori.snapshot.note import problem_text as said_of

_SEEN_WHOLE = 8 * 1024 * 1024
"""A text whose beginning nobody knows is looked at as a whole up to this size."""
_SPELLED_OUT = 3
"""Places nobody understood that are told at once; all of them are in the report."""


def import_files(
    store: EvidenceStore, paths: Sequence[Path], observer: Observer, *, received: datetime, workers: int | None = None
) -> list[Outcome]:
    """Take in every file below `paths`; returns one outcome per file, in order.

    In: `received` is the moment of receipt in UTC without zone; `workers` None: one process per core. They take out
    the secrets and pack; this one stores, file after file. Raises OSError only when the site
    itself cannot be written.
    """
    keys = KitKeys(store.site)
    outcomes: list[Outcome] = []
    typed: dict[int, TypedFile] = {}
    opened = (_opened(one, keys) for one in incoming(list(paths)))
    shared = in_order(partial(prepare, received=received), opened, weight=lambda one: len(one.data) + one.more, workers=workers)
    for number, (one, prepared) in enumerate(shared, 1):
        outcome = _lost(one) if isinstance(prepared, Lost) else stored(store, prepared, received)
        if outcome.status == "unknown" and (session := _session(known := one.whole())) is not None:
            if session.pieces:
                typed[len(outcomes)] = TypedFile(one.name, session, one.folder, one.handed_over)
            else:
                outcome = refused_command(one.name, known.data) or unknown_commands(one.name, session) or outcome
        outcomes.append(outcome)
        observer.progress(number, number)
    for place, outcome in import_typed(store, typed, received=received).items():
        outcomes[place] = outcome
    return outcomes


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be stored of one file, packed; `outcome` is what to tell when it is new here. Nothing to store: no `items`."""

    outcome: Outcome
    visit: Visit | None = None
    items: tuple[PackedItem, ...] = ()


def stored(store: EvidenceStore, prepared: Prepared, received: datetime) -> Outcome:
    """Store what was prepared; returns what became of it. Raises OSError when the site cannot be written."""
    if prepared.visit is None:
        return prepared.outcome
    if store.add(prepared.visit, prepared.items, received) is None:
        return already(prepared.outcome.name, prepared.outcome.kinds)
    return prepared.outcome


def _prepared(outcome: Outcome, visit: Visit, items: Sequence[Item]) -> Prepared:
    return Prepared(outcome, visit, tuple(pack(item) for item in items))


def _lost(one: Incoming) -> Outcome:
    text = Text(
        "読み取る途中で処理が止まりました(メモリー不足など)。ほかのファイルは取り込みました。このファイルだけもう一度取り込んでください",
        "the work on it was ended (out of memory?); the other files were taken in. Import this one again alone",
    )
    return Outcome(one.name, "refused", text)


def prepare(one: Incoming, received: datetime) -> Prepared:
    """Recognise a file, take the secrets out and pack it; stores nothing, so that any process can do it."""
    head = one.data[:RECOGNISE_BYTES]
    parser = None if is_kit_result(head) else recognise(head, one.name)
    if parser is not None and parser.condense is not None and (one.refusal is None or one.path is not None):
        return _prepare_condensed(one, parser, received)
    one = one.whole()
    if one.refusal is not None:
        return Prepared(Outcome(one.name, "refused", one.refusal))
    if is_kit_result(head):
        return _prepare_kit_result(one.name, one.data, how="kit")
    if (parser is None or parser.last) and (one.data.startswith(b"PK") or len(head) < len(one.data) <= _SEEN_WHOLE):
        # An office document keeps its list of contents at the end; a device's collection of outputs begins with others.
        parser = recognise(one.data, one.name)
    if parser is None:
        return Prepared(Outcome(one.name, "unknown", describe_unknown(one.data)))
    return _prepare_single(one, parser, received)


def _prepare_condensed(one: Incoming, parser: Parser, received: datetime) -> Prepared:
    """A log of any length: read piece by piece, what is stored is its condensed form."""
    context = Context(parser.kind, seen=received, received=received, file_name=one.name)
    try:
        clean = parser.condense(one.pieces(), context) if parser.condense is not None else Redacted(b"")
        parsed = parser.parse(clean.data, context)
    except EvidenceError as error:
        text = Text(f"読み取れませんでした: {error.text.ja}", f"could not be read: {error.text.en}")
        return Prepared(Outcome(one.name, "refused", text))
    except OSError as error:
        reason = error.strerror or "?"
        return Prepared(Outcome(one.name, "refused", Text(f"読めませんでした({reason})", f"could not be read ({reason})")))
    return _taken_in(one, parser, clean, parsed)


def _opened(one: Incoming, keys: KitKeys) -> Incoming:
    """Return what a sealed result holds, or why it cannot be opened; any other file as it is."""
    if one.refusal is not None or not is_sealed(one.data[:RECOGNISE_BYTES]):
        return one
    one = one.whole()
    try:
        sealed = read_sealed(one.data)
        private = keys.private(sealed.key_id)
        if private is None:
            text = Text(
                f"別のサイトの鍵(番号 {sealed.key_id})で封をした結果です。そのキットを作ったサイトのフォルダで取り込んでください",
                f"sealed with the key {sealed.key_id} of another site; import it into the site folder that made this kit",
            )
            return replace(one, data=b"", refusal=text)
        return replace(one, data=unseal(sealed, private))
    except EvidenceError as error:
        ja, en = f"封をした結果を開けません: {error.text.ja}", f"the sealed result cannot be opened: {error.text.en}"
        return replace(one, data=b"", refusal=Text(ja, en))


def _session(one: Incoming) -> Session | None:
    """Return what a text file nobody else knows holds of Windows commands' outputs; None when it is no text."""
    return None if is_no_text(one.data) or len(one.data) > parsers()[KIND].max_bytes else read_session(one.data)


def _prepare_single(one: Incoming, parser: Parser, received: datetime) -> Prepared:
    if len(one.data) > parser.max_bytes and not parser.streaming:
        limit = parser.max_bytes // 1024**2
        text = Text(f"この種類({parser.kind})の上限 {limit} MB を超えています", f"over the {limit} MB limit of {parser.kind}")
        return Prepared(Outcome(one.name, "refused", text))
    context = Context(parser.kind, seen=received, received=received, file_name=one.name)
    try:
        # A container (a workbook) has to be read to take secrets out of it, so this too may refuse.
        clean = redact_for(parser, one.data)
        parsed = parser.parse(clean.data, context)
    except EvidenceError as error:
        text = Text(f"読み取れませんでした: {error.text.ja}", f"could not be read: {error.text.en}")
        return Prepared(Outcome(one.name, "refused", text))
    return _taken_in(one, parser, clean, parsed)


def _taken_in(one: Incoming, parser: Parser, clean: Redacted, parsed: Parsed) -> Prepared:
    # A file's own date says little (copying changes it): the moment of receipt counts.
    item = Item(kind=parser.kind, data=clean.data, seen=None, file_name=one.name, secrets=clean.secrets)
    told = problem_text(len(parsed.problems), [said_of(problem) for problem in parsed.problems[:_SPELLED_OUT]])
    ja, en = (
        "".join(f"{mark}{said}" for said in one)
        for mark, one in (("。", [r.ja for r in parsed.remarks]), ("; ", [r.en for r in parsed.remarks]))
    )
    text = Text(
        f"取り込みました({parser.kind}、{len(parsed.rows)} 行){told.ja}{ja}",
        f"taken in ({parser.kind}, {len(parsed.rows)} rows){told.en}{en}",
    )
    # The same bill may be brought again under the name of a machine: then it says something new.
    host = machine_in_name(one.name) if parser.kind.startswith("sbom.") else ""
    return _prepared(Outcome(one.name, "stored", text, (parser.kind,)), Visit(how="file", host=host, started=None, version=""), [item])


def import_kit_result(store: EvidenceStore, name: str, data: bytes, *, how: str, received: datetime) -> Outcome:
    """Take in one kit result, however it came (`how`: kit, local, ssh or winrm)."""
    return stored(store, _prepare_kit_result(name, data, how=how), received)


def _prepare_kit_result(name: str, data: bytes, *, how: str) -> Prepared:
    try:
        result = read_kit_result(data)
    except EvidenceError as error:
        text = Text(f"収集結果として読み取れません: {error.text.ja}", f"not readable as a kit result: {error.text.en}")
        return Prepared(Outcome(name, "refused", text))
    windows = next((item for item in result.items if item.kind == KIND), None)
    if windows is not None:
        return _prepare_windows(name, take_windows(result, windows, how=how), result)
    known = parsers()
    items = [_kit_item(known[item.kind], item, result) for item in result.items if item.kind in known]
    unknown = sorted({item.kind for item in result.items if item.kind not in known})
    if not items:
        return Prepared(Outcome(name, "refused", Text("中身がありません。もう一度収集してください", "nothing inside; collect again")))
    said = result.visit
    visit = Visit(how=how, host=said.host, started=said.started, version=said.version, built=said.built)
    kinds = tuple(item.kind for item in items)
    told = problem_text(len(result.problems) + len(unknown))
    ja, en = (f"。{MORE.ja}", f"; {MORE.en}") if result.more else ("", "")
    host = result.visit.host or "?"
    text = Text(f"取り込みました({host}、{len(items)} 種類){told.ja}{ja}", f"taken in ({host}, {len(items)} kinds){told.en}{en}")
    return _prepared(Outcome(name, "stored", text, kinds), visit, items)


def _prepare_windows(name: str, taken: Taken, result: KitResult) -> Prepared:
    if taken.item is None:
        text = Text(
            f"使える出力がありません({taken.told.ja})。もう一度収集してください", f"no usable output ({taken.told.en}); collect again"
        )
        return Prepared(Outcome(name, "refused", text))
    host = result.visit.host or "?"
    ja, en = f"取り込みました({host}、{taken.told.ja})", f"taken in ({host}, {taken.told.en})"
    if result.problems:
        ja += f"。途切れたか読み取れない箇所が {len(result.problems)} あり、残りを取り込みました"
        en += f"; {len(result.problems)} places cut off or not understood, the rest was taken"
    return _prepared(Outcome(name, "stored", Text(ja, en), (KIND,)), taken.visit, [taken.item])


def _kit_item(parser: Parser, item: KitItem, result: KitResult) -> Item:
    clean = redact_for(parser, item.data)
    stderr = redact_for(parser, item.stderr.encode()).data.decode("utf-8", "replace") if item.stderr else ""
    return Item(
        kind=item.kind,
        data=clean.data,
        seen=result.visit.started,
        exit_code=item.exit_code,
        stderr=stderr,
        privileged=result.visit.privileged,
        complete=item.complete,
        secrets=clean.secrets,
    )
