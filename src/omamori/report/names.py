"""Names of persons a snapshot knows: accounts people log in with, and names people wrote. Data and words, read from its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from omamori.snapshot.database import Database

ACCOUNTS: tuple[tuple[str, str], ...] = (
    ("accounts", "name"),
    ("group_members", "member"),
    ("sudo_rules", "who"),
    ("processes", "account"),
    ("services", "account"),
    ("tasks", "account"),
    ("listeners", "account"),
    ("software", "account"),
    ("file_permissions", "owner"),
    ("share_access", "principal"),
    ("file_access", "principal"),
    ("windows_settings", "auto_logon_account"),
    ("user_rights", "holder"),
    ("startup_programs", "account"),
    ("macro_settings", "account"),
    ("device_accounts", "name"),
    ("sessions", "account"),
    ("line_uses", "account"),
    ("backup_generations", "account"),
    ("backup_repositories", "deleters"),
    ("backup_posture", "deleters"),
    ("declared_backups", "account"),
)
"""Columns that hold the name of an account."""
SEVERAL = frozenset({"deleters"})
"""Of these, columns that hold several, separated by commas."""
WRITTEN: tuple[tuple[str, str], ...] = (
    ("site", "officer"),
    ("site", "prepared_by"),
    ("vendors", "contact"),
    ("remote_lines", "opened_by"),
    ("remote_lines", "accounts"),
    ("answers", "answered_by"),
    ("questions", "answered_by"),
    ("item_answers", "answered_by"),
    ("vendor_answers", "answered_by"),
    ("contacts", "name"),
    ("cut_points", "who"),
    ("cut_points", "decides"),
    ("never_blocked", "decided_by"),
    ("backup_media", "done_by"),
    ("restore_proofs", "said_by"),
    ("exceptions", "owner"),
    ("actions", "owner"),
    ("actions", "asked"),
    ("vendor_notices", "handled_by"),
    ("consents", "answered_by"),
    ("consents", "agreed"),
    ("approvals", "approved_by"),
    ("block_actions", "approved_by"),
    ("block_actions", "said_by"),
)
"""Columns in which people write who it is."""
OTHERS: tuple[tuple[str, str], ...] = (
    ("assets", "asset"),
    ("assets", "hostname"),
    ("hosts", "hostname"),
    ("ledger_assets", "asset"),
    ("ledger_assets", "hostname"),
    ("vendors", "vendor"),
    ("zones", "zone"),
    ("remote_lines", "line"),
    ("site", "name"),
)
"""Columns whose names are no person's: an account called like a part of one leaves them as they are."""
NO_PERSON: Mapping[str, str] = MappingProxyType(
    {
        "firewall_profiles.managed_by": "a product",
        "remote_lines.shared_account": "yes or no",
        "ledger_assets.owner": "a kind of owner",
        "exposures.decided_by": "a product and its rule",
        "identity.said_by": "a kind of evidence",
        "scans.asked_ports": "numbers of ports",
        "line_uses.account_declared": "yes or no",
        "crown_jewels.recognised_by": "a kind of evidence",
        "path_changes.who": "the hospital, or a vendor",
        "compensations.shown_by": "what the evidence shows",
        "backup_posture.reached_by": "a way over devices",
        "backup_posture.same_account_told": "what shows it, with accounts other columns name",
    }
)
"""Columns that sound like a person's name and hold none."""

