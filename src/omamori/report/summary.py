"""The summary a person reads in the terminal, as data: lines of words with the name of a style. The CLI paints them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Literal

from omamori.analyze.changes.kinds import ORDER
from omamori.model.text import Text
from omamori.report import words
from omamori.report.checklist import DECISION_WORDS
from omamori.report.clean import clean
from omamori.report.labels import LABELS
from omamori.report.moments import shown
from omamori.report.repairs_words import REPAIR_WORDS
from omamori.report.shape import FirstThing, Report

Style = Literal["title", "heading", "big", "plain", "muted", "critical", "high", "medium", "low", "unseen", "file", "note"]
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one style. `text` holds no control character: it can be printed as it is."""

    text: Text
    style: Style = "plain"


Line = tuple[Span, ...]


def summarise(report: Report, files: Sequence[Path] = (), zone: tzinfo = UTC) -> tuple[Line, ...]:
    """Return the summary: counts, what to do first, which updates come first, what has been open for long, what changed on the network,
    how the checklist stands, which machines to visit, what could not be seen and why, where the files are.

    `files` are the reports that were written. An empty tuple in the result is an empty line.
    """
    lines: list[Line] = [
        *_head(report, zone),
        (),
        *_first(report),
        *_repairs(report),
        *_aging(report),
        *_network(report),
        *_checklists(report),
        *_visits(report),
        *_unseen(report),
        *_administrator(report),
    ]
    if report.notes:
        lines += [(), (Span(LABELS["notes"], "heading"),), *((Span(_indent(note), "note"),) for note in report.notes)]
    if files:
        lines += [(), (Span(Text("報告書", "Reports"), "heading"),)]
        lines += [(Span(_indent(_same(clean(str(path)))), "file"),) for path in files]
    lines += [(), (Span(words.DISCLAIMER[0], "muted"),)]
    return tuple(lines)


def _head(report: Report, zone: tzinfo) -> list[Line]:
    n = report.numbers
    name = _same(report.site.name) if report.site.name else LABELS["amulet"]
    counts = Text(
        f"見た範囲で見つかったもの {n.found}、見えなかったもの {n.unclear}",
        f"Found where it was looked: {n.found}. Could not be seen: {n.unclear}.",
    )
    machines = Text(
        f"機器 {n.machines} 台のうち {n.observed} 台の実機を見て、{n.checks} 種類の点検をしました"
        + (f"(ほかに、見ていない機器について {n.untouched} の点検が分かりません)" if n.untouched else ""),
        f"{n.observed} of {n.machines} machines were looked at, with {n.checks} kinds of checks"
        + (f" (of the others {n.untouched} more checks cannot tell anything)" if n.untouched else ""),
    )
    severities: list[Span] = []
    for severity, count in zip(words.SEVERITIES, n.by_severity, strict=True):
        if count:
            severities.append(Span(_join(words.SEVERITY[severity], f" {count}  "), severity))  # type: ignore[arg-type]
    lines: list[Line] = [(Span(name, "title"), Span(_same("  " + shown(report.moment, zone)), "muted"))]
    lines += [(Span(_join(_same("! "), line), "critical"),) for line in report.blocks_on]
    lines.append((Span(counts, "big"),))
    if severities:
        lines.append((Span(_same("  ")), *severities))
    return [*lines, (Span(_indent(machines), "muted"),)]


def _first(report: Report) -> list[Line]:
    lines: list[Line] = [(Span(LABELS["first"], "heading"), Span(_join(_same("  "), LABELS["first_sub"]), "muted"))]
    if not report.first:
        return [*lines, (Span(_indent(LABELS["nothing_first"])),)]
    for thing in report.first:
        check = report.checks[thing.check]
        style: Style = thing.severity if thing.severity in words.SEVERITIES else "low"  # type: ignore[assignment]
        cost = words.COST.get(thing.cost, words.COST["medium"])
        lines.append(
            (
                Span(_same(f"{thing.rank:>3}. ")),
                Span(words.SEVERITY.get(thing.severity, words.SEVERITY["low"]), style),
                Span(_join(_same("  "), check.title)),
                Span(Text(f"({cost.ja})", f" ({cost.en})"), "muted"),
            )
        )
        lines.append((Span(_where(thing), "muted"),))
    return lines


