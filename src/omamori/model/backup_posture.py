"""Derived tables of backups: what each copy would be worth on the day, and which losses go along with which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from omamori.model.declared_machines import BACKUP_MEDIA
from omamori.model.schema import asset_column, col, evidence_column, source_column
from omamori.model.text import Language, values

HOW_KNOWN = values(
    ("not-reached", "どのゾーンからも届かないことを規則から確かめた", "the rules let no zone reach it"),
    ("not-mounted", "見たときにサーバにつながっていなかった", "it was not attached when the server was looked at"),
    ("medium-out", "読んだ媒体が、後で見たときに外れていた", "the medium that was read was out when looked at later"),
    ("append-only", "消せない設定を保存先で確かめた", "the place that keeps it lets nobody delete, as seen there"),
    ("object-lock", "ロックの期限を保存先で確かめた", "its lock and the day it ends were seen"),
    ("declared", "台帳に書いてあるだけ", "only the ledger says so"),
    ("nothing", "何も分からない", "nothing is known"),
)
FATES = values(
    ("lost", "一緒に失われる", "lost with it"),
    ("survives", "残る", "survives"),
    ("unknown", "判断できない", "cannot be told"),
)
TOLD = values(
    ("same-device", "対象の機器の中にある", "it lies inside the machine itself"),
    ("shadow-copy", "シャドウコピーは機器と一緒に消える", "a shadow copy goes with its machine"),
    ("always-mounted", "書き込める状態でつながったまま", "it stays attached for writing"),
    ("reached", "ほかの区画や入口から届く", "zones or ways in reach the place that keeps it"),
    ("not-reached", "どの区画・入口からも届かない", "no zone and no way in reaches it"),
    ("reach-unknown", "届くかどうかを調べきれていない", "whether it is reached was not looked at wholly"),
    ("over-machine", "二つの区画にまたがる機器を通って届くおそれ", "a machine in two zones may lead to it"),
    ("not-mounted", "見たときにサーバにつながっていなかった", "it was not attached when the server was looked at"),
    ("medium-out", "読んだ媒体が、後で見たときに外れていた", "the medium that was read was out when looked at later"),
    ("append-only", "消せない設定を保存先で確かめた", "the place that keeps it lets nobody delete, as seen there"),
    ("not-append-only", "保存先では消すことができる", "the place that keeps it lets copies be deleted"),
    ("append-only-unknown", "消せない設定かどうかを見ていない", "whether copies can be deleted there was not seen"),
    ("object-lock", "ロックの期限を保存先で確かめた", "its lock and the day it ends were seen"),
    ("keeper-unknown", "保存先の機器が分からない", "which machine keeps it is not known"),
    ("keeper-not-seen", "保存先の機器を見ていない", "the machine that keeps it was not looked at"),
    ("server-not-seen", "対象の機器を見ていない", "the machine itself was not looked at"),
    ("declared-not-seen", "台帳にあるだけで、確かめていない", "declared, not seen"),
    ("declared", "台帳にそう書いてある", "the ledger says so"),
    ("look-at-network", "ネットワーク機器の設定を読めば分かる", "the configurations of network devices would show it"),
    ("look-at-keeper", "保存先の機器を見れば分かる", "a look at the machine that keeps it would show it"),
    ("look-at-server", "対象の機器を見れば分かる", "a look at the machine itself would show it"),
    ("read-medium", "媒体を読み、外した後にもう一度その機器を見れば分かる", "reading the medium, and looking again when it is out, would show it"),
    ("read-repository", "保存先を omamori backup verify で読めば分かる", "reading it with omamori backup verify would show it"),
    ("job-credentials", "対象の機器にある書込み用の資格で消せる", "what the machine writes with can also delete"),
    ("share-open", "共有がだれにでも書き込める", "the share lets everybody write"),
    ("everyone-deletes", "だれでも消せる", "everybody can delete it"),
    ("same-share-account", "対象の機器の管理者に共有が書き込みを許す", "the share admits an administrator of the machine"),
    ("shared-administrator", "管理者の名前とパスワードの変更日が同じ", "the administrator has the same name and password day on both"),
    ("may-be-shared", "同じ管理者かどうかを確かめる必要がある", "whether the administrator is the same has to be confirmed"),
    ("accounts-apart", "別々の管理者であることを見た", "the administrators were seen to be different ones"),
    ("runs-as-domain-admin", "ドメイン管理者の権限で動いている", "it runs with the rights of the domain's administrators"),
    ("share-domain-admins", "共有がドメイン管理者に書き込みを許す", "the share admits the domain's administrators"),
    ("keeper-domain-admins", "保存先の機器をドメイン管理者が管理している", "the domain's administrators administer the machine that keeps it"),
    ("no-domain-admin", "ドメイン管理者が関わらないことを見た", "the domain's administrators were seen to have no part in it"),
    ("accounts-unknown", "アカウントを見きれていない", "the accounts were not looked at wholly"),
)  # fmt: skip
"""Codes in the columns that tell why. A column holds `CODE` or `CODE: DETAIL`, several of them separated by `; `."""
CHAIN_END = "nothing left"
"""The last word of a chain in which every copy is lost."""
_CHAIN_END_JA = "何も残らない"
_WORDS = {value.code: value.label for value in TOLD}


def told_words(told: str | None, language: Language) -> str:
    """Return in words what a column such as `fate_told` holds; what is no code stays as it is. Empty for None."""
    parts = []
    for part in (told or "").split("; "):
        code, colon, detail = part.partition(": ")
        label = _WORDS.get(code)
        words = label.say(language) if label is not None else code
        parts.append((f"{words}({detail})" if language == "ja" else f"{words} ({detail})") if colon else words)
    return ("、" if language == "ja" else ", ").join(part for part in parts if part)


def chain_words(chain: str | None, language: Language) -> str:
    """Return a chain as it is read: `SERVER → BACKUP SERVER → nothing left`. Empty for None."""
    names = (chain or "").split(" > ")
    if language == "ja" and names[-1] == CHAIN_END:
        names[-1] = _CHAIN_END_JA
    return " → ".join(name for name in names if name)


@dataclass(frozen=True, kw_only=True, slots=True)
class BackupPosture:
    """One copy of a machine, declared or found: what it is worth on the day. NULL in a column: not known, with the reason in the look."""

    asset: str = asset_column()
    job: str = col("Name of the backup, as in declared_backups where the copy found could be matched; else as found.", default="")
    declared: bool = col("Whether the ledger names it.", default=False)
    observed: bool = col("Whether evidence of machines or repositories shows it.", default=False)
    product: str | None = col("Product, or method as declared.")
    medium: str | None = col("Kind of medium, as declared or seen.", values=BACKUP_MEDIA)
    target: str | None = col("Where it lies.")
    kept_on: str | None = col("Asset it lies on; NULL where that is not known or it is no machine.")
    other_device: bool | None = col("Whether it lies on another device than the machine itself.")
    generations: int | None = col("Generations that are there; as seen, else as declared.")
    generations_seen: bool = col("Whether the generations were seen, not only declared.", default=False)
    newest: datetime | None = col("Moment the newest completed generation was finished.")
    oldest: datetime | None = col("Moment the oldest one was finished.")
    every_days: float | None = col("Usual days between two generations: the median of those seen, else as declared.")
    longest_gap_days: float | None = col("Longest time without a generation among those seen.")
    gaps: int | None = col("Times in which a generation was missed: more than twice the usual time without one.")
    gone: int | None = col(
        "Generations that an earlier look listed and the present one does not, beyond what the usual order of keeping explains."
    )
    size_ratio: float | None = col("Size of the newest generation divided by the median of those before it; NULL with fewer than three.")
    offline_declared: str | None = col("Whether the ledger says it is cut off: yes, no, unknown.")
    offline: bool | None = col("Whether it is cut off from the network or cannot be deleted, as evidence shows; never by the ledger alone.")
    offline_by: str = col("How that is known.", default="nothing", values=HOW_KNOWN)
    offline_told: str | None = col("What shows it, or what is missing to tell, in short.")
    last_offline: date | None = col("Day of the newest copy that was cut off; as seen, else by the log of media or the ledger.")
    last_offline_seen: bool = col("Whether that day was seen, not only declared.", default=False)
    reached_from: str | None = col("Zones and entries whose packets reach the place that keeps it, separated by commas; empty for none.")
    reached_by: str | None = col("One such way: devices passed, service and rule.")
    always_mounted: bool | None = col("Whether the place is attached to the server for writing also when no backup runs.")
    deleters: str | None = col("Who can delete it, as seen; separated by commas.")
    same_account: bool | None = col("Whether an account of the server's administrators can delete it.")
    same_account_told: str | None = col("What shows that.")
    same_domain: bool | None = col("Whether the machine that keeps it belongs to the same domain as the server.")
    domain_admin: bool | None = col("Whether the backup runs with, or the place opens to, the domain's administrators.")
    domain_admin_told: str | None = col("What shows that.")
    immutable: bool | None = col("Whether nobody can delete or alter it for some time.")
    locked_until: datetime | None = col("Until when.")
    lock_renewed: bool | None = col("Whether the lock of copies still needed is renewed.")
    read_whole_since: datetime | None = col("Every byte of the repository was read since this moment.")
    damaged: bool | None = col("Whether damage was found in it.")
    traces: int | None = col("Traces of an attacker found between generations; NULL where its contents were not looked into.")
    clean: datetime | None = col("Moment of the newest generation without such traces.")
    restored: datetime | None = col("When a restore of it was last tried with success: proven, else declared.")
    restored_proven: bool = col("Whether a proof shows that, not only the ledger.", default=False)
    compared_with: str | None = col("What that proof compared the files with.")
    whole_hours: float | None = col("Hours a restore of the whole would take at the speed of the newest proof.")
    same_building: bool | None = col("Whether it is kept in the same building as the machine, as declared.")
    same_room: bool | None = col("Whether it is kept in the same room.")
    same_power: bool | None = col("Whether it hangs on the same power.")
    fate: str = col("What becomes of it when the server and its administrator's account are taken.", default="unknown", values=FATES)
    fate_told: str | None = col("Why, in short.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class BackupChain:
    """What is left of a machine's records when an attacker has it: all of its copies taken together. One row per machine with a copy or in need of one."""

    asset: str = asset_column()
    copies: int = col("Copies known of.", default=0)
    surviving: int = col("Of these, how many survive as evidence shows.", default=0)
    untold: int = col("Of how many it cannot be told.", default=0)
    media: int = col("Number of different kinds of media.", default=0)
    chain: str | None = col("How one loss brings the next, as `SERVER > BACKUP SERVER > nothing left`; NULL where a copy survives.")
    told: str | None = col("For every copy, why it is lost, survives or cannot be told.")
    source: str = source_column()
    evidence: str = evidence_column()
