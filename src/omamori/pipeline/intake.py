"""Takes evidence in: recognises it, takes the secrets out, stores it. One bad file never loses the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from omamori.model.text import Text
from omamori.parse.interface import Context, EvidenceError, Parser
from omamori.parse.kit_result import KitItem, KitResult, is_kit_result, read_kit_result
from omamori.parse.redact import redact_for
from omamori.parse.registry import RECOGNISE_BYTES, parsers, recognise
from omamori.parse.sealed import is_sealed, read_sealed, unseal
from omamori.parse.windows.session import Session, read_session
from omamori.parse.windows.store import KIND
from omamori.pipeline.files import Incoming, describe_unknown, incoming, is_no_text
from omamori.pipeline.observer import Observer
from omamori.pipeline.outcome import Outcome, already, problem_text
from omamori.pipeline.typed import TypedFile
from omamori.pipeline.typed_intake import import_typed, refused_command, unknown_commands
from omamori.pipeline.windows_result import Taken, take_windows
from omamori.snapshot.evidence import EvidenceStore, Item, Visit
from omamori.snapshot.keys import KitKeys


def import_files(store: EvidenceStore, paths: Sequence[Path], observer: Observer, *, received: datetime) -> list[Outcome]:
    """Take in every file below `paths`; returns one outcome per file, in order.

    In: `received` is the moment of receipt in UTC without zone. Raises OSError only when the site
    itself cannot be written.
    """
    keys = KitKeys(store.site)
    outcomes: list[Outcome] = []
    typed: dict[int, TypedFile] = {}
    for number, one in enumerate(incoming(list(paths)), 1):
        outcome = _import_one(store, _opened(one, keys), received)
        if outcome.status == "unknown" and (session := _session(one)) is not None:
            if session.pieces:
                typed[len(outcomes)] = TypedFile(one.name, session, one.folder, one.handed_over)
            else:
                outcome = refused_command(one.name, one.data) or unknown_commands(one.name, session) or outcome
        outcomes.append(outcome)
        observer.progress(number, number)
    for place, outcome in import_typed(store, typed, received=received).items():
        outcomes[place] = outcome
    return outcomes


def _import_one(store: EvidenceStore, one: Incoming, received: datetime) -> Outcome:
    if one.refusal is not None:
        return Outcome(one.name, "refused", one.refusal)
    if is_kit_result(one.data[:RECOGNISE_BYTES]):
        return import_kit_result(store, one.name, one.data, how="kit", received=received)
    parser = recognise(one.data[:RECOGNISE_BYTES], one.name)
    if parser is None:
        # An office document keeps its list of contents at the end, so a parser may need to see it whole.
        parser = recognise(one.data, one.name) if one.data.startswith(b"PK") else None
    if parser is None:
        return Outcome(one.name, "unknown", describe_unknown(one.data))
    return _import_single(store, one, parser, received)


def _opened(one: Incoming, keys: KitKeys) -> Incoming:
    """Return what a sealed result holds, or why it cannot be opened; any other file as it is."""
    if not is_sealed(one.data[:RECOGNISE_BYTES]):
        return one
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


def _import_single(store: EvidenceStore, one: Incoming, parser: Parser, received: datetime) -> Outcome:
    if len(one.data) > parser.max_bytes and not parser.streaming:
        limit = parser.max_bytes // 1024**2
        return Outcome(
            one.name,
            "refused",
            Text(f"この種類({parser.kind})の上限 {limit} MB を超えています", f"over the {limit} MB limit of {parser.kind}"),
        )
    context = Context(parser.kind, seen=received, received=received, file_name=one.name)
    try:
        # A container (a workbook) has to be read to take secrets out of it, so this too may refuse.
        clean = redact_for(parser, one.data)
        parsed = parser.parse(clean.data, context)
    except EvidenceError as error:
        return Outcome(one.name, "refused", Text(f"読み取れませんでした: {error.text.ja}", f"could not be read: {error.text.en}"))
    # A file's own date says little (copying changes it): the moment of receipt counts.
    item = Item(kind=parser.kind, data=clean.data, seen=None, file_name=one.name, secrets=clean.secrets)
    receipt = store.add(Visit(how="file", host="", started=None, version=""), [item], received)
    if receipt is None:
        return already(one.name, (parser.kind,))
    told = problem_text(len(parsed.problems))
    return Outcome(
        one.name,
        "stored",
        Text(
            f"取り込みました({parser.kind}、{len(parsed.rows)} 行){told.ja}", f"taken in ({parser.kind}, {len(parsed.rows)} rows){told.en}"
        ),
        (parser.kind,),
    )


def import_kit_result(store: EvidenceStore, name: str, data: bytes, *, how: str, received: datetime) -> Outcome:
    """Take in one kit result, however it came (`how`: kit, local or ssh)."""
    try:
        result = read_kit_result(data)
    except EvidenceError as error:
        return Outcome(
            name, "refused", Text(f"収集結果として読み取れません: {error.text.ja}", f"not readable as a kit result: {error.text.en}")
        )
    windows = next((item for item in result.items if item.kind == KIND), None)
    if windows is not None:
        return _import_windows(store, name, take_windows(result, windows, how=how), result, received)
    known = parsers()
    items = [_kit_item(known[item.kind], item, result) for item in result.items if item.kind in known]
    unknown = sorted({item.kind for item in result.items if item.kind not in known})
    if not items:
        return Outcome(name, "refused", Text("中身がありません。もう一度収集してください", "nothing inside; collect again"))
    said = result.visit
    visit = Visit(how=how, host=said.host, started=said.started, version=said.version, built=said.built)
    receipt = store.add(visit, items, received)
    kinds = tuple(item.kind for item in items)
    if receipt is None:
        return already(name, kinds)
    told = problem_text(len(result.problems) + len(unknown))
    host = result.visit.host or "?"
    return Outcome(
        name,
        "stored",
        Text(f"取り込みました({host}、{len(items)} 種類){told.ja}", f"taken in ({host}, {len(items)} kinds){told.en}"),
        kinds,
    )


def _import_windows(store: EvidenceStore, name: str, taken: Taken, result: KitResult, received: datetime) -> Outcome:
    if taken.item is None:
        text = Text(f"使える出力がありません({taken.told.ja})。もう一度収集してください", f"no usable output ({taken.told.en}); collect again")
        return Outcome(name, "refused", text)
    if store.add(taken.visit, [taken.item], received) is None:
        return already(name, (KIND,))
    host = result.visit.host or "?"
    ja, en = f"取り込みました({host}、{taken.told.ja})", f"taken in ({host}, {taken.told.en})"
    if result.problems:
        ja += f"。途切れたか読み取れない箇所が {len(result.problems)} あり、残りを取り込みました"
        en += f"; {len(result.problems)} places cut off or not understood, the rest was taken"
    return Outcome(name, "stored", Text(ja, en), (KIND,))


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
