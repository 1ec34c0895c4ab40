"""The report as one HTML file that needs nothing else: both languages, its script and its style inside."""

from __future__ import annotations

from datetime import UTC, tzinfo
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from omamori.map.page.closed import for_script, policy
from omamori.map.picture import picture
from omamori.map.svg import style_sheet
from omamori.model.declared import VENDOR_DECISIONS
from omamori.model.text import LANGUAGES, Language, Text
from omamori.report import words
from omamori.report.backups_picture import lane_told, legend, time_pictures
from omamori.report.backups_words import BACKUP_WORDS
from omamori.report.checklist import ANSWER_WORDS, DECISION_WORDS, SAYS
from omamori.report.facts import QUESTIONS, YES
from omamori.report.labels import LABELS
from omamori.report.moments import offset_minutes, shown
from omamori.report.network_news import NewsLine
from omamori.report.network_words import KIND, NO_ZONE
from omamori.report.packed import pack_findings
from omamori.report.pictures import donut, matrix, topic_bars
from omamori.report.repairs_page import repairs_page
from omamori.report.shape import Finding, Machine, Report, plain
from omamori.report.traffic_picture import lines_picture, matrix_picture
from omamori.report.trend_picture import trend_picture
from omamori.report.visits import BASES, differences, so_far
from omamori.report.ways import EntryWays, ToldPath
from omamori.report.ways_register import ANYWHERE

STYLES = (
    "base.css",
    "overview.css",
    "lists.css",
    "checklist.css",
    "print.css",
    "over_time.css",
    "traffic.css",
    "backups.css",
    "repairs.css",
)
SCRIPTS = ("util.js", "filter.js", "cards.js", "views.js", "main.js")
_NAMES_SHOWN = 4
_MACHINES_SHOWN = 5
_NEWS_SHOWN = 3
_NETWORK_SHOWN = 400
_PATHS_SHOWN = 300
_CHAINS_SHOWN = 40
_CHAIN_COPIES = 8
_COPIES_SHOWN = 150
_LANES_SHOWN = 40
_TROUBLED_SHOWN = 12


