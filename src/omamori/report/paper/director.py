"""The director's page: one A4 that stands alone, as data for its template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from omamori.map.picture import picture
from omamori.model.text import Language, Text
from omamori.report.labels import LABELS
from omamori.report.moments import shown
from omamori.report.paper.care import Care, care_at_stake
from omamori.report.paper.parts import cut, day, names, said, sentences, severities, written
from omamori.report.paper.render import render
from omamori.report.paper.updates import first_updates
from omamori.report.paper.words import DIRECTOR, SIGNERS, UNNAMED
from omamori.report.rank import first_things
from omamori.report.shape import FirstThing, Machine, Report
from omamori.report.words import DISCLAIMER, SEVERITIES, SEVERITY

STEPS = 5
"""Free steps on the page, at most."""
_ALL = 10_000
_CARES, _OLDEST = 6, 3


def render_director(report: Report, language: Language, zone: tzinfo) -> bytes:
    """Return the director's page as a PDF of one page. Raises PaperError where PDFs cannot be made."""
    page = director_data(report, language, zone)
    data = {"title": page["title"], "author": page["made"], "director": page}
    return render("director_alone", data, language, report.moment, director_pictures(report, language, zone))


def director_pictures(report: Report, language: Language, zone: tzinfo) -> Mapping[str, str]:
    """Return the drawing of the page, by the name its template knows."""
    return {"network.svg": picture(report.hospital, language, "small", zone)}


def director_data(report: Report, language: Language, zone: tzinfo) -> dict[str, Any]:
    """Return what the page says, for its template."""
    n = report.numbers
    cares = care_at_stake(report.machines)
    steps = free_steps(report)
    return {
        "title": DIRECTOR["title"].say(language),
        "site": cut(report.site.name, 80) or UNNAMED.say(language),
        "looked": f"{LABELS['looked_on'].say(language)} {shown(report.moment, zone)}",
        "made": f"{LABELS['amulet'].say(language)} {report.version}",
        "lead": _lead(report).say(language) + first_updates(report.repairs).say(language),
        "picture": bool(report.hospital.machines),
        "tiles": [
            {
                "label": DIRECTOR["found"].say(language),
                "number": str(n.found),
                "severities": severities(n.by_severity, language),
                "under": DIRECTOR["found_none"].say(language),
            },
            {
                "label": DIRECTOR["looked"].say(language),
                "number": f"{n.observed} / {n.machines}",
                "severities": [],
                "under": DIRECTOR["looked_under"].say(language),
            },
            {
                "label": DIRECTOR["unknown"].say(language),
                "number": str(n.unclear),
                "severities": [],
                "under": DIRECTOR["unknown_under"].say(language),
            },
        ],
        "care": [_care(care, language) for care in cares[:_CARES]],
        "care_total": len(cares),
        "steps": [_step(thing, report, language) for thing in steps[:STEPS]],
        "steps_total": len(steps),
        "unseen": [
            {
                "label": item.label.say(language),
                "count": _count(item.verdicts, item.cells).say(language),
                "advice": sentences(item.advice.say(language), 110),
            }
            for item in report.unseen
        ],
        "unseen_lead": _unseen(report).say(language),
        "oldest": _oldest(report, language, zone),
        "ways": _ways(report).say(language),
        "differs": _differs(report).say(language),
        "signers": [{"post": post.say(language), "name": cut(report.site.officer, 24) if officer else ""} for post, officer in SIGNERS],
        "foot": " ".join(line.say(language) for line in DISCLAIMER[:3]),
        "words": said(DIRECTOR, language),
    }


def free_steps(report: Report) -> tuple[FirstThing, ...]:
    """Return the steps that cost nothing, most risk removed first."""
    by_name: Mapping[str, Machine] = {machine.name: machine for machine in report.machines}
    return tuple(thing for thing in first_things(report.findings, report.checks, by_name, _ALL) if thing.cost == "none")


def _lead(report: Report) -> Text:
    n = report.numbers
    grave = n.by_severity[0] + n.by_severity[1]
    ja = f"院内の機器 {n.machines} 台のうち {n.observed} 台を実際に見て、{n.checks} 種類の点検をしました。"
    en = f"{n.observed} of {n.machines} machines of the hospital were looked at, with {n.checks} kinds of checks. "
    if not grave:
        return Text(ja + "早めに手を打つべきものは、見た範囲では見つかっていません。", en + "Nothing urgent was found where it was looked.")
    free = sum(
        finding.verdict == "fail" and finding.severity in SEVERITIES[:2] and report.checks[finding.check].fix_cost == "none"
        for finding in report.findings
    )
    return Text(
        ja + f"早めに手を打つとよいものが {grave} 件あり、そのうち {free} 件は費用をかけずに減らせます。",
        en + f"{grave} findings are worth attending to soon; {free} of them can be mended at no cost.",
    )


def _count(verdicts: int, cells: int) -> Text:
    return Text(f"点検 {verdicts} 件", f"{verdicts} checks") if verdicts else Text(f"情報 {cells} 組", f"{cells} groups of information")


