"""What systems are for: the words of a purpose, what its stop means for care, and when it is wanted back."""

from __future__ import annotations

from dataclasses import dataclass

from omamori.model.text import Text


@dataclass(frozen=True, slots=True)
class Use:
    """A kind of use. `words` are found in a purpose; `recovery` is its place in the suggested order, 1 first."""

    words: tuple[str, ...]
    effect: Text
    recovery: int


USES: tuple[Use, ...] = (
    Use(
        ("バックアップ", "backup"),
        Text("元に戻すための控えが使えません", "the copies needed to come back cannot be used"),
        2,
    ),
    Use(
        ("ドメイン", "認証", "active directory", "domain", "authentication"),
        Text("ログインできず、多くのシステムが使えません", "nobody can log in, so that many systems cannot be used"),
        1,
    ),
    Use(
        ("スイッチ", "ルーター", "ルータ", "ファイアウォール", "switch", "router", "firewall"),
        Text("つながるはずの機器どうしがつながりません", "machines no longer reach each other"),
        1,
    ),
    Use(
        ("電子カルテ", "カルテ", "オーダ", "ehr", "emr", "order entry", "electronic record"),
        Text("記録と指示が紙になり、過去の記録が見られません", "records and orders go to paper; past records cannot be read"),
        3,
    ),
    Use(
        ("検査", "検体", "lis", "laboratory", "specimen"),
        Text("検査の依頼と結果が届かず、手書きになります", "laboratory orders and results go by hand"),
        4,
    ),
    Use(
        ("薬", "調剤", "処方", "pharmacy", "drug"),
        Text("調剤と薬の確認が手作業になります", "dispensing and checks of medicines go by hand"),
        4,
    ),
    Use(
        ("手術", "麻酔", "surgery", "operating", "anaesthe"),
        Text("予定した手術を続けられるか、判断が要ります", "planned operations have to be reconsidered"),
        4,
    ),
    Use(
        ("透析", "dialysis"),
        Text("透析の予定と条件の確認が手作業になります", "dialysis schedules and settings are checked by hand"),
        4,
    ),
    Use(
        ("ナースコール", "生体", "モニタ", "nurse call", "monitor", "vital"),
        Text("病棟の見守りに人手が要ります", "watching over the wards takes more people"),
        4,
    ),
    Use(
        ("pacs", "画像", "読影", "撮影", "放射線", "内視鏡", "ris", "ct", "mri", "imaging", "radiology", "x-ray", "endoscopy"),
        Text("画像を撮ること、見ること、比べることに支障が出ます", "taking, viewing and comparing images is hampered"),
        5,
    ),
    Use(("給食", "栄養", "献立", "catering", "diet"), Text("食事の指示が紙になります", "meal orders go to paper"), 6),
    Use(
        ("地域連携", "紹介", "regional", "referral"),
        Text("ほかの医療機関とのやり取りが電話とファクスになります", "exchange with other hospitals goes by telephone and fax"),
        6,
    ),
    Use(
        ("医事", "会計", "レセ", "orca", "請求", "資格確認", "billing", "claims", "eligibility", "accounting"),
        Text("会計と請求が後日になります", "billing and claims are put off"),
        6,
    ),
)
"""The first one whose words are found counts: a backup of the EHR is a backup."""
OTHER = Use((), Text("台帳に「止まると診療が止まる」とあります", "the ledger says that care stops without it"), 7)


def use_of(purpose: str) -> Use:
    """Return the kind of use a purpose means; `OTHER` when none is found."""
    lower = purpose.lower()
    return next((use for use in USES if any(_means(word, lower) for word in use.words)), OTHER)


def _means(word: str, purpose: str) -> bool:
    # A short Latin word counts only alone: "ct" is not in "director".
    return word in purpose if not word.isascii() or len(word) > 4 else word in _latin(purpose)


def _latin(purpose: str) -> list[str]:
    return "".join(one if one.isascii() and one.isalnum() else " " for one in purpose).split()
