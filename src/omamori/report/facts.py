"""The seminar's questions answered per machine: what is installed and was added, what is open, who talks to whom, the firewall."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from omamori.model.text import Text
from omamori.model.windows import MACHINES
from omamori.report.clean import clean
from omamori.report.coverage import Looks, is_whole, kind_of, look_of
from omamori.report.recent import Recent
from omamori.report.shape import Cell, FactTable
from omamori.report.words import NOT_EVERYWHERE, ONLY_ON
from omamori.snapshot.database import Database

INBOUND = {
    "open": Text("だれでも届く", "open to all"),
    "restricted": Text("限られた相手だけ", "restricted"),
    "blocked": Text("止めている", "blocked"),
    "unknown": Text("分からない", "not known"),
}
SCOPE = {
    "private": Text("院内", "inside"),
    "link": Text("同じ区間", "same link"),
    "public": Text("インターネット", "Internet"),
    "loopback": Text("自分自身", "itself"),
}
DIRECTION = {"in": Text("受ける", "in"), "out": Text("出る", "out")}
ROLE_KIND = {
    "role": Text("役割", "role"),
    "role-service": Text("役割サービス", "role service"),
    "feature": Text("機能", "feature"),
    "optional": Text("追加機能", "optional feature"),
}
ASKED = {value.code: value.label for value in MACHINES}
YES = {True: Text("はい", "yes"), False: Text("いいえ", "no")}
POLICY = {"accept": Text("通す", "accept"), "drop": Text("止める", "drop")}
NO_VALUE = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the table whose look answers it, its rows in the order of importance, its columns."""

    id: str
    title: Text
    count: Text
    table: str
    empty: Text
    query: str
    columns: tuple[tuple[Text, Callable[[Any], Cell]], ...]


def words(table: dict[Any, Text]) -> Callable[[Any], Cell]:
    """Return a function that turns a code into its words and leaves anything else readable."""
    return lambda value: table[value] if value in table else text(value)


def text(value: Any) -> Cell:
    """Return a value of a machine as harmless text; NULL is empty."""
    return NO_VALUE if value is None else clean(str(value), 160)


QUESTIONS: tuple[Question, ...] = (
    Question(
        "open",
        Text("何が開いているか", "What is open"),
        Text("ほかの機器に向けたポート", "Ports towards other machines"),
        "exposures",
        Text("見た範囲では、ほかの機器に開いたポートはありませんでした。", "No port open to other machines was found where it was looked."),
        "select asset, port, protocol, process, inbound, allowed_from, decided_by from exposures order by asset,"
        " case inbound when 'open' then 0 when 'unknown' then 1 when 'restricted' then 2 else 3 end, port, protocol, process",
        (
            (Text("ポート", "Port"), text),
            (Text("種類", "Protocol"), text),
            (Text("プログラム", "Program"), text),
            (Text("ほかの機器から", "From other machines"), words(INBOUND)),
            (Text("許す相手", "Allowed from"), text),
            (Text("決めているもの", "Decided by"), text),
        ),
    ),
    Question(
        "peers",
        Text("だれと通信しているか", "Who talks to whom"),
        Text("通信相手", "Peers"),
        "peers",
        Text("集めた時点の通信相手はありませんでした。", "No peer at the moment it was collected."),
        "select asset, direction, coalesce(peer_asset, peer), peer_scope, port, protocol, process, designed from peers"
        " order by asset, peer_scope <> 'public', designed is true, direction, peer, port",
        (
            (Text("向き", "Direction"), words(DIRECTION)),
            (Text("相手", "Peer"), text),
            (Text("相手の場所", "Where"), words(SCOPE)),
            (Text("ポート", "Port"), text),
            (Text("種類", "Protocol"), text),
            (Text("プログラム", "Program"), text),
            (Text("設計どおり", "By design"), words(YES)),
        ),
    ),
    Question(
        "firewall",
        Text("ファイアウォールの状態", "State of the firewall"),
        Text("ファイアウォール", "Firewalls"),
        "firewall_profiles",
        Text("見た範囲では、ファイアウォールはありませんでした。", "No firewall was found where it was looked."),
        "select asset, product, profile, enabled, inbound_default, outbound_default, logs_dropped from firewall_profiles"
        " order by asset, product, profile",
        (
            (Text("製品", "Product"), text),
            (Text("区分", "Profile"), text),
            (Text("働いているか", "At work"), words(YES)),
            (Text("規則にない受信", "Inbound without a rule"), words(POLICY)),
            (Text("規則にない送信", "Outbound without a rule"), words(POLICY)),
            (Text("止めた記録", "Drops logged"), words(YES)),
        ),
    ),
    Question(
        "added",
        Text("どんな機能が追加されているか", "Which functions were added"),
        Text("役割と機能", "Roles and features"),
        "server_roles",
        Text("見た範囲では、追加された役割や機能はありませんでした。", "No role or feature was added, where it was looked."),
        "select asset, coalesce(display_name, name), name, kind from server_roles order by asset, kind, name",
        (
            (Text("役割・機能", "Role or feature"), text),
            (Text("システム上の名前", "Name in the system"), text),
            (Text("種類", "Kind"), words(ROLE_KIND)),
        ),
    ),
    Question(
        "recent",
        Text("最近、何が追加されたか", "What was added lately"),
        Text("最近追加されたもの", "Added lately"),
        "software",
        Text("見た範囲では、最近追加されたものはありませんでした。", "Nothing was added lately, as far as was looked."),
        "",
        (
            (Text("いつ", "When"), text),
            (Text("何が", "What"), text),
            (Text("名前", "Name"), text),
            (Text("版", "Version"), text),
            (Text("どう分かったか", "How it is known"), text),
        ),
    ),
    Question(
        "asked",
        Text("調べる前に聞いたこと", "What was answered before the look"),
        Text("調べる前の答え", "Answers before the look"),
        "consents",
        Text("答えは記録されていません。", "No answer is recorded."),
        "select asset, machine, answered_by, agreed from consents order by all",
        (
            (Text("機器の種類", "Kind of machine"), words(ASKED)),
            (Text("答えた人", "Answered by"), text),
            (Text("調べることに同意した人と日", "Who agreed to the look, and when"), text),
        ),
    ),
    Question(
        "installed",
        Text("何が入っているか", "What is installed"),
        Text("登録されたソフト", "Software registered"),
        "software",
        Text("見た範囲では、登録されたソフトはありませんでした。", "Nothing registered was found where it was looked."),
        "select asset, name, version, coalesce(publisher, origin), manager from software order by asset, manager = 'dpkg', name, version",
        (
            (Text("名前", "Name"), text),
            (Text("版", "Version"), text),
            (Text("提供元", "From"), text),
            (Text("登録", "Kept by"), text),
        ),
    ),
)