_BUILT_IN = frozenset(
    {
        *("root", "nobody", "sudo", "wheel", "administrator", "administrators", "guest", "defaultaccount", "wdagutilityaccount", "krbtgt"),
        *("system", "localsystem", "localservice", "networkservice", "trustedinstaller", "everyone", "users", "authenticated"),
        *("domain admins", "domain users", "domain guests", "enterprise admins", "schema admins", "group policy creator owners"),
    }
)
"""Accounts and groups every system has: they name nobody."""
_BACKUP_ACCOUNT = re.compile(
    r"(svc[-_.]?)?(backup|borg|restic|veeam)([-_.]?(writer|operators?|user|svc|service|admin|agent|account))?\d*", re.IGNORECASE
)
"""Accounts made for a backup, as tables of backups name them: no person's, and words of every sentence about backups."""
_OF_BACKUPS = frozenset({"backup_generations", "backup_repositories", "backup_posture", "declared_backups"})
_ROLE = re.compile(
    r"(課|係|室|科|部|局|院|所|会|班|長|員|者|師|窓口|担当|事務|センター|グループ|チーム|株式会社|有限会社|病院|クリニック|社|団|省|庁|署|警察)$"
)
_TITLE = re.compile(r"(理事長|事務長|副院長|院長|師長|部長|課長|係長|室長|局長|科長|所長|主任|主事|技師|医師|先生|さん|様|氏)$")
_OFFICE = re.compile(
    r"医|看護|薬|検査|放射|画像|診療|事務|総務|経理|会計|人事|庶務|財務|施設|用度|企画|管理|情報|システム|電算|地域|連携|栄養|給食|リハ|臨床|技術|保守|営業"
    r"|外来|病棟|手術|救急|透析|内視鏡|訪問|安全|感染|品質|研究|教育|副|各|当|本|代表|開発|運用|サービス|サポート|ヘルプ|科|課|係|部"
)
"""Words of offices: what stands before a title and has one of them is an office (医事課長), the rest is a person (田中課長)."""
_OFFICES = frozenset(
    {
        *(
            "院長",
            "部長",
            "課長",
            "係長",
            "室長",
            "局長",
            "科長",
            "所長",
            "会長",
            "社長",
            "班長",
            "店長",
            "師長",
            "医長",
            "議長",
            "医師",
            "技師",
        ),
        *(
            "薬局",
            "病院",
            "医院",
            "当院",
            "本院",
            "分院",
            "警察",
            "本社",
            "弊社",
            "当社",
            "他社",
            "各社",
            "御社",
            "貴社",
            "支社",
            "本部",
            "支部",
        ),
        *(
            "内科",
            "外科",
            "眼科",
            "歯科",
            "総務",
            "医事",
            "会社",
            "業者",
            "担当",
            "窓口",
            "本局",
            "支局",
            "支店",
            "本店",
            "役所",
            "支所",
            "部署",
        ),
        *(
            "内部",
            "外部",
            "全部",
            "一部",
            "各部",
            "各科",
            "各課",
            "全員",
            "職員",
            "社員",
            "係員",
            "委員",
            "役員",
            "患者",
            "記者",
            "当局",
            "分室",
        ),
        *("他院", "他科", "本省", "保健所", "財団", "社団"),
    }
)
"""Offices of two letters. Any other word of two is taken for a name: 阿部, 服部 and 田所 end like one."""
_SURNAMES = frozenset({"長谷部", "日下部", "曽我部", "曾我部", "長曽我部"})
_ONE = re.compile(r"[\u4e00-\u9fff]")
_NO_ONE = frozenset("済無有要否可不他同上下左右中大小新旧年月日時分秒課係室科部局院所会班長員者師社団省庁署外内男女")
"""Single letters that people write and that name nobody."""
_NOT_A_NAME = frozenset(
    {
        *("主任", "主事", "先生", "電話", "メール", "口頭", "書面", "面談", "会議", "なし", "不明", "未定", "同上", "はい", "いいえ"),
        *(
            "yes",
            "no",
            "none",
            "unknown",
            "phone",
            "mail",
            "it",
            "the",
            "of",
            "on",
            "in",
            "at",
            "or",
            "and",
            "any",
            "whoever",
            "duty",
            "staff",
        ),
        *("desk", "office", "officer", "deputy", "director", "head", "chief", "manager", "nurse", "vendor", "team", "night", "shift"),
    }
)
_BETWEEN = re.compile(r"[\s　、,;・/|()()「」\[\]<>::]+")


@dataclass(frozen=True, slots=True)
class Names:
    """`accounts`: name → whether its letters' case counts; `persons`: names as people write them; `others`: names of no person."""

    accounts: Mapping[str, bool]
    persons: frozenset[str]
    others: frozenset[str]


def read_names(database: Database) -> Names:
    """Return the names of persons in a snapshot. An account is left out only where every machine that has it calls it the system's own."""
    systems = {name for (name,) in database.select("select name from accounts group by name having bool_and(coalesce(system, false))")}
    windows = {str(name) for (name,) in database.select("select distinct name from accounts where uid like 'S-1-%'")}
    accounts: dict[str, bool] = {}
    for table, column in ACCOUNTS:
        for value in accounts_in(column, _values(database, table, column)):
            if table in _OF_BACKUPS and _BACKUP_ACCOUNT.fullmatch(value):
                continue
            authority, backslash, name = value.rpartition("\\")
            name = name.lstrip("%.").strip()
            if _is_person_account(name, systems) and authority.upper() not in ("NT AUTHORITY", "BUILTIN", "NT SERVICE"):
                accounts[name] = accounts.get(name, True) and not (backslash or name in windows)
    others = frozenset(value for table, column in OTHERS for value in _values(database, table, column))
    persons = frozenset(
        name for table, column in WRITTEN for value in _values(database, table, column) for name in persons_in(value, others)
    )
    return Names(MappingProxyType(accounts), persons, others)


def accounts_in(column: str, values: Iterable[str]) -> list[str]:
    """Return the names of accounts in the values of a column: each value is one, or a list of some with commas (`SEVERAL`)."""
    return [name.strip() for value in values for name in value.split(",")] if column in SEVERAL else list(values)


def persons_in(written: str, others: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the names of persons in what somebody wrote: `医療情報係 田中` names 田中. What is an office, a vendor or a date is none."""
    known = set(others)
    if written.strip() in known:
        return ()
    tokens = (token for token in _BETWEEN.split(written) if token and token not in known)
    return tuple(name for token in tokens if (name := _untitled(token)) and _is_name(name))


def _untitled(token: str) -> str:
    """Return a word without the title at its end where a person stands before it: 田中 of 田中院長, all of 医事課長."""
    name = _TITLE.sub("", token)
    return name if name and not _OFFICE.search(name.removesuffix("部") if _is_short(name) else name) else token


def _is_short(token: str) -> bool:
    return len(token) == 2 or token in _SURNAMES


def _is_name(token: str) -> bool:
    if any(char.isdigit() for char in token) or token.lower() in _NOT_A_NAME:
        return False
    if len(token) == 1:
        return bool(_ONE.match(token)) and token not in _NO_ONE  # 林, 森, 原
    if _is_short(token):
        return token not in _OFFICES
    return not _ROLE.search(token)


def _is_person_account(name: str, systems: set[str]) -> bool:
    if not name or name in systems or name.lower() in _BUILT_IN or name.startswith(("S-1-", "*")):
        return False
    return any(char.isalpha() for char in name)


def _values(database: Database, table: str, column: str) -> list[str]:
    query = f"select distinct {column} from {table} where {column} is not null order by 1"  # noqa: S608 - names of the model
    return [str(value) for (value,) in database.select(query)]
