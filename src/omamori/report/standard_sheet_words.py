"""The words of an answer sheet: what it is and is not, and what the evidence of an item says in a few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from omamori.knowledge.edition import Edition, Item, Part
from omamori.model.standard import ItemDecision, Proof
from omamori.model.text import Language, Text
from omamori.report.checklist import ANSWER_WORDS
from omamori.report.clean import clean

SAYS: Mapping[str, Text] = MappingProxyType({"no": ANSWER_WORDS["no"], "unknown": Text("不明", "not known"), "yes": ANSWER_WORDS["yes"]})
"""What a proof says, in the order in which people have to look at it."""
KIND: Mapping[str, Text] = MappingProxyType(
    {
        "check": Text("チェック", "check"),
        "question": Text("質問", "question"),
        "ledger": Text("台帳", "ledger"),
        "vendor": Text("事業者の回答", "vendor's answer"),
    }
)
CONFIDENCE: Mapping[str, Text] = MappingProxyType({"high": Text("高", "high"), "medium": Text("中", "medium"), "low": Text("低", "low")})
OUTPUT: Mapping[str, Text] = MappingProxyType(
    {"draft": Text("下書き", "Draft"), "material": Text("確認材料", "Material for your own check")}
)
FORM_NAME: Mapping[str, Text] = MappingProxyType(
    {"checklist": Text("チェックリスト", "Checklist"), "fee": Text("確認材料", "Material"), "bcp": Text("BCP確認表", "BCP table")}
)
OTHER_FORM = Text("確認表", "Items")
FIRST_LOOK = Text("先に見るところ", "Look here first")
PROOFS = Text("根拠", "Evidence")
HOW = Text(
    "この表は、集めた根拠から作った下書きです。黄色の欄だけを書いてください。答えと日付は、確かめた人が自分の名前で書きます。"
    "「いいえ」のときは目標日も書きます。書き終えたら omamori import で取り込むと、根拠と食い違う項目が分かります。",
    "A draft made from the evidence that was collected. Fill in the yellow cells only: answer and day are given by the person who confirmed it, "
    "under their own name. Where the answer is no, give a target date. Then omamori import tells where answer and evidence differ.",
)
HOW_VENDOR = Text(
    "黄色の欄に答えと日付、答えた方のお名前を書いてお返しください。「いいえ」のときは目標日も書いてください。載っている根拠は、貴社が担当する機器だけのものです。",
    "Please enter answer, day and name in the yellow cells and send the file back; where the answer is no, also a target date. "
    "The evidence shown is only that of the machines you look after.",
)
HOW_MATERIAL = Text(
    "この表は、届出や請求ができるかどうかを判断するものではありません。病院が確かめるときの材料です。黄色の欄は、確かめた人が自分の名前で書きます。",
    "This does not decide whether a fee may be claimed. It is material for the hospital's own check. The yellow cells are filled in by the person "
    "who confirmed it, under their own name.",
)
LOW = Text("※文言は確かめられていません", "* wording not confirmed")
MISSING = Text("まだ言えない理由", "Why not yet")
NEXT: Mapping[str, Text] = MappingProxyType(
    {
        "differs": Text(
            "記入と実物のどちらが今の姿かを確かめ、違うほうを直してください。直すまでは「いいえ」と目標日を書けます。",
            "See which of the two is as things are, and put the other right. Until then the answer may be no, with a target date.",
        ),
        "against": Text(
            "直すか、「いいえ」と年度内の目標日を書いてください。",
            "Mend it, or answer no with a target date within the fiscal year.",
        ),
        "open": Text("次のことが分かると答えられます。", "It can be answered once this is known."),
    }
)
"""What to do about an item that has to be looked at first."""
_MOST: Mapping[str, int] = MappingProxyType({"no": 3, "unknown": 1, "yes": 1})
"""How many proofs that say so are named in the summary."""
_LONGEST = 60


def how_to_fill(edition: Edition) -> Text:
    """Return the line that says what to do with the sheet."""
    if edition.output == "material":
        return HOW_MATERIAL
    return HOW_VENDOR if edition.role == "vendor" else HOW


def number_of(part: Part, item: Item) -> str:
    """Return the number of an item as the official sheet prints it: `2-⑥`."""
    if item.mark in ("", "-"):
        return part.number
    return item.mark if not part.number or item.mark.startswith(part.number) else f"{part.number}-{item.mark}"


def confidence_line(edition: Edition) -> Text:
    """Return how sure the wording is: how many items of each confidence."""
    counts = Counter(item.confidence for item in edition.items())
    ja = "、".join(f"{words.ja} {counts[code]}項目" for code, words in CONFIDENCE.items() if counts[code])
    en = ", ".join(f"{words.en} {counts[code]}" for code, words in CONFIDENCE.items() if counts[code])
    return Text(f"文言の確かさ: {ja}", f"How sure the wording is: {en} items")


def validity(edition: Edition) -> Text:
    """Return the days an edition holds for."""
    first, last = (day.isoformat() if day else "" for day in (edition.valid_from, edition.valid_until))
    if not first and not last:
        return Text("期間の定めなし", "no period")
    return Text(f"{first}〜{last}", " ".join(part for part in (f"from {first}" if first else "", f"until {last}" if last else "") if part))


def summary(decision: ItemDecision | None, titles: Mapping[str, Text], language: Language) -> str:
    """Return what the evidence of an item says, in a few short lines: what is wrong first, then no, unknown, yes.

    `titles`: check → its title. Everything in full stands on the sheet of evidence.
    """
    if decision is None:
        return ""
    lines = [f"・{clean(text.say(language), _LONGEST)}" for text in decision.problems]
    by_says = {code: [proof for proof in decision.proofs if proof.says == code] for code in SAYS}
    for code, proofs in by_says.items():
        most = _MOST[code]
        lines += [f"{SAYS[code].say(language)}: {short(proof, titles, language)}" for proof in proofs[:most]]
        left = len(proofs) - most
        if left > 0:
            words = Text(f"ほか{left}件", f"{left} more") if most else Text(f"{left}件の根拠", f"{left} proofs")
            lines.append(f"{SAYS[code].say(language)}: {words.say(language)}")
    if decision.decision == "open":
        lines += [f"{MISSING.say(language)}: {clean(text.say(language), _LONGEST)}" for text in decision.missing[:2]]
    if decision.seen is not None:
        lines.append(Text(f"根拠の日 {decision.seen:%Y-%m-%d}", f"evidence of {decision.seen:%Y-%m-%d}").say(language))
    return "\n".join(lines)


def short(proof: Proof, titles: Mapping[str, Text], language: Language) -> str:
    """Return a proof in a few words: the title of the check and on how many machines, the question, the rows."""
    title = titles.get(proof.name) if proof.kind == "check" else None
    if title is None:
        return clean(proof.text.say(language), _LONGEST)
    said = clean(title.say(language), _LONGEST)
    if proof.says == "yes":  # the title tells what would be wrong
        return Text(f"「{said}」は見つからず", f"not found: {said}").say(language)
    return said if "site" in proof.subjects else f"{said} ({len(proof.subjects)}/{proof.of})"


def counted(proof: Proof, language: Language) -> str:
    """Return how many of how many: `12のうち3`; empty where it concerns the hospital as a whole."""
    names = [name for name in proof.subjects if name != "site"]
    if not names and proof.of <= 1:
        return ""
    if not names:
        return Text(f"{proof.of}件", f"{proof.of}").say(language)
    return Text(f"{proof.of}のうち{len(names)}", f"{len(names)} of {proof.of}").say(language)


def listed(names: Sequence[str], most: int, language: Language) -> str:
    """Return names on one line, as many as can be read, and how many more there are."""
    shown, rest = list(names[:most]), len(names) - most
    joined = Text("、".join(shown), ", ".join(shown)).say(language)
    return joined if rest <= 0 else Text(f"{joined} ほか{rest}", f"{joined} and {rest} more").say(language)
