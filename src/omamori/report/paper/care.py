"""What care stops: the machines the ledger calls important, grouped by what they are used for, in plain words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from omamori.model.text import Text
from omamori.report.rank import severity_order
from omamori.report.shape import Machine

EFFECTS: tuple[tuple[tuple[str, ...], Text], ...] = (
    (
        ("電子カルテ", "カルテ", "オーダ", "ehr", "emr", "order entry", "electronic record"),
        Text("記録と指示が紙になり、過去の記録が見られません", "records and orders go to paper; past records cannot be read"),
    ),
    (
        ("pacs", "画像", "読影", "放射線", "ris", "ct", "mri", "imaging", "radiology", "x-ray"),
        Text("画像を見ること、比べることができません", "images cannot be viewed or compared"),
    ),
    (
        ("検査", "検体", "lis", "laboratory", "lab", "specimen"),
        Text("検査の依頼と結果が届かず、手書きになります", "laboratory orders and results go by hand"),
    ),
    (("薬", "調剤", "処方", "pharmacy", "drug"), Text("調剤と薬の確認が手作業になります", "dispensing and checks of medicines go by hand")),
    (("手術", "麻酔", "surgery", "operating", "anaesth"), Text("予定した手術を続けられるか、判断が要ります", "planned operations have to be reconsidered")),
    (("透析", "dialysis"), Text("透析の予定と条件の確認が手作業になります", "dialysis schedules and settings are checked by hand")),
    (
        ("ナースコール", "生体", "モニタ", "監視", "nurse call", "monitor", "vital"),
        Text("病棟の見守りに人手が要ります", "watching over the wards takes more people"),
    ),
    (
        ("医事", "会計", "レセ", "orca", "請求", "資格確認", "billing", "claims", "eligibility", "accounting"),
        Text("会計と請求が後日になります", "billing and claims are put off"),
    ),
    (("給食", "栄養", "catering", "diet"), Text("食事の指示が紙になります", "meal orders go to paper")),
    (
        ("ドメイン", "認証", "active directory", "domain", "authentication"),
        Text("ログインできず、多くのシステムが使えません", "nobody can log in, so that many systems cannot be used"),
    ),
    (("バックアップ", "backup"), Text("元に戻すための控えが使えません", "the copies needed to come back cannot be used")),
    (("地域連携", "紹介", "regional", "referral"), Text("ほかの医療機関とのやり取りが電話とファクスになります", "exchange with other hospitals goes by telephone and fax")),
)
"""Words in a purpose → what its stop means for care. The first that is found counts."""
OTHER_EFFECT = Text("台帳に「止まると診療が止まる」とあります", "the ledger says that care stops without it")


@dataclass(frozen=True, slots=True)
class Care:
    """One use of important machines: what it is, what its stop means, which machines, and what was found on them."""

    what: str
    effect: Text
    machines: tuple[str, ...]
    observed: int
    found: int
    worst: str


def care_at_stake(machines: Sequence[Machine]) -> tuple[Care, ...]:
    """Return the uses the ledger calls important, those with the gravest findings first."""
    groups: dict[str, list[Machine]] = defaultdict(list)
    for machine in machines:
        if machine.important:
            groups[machine.purpose or machine.name].append(machine)
    found = []
    for what, members in groups.items():
        worst = min((machine.worst for machine in members if machine.worst), key=severity_order, default="")
        found.append(
            Care(
                what=what,
                effect=effect_of(what),
                machines=tuple(sorted(machine.name for machine in members)),
                observed=sum(machine.observed for machine in members),
                found=sum(machine.found for machine in members),
                worst=worst,
            )
        )
    return tuple(sorted(found, key=lambda care: (severity_order(care.worst), -care.found, -len(care.machines), care.what)))


def effect_of(purpose: str) -> Text:
    """Return what it means for care when something used for `purpose` stops."""
    lower = purpose.lower()
    for words, effect in EFFECTS:
        if any(_means(word, lower) for word in words):
            return effect
    return OTHER_EFFECT


def _means(word: str, purpose: str) -> bool:
    # A short Latin word counts only alone: "ct" is not in "director".
    return word in purpose if not word.isascii() or len(word) > 4 else word in _latin(purpose)


def _latin(purpose: str) -> list[str]:
    return "".join(one if one.isascii() and one.isalnum() else " " for one in purpose).split()
