"""The machines to visit first and those that look alike, as the report tells them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence

from omamori.analyze.visit_order import FIRST
from omamori.model.look import Verdict
from omamori.model.text import Text
from omamori.model.visits import ALIKE_BASES, VISIT_REASONS, LookAlike, VisitReason
from omamori.report.clean import clean
from omamori.report.shape import Alike, EvidenceLine, Visit, VisitWhy
from omamori.snapshot.database import Database

ReadEvidence = Callable[[Collection[str]], Mapping[str, EvidenceLine]]
_WORDS = {value.code: value.label for value in VISIT_REASONS}
BASES: Mapping[str, Text] = {value.code: value.label for value in ALIKE_BASES}
_WAITING = 12
"""So many names of machines nobody looked at are told of a group."""


def read_visits(database: Database, read_evidence: ReadEvidence | None = None, limit: int = FIRST) -> tuple[Visit, ...]:
    """Return the first `limit` machines to visit with their reasons, heaviest first; `read_evidence` None: without the lines."""
    chosen = [row for row in database.rows("visit_candidates") if row.place <= limit]
    reasons: dict[str, list[VisitReason]] = defaultdict(list)
    names = {row.asset for row in chosen}
    for row in database.rows("visit_reasons"):
        if row.asset in names:
            reasons[row.asset].append(row)
    wanted = {reason.evidence for said in reasons.values() for reason in said if reason.evidence}
    lines = read_evidence(wanted) if read_evidence and wanted else {}
    return tuple(
        Visit(
            place=row.place,
            name=clean(row.asset, 200),
            role=clean(row.role or ""),
            os=clean(row.os_name or "", 200),
            address=clean(row.address or "", 200),
            mac=clean(row.mac or "", 40),
            zone=clean(row.zone or "", 200),
            location=clean(row.location or "", 200),
            vendor=clean(row.vendor or "", 200),
            hands_off=row.hands_off,
            stands_for=row.stands_for,
            why=tuple(
                VisitWhy(reason.reason, why(reason), lines.get(reason.evidence))
                for reason in sorted(reasons[row.asset], key=lambda one: (-one.points, one.reason, one.item or ""))
            ),
        )
        for row in sorted(chosen, key=lambda row: row.place)
    )


def count_candidates(database: Database) -> int:
    """Return how many machines are known that nobody looked at."""
    return int(database.select("select count(*) from visit_candidates")[0][0])


def why(row: VisitReason) -> Text:
    """Return a reason as a phrase, with what it is about and how many say so."""
    item, number = clean(row.item or "", 120), row.number or 0
    machines = f"{number} machine" + ("s" if number != 1 else "")
    told = {
        "talked_to": Text(f"ほかの機器 {number} 台が接続している", f"{machines} connect{'s' if number == 1 else ''} to it"),
        "name_server": Text(f"ほかの機器 {number} 台が名前を問い合わせている", f"{machines} ask{'s' if number == 1 else ''} it for names"),
        "neighbour": Text(f"{number} 台の通信相手・隣の機器として現れている", f"it appears among the peers or neighbours of {machines}"),
        "silent": Text(
            f"{number} 日ドメインに入っていない(もうないかもしれない)", f"no login to the domain for {number} days: it may be gone"
        ),
    }
    text = told.get(row.reason) or _WORDS.get(row.reason) or Text(clean(row.reason), clean(row.reason))
    if not item:
        return text
    port = Text("ポート ", "port ") if row.reason in ("talked_to", "controller") else Text("", "")
    return Text(f"{text.ja}({port.ja}{item})", f"{text.en} ({port.en}{item})")


def read_alike(database: Database, verdicts: Sequence[Verdict]) -> tuple[Alike, ...]:
    """Return the groups of two machines and more, those with most machines nobody looked at first.

    Nothing is carried from one machine to another; where several of a group were looked at, it is told how far they differ.
    """
    groups: dict[str, list[LookAlike]] = defaultdict(list)
    for row in database.rows("lookalikes"):
        groups[row.alike].append(row)
    several = {name: rows for name, rows in groups.items() if len(rows) > 1}
    where = {row.asset: name for name, rows in several.items() for row in rows if row.looked_at}
    states: dict[tuple[str, str], set[bool]] = defaultdict(set)
    for verdict in verdicts:
        if verdict.verdict in ("fail", "pass") and verdict.subject in where:
            states[(where[verdict.subject], verdict.check_id)].add(verdict.verdict == "fail")
    differing: dict[str, int] = defaultdict(int)
    for (group, _), seen in states.items():
        differing[group] += len(seen) > 1
    found = [_group(name, rows, differing[name]) for name, rows in several.items()]
    return tuple(sorted(found, key=lambda group: (-group.waiting, -len(group.looked), group.label, group.id)))


def _group(name: str, rows: Sequence[LookAlike], differing: int) -> Alike:
    looked = sorted(clean(row.asset, 200) for row in rows if row.looked_at)
    waiting = sorted(clean(row.asset, 200) for row in rows if not row.looked_at)
    first = min(rows, key=lambda row: (not row.looked_at, row.asset))
    return Alike(
        id=clean(name),
        basis=first.basis,
        label=clean(first.label, 200),
        role=clean(first.role or ""),
        looked=tuple(looked),
        waiting=len(waiting),
        waiting_names=tuple(waiting[:_WAITING]),
        builds=len({row.build for row in rows if row.looked_at and row.build}),
        programs=len({row.programs for row in rows if row.looked_at and row.programs}),
        differing=differing,
    )


def so_far(group: Alike) -> Text:
    """Return how many machines of a group were looked at so far, and that none speaks for another."""
    looked, total = len(group.looked), len(group.looked) + group.waiting
    if not group.waiting:
        return Text(
            f"似ている機器 {total} 台を見ました。一台がほかの機器の代わりになることはありません。",
            f"{total} machines that look like this have been collected. One machine does not speak for its twins.",
        )
    return Text(
        f"似ている機器は分かっているだけで約 {total} 台、そのうち {looked} 台を見ました。一台がほかの機器の代わりになることはありません。",
        f"{looked} of about {total} machines that look like this have been collected so far. One machine does not speak for its twins.",
    )


def differences(group: Alike) -> Text | None:
    """Return how far those looked at differ; None where fewer than two were."""
    if len(group.looked) < 2:
        return None
    return Text(
        f"見た {len(group.looked)} 台の違い: OSのビルド {group.builds} 通り、ソフトの顔ぶれ {group.programs} 通り、結果の違う点検 {group.differing}。",
        f"Among the {len(group.looked)} looked at: {group.builds} builds of the system, {group.programs} sets of programs, "
        f"{group.differing} checks that came out differently.",
    )
