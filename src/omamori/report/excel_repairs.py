"""The sheets of the order of work: by update, by machine, the chains of Windows, every flaw once, and the sources it was judged with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlsxwriter.workbook import Workbook

from omamori.analyze.mending.grouping import REPAIR
from omamori.model.text import Language, Text
from omamori.report.excel_sheet import MAX_ROWS, Head, SheetNames, Styles, write_sheet
from omamori.report.facts import YES
from omamori.report.labels import LABELS
from omamori.report.repairs import Repairs, Task, Work, told_flaw
from omamori.report.repairs_page import percent
from omamori.report.repairs_words import CANNOT, REACHED
from omamori.report.repairs_words import REPAIR_WORDS as R
from omamori.snapshot.database import Database

ORDER = Text("直す順番", "Order of work")
BY_MACHINE = Text("直す順番(機器ごと)", "Order of work by machine")
MISSING = Text("足りない更新の筋道", "Why updates are missing")
FLAWS = Text("弱点の一覧", "Flaws")
SOURCES = Text("判定に使った情報源", "Judged with")
_NAMES = 40
"""Machines named in one cell."""
_COMMON = (
    Head(R["closes"], 10),
    Head(R["undecided"], 10),
    Head(R["exploited"], 10),
    Head(R["ransomware"], 12),
    Head(R["reached"], 26),
    Head(R["from"], 22),
    Head(R["likelihood"], 9),
    Head(R["cvss"], 8),
    Head(R["because"], 60),
    Head(R["cannot"], 26),
)
_ORDER = (
    *(Head(R["order"], 8), Head(R["tier"], 16), Head(R["what"], 50), Head(R["kinds"], 10), Head(R["machines"], 8), *_COMMON),
    *(Head(LABELS["machine"], 50), Head(R["ask_on"], 40), Head(R["name"], 28)),
)
_TASKS = (
    *(Head(LABELS["machine"], 24), Head(R["order"], 8), Head(R["tier"], 16), Head(R["what"], 50), Head(R["target"], 22)),
    *(*_COMMON, Head(R["name"], 28)),
)
_MISSING = (
    *(
        Head(R["name"], 14),
        Head(R["product"], 40),
        Head(R["kind"], 16),
        Head(R["posted"], 12),
        Head(R["behind"], 12),
        Head(R["lacking"], 10),
    ),
    *(Head(R["closes"], 10), Head(R["exploited"], 10), Head(R["chain"], 70), Head(R["basis"], 30), Head(R["doubt"], 40)),
    *(Head(R["fact"], 50), Head(R["machines"], 8), Head(LABELS["machine"], 50), Head(LABELS["evidence"], 40)),
)
_FLAWS = (
    *(Head(R["flaw"], 18), Head(R["name"], 60), Head(R["cvss"], 8), Head(R["likelihood"], 9), Head(R["exploited"], 10)),
    *(Head(R["ransomware"], 12), Head(R["undecided"], 10), Head(R["published"], 12), Head(R["machines"], 8), Head(R["what"], 28)),
    *(Head(R["matched"], 50), Head(R["doubt"], 40), Head(R["fact"], 50)),
)
_SOURCES = (
    *(Head(R["feed"], 40), Head(R["as_of"], 12), Head(R["days"], 10), Head(R["best_before"], 12), Head(R["old"], 14)),
    *(Head(R["records"], 12), Head(R["broken"], 14)),
)
_ALL_FLAWS = f"""
select {REPAIR} as repair, v.flaw, max(v.title), max(v.title_ja), max(v.name), max(v.cvss), max(v.likelihood),
  bool_or(coalesce(v.exploited, false)), bool_or(coalesce(v.ransomware, false)), bool_and(v.undecided), count(distinct v.asset),
  min(v.matched), min(v.doubt), min(v.doubt_ja), min(v.fact), min(v.published)
from vulnerabilities v left join (select repair, min(place) as place from repairs group by repair) r on r.repair = {REPAIR}
group by 1, 2, r.place order by r.place nulls last, 10, 8 desc, 9 desc, 7 desc nulls last, 6 desc nulls last, 2 limit {MAX_ROWS + 1}"""  # noqa: S608


def write_repairs(book: Workbook, repairs: Repairs, database: Database, names: SheetNames, language: Language, forms: Styles) -> None:
    """Add the sheets where there is anything to mend or anything it was judged with."""
    if repairs.works:
        write_sheet(book, names.name(ORDER.say(language)), _ORDER, (_work(work, language) for work in repairs.works), language, forms)
        tasks = (_task(task) for machine in repairs.machines for task in machine.tasks)
        write_sheet(book, names.name(BY_MACHINE.say(language)), _TASKS, tasks, language, forms)
        write_sheet(book, names.name(FLAWS.say(language)), _FLAWS, _flaws(database), language, forms)
    if repairs.missing:
        write_sheet(book, names.name(MISSING.say(language)), _MISSING, _missing(repairs, language), language, forms)
    if repairs.judging.sources:
        write_sheet(book, names.name(SOURCES.say(language)), _SOURCES, _sources(repairs), language, forms)


def _work(work: Work, language: Language) -> list[Any]:
    return [
        work.place,
        work.tier_label,
        work.label,
        work.kinds,
        work.machines,
        *_common(work),
        _named(work.own, language),
        _named(work.ask, language),
        work.repair,
    ]


def _task(task: Task) -> list[Any]:
    return [task.asset, task.place, task.tier_label, task.label, task.target, *_common(task), task.repair]


def _common(one: Work | Task) -> list[Any]:
    return [
        one.closes,
        one.undecided or None,
        one.exploited or None,
        one.ransomware or None,
        REACHED.get(one.reached, REACHED[""]),
        one.reached_from,
        percent(one.likelihood) if one.likelihood is not None else None,
        _score(one.cvss),
        one.because,
        CANNOT.get(one.cannot),
    ]


def _named(machines: tuple[str, ...], language: Language) -> str:
    shown, rest = ", ".join(machines[:_NAMES]), len(machines) - _NAMES
    return f"{shown} … {R['more'].say(language)} {rest}" if rest > 0 else shown


def _score(cvss: float | None) -> str | None:
    return None if cvss is None else f"{cvss:.1f}"


def _missing(repairs: Repairs, language: Language) -> Iterator[list[Any]]:
    for one in repairs.missing:
        product = f"{one.product} / {one.component}" if one.component else one.product
        line = one.evidence
        yield [
            *(one.update, product, one.kind, one.posted, one.behind, one.lacking, one.flaws, one.exploited or None),
            *(
                "\n→ ".join(step.say(language) for step in one.steps),
                one.basis_label,
                one.doubt,
                one.fact,
                len(one.machines),
                _named(one.machines, language),
            ),
            line.text if line else None,
        ]


def _flaws(database: Database) -> Iterator[list[Any]]:
    for row in database.select(_ALL_FLAWS):
        flaw = told_flaw(row)
        yield [
            *(flaw.flaw, flaw.title, _score(flaw.cvss), percent(flaw.likelihood) if flaw.likelihood is not None else None),
            *(YES[flaw.exploited], YES[flaw.ransomware], YES[flaw.undecided], flaw.published, flaw.machines, str(row[0])),
            *(flaw.matched, flaw.doubt, flaw.fact),
        ]


def _sources(repairs: Repairs) -> Iterator[list[Any]]:
    for one in repairs.judging.sources:
        yield [one.title, one.as_of, one.age, one.best_before, YES[one.old], one.records, one.broken]