def read_facts(database: Database, looks: Looks, assets: Sequence[str], recent: Recent | None = None) -> dict[str, tuple[FactTable, ...]]:
    """Return the answers for each machine, each cut to a number of rows that keeps the whole report small.

    `recent` is what was added lately; None leaves that question out.
    """
    machines = max(1, len(assets))
    hosts = database.select("select asset, platform, domain_role from hosts")
    platforms = {clean(asset): platform for asset, platform, _ in hosts}
    kinds = {clean(asset): kind_of(platform, role) for asset, platform, role in hosts}
    answers: dict[str, list[FactTable]] = {asset: [] for asset in assets}
    for question in QUESTIONS:
        if question.id == "recent":
            if recent is not None:
                _add_recent(answers, recent, question, looks, kinds, max(10, min(60, 6000 // machines)))
            continue
        limit = max(20, min(1000, 20_000 // machines)) if question.id == "installed" else max(10, min(60, 6000 // machines))
        rows: dict[str, list[tuple[Cell, ...]]] = {}
        totals: dict[str, int] = {}
        for asset, *values in database.select(question.query):
            name = clean(asset)
            totals[name] = totals.get(name, 0) + 1
            if totals[name] <= limit:
                cells = tuple(say(value) for (_, say), value in zip(question.columns, values, strict=True))
                rows.setdefault(name, []).append(cells)
        for asset in assets:
            platform = platforms.get(asset, "")
            if platform and ONLY_ON.get(question.table, platform) != platform:
                continue  # Nothing is missed where the system has no such thing.
            look = look_of(looks, asset, question.table)
            if question.table in NOT_EVERYWHERE and look is None and asset not in totals:
                continue
            answers[asset].append(
                FactTable(
                    id=question.id,
                    columns=tuple(heading for heading, _ in question.columns),
                    rows=tuple(rows.get(asset, ())),
                    total=totals.get(asset, 0),
                    complete=is_whole(look, kinds.get(asset, "")),
                    reason=None if is_whole(look, kinds.get(asset, "")) else (look.reason if look else "not_collected"),
                    needs=clean(look.needs, 200) if look and look.needs else "",
                )
            )
    return {asset: tuple(tables) for asset, tables in answers.items()}


def _add_recent(
    answers: dict[str, list[FactTable]], recent: Recent, question: Question, looks: Looks, kinds: Mapping[str, str], limit: int
) -> None:
    for asset, tables in answers.items():
        look = look_of(looks, asset, question.table)
        rows = recent.rows.get(asset, ())
        whole = is_whole(look, kinds.get(asset, ""))
        tables.append(
            FactTable(
                id=question.id,
                columns=tuple(heading for heading, _ in question.columns),
                rows=tuple(rows[:limit]),
                total=len(rows),
                complete=whole,
                reason=None if whole else (look.reason if look else "not_collected"),
                needs=clean(look.needs, 200) if look and look.needs else "",
                note=recent.note(asset) if look is not None else None,
            )
        )