def _care(care: Care, language: Language) -> dict[str, Any]:
    unseen = len(care.machines) - care.observed
    state = Text(f"{unseen} 台は未確認", f"{unseen} not looked at") if unseen else Text("見た範囲でなし", "nothing found")
    found = Text("", "")
    if care.worst:
        worst = SEVERITY[care.worst]
        found = Text(f"{care.found} 件({worst.ja}を含む)", f"{care.found}, some {worst.en}")
    return {
        "what": cut(care.what, 28),
        "effect": care.effect.say(language),
        "machines": names(care.machines, 3, language, 22),
        "worst": care.worst,
        "found": found.say(language),
        "state": state.say(language),
    }


def _step(thing: FirstThing, report: Report, language: Language) -> dict[str, str]:
    check = report.checks[thing.check]
    plans = [plan for number in thing.findings if (plan := report.findings[number].plan) is not None and plan.done is None]
    owners = Counter(plan.owner for plan in plans if plan.owner)
    # Where only a vendor may change something, the vendor is who has to be asked.
    vendors = names(thing.vendors, 1, language, 16) if thing.ask and not thing.own else ""
    due = min((plan.due for plan in plans if plan.due), default=None)
    ask = check.ask if check.ask and not thing.own else check.fix
    return {
        "title": cut(check.title.say(language), 64),
        "where": names((*thing.own, *thing.ask), 2, language, 24),
        "fix": sentences(ask.say(language), 108),
        "who": cut(owners.most_common(1)[0][0], 18) if owners else _ask(vendors, language),
        "due": written(due),
    }


def _ask(vendors: str, language: Language) -> str:
    return (f"{vendors} へ確認" if language == "ja" else f"ask {vendors}") if vendors else ""


def _unseen(report: Report) -> Text:
    n = report.numbers
    whole = sum(n.cells)
    if not report.unseen:
        return LABELS["all_seen"]
    never = n.machines - n.observed
    share = 100 * n.cells[0] // whole if whole else 0
    return Text(
        f"見るべき情報のうち、すべて見えたのは {share}% です。{never} 台は実機を見ていません。見えないところは「問題なし」とは数えていません。",
        f"{share}% of what there is to see was seen whole; {never} machines were not looked at. What was not seen is never counted as fine.",
    )


def _oldest(report: Report, language: Language, zone: tzinfo) -> list[dict[str, str]]:
    oldest: dict[str, list[Any]] = {}
    for finding in report.findings:
        if finding.verdict == "fail" and finding.age_days:
            oldest.setdefault(finding.check, []).append(finding)
    ordered = sorted(oldest.items(), key=lambda item: (-max(one.age_days for one in item[1]), item[0]))
    shown_ones = []
    for check, findings in ordered[:_OLDEST]:
        age = max(one.age_days for one in findings)
        since: datetime | None = min((one.since for one in findings if one.since), default=None)
        shown_ones.append(
            {
                "age": f"{age} 日" if language == "ja" else f"{age} days",
                "title": cut(report.checks[check].title.say(language), 60),
                "where": names(sorted({one.subject for one in findings}), 1, language, 22),
                "since": f"({day(since, zone)}–)",
            }
        )
    return shown_ones


def _ways(report: Report) -> Text:
    """Say how many ways in there are, how many nobody declared, and how many reach records or backups; empty where none is known."""
    ways = report.ways
    if not ways.entries:
        return Text("", "")
    count, undeclared = len(ways.entries), ways.undeclared
    records, backups = ways.reaching_kind("ehr"), ways.reaching_kind("backup")
    ja = f"見えている入口は {count} で、{undeclared} は台帳にありません。"
    en = f"{count} ways in are known, {undeclared} of them not in the ledger. "
    if not ways.reaching:
        return Text(
            ja + "大切な機器までの確かな経路は、見た範囲では見つかっていません。",
            en + "No certain way to important machines was found where it was looked.",
        )
    return Text(
        ja + f"電子カルテに確かに届くもの {records}、バックアップに確かに届くもの {backups}。",
        en + f"For certain {records} reach the records and {backups} the backups.",
    )


def _differs(report: Report) -> Text:
    """Say how many answers of the ministry's checklist differ from the evidence; nothing is claimed where nobody answered."""
    sheets = [checklist for checklist in report.checklists if checklist.name.startswith("checklist/")]
    answered = sum(any(answer.answer for answer in item.answers) for sheet in sheets for item in sheet.items)
    differing = sum(len(sheet.differing) for sheet in sheets)
    if differing:
        return Text(
            f"チェックリストの記入と実測が異なる項目が {differing} 件あります。提出の前に確かめてください。",
            f"{differing} answers of the checklist differ from the evidence. Look at them before it is handed in.",
        )
    if not answered:
        return Text(
            "チェックリストへの記入がまだ取り込まれていないので、比べていません。",
            "No answers of the checklist were taken in yet: nothing was compared.",
        )
    return Text(
        f"記入のあった {answered} 項目に、実測と異なるものは見た範囲ではありません。",
        f"Of the {answered} items answered none differs from the evidence, as far as was looked.",
    )