def _repairs(report: Report) -> list[Line]:
    """Say in one line which updates come first; nothing where nothing presses for certain."""
    first = report.repairs.first[:_SHOWN]
    if not first:
        return []
    spans = [Span(REPAIR_WORDS["first_line"], "heading")]
    for work in first:
        said = asked(len(work.own), len(work.ask))
        ja = f"  {work.short}({work.machines} 台の {work.closes} 件{said.ja})"
        en = f"  {work.short} (closes {work.closes} on {work.machines}{said.en})"
        spans.append(Span(Text(ja, en), "critical" if work.tier == 1 else "high"))
    return [(), tuple(spans)]


def asked(own: int, ask: int) -> Text:
    """Say that the vendor is asked: of all machines, or of how many of them."""
    if not ask:
        return _same("")
    return Text(f"、うち {ask} 台は業者に確認", f", ask the vendor for {ask}") if own else Text("、業者に確認", ", ask the vendor")


def _where(thing: FirstThing) -> Text:
    own, ask = _names(thing.own), _names(thing.ask)
    asked_of = Text(f"業者に尋ねる: {ask.ja}", f"ask the vendor: {ask.en}") if thing.ask else _same("")
    between = "  " if thing.own and thing.ask else ""
    return Text(f"       {own.ja}{between}{asked_of.ja}", f"       {own.en}{between}{asked_of.en}")


def _checklists(report: Report) -> list[Line]:
    """Say where an answer and the evidence differ, and how the other items stand."""
    lines: list[Line] = []
    for one in report.checklists:
        counts = Text(
            "、".join(f"{DECISION_WORDS[code].ja} {count}" for code, count in one.counts),
            ", ".join(f"{DECISION_WORDS[code].en} {count}" for code, count in one.counts),
        )
        lines += [(), (Span(LABELS["view_checklist"], "heading"), Span(_join(_same("  "), one.title), "muted"))]
        if one.said is not None:
            lines.append((Span(_indent(one.said), "note"),))
        lines.append((Span(_indent(counts)),))
        for item in one.differing:
            lines.append((Span(_same(f"  {item.id} ")), Span(item.text), Span(_join(_same("  "), DECISION_WORDS["differs"]), "note")))
    return lines


def _aging(report: Report) -> list[Line]:
    """Say what has been open for long and whom to bring it to: the last stage first, a few; how many are at each."""
    a = report.aging
    counts = [(a.titles[stage], count) for stage, count in a.counts if count]
    if a.hidden:
        counts.append((LABELS["hidden_open"], len(a.hidden)))
    if not counts and not a.ending:
        return []
    ja, en = "  ".join(f"{title.ja} {count}" for title, count in counts), "  ".join(f"{title.en} {count}" for title, count in counts)
    lines: list[Line] = [(), (Span(LABELS["aging"], "heading"), Span(Text(f"  {ja}", f"  {en}"), "muted"))]
    for one in a.staged[:_SHOWN]:
        severity = one.severity if one.severity in words.SEVERITIES else "low"
        named = _names(one.subjects)
        title = _join(_join(_same("  "), report.checks[one.check].title), Text(f"({named.ja})", f" ({named.en})"))
        lines.append((Span(_same("  ")), Span(words.SEVERITY[severity], severity), Span(title)))  # type: ignore[arg-type]
        lines.append((Span(_join(_same("       "), one.advice), "muted"),))
    for ending in a.ending[:_SHOWN]:
        finding = report.findings[ending.finding]
        title = _join(report.checks[finding.check].title, _join(_same(" — "), _names((finding.subject,))))
        lines.append((Span(_join(_join(_same("  "), LABELS["accepted"]), "  ")), Span(title)))
        lines.append((Span(_join(_same("       "), ending.advice), "muted"),))
    return lines


