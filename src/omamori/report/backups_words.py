"""Words of the report's section on backups: labels, and why a copy is lost, survives or cannot be told."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from omamori.model.backup import COMPARED, SIGNS
from omamori.model.backup_posture import HOW_KNOWN, BackupPosture, told_words
from omamori.model.declared_machines import BACKUP_MEDIA
from omamori.model.text import Text
from omamori.report.clean import clean

MEDIUM: Mapping[str, Text] = MappingProxyType({value.code: value.label for value in BACKUP_MEDIA})
KNOWN: Mapping[str, Text] = MappingProxyType({value.code: value.label for value in HOW_KNOWN})
COMPARED_WITH: Mapping[str, Text] = MappingProxyType({value.code: value.label for value in COMPARED})
SIGN: Mapping[str, Text] = MappingProxyType({value.code: value.label for value in SIGNS})
FATE: Mapping[str, Text] = MappingProxyType(
    {
        "lost": Text("一緒に失われる", "lost with it"),
        "survives": Text("残る", "survives"),
        "unknown": Text("判断できない", "cannot be told"),
    }
)
SYMBOL: Mapping[str, str] = MappingProxyType({"lost": "✕", "survives": "○", "unknown": "?"})
"""Beside every colour stands a sign that says the same."""
ENDS: Mapping[str, Text] = MappingProxyType(
    {
        "left": Text("戻す元が残る", "something is left to come back from"),
        "untold": Text("残るかどうか判断できない", "whether anything is left cannot be told"),
        "nothing": Text("何も残らない", "nothing is left"),
        "none": Text("知られている控えがない", "no copy is known"),
    }
)
_PLAIN: Mapping[str, Text] = MappingProxyType(
    {
        "lost": Text("サーバと一緒に書き換え・消去できる", "whoever has the server can alter or delete it"),
        "survives": Text("切り離されているか、だれも消せない", "it is cut off, or nobody can delete it"),
        "unknown": Text("確かめていない", "not looked at"),
    }
)
_LINE = 240

BACKUP_WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "title": Text("戻せるか — バックアップ", "Would it come back? The backups"),
        "sub": Text(
            "サーバとその管理者のアカウントを取られたとして、どの控えが残り、どれだけで戻せるか。",
            "Suppose an attacker has the server and its administrator's account: which copies are left, and how long does coming back take.",
        ),
        "nothing_known": Text(
            "バックアップについてはまだ何も分かっていません。台帳の「バックアップ」に書き、omamori backup verify で保存先を読んでください。",
            "Nothing is known of backups yet. Fill in the sheet of backups, and read the place they lie in with omamori backup verify.",
        ),
        "chains": Text("何が一緒に失われるか", "What is lost along with what"),
        "chains_sub": Text("左から右へ、攻撃者が進む順", "from left to right, as an attacker goes"),
        "taken": Text("攻撃者の手にある", "in the attacker's hands"),
        "none_left": Text("何も残らない・控えを知らない", "nothing left, or no copy known"),
        "one_left": Text("残る控えがある", "a copy survives"),
        "proven_copies": Text("復元が証明された控え", "copies with a proven restore"),
        "untold": Text("判断できない", "cannot be told"),
        "more_copies": Text("ここに示していない控え:", "copies not shown here:"),
        "more_machines": Text(
            "ここに示していない機器(全部は report.json と report.xlsx に):",
            "machines not shown here (all of them are in report.json and report.xlsx):",
        ),
        "time": Text("世代のならび", "The generations, day by day"),
        "time_sub": Text("点が一つの世代。見えたものだけを描きます", "a dot is a generation; only what was seen is drawn"),
        "more_lanes": Text(
            "ここに示していないならび(全部は report.json に):", "rows not shown here (all of them are in report.json):"
        ),
        "no_lanes": Text(
            "世代はまだ一つも見ていません。omamori backup verify で保存先を読むと、ここに出ます。",
            "No generation was seen yet. Read the place they lie in with omamori backup verify, and they appear here.",
        ),
        "there": Text("世代", "a generation"),
        "unfinished": Text("終わらなかった", "not completed"),
        "gone": Text("前はあり、今はない", "was there, is gone"),
        "damaged": Text("傷がある", "damaged"),
        "trace": Text("攻撃の跡がある", "traces of an attacker"),
        "gap": Text("間があいている", "a gap"),
        "clean": Text("跡のない最後の世代", "the last one without traces"),
        "proven": Text("復元が証明された最新の世代", "the newest one with a proven restore"),
        "older": Text("これより前の世代", "older ones"),
        "generations": Text("世代", "generations"),
        "table": Text("控えの一覧", "The copies"),
        "copy": Text("控え", "Copy"),
        "medium": Text("媒体", "Medium"),
        "where": Text("どこに", "Where"),
        "seen_of": Text("世代数", "Generations"),
        "seen": Text("見た", "seen"),
        "not_seen": Text("台帳だけ", "declared"),
        "newest": Text("最新", "Newest"),
        "offline": Text("切り離しと、その根拠", "Cut off, and how that is known"),
        "deleters": Text("消せる人", "Who can delete it"),
        "read_since": Text("全部を読み終えた", "Read to the last byte since"),
        "restored": Text("復元", "Restore"),
        "fate": Text("その日には", "On the day"),
        "hours": Text("全体を戻すのに(見込み)", "the whole, projected"),
        "unit_hours": Text("時間", "hours"),
        "proven_on": Text("証明", "proven"),
        "declared_test": Text("台帳だけ、証明は見ていない", "declared, not proven"),
        "never": Text("まだない", "never"),
        "unknown": Text("分からない", "not known"),
        "nobody": Text("だれも消せない", "nobody"),
        "everybody": Text("だれでも消せる", "everybody"),
        "undeclared": Text("台帳にない", "not in the ledger"),
        "damage": Text("傷が見つかった", "damage was found"),
        "traces": Text("攻撃の跡", "traces of an attacker"),
        "more_rows": Text("ここに示していない控え(全部は report.json と report.xlsx に):", "copies not shown here (all of them are in report.json and report.xlsx):"),
        "methods": Text("いまあるもので離す方法", "Ways to cut a copy off, with what is there already"),
        "methods_sub": Text("どれにも弱い点があります。読んで選んでください", "each has a weakness: read it before you choose"),
        "weakness": Text("弱い点", "Its weakness"),
        "here": Text("その媒体がすでにある", "such a medium is there already"),
        "held": Text("切り離しを確かめた控え", "copies seen to be cut off this way"),
        "start": Text("いまある物で", "With what is there"),
        "shows": Text("確かめ方", "How it is shown"),
    }
)  # fmt: skip


def offline_words(row: BackupPosture) -> Text:
    """Return whether a copy is cut off and how that is known: seen with what shows it; declared, not seen; no; or not known."""
    if row.offline:
        how = KNOWN.get(row.offline_by, KNOWN["nothing"])
        return Text(f"はい(見た): {how.ja}", f"yes, seen: {how.en}")
    if row.offline is False:
        return Text("いいえ", "no")
    if row.reached_from:
        if row.offline_declared == "yes":
            return Text("台帳には「はい」。しかしネットワークから届く", "yes, says the ledger; but it is within reach of the network")
        return Text(
            "ネットワークから届く。消せるかどうかは見ていない", "within reach of the network; whether it can be deleted was not seen"
        )
    if row.offline_declared == "yes":
        return Text("台帳には「はい」。見ていない", "declared, not seen")
    if row.offline_declared == "no":
        return Text("いいえ(台帳)", "no, says the ledger")
    return BACKUP_WORDS["unknown"]


def why(row: BackupPosture) -> Text:
    """Return in one line why a copy is lost, survives or cannot be told."""
    if not row.fate_told:
        return _PLAIN.get(row.fate, _PLAIN["unknown"])
    return told(row.fate_told)


def told(codes: str | None, limit: int = _LINE) -> Text:
    """Return in words what a column of codes holds, at most `limit` characters; names in it may come from a machine."""
    return Text(clean(told_words(codes, "ja"), limit), clean(told_words(codes, "en"), limit))
