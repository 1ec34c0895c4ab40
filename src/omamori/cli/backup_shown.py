"""What `omamori backup verify` and `canary` print: plain lines, the same in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from omamori.backup.look.rotation import share_read
from omamori.backup.plain_words import said_text
from omamori.model.backup import HARMS, SIGNS
from omamori.model.backup_signs import sign_text
from omamori.model.moments import shown
from omamori.model.text import Text
from omamori.parse.backup.canary import Canary
from omamori.parse.backup.look_clean import PERSISTENT
from omamori.parse.backup.look_record import LookRecord, Run, Sign
from omamori.pipeline.backup_verify import Verified
from omamori.pipeline.clock import local_zone

Line = tuple[str | None, Text]
_SHOWN = 5
_HARM = {value.code: value.label for value in HARMS}
_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")
_WARN, _BAD = "yellow", "bold red"


def verified_lines(done: Verified, site: Path) -> Iterator[Line]:
    """Yield (style, line) of what a look found and what to do next."""
    record = done.record
    if not record.opened:
        yield _BAD, done.ended or Text("開けませんでした", "it could not be opened")
    yield None, _what(record)
    yield from _integrity(done)
    yield from _damage(record)
    if record.opened:
        yield from _traces(done)
        yield from _canary(done)
        yield from _others(record)
    if record.opened and done.ended is not None:
        yield _WARN, done.ended
    yield from _next(done, site)


def canary_lines(told: Canary) -> Iterator[Text]:
    """Yield what was written and what comes next."""
    yield Text(
        f"{told.path} を書きました({told.size} バイト)。次のバックアップのあと、omamori backup verify がこのファイルの戻りを調べます",
        f"{told.path} is written ({told.size} bytes). After the next backup omamori backup verify looks whether it comes back",
    )
    yield Text(
        "このファイルを消したり動かしたりしないよう、その機器を使う人に伝えてください",
        "tell the people who use that machine not to delete or move it",
    )


def _what(record: LookRecord) -> Text:
    place, runs = record.place, record.runs
    moments = [run.finished for run in runs if run.finished is not None]
    since = f"({_day(min(moments))} 〜 {_day(max(moments))})" if moments else ""
    since_en = f" ({_day(min(moments))} to {_day(max(moments))})" if moments else ""
    count = Text(f"、世代 {len(runs)}{since}", f", {len(runs)} generations{since_en}") if record.opened else Text("", "")
    kind = "" if place.kind == "unknown" else f"{place.kind}: "  # nothing was recognised there
    return Text(f"{kind}{place.target}{count.ja}", f"{kind}{place.target}{count.en}")


def _integrity(done: Verified) -> Iterator[Line]:
    read, reading = done.read, done.record.reading
    if done.record.structure_ok is False:
        yield _BAD, Text("保存先の目録が合っていません", "the repository's own lists do not fit together")
    for said in done.record.said[:_SHOWN] if done.record.structure_ok is not True else ():
        told = said_text(said)
        yield None, Text(f"  {told.ja}", f"  {told.en}")
    if read is None:
        return
    if not read.possible:
        yield (
            _WARN,
            Text("この種類の保存先では、離れた場所のデータを読めませんでした", "the data of this repository cannot be read from here"),
        )
        return
    share = share_read(reading)
    if reading.parts is not None:
        yield (
            None,
            Text(
                f"今回読んだもの: {read.parts} 個、{_size(read.bytes)}(全部で {reading.parts} 個、{_size(reading.bytes_total or 0)})",
                f"read in this run: {read.parts} parts, {_size(read.bytes)} (of {reading.parts}, {_size(reading.bytes_total or 0)})",
            ),
        )
    if reading.whole_since is not None:
        day = f"{reading.whole_since:%Y-%m-%d}"
        yield None, Text(f"{day} 以降に、すべてを最後の1バイトまで読みました", f"every byte was read since {day}")
    elif share is not None:
        yield None, Text(f"これまでに読んだ割合: {_percent(share)}", f"read so far: {_percent(share)}")


def _damage(record: LookRecord) -> Iterator[Line]:
    if not record.damage:
        return
    yield _BAD, Text(f"壊れている部分: {len(record.damage)}", f"damaged parts: {len(record.damage)}")
    for harm in record.damage[:_SHOWN]:
        what = _HARM.get(harm.detail, Text(harm.detail, harm.detail))
        hit = Text("", "")
        if harm.generations is not None:
            files, files_en = (f"、ファイル {harm.files} 件", f", {harm.files} files") if harm.files is not None else ("", "")
            # Of a part that is altered some pieces may still be whole.
            some = Text("(一部は戻ることもあります)", " (some may still come back)") if harm.detail == "altered" else Text("", "")
            count = len(harm.generations)
            hit = Text(f"。ここを使う世代 {count}{files}{some.ja}", f"; needed by generations: {count}{files_en}{some.en}")
        yield None, Text(f"  {harm.part}: {what.ja}{hit.ja}", f"  {harm.part}: {what.en}{hit.en}")
    if record.opened:
        yield from _newest_whole(record)


def _newest_whole(record: LookRecord) -> Iterator[Line]:
    if any(harm.generations is None for harm in record.damage):
        yield _WARN, Text("どの世代に及ぶかは分かりませんでした", "which generations it concerns could not be told")
        return
    hit = {name for harm in record.damage for name in harm.generations or ()}
    whole = [run for run in record.runs if run.id not in hit and run.complete is not False]
    if whole:
        yield None, Text(f"傷のない最も新しい世代: {_run(whole[-1])}", f"newest generation without damage: {_run(whole[-1])}")
    else:
        yield _BAD, Text("傷のない世代はありません", "no generation is without damage")


def _traces(done: Verified) -> Iterator[Line]:
    record, history = done.record, done.history
    if history is None or not record.looked_into:
        yield _WARN, Text("攻撃の跡は調べられませんでした", "traces of an attacker could not be looked for")
        return
    left = f"。まだ比べていない世代 {history.left}" if history.left else ""
    left_en = f"; {history.left} still wait" if history.left else ""
    yield None, Text(f"今回比べた世代: {history.now}{left}", f"generations compared in this run: {history.now}{left_en}")
    serious = [one for one in record.signs if one.kind in PERSISTENT]
    sudden = [one for one in record.signs if one.kind not in PERSISTENT]
    for one in serious:
        yield (_BAD if one.certain else _WARN), _sign(one)
    for one in sudden[-_SHOWN:]:
        yield _WARN, _sign(one)
    if not serious:
        yield (
            None,
            Text("比べた世代に、攻撃の跡は見つかりませんでした", "no trace of an attacker was found in the generations that were compared"),
        )
    if record.clean is not None:
        name = _named(record.clean[0], record.clean[1])
        yield None, Text(f"跡のない最も新しい世代: {name}", f"newest generation without a trace: {name}")
        hit = {one for harm in record.damage for one in harm.generations or ()}
        if record.clean[0] in hit:
            yield _WARN, Text("  ただし、その世代には上の傷があります", "  but that generation needs a damaged part told above")
    else:
        yield _BAD, Text("跡のない世代は分かっていません", "no generation without a trace is known")


def _sign(one: Sign) -> Text:
    word = next((value.label for value in SIGNS if value.code == one.kind), Text(one.kind, one.kind))
    sure = (
        Text("ほかの原因はほぼ考えられません", "hardly anything else does this")
        if one.certain
        else Text("原因を確かめてください", "find out why")
    )
    name = _named(one.generation, one.finished)
    detail = sign_text(one.kind, one.detail)
    return Text(f"  {name}: {word.ja}。{detail.ja}({sure.ja})", f"  {name}: {word.en}: {detail.en} ({sure.en})")


def _canary(done: Verified) -> Iterator[Line]:
    record = done.record
    if not record.canary_set:
        return
    counts = {state: sum(one.state == state for one in record.canary) for state in ("same", "changed", "missing")}
    if not record.canary:
        yield None, Text("確認用ファイルを書いたあとの世代はまだありません", "no generation since the canary file was written yet")
    elif not counts["same"] and not counts["changed"]:
        yield (
            _WARN,
            Text(
                "確認用ファイルはどの世代にもありません。そのフォルダはバックアップされていますか",
                "the canary file is in no generation: is its folder backed up?",
            ),
        )
    else:
        style = _WARN if counts["changed"] or counts["missing"] else None
        yield (
            style,
            Text(
                f"確認用ファイル: 同じ {counts['same']}、変わった {counts['changed']}、ない {counts['missing']} 世代",
                f"canary file: same in {counts['same']} generations, changed in {counts['changed']}, missing in {counts['missing']}",
            ),
        )


def _others(record: LookRecord) -> Iterator[Line]:
    if record.gone:
        yield (
            None,
            Text(
                f"前回あって今回ない世代: {len(record.gone)}。整理の決まりによるものか確かめてください",
                f"generations that were there last time and are gone: {len(record.gone)}; see whether the retention rules removed them",
            ),
        )
    if record.locks:
        since = min((one.since for one in record.locks if one.since is not None), default=None)
        word, word_en = (f"、古いものは {_moment(since)} から", f", the oldest since {_moment(since)}") if since is not None else ("", "")
        yield (
            _WARN,
            Text(
                f"使用中の印(ロック)が {len(record.locks)} 残っています{word}。いまバックアップが動いていなければ、途中で止まったものの残りです",
                f"marks of being in use (locks): {len(record.locks)}{word_en}. Where no backup is running now, one that broke off left them",
            ),
        )


def _next(done: Verified, site: Path) -> Iterator[Line]:
    record = done.record
    if any(one.certain for one in record.signs):
        yield (
            _BAD,
            Text(
                "次にすること: この保存先と元の機器をネットワークから切り離し、跡のない世代を守ってから、責任者に連絡してください",
                "next: take this repository and the machine off the network, protect the generations without a trace, and call those in charge",
            ),
        )
    elif record.damage:
        yield (
            None,
            Text(
                "次にすること: 保存先のディスクを調べ、新しいバックアップを別の場所に取ってください",
                "next: look at the disk it lies on, and make a new backup elsewhere",
            ),
        )
    if done.stored:
        yield (
            None,
            Text(f"{site} に記録しました。omamori check で判定に加わります", f"kept in {site}; omamori check takes it into the judgement"),
        )
    else:
        yield (
            None,
            Text(
                "記録していません。--machine で機器の名前を付けると、読めなかったことも記録します",
                "not kept: name the machine with --machine, and it is kept that it could not be read",
            ),
        )


def _run(run: Run) -> str:
    return _named(run.id, run.finished)


def _named(name: str, finished: datetime | None) -> str:
    short = name[:8] if len(name) > 40 else name
    return f"{short} ({_moment(finished)})" if finished is not None else short


def _moment(moment: datetime) -> str:
    return shown(moment, local_zone())


def _day(moment: datetime) -> str:
    return _moment(moment)[:10]


def _percent(share: float) -> str:
    return f"{int(share * 1000) / 10:g}%"


def _size(count: int) -> str:
    amount, unit = float(count), 0
    while amount >= 1024 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1024, unit + 1
    return f"{amount:.1f} {_UNITS[unit]}" if unit else f"{count} B"
