"""A restore proof for people: sections of labels and values for the screen and the printed page, and what it means for the day."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from omamori.backup.proof.place_seen import seen_text
from omamori.backup.proof.projection import Projection, project, time_words
from omamori.backup.proof.record import Proof
from omamori.model.backup import COMPARED, PROOF_BECAUSE, PROOF_RESULTS
from omamori.model.declared import LedgerAsset, RecoveryNeed
from omamori.model.moments import shown
from omamori.model.text import Language, Text, Value
from omamori.parse.backup.scratch import PROTECTIONS
from omamori.pipeline.error import UserError
from omamori.pipeline.newest import read_newest
from omamori.report.proof_page import Section, render_proof
from omamori.snapshot.database import Database
from omamori.snapshot.files import private_folder, write_whole

_PROTECTED = dict(
    zip(
        PROTECTIONS,
        (Text("暗号化された場所", "encrypted"), Text("このサーバの中", "on the server itself"), Text("メモリ上", "in memory")),
        strict=True,
    )
)
_WHY = {value.code: value.label for value in PROOF_BECAUSE} | {
    "stopped": Text("止められた", "stopped"),
    "no-space": Text("作業場所の空きが足りない", "too little room in the scratch place"),
    "gone": Text("保存先が途中でなくなった", "the repository went away"),
    "unreachable": Text("保存先に届かない", "the repository cannot be reached"),
    "wrong-password": Text("パスワードが違う", "wrong password"),
}
_SAID = {
    "as-expected": Text("答えは期待どおり", "the answer was as expected"),
    "answered": Text("起動し、質問に答えた(期待する答えの指定なし)", "it started and answered (no answer to expect was given)"),
    "restored": Text("起動し、ダンプを読み込めた", "it started and took the dump"),
    "other-answer": Text("答えが期待と違う", "the answer was another"),
    "no-answer": Text("質問の答えが空", "the answer was empty"),
    "not-restored": Text("ダンプを読み込めなかった", "the dump could not be loaded"),
    "query-failed": Text("質問がエラーになった", "the query ended with an error"),
    "program-missing": Text("PostgreSQLのプログラムがこの機器にない(Debian: apt install postgresql)", "no PostgreSQL on this machine (Debian: apt install postgresql)"),
    "place-name": Text(
        "作業場所のパスに引用符、$、バッククォート、逆斜線がある", "the path of the scratch place holds quotation marks, a dollar sign or a backslash"
    ),
    "place-not-reachable": Text("データベースのアカウントが作業場所まで入れない(/root の下など)", "the database's account cannot enter the scratch place (below /root?)"),
    "commands-in-dump": Text("pg_dumpが書かない命令がダンプにあり、実行しなかった", "the dump holds commands pg_dump never writes; it was not run"),
}  # fmt: skip


def whole_picture(site: Path, proof: Proof) -> Projection | None:
    """Return the time until the machine is back, by the ledger of the newest judgement; None when there is none, or nothing was measured."""
    machine = proof.machine or proof.generation_host

    def read(database: Database) -> tuple[list[LedgerAsset], list[RecoveryNeed], list[Any]]:
        return list(database.rows("ledger_assets")), list(database.rows("recovery_needs")), list(database.rows("restore_proofs"))

    try:
        _, (assets, needs, proofs) = read_newest(site, read)
    except UserError:
        return None
    named = next((one.asset for one in assets if one.hostname and one.hostname.lower() == machine.lower()), machine)
    known = any(one.asset == machine for one in assets)
    return project(machine if known else named, proof.whole_seconds, assets, needs, proofs)


def sections(proof: Proof, projection: Projection | None, told: tuple[Text, ...], zone: tzinfo) -> tuple[Section, ...]:
    """Return what a person reads about a proof."""
    return (
        Section(Text("何を", "What"), _what(proof, zone)),
        Section(Text("結果", "What came of it"), _result(proof)),
        Section(Text("かかった時間と、その日の見込み", "Time it took, and what to expect on the day"), _times(proof, projection)),
        *((Section(Text("注意", "To know"), tuple((None, text) for text in told)),) if told else ()),
    )


def _what(proof: Proof, zone: tzinfo) -> tuple[tuple[Text | None, Text], ...]:
    made = shown(proof.generation_finished, zone) if proof.generation_finished else "?"
    scope = Text("全部", "all") if proof.scope == "all" else Text("一部(毎回ちがう部分を順に)", "a part (another one each time)")
    seen = seen_text(proof.seen)
    return (
        (Text("対象", "Machine"), _same(" / ".join(filter(None, (proof.machine or proof.generation_host, proof.job))) or "?")),
        (Text("保存先", "Repository"), _same(f"{proof.repository_kind} {proof.repository_target}")),
        (Text("世代", "Generation"), _same(f"{_short(proof.generation)} ({made})")),
        (Text("範囲", "Scope"), scope),
        (Text("行った日時・人", "When and by whom"), _same(f"{shown(proof.began, zone)} {proof.said_by}".strip())),
        (
            Text("作業場所", "Scratch place"),
            Text(
                f"{_PROTECTED[proof.protection].ja}({seen.ja}、承認: {proof.approved_by})、{'空にした' if proof.wiped else '空にできていない'}",
                f"{_PROTECTED[proof.protection].en} ({seen.en}, approved by {proof.approved_by}), {'wiped' if proof.wiped else 'not wiped'}",
            ),
        ),
    )


def _result(proof: Proof) -> tuple[tuple[Text | None, Text], ...]:
    result = _label(PROOF_RESULTS, proof.result)
    if proof.result == "whole" and proof.compared_with == "nothing":
        result = Text("すべて戻った(中身は比べていない)", "all of it came back (contents were compared with nothing)")
    if proof.database is not None and proof.database.ok is None:
        result = Text(f"{result.ja}。ただしデータベースは確かめられていない", f"{result.en}; but the database is not shown to work")
    if proof.because:
        why = _WHY.get(proof.because, _same(proof.because))
        result = Text(f"{result.ja}({why.ja})", f"{result.en} ({why.en})")
    rows: list[tuple[Text | None, Text]] = [
        (Text("結果", "Result"), result),
        (Text("比べた相手", "Compared with"), _label(COMPARED, proof.compared_with)),
        (
            Text("戻ったファイル", "Files that came back"),
            Text(f"{proof.files:,} 件、{_size(proof.bytes)}", f"{proof.files:,}, {_size(proof.bytes)}"),
        ),
    ]
    if proof.files_same is not None:
        rows.append((Text("同じ / 違う", "Same / different"), _same(f"{proof.files_same:,} / {proof.files_differ or 0:,}")))
    rows.append((Text("戻らなかったもの", "Did not come back"), _same(f"{proof.files_lacking:,}")))
    if proof.share is not None and proof.scope == "sample":
        rows.append((Text("この一巡で確かめた割合", "Proven so far in this round"), _same(f"{proof.share:.1%}")))
    if proof.database is not None:
        said = _SAID.get(proof.database.said, _same(proof.database.said))
        name = f"PostgreSQL {proof.database.version}".strip()
        rows.append((Text("データベース", "Database"), Text(f"{name}: {said.ja}", f"{name}: {said.en}")))
    return tuple(rows)


def _times(proof: Proof, projection: Projection | None) -> tuple[tuple[Text | None, Text], ...]:
    rows: list[tuple[Text | None, Text]] = [(Text("復元と比較", "Restore and comparison"), time_words(proof.seconds))]
    if proof.whole_seconds is not None:
        told = time_words(proof.whole_seconds)
        rows.append(
            (
                Text("世代の全部をこの速さで戻すと", "The whole generation at that speed"),
                Text(
                    f"{told.ja}({proof.whole_files:,} 件、{_size(proof.whole_bytes)})",
                    f"{told.en} ({proof.whole_files:,} files, {_size(proof.whole_bytes)})",
                ),
            )
        )
    if projection is None:
        rows.append(
            (
                None,
                Text(
                    "台帳の判定がまだないため、業務が戻るまでの時間は出せません(omamori check)",
                    "no ledger was judged yet: the time until work can go on is not told (omamori check)",
                ),
            )
        )
        return tuple(rows)
    if projection.seconds is not None:
        told = time_words(projection.seconds)
        wanted = projection.wanted_hours
        ja = f"少なくとも {told.ja}" + (f"(目標 {wanted} 時間)" if wanted is not None else "")
        en = f"at least {told.en}" + (f" (wanted: {wanted} hours)" if wanted is not None else "")
        rows.append((Text(f"「{projection.machine}」が戻るまで", f"Until {projection.machine} is back"), Text(ja, en)))
    rows += [(None, Text(f"もとにしたもの: {text.ja}", f"rests on: {text.en}")) for text in projection.rests_on]
    rows += [(None, Text(f"入っていないもの: {text.ja}", f"leaves out: {text.en}")) for text in projection.leaves_out]
    return tuple(rows)


def write_page(folder: Path, proof: Proof, shown_sections: tuple[Section, ...], language: Language, zone: tzinfo) -> Path:
    """Write the page `proof-DATE.html` into a folder, never over another one; returns it."""
    day = shown(proof.ended, zone)[:10]
    if not folder.exists():
        private_folder(folder)
    number, path = 1, folder / f"proof-{day}.html"
    while path.exists():
        number += 1
        path = folder / f"proof-{day}-{number}.html"
    title = Text(f"復元の証明 {day}", f"Restore proof {day}")
    write_whole(path, render_proof(title, shown_sections, language).encode("utf-8", "backslashreplace"))
    return path


def proof_words(proof: Proof, projection: Projection | None, told: tuple[Text, ...]) -> dict[str, Any]:
    """Return the same for programs."""
    said = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(proof).items()}
    both = [{"ja": text.ja, "en": text.en} for text in told]
    return said | {"told": both, "projection": None if projection is None else asdict(projection)}


def _label(values: tuple[Value, ...], code: str) -> Text:
    return next((value.label for value in values if value.code == code), _same(code))


def _short(name: str) -> str:
    return name[:16] if len(name) > 40 else name


def _same(text: str) -> Text:
    return Text(text, text)


def _size(count: int) -> str:
    for unit in ("B", "KiB", "MiB", "GiB"):
        if count < 1024 or unit == "GiB":
            return f"{count:,.0f} {unit}" if unit in ("B", "KiB") else f"{count:,.1f} {unit}"
        count /= 1024  # type: ignore[assignment]
    return str(count)
