"""The missing updates of Windows as the report tells them: the chain from what a machine has to what it needs, step by step."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from omamori.model.text import Text
from omamori.report.clean import clean
from omamori.report.evidence_line import EvidenceLine
from omamori.report.repairs_words import BASIS
from omamori.snapshot.database import Database

ReadEvidence = Callable[[Collection[str]], Mapping[str, EvidenceLine]]
LINES_READ = 200
"""Chains whose line of evidence is read: no more of them are shown on a page."""
STEPS = 40
"""Steps of a chain that are shown; of a longer one the middle is left out."""
_STEP = re.compile(r" (?:→|>) |; ")
_DAY = r"(\d{4}-\d\d-\d\d)"
_JAPANESE = (
    (re.compile(rf"\(installed, {_DAY}\)"), r"(導入済み、\1 公開)"),
    (re.compile(rf"\(held, {_DAY}\)"), r"(入っている更新に含まれる、\1 公開)"),
    (re.compile(rf"\({_DAY}, needed\)"), r"(\1 公開、必要)"),
    (re.compile(r"^\(none\)$"), "(この系列の更新は入っていない)"),
    (re.compile(rf"^after end of support {_DAY}"), r"サポート終了(\1)の後に公開"),
    (re.compile(r"^(\d[\d.]{0,40}) = (KB\d{1,9})$"), r"ビルド \1 は \2 のもの"),
    (re.compile(r"^(\d[\d.]{0,40}) < (\d[\d.]{0,40}) \((KB\d{1,9})\)$"), r"ビルド \1 は \2(\3)より古い"),
)
"""The few words a chain is made of, in Japanese."""
_NAME, _LONG = 160, 400


@dataclass(frozen=True, slots=True)
class MissingUpdate:
    """An update that machines lack for the same reason. `steps`: the chain; `behind`: since when the first of them is behind."""

    update: str
    product: str
    component: str
    kind: str
    title: str
    posted: date | None
    behind: date | None
    lacking: int
    flaws: int
    exploited: int
    ransomware: int
    steps: tuple[Text, ...]
    basis: str
    undecided: bool
    doubt: Text
    fact: str
    machines: tuple[str, ...]
    evidence: EvidenceLine | None

    @property
    def basis_label(self) -> Text:
        """What decides, in words."""
        return BASIS.get(self.basis, Text(self.basis, self.basis))


_SELECT = """
select m.patch_id, m.product, coalesce(m.component, ''), m.kind, max(m.title), max(m.posted), min(m.behind_since), max(m.lacking), max(m.flaws),
  max(m.exploited), max(m.ransomware), m.chain, m.basis, m.undecided, coalesce(m.doubt, ''), coalesce(m.doubt_ja, ''), coalesce(m.fact, ''),
  list(m.asset order by m.asset), min(nullif(m.evidence, ''))
from missing_patches m
  left join (select repair, min(place) as place from repairs group by repair) r on r.repair = 'update:' || m.patch_id
group by m.patch_id, m.product, m.component, m.kind, m.chain, m.basis, m.undecided, m.doubt, m.doubt_ja, m.fact, r.place
order by coalesce(r.place, 1000000000), m.patch_id, m.product, count(*) desc, m.chain"""


def read_missing(database: Database, read_evidence: ReadEvidence | None) -> tuple[MissingUpdate, ...]:
    """Return the missing updates, machines with the same chain put together, in the order of work."""
    if not database.has("missing_patches"):
        return ()
    rows = database.select(_SELECT)
    wanted = {str(row[-1]) for row in rows[:LINES_READ] if row[-1]}
    lines = read_evidence(wanted) if read_evidence and wanted else {}
    return tuple(_missing(row, lines) for row in rows)


def steps_of(chain: str) -> tuple[Text, ...]:
    """Return the steps of a chain, which stand between ` → `, ` > ` or `; `; of a very long one the first and the last."""
    steps = tuple(_step(clean(step, _LONG)) for step in _STEP.split(chain) if step.strip())
    left_out = f"… ({len(steps) - STEPS})"
    return steps if len(steps) <= STEPS else (*steps[: STEPS // 2], Text(left_out, left_out), *steps[-STEPS // 2 :])


def _step(step: str) -> Text:
    said = step
    for words, japanese in _JAPANESE:
        said = words.sub(japanese, said)
    return Text(said, step)


def _missing(row: tuple[Any, ...], lines: Mapping[str, EvidenceLine]) -> MissingUpdate:
    update, product, component, kind, title, posted, behind, lacking, flaws, exploited, ransomware, chain, basis, *rest = row
    undecided, doubt, doubt_ja, fact, machines, evidence = rest
    return MissingUpdate(
        update=clean(update, _NAME),
        product=clean(product, _NAME),
        component=clean(component, _NAME),
        kind=kind,
        title=clean(title or "", _LONG),
        posted=posted,
        behind=behind,
        lacking=lacking,
        flaws=flaws,
        exploited=exploited,
        ransomware=ransomware,
        steps=steps_of(chain),
        basis=basis,
        undecided=undecided,
        doubt=Text(clean(doubt_ja or doubt, _LONG), clean(doubt or doubt_ja, _LONG)),
        fact=clean(fact, _LONG),
        machines=tuple(clean(name, _NAME) for name in machines),
        evidence=lines.get(evidence or ""),
    )