def render_html(report: Report, language: Language = "ja", zone: tzinfo = UTC) -> str:
    """Return the whole page. `language` is the one it opens in; the reader can switch without a network.
    `zone` is the one moments are shown in.

    A content security policy allows this file's own script and style by their hashes and nothing else:
    no request leaves the page, and text from a machine cannot become script.
    """
    style = "\n".join(_file(name) for name in STYLES) + style_sheet()
    script = "\n".join(_file(name) for name in SCRIPTS)
    environment = Environment(
        loader=FunctionLoader(_file), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(t=both, L=LABELS, W=words, day=lambda moment: shown(moment, zone), names=_names)
    environment.globals.update(bases=BASES, so_far=so_far, differences=differences)
    environment.globals.update(network_kinds=KIND, no_zone=NO_ZONE)
    environment.globals.update(B=BACKUP_WORDS, date=lambda moment: shown(moment, zone)[:10], hours=lambda value: f"{value:.3g}")
    environment.globals.update(decisions=DECISION_WORDS, answers=ANSWER_WORDS, says=SAYS)
    return environment.get_template(
        "report.html.j2"
    ).render(
        r=report,
        language=language,
        policy=policy(style, script),
        style=Markup(style),  # noqa: S704 - our own files
        script=Markup(script),  # noqa: S704 - our own files
        data=Markup(for_script(payload(report, language, zone))),  # noqa: S704 - escaped for a script element
        donut=donut(report.numbers),
        bars=topic_bars(report.topics),
        matrix=matrix(report),
        trend=trend_picture(report.trend, zone),
        talks=matrix_picture(report.traffic),
        line_days=lines_picture(report.traffic.lines, report.traffic.last_day),
        drawings=[(name, _drawing(report, name, zone)) for name in LANGUAGES] if report.machines else [],
        busiest=[machine for machine in report.machines if machine.found][:_MACHINES_SHOWN],
        questions=QUESTIONS,
        news=_news(report),
        network_zones=_network_zones(report),
        ways=_ways(report),
        **_backups(report, zone),
        **repairs_page(report.repairs),
        yes=YES,
        anywhere=ANYWHERE,
        oldest=max((f for f in report.findings if f.age_days is not None and f.verdict == "fail"), key=_age, default=None),
    )


def _drawing(report: Report, language: Language, zone: tzinfo) -> Markup:
    """Return the picture of the hospital, its machines as links to what was found on them."""
    drawn = picture(report.hospital, language, "a3", zone, alone=False, prefix=f"net-{language}-", linked=True, cropped=True)
    return Markup(drawn)  # noqa: S704 - every text in it was escaped by the pen


def both(text: Text) -> Markup:
    """Return a text in both languages; the style sheet shows the one that is chosen."""
    if text.ja == text.en:
        return Markup("{}").format(text.ja)
    return Markup('<span class="ja" lang="ja">{}</span><span class="en" lang="en">{}</span>').format(text.ja, text.en)


def payload(report: Report, language: Language, zone: tzinfo = UTC) -> dict[str, Any]:
    """Return what the page's script draws its lists from; empty values are left out to keep the file small."""
    return {
        "language": language,
        "offset": offset_minutes(report.moment, zone),
        "utc": shown(report.moment, zone).endswith("UTC"),
        "labels": plain(LABELS),
        "severity": plain(words.SEVERITY),
        "cost": plain(words.COST),
        "verdict": plain({code: words.VERDICT[code] for code in ("fail", "unknown", "accepted")}),
        "decision": plain({value.code: value.label for value in VENDOR_DECISIONS}),
        "reason": plain(words.REASON),
        "advice": plain(words.ADVICE),
        "role": plain(words.ROLE),
        "now": plain(words.NOW),
        "groups": {group: plain(title) for group, (title, _) in words.GROUPS.items()},
        "questions": [
            {"id": q.id, "title": plain(q.title), "empty": plain(q.empty), "columns": [plain(heading) for heading, _ in q.columns]}
            for q in QUESTIONS
        ],
        "topics": [{"id": topic.id, "title": plain(topic.title)} for topic in report.topics],
        "checks": {check: _slim(plain(info)) for check, info in report.checks.items()},
        "machines": [_machine(machine) for machine in report.machines],
        "packed": pack_findings(report.findings),
        "unseen": plain(report.unseen),
        "vendors": plain(report.vendors),
        "alike": {
            group.id: _slim({"label": group.label, "so_far": plain(so_far(group)), "differences": plain(differences(group))})
            for group in report.alike
            if group.looked
        },
        "changes": plain(report.changes),
        "stages": {stage: plain(report.aging.titles[stage]) for stage, _ in report.aging.counts},
        "aging": plain(report.aging.staged),
        "hidden": plain(report.aging.hidden),
    }


def _machine(machine: Machine) -> dict[str, Any]:
    shown = plain(machine)
    shown["facts"] = [_slim({key: value for key, value in fact.items() if key != "columns"}) for fact in shown["facts"]]
    shown["coverage"] = [_slim({key: cell[key] for key in ("group", "state", "reason")}) for cell in shown["coverage"]]
    return _slim(shown)


def _slim(value: dict[str, Any]) -> dict[str, Any]:
    # 0 stays: it is a number somebody points to, though it equals False.
    return {key: inner for key, inner in value.items() if not (inner is None or inner is False or inner == "" or inner == [])}


def _file(name: str) -> str:
    return files("omamori.report").joinpath("templates", name).read_text(encoding="utf-8")


def _age(finding: Finding) -> int:
    return finding.age_days or 0


def _news(report: Report) -> list[tuple[str, tuple[str, ...]]]:
    """Return the checks with new findings and their subjects, the heaviest first, a few."""
    groups: dict[str, list[str]] = {}
    for number in report.changes.new if report.changes else ():
        groups.setdefault(report.findings[number].check, []).append(report.findings[number].subject)
    return [(check, tuple(subjects)) for check, subjects in groups.items()][:_NEWS_SHOWN]


def _network_zones(report: Report) -> list[tuple[str, tuple[NewsLine, ...], int]]:
    """Return the changes on the network by zone, as many as a page can hold, and how many more there are in each."""
    left, shown = _NETWORK_SHOWN, []
    for zone in report.network.zones if report.network else ():
        lines = zone.lines[:left]
        left -= len(lines)
        shown.append((zone.zone, lines, len(zone.lines) - len(lines)))
    return shown


def _ways(report: Report) -> list[tuple[EntryWays, tuple[ToldPath, ...], int]]:
    """Return the ways in, those that reach most first, each with as many paths as a page can hold and how many more there are."""
    left, shown = _PATHS_SHOWN, []
    for entry in sorted(report.ways.entries, key=lambda entry: (-entry.certain, -len(entry.paths), entry.entry)):
        paths = entry.paths[:left]
        left -= len(paths)
        shown.append((entry, paths, len(entry.paths) - len(paths)))
    return shown


def _backups(report: Report, zone: tzinfo) -> dict[str, Any]:
    """Return what the section of backups draws: as many machines, copies and rows of generations as a page can hold."""
    told = report.backups
    return {
        "chains": [
            (chain, chain.copies[:_CHAIN_COPIES], max(0, len(chain.copies) - _CHAIN_COPIES)) for chain in told.chains[:_CHAINS_SHOWN]
        ],
        "copies": told.copies[:_COPIES_SHOWN],
        "generations": time_pictures(told.lanes[:_LANES_SHOWN], report.moment, zone),
        "troubled": [lane_told(lane, zone) for lane in told.lanes if lane.troubled][:_TROUBLED_SHOWN],
        "generations_legend": legend(),
        "lanes_more": max(0, len(told.lanes) - _LANES_SHOWN),
    }


def _names(subjects: tuple[str, ...], most: int = _NAMES_SHOWN, total: int = 0) -> Markup:
    """Return a few names, and how many more there are; `total`: of how many `subjects` are the first."""
    named = tuple(both(LABELS["site_subject"]) if name == "site" else Markup("{}").format(name) for name in subjects[:most])
    joined = Markup('<span class="sep"></span>').join(named)
    rest = max(total, len(subjects)) - most
    if rest <= 0:
        return joined
    return Markup('{} <span class="ja" lang="ja">ほか{}</span><span class="en" lang="en">and {} more</span>').format(joined, rest, rest)