def _network(report: Report) -> list[Line]:
    """Say what changed on the network, a few lines; nothing where nothing did."""
    news = report.network
    if news is None or not news.count:
        return []
    lines: list[Line] = [(), (Span(news.heading, "heading"), Span(_same(f"  {news.count}"), "muted"))]
    first = sorted(news.lines, key=lambda line: ORDER[line.change.kind])[:_SHOWN]
    return [*lines, *((Span(_indent(line.text)),) for line in first)]


def _visits(report: Report) -> list[Line]:
    if not report.visits:
        return []
    heading = LABELS["visits_ten" if len(report.visits) == 10 else "visits"]
    known = Text(
        f"  (まだ見ていない機器とアドレスは、ネットワーク機器を除いて、分かっているだけで {report.candidates})",
        f"  ({report.candidates} machines and addresses known and not looked at, network devices left out)",
    )
    lines: list[Line] = [(), (Span(heading, "heading"), Span(known, "muted"))]
    for visit in report.visits:
        place = " ・ ".join(part for part in (visit.location, visit.zone) if part)
        where = f"  {place}" if place else ""
        asked = _join(_same("  "), LABELS["ask_first"]) if visit.hands_off else _same("")
        why = visit.why[:2]
        reasons = Text("、".join(one.text.ja for one in why), "; ".join(one.text.en for one in why))
        lines.append((Span(_same(f"{visit.place:>3}. {visit.name}")), Span(_same(where), "muted"), Span(asked, "note")))
        lines.append((Span(_join(_same("       "), reasons), "muted"),))
    return lines


def _unseen(report: Report) -> list[Line]:
    lines: list[Line] = [(), (Span(LABELS["unseen_what"], "heading"),)]
    if not report.unseen:
        return [*lines, (Span(_indent(LABELS["all_seen"])),)]
    for item in report.unseen:
        count = item.verdicts or item.cells
        lines.append((Span(_same(f"{count:>5}  "), "unseen"), Span(item.label)))
        lines.append((Span(Text(f"       → {item.advice.ja}", f"       → {item.advice.en}"), "muted"),))
    return lines


def _administrator(report: Report) -> list[Line]:
    """Say what an administrator would have seen: the groups of information that were cut short for want of rights."""
    groups: dict[str, set[str]] = {}
    for machine in report.machines:
        for cell in machine.coverage:
            if cell.reason == "needs_administrator" and cell.state != "whole":
                groups.setdefault(machine.name, set()).add(cell.group)
    if not groups:
        return []
    wanted = [group for group in words.GROUPS if any(group in found for found in groups.values())]
    ja = "、".join(words.GROUPS[group][0].ja for group in wanted)
    en = ", ".join(words.GROUPS[group][0].en.lower() for group in wanted)
    return [
        (),
        (Span(Text("管理者として実行すると、さらに見えるもの", "What an administrator would have seen"), "heading"),),
        (Span(Text(f"  {ja}(機器 {len(groups)} 台)", f"  {en} ({len(groups)} machine{'s' if len(groups) > 1 else ''})")),),
    ]


def _names(subjects: tuple[str, ...]) -> Text:
    named = [LABELS["site_subject"] if subject == "site" else _same(subject) for subject in subjects[:_SHOWN]]
    rest = len(subjects) - _SHOWN
    ja, en = "、".join(name.ja for name in named), ", ".join(name.en for name in named)
    return Text(f"{ja} ほか{rest}", f"{en} and {rest} more") if rest > 0 else Text(ja, en)


def _same(text: str) -> Text:
    return Text(text, text)


def _indent(text: Text) -> Text:
    return Text("  " + text.ja, "  " + text.en)


def _join(first: Text, second: Text | str) -> Text:
    other = _same(second) if isinstance(second, str) else second
    return Text(first.ja + other.ja, first.en + other.en)
