"""What a user has to be told about single evidences: never silently dropped, kept in the manifest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from omamori.model.look import Problem
from omamori.model.text import Text

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Note:
    """One thing about one evidence. `origin`: machine or file it came from; `line` 0: the whole of it."""

    code: str
    origin: str
    kind: str
    text: Text
    evidence: str = ""
    line: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return it for the manifest and for `report.json`."""
        return {
            "code": self.code,
            "origin": self.origin,
            "kind": self.kind,
            "ja": self.text.ja,
            "en": self.text.en,
            "evidence": self.evidence,
            "line": self.line,
        }


def note_from_json(content: dict[str, Any]) -> Note:
    """The inverse of `Note.as_json`; KeyError when something is missing."""
    text = Text(str(content["ja"]), str(content["en"]))
    return Note(str(content["code"]), str(content["origin"]), str(content["kind"]), text, str(content["evidence"]), int(content["line"]))


def problem_text(problem: Problem) -> Text:
    """Say a parser's problem in both languages."""
    where_ja, where_en = (f"{problem.line}行目: ", f"line {problem.line}: ") if problem.line else ("", "")
    ja = problem.expected_ja or f"次の形を読み取れませんでした: {problem.expected}"
    return Text(f"{where_ja}{ja}", f"{where_en}expected {problem.expected}" if not problem.expected_ja else f"{where_en}{problem.expected}")


CLOCK = {
    "before_build": Text(
        "機器の時計がキットの作成日より前です。受け取った時刻を使いました。機器の時刻を直してください",
        "the machine's clock is before the day the kit was made; the moment of receipt counts. Correct the machine's clock",
    ),
    "ahead": Text(
        "機器の時計が進んでいます。受け取った時刻を使いました。機器の時刻を直してください",
        "the machine's clock is ahead; the moment of receipt counts. Correct the machine's clock",
    ),
}
NO_PARSER = Text("この版では読み取れない種類です。保存はしてあります", "this version cannot read this kind; it is kept")
CUT_OFF = Text("出力が途中で切れています。もう一度集めてください", "the output is cut off: collect again")
FAULT = Text(
    "読み取り中に予期しない内容がありました。この出力だけ使っていません", "something unexpected in this output; only this one is not used"
)
NEWER_NOT_USED = Text(
    "新しい台帳に読み取れない箇所があるため、前の台帳を使いました。直してもう一度取り込んでください",
    "the newer workbook has places that could not be read, so the earlier one is used. Correct it and import it again",
)
UNREADABLE_SNAPSHOT = Text(
    "以前の判定の記録が壊れているか書き換わっています。比較に使っていません。集めた情報は残っています",
    "the record of an earlier check cannot be read or was altered; it is not compared with. What was collected is still there",
)
UNCLEAR_ADDRESS = Text(
    "同じ頃に2台以上の機器がこのアドレスを使っています。外から見たものがどちらの機器か決められないため、別の機器として数えました",
    "two or more machines had this address at about the same time; what was seen there from the network cannot be told to be either's, "
    "so it counts as a machine of its own",
)
SHARED_NAME = Text(
    "同じ名前の機器が2台以上あります。番号を付けて区別しました", "two or more machines have this name; a suffix tells them apart"
)


def renamed(names: Sequence[str]) -> Text:
    """Say under which other names a machine was seen."""
    shown = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    return Text(
        f"別の名前({shown})でも見えています。ハードウエアの番号かmachine-idが同じなので1台として数えました。別々の機器なら、台帳でMACアドレスを分けて書いてください",
        f"seen under other names too ({shown}); its hardware or machine-id is the same, so it counts as one machine. "
        "If these are different machines, give each its own hardware address in the ledger",
    )
