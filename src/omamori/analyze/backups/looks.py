"""The looks at both tables: complete where every copy can be known of, with the columns that are not known of one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from omamori.analyze.backups.apart import Judgement
from omamori.analyze.backups.facts import Facts
from omamori.analyze.backups.rows import listed_wholly
from omamori.analyze.coverage import NEVER, Input, View, derived_look
from omamori.model.backup_posture import BackupChain, BackupPosture
from omamori.model.look import EVERYWHERE, Collected

_SERIES = ("generations", "newest", "oldest", "every_days", "longest_gap_days", "gaps", "gone", "size_ratio")
_READ = ("damaged", "read_whole_since", "locked_until", "lock_renewed", "traces", "clean", "immutable", "deleters")
_PLACED = ("same_building", "same_room", "same_power")
_BY_TABLE = {
    "backup_repositories": _READ,
    "backup_generations": _SERIES,
    "backup_damage": ("damaged",),
    "backup_signs": ("traces", "clean"),
    "restore_proofs": ("restored", "restored_proven", "compared_with", "whole_hours"),
}
_DECLARED = ("asset", "job", "method", "medium", "target")


def posture_look(facts: Facts, asset: str, judged: Sequence[Judgement], rows: Sequence[BackupPosture], source: str) -> Collected:
    """Return the look at `backup_posture` of a machine: incomplete where a copy may be missing, else with the columns not known."""
    inputs = [*_all_copies(facts, asset)]
    if rows:
        inputs += _tables(facts, asset)
    for one, row in zip(judged, rows, strict=True):
        inputs += _columns(facts, one, row)
    if rows and all(row.restored is None for row in rows):
        # One copy that came back speaks for the machine; which one did, its rows tell.
        inputs.append(Input(_not(facts.coverage.view("restore_proofs", asset)), touches=("restored",)))
    return derived_look(asset, "backup_posture", source, inputs)


def _all_copies(facts: Facts, asset: str) -> Iterator[Input]:
    """The looks that decide which copies there are: the ledger, and the machine's own jobs or list of generations."""
    coverage = facts.coverage
    yield Input(coverage.view("declared_backups", EVERYWHERE), _DECLARED)
    jobs, listed = coverage.view("scheduled_backups", asset), coverage.view("backup_generations", asset)
    if jobs.looked or not listed.looked:
        yield Input(jobs)
    if listed.looked:
        yield Input(listed)
    repositories = coverage.view("backup_repositories", asset)
    if repositories.looked:
        yield Input(repositories)


def _tables(facts: Facts, asset: str) -> Iterator[Input]:
    """What was looked at, but not wholly: a number from it is half the truth."""
    for table, columns in _BY_TABLE.items():
        view = facts.coverage.view(table, asset)
        if view.looked:
            yield Input(view, touches=columns)


def _columns(facts: Facts, one: Judgement, row: BackupPosture) -> Iterator[Input]:
    """The columns of one copy that are not known, each with the look that is lacking."""
    coverage, asset = facts.coverage, one.copy.asset
    answers = (
        (one.offline, "offline"), (one.mounted, "always_mounted"), (one.account, "same_account"), (one.domain, "same_domain"),
        (one.admin, "domain_admin"), (one.lock, "immutable"),
    )  # fmt: skip
    # A medium seen on the machine itself has no keeper of its own, whose domain or reach could be asked for; one only declared may be anything.
    # By its kind as seen: the ledger's word for a medium holds nothing against a place whose machine is only not known any more.
    alone = one.copy.kind in ("removable", "tape") and one.copy.kept_on is None and one.copy.observed
    for judged, column in answers:
        if judged.value is None and not (alone and column == "same_domain"):
            yield Input(_not(judged.lacking), touches=(column,))
    if not one.reach.sure and row.other_device is not False and not alone:
        yield Input(_not(one.reach.lacking), touches=("reached_from", "reached_by"))
    if row.fate == "unknown":
        yield Input(_not(_why(one)), touches=("fate",))
    if row.other_device is None:
        yield Input(_not(None), touches=("other_device",))
    if not listed_wholly(facts, one.copy):
        # Never empty: of a list that is not whole nobody counts what is gone.
        untold = tuple(column for column in _SERIES if getattr(row, column) is None)
        yield Input(_not(coverage.view("backup_generations", asset)), touches=untold)
    elif row.gone is None:
        yield Input(_not(coverage.view("backup_repositories", asset)), touches=("gone",))
    if not one.copy.repositories:
        yield Input(_not(coverage.view("backup_repositories", asset)), touches=_READ)
    for column in ("damaged", "traces"):
        if getattr(row, column) is None:
            yield Input(_not(coverage.view("backup_repositories", asset)), touches=(column,))
    untold = tuple(column for column in _PLACED if getattr(row, column) is None)
    if untold:
        yield Input(_not(coverage.view("declared_backups", EVERYWHERE)), touches=untold)


def _why(one: Judgement) -> View:
    return next((judged.lacking for judged in (one.offline, one.account, one.admin) if judged.value is None), NEVER)


def _not(view: View | None) -> View:
    """The same view as one that is not enough: a whole look can still leave open what is asked."""
    if view is None or (view.complete and not view.missing):
        return View(complete=False, reason="to_confirm", looked=True)
    return View(complete=False, reason=view.reason or "not_collected", needs=view.needs, looked=True)


def chain_look(
    facts: Facts, asset: str, posture: Collected, chain: BackupChain | None, judged: Sequence[Judgement], source: str
) -> Collected:
    """Return the look at `backup_chains`: where one copy survives, no copy that is not known of makes that worse."""
    whole = View(
        complete=posture.complete, reason=posture.reason, needs=posture.needs, seen=posture.seen, received=posture.received,
        evidence=posture.evidence, looked=True,
    )  # fmt: skip
    if chain is not None and chain.surviving:
        return derived_look(asset, "backup_chains", source, [Input(whole, touches=("copies", "untold", "media", "told"))])
    inputs = [Input(whole)]
    if chain is None:
        # Whether it is a server that needs a copy its own role may tell.
        inputs.append(Input(facts.coverage.view("hosts", asset), ("role",), touches=("media",)))
    open_ones = [one for one in judged if one.fate == "unknown"]
    if open_ones:
        inputs.append(Input(_not(_why(open_ones[0])), touches=("surviving", "untold", "chain", "told")))
    return derived_look(asset, "backup_chains", source, inputs)
