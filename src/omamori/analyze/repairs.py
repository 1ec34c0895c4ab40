"""Fills `repairs`: one piece of work per machine and repair, in the order in which it should be done.

It is one SELECT: a hospital of 300 machines with 1,500 flaws each must not pass through Python row by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.mending.grouping import FIXES, GROUPED, ranked
from omamori.analyze.mending.ranking import (
    BECAUSE,
    BECAUSE_JA,
    GRAVE,
    LABEL,
    LABEL_JA,
    LIKELY,
    PLACE,
    RANKED,
    UNKNOWN_LIKELIHOOD,
)
from omamori.analyze.mending.reaching import REACHED
from omamori.model.look import EVERYWHERE
from omamori.snapshot.database import Database, Selected

SOURCE = "analyze.repairs"
"""Who fills the table."""
_FLAW = ("flaw", "product", "exploited", "ransomware", "undecided", "likelihood", "cvss", "state", "repair")
_PATCH = ("patch_id", "flaws", "exploited", "ransomware", "undecided", "likelihood", "cvss")
_BY_REACH = ("reached", "reached_from", "tier", "place", "because", "because_ja")
_SELECT = f"""
with {GROUPED}, {REACHED}, {RANKED}
select asset, subject_kind, repair, {LABEL} as label, {LABEL_JA} as label_ja, target, product, flaws, exploited, ransomware, undecided,
  undecided_exploited, case distance when 1 then 'entry' when 2 then 'listener' end as reached, reached_from, likelihood, cvss, tier,
  {PLACE} as place, {BECAUSE} as because, {BECAUSE_JA} as because_ja, cannot, ask, '{SOURCE}' as source, evidence
from tiered where flaws + undecided > 0 or repair like 'update:%'
order by place"""  # noqa: S608 - our own words


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield the work of every machine and line in its order, and how completely it could be told."""
    parameters = ranked((str(scheme), str(fixed)) for scheme, fixed in database.select(FIXES))
    constants = {"likely": LIKELY, "unknown_likelihood": UNKNOWN_LIKELIHOOD, "grave": GRAVE, "today": moment.now.date()}
    yield Selected("repairs", _SELECT, parameters | constants)
    yield from _looks(database)


def _looks(database: Database) -> Iterator[Any]:
    coverage = Coverage.read(database)
    accepted = Input(coverage.view("exceptions", EVERYWHERE), ("check_id", "subject", "finding_key", "expires"), ("cannot",))
    lines = {str(line) for (line,) in database.select("select line from remote_lines")}
    assets = dict(database.select("select asset, platform from assets order by asset"))
    for name in [*assets, *sorted(lines - set(assets))]:
        inputs = [Input(coverage.view("vulnerabilities", name), _FLAW), accepted]
        if assets.get(name) == "windows":
            inputs.append(Input(coverage.view("missing_patches", name), _PATCH))
        if name in assets:
            for table, uses in (("reached_services", ("asset", "reach")), ("exposures", ("inbound",))):
                inputs.append(Input(coverage.view(table, name), uses, _BY_REACH))
        yield derived_look(name, "repairs", SOURCE, inputs)


ANALYZER = Analyzer(
    name=SOURCE,
    reads=(
        *("assets", "hosts", "vulnerabilities", "missing_patches", "exceptions", "remote_lines", "entries", "reached_services"),
        *("attack_paths", "attack_steps", "exposures", "network_ports", "listeners", "collected"),
    ),
    fills=("repairs",),
    run=run,
)
"""The analyzer of this module."""
