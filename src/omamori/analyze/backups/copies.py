"""The copies of a machine: what the ledger declares joined with what machines and repositories show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from omamori.analyze.backups.facts import Facts
from omamori.analyze.backups.places import Place, family, medium_of, place_of
from omamori.model.backup import BackupGeneration, BackupRepository
from omamori.model.declared import DeclaredBackup
from omamori.model.host import Mount, ScheduledBackup

SHADOW = "shadow-copy"
_FITTING = {
    "same-server": {"same-server"},
    "other-server": {"other-server"},
    "disk": {"disk"},
    "tape": {"tape"},
    "cloud": {"cloud", "other-server"},
}
"""What may be seen of a medium that is declared; of other words anything. Storage in the cloud is often written as a host."""
_ENOUGH = 5
"""What has to agree before a declared copy and a found one are taken for the same; see `_likeness`."""


@dataclass(slots=True)
class Copy:
    """One copy of a machine, with all that is known of it. `kept_on`: the machine that keeps it; `kind`: of its target."""

    asset: str
    declared: DeclaredBackup | None = None
    jobs: list[ScheduledBackup] = field(default_factory=list)
    repositories: list[BackupRepository] = field(default_factory=list)
    generations: list[BackupGeneration] = field(default_factory=list)
    place: Place = Place()
    target: str | None = None
    kind: str | None = None
    kept_on: str | None = None
    family: str | None = None

    @property
    def observed(self) -> bool:
        """Whether evidence of machines or repositories shows it."""
        return bool(self.jobs or self.repositories or self.generations)

    @property
    def name(self) -> str:
        """The name it has in the ledger, else in what shows it."""
        rows: Iterable[Any] = (self.declared, *self.jobs, *self.repositories, *self.generations)
        return next((row.job for row in rows if row is not None and row.job), "")

    @property
    def medium(self) -> str | None:
        """Kind of medium, as declared, else as seen."""
        told = self.declared.medium if self.declared is not None else None
        return told or medium_of(self.kind) or ("other-server" if self.kept_on not in (None, self.asset) else None)

    @property
    def product(self) -> str | None:
        """Product as seen, else the method declared."""
        seen: Iterable[Any] = (*self.repositories, *self.jobs)
        told = self.declared.method if self.declared is not None else None
        return next((row.product for row in seen if row.product), None) or told or self.family

    @property
    def other_device(self) -> bool | None:
        """Whether it lies on another device, as seen; else as declared."""
        if self.kept_on is not None:
            return self.kept_on != self.asset
        if self.family == SHADOW or self.kind == "same-host":
            return False
        if self.kind not in (None, "unknown") or self.place.host is not None:
            return True
        told = self.declared.medium if self.declared is not None else None
        return None if told in (None, "other") else told != "same-server"

    @property
    def pushed(self) -> bool:
        """Whether the machine writes its copies itself: then what it writes with lies on it."""
        return bool(self.jobs) or any(row.repository is None for row in self.generations)

    @property
    def taken_out(self) -> bool:
        """Whether its medium is one that can be taken out."""
        return self.kind in ("removable", "tape") or (self.kind in (None, "unknown") and self.medium in ("disk", "tape"))


def copies_of(facts: Facts, asset: str) -> list[Copy]:
    """Return the copies of a machine: those declared first, in the ledger's order of names, then those only found."""
    found = _found(facts, asset)
    declared = [_declared(facts, row) for row in facts.of("declared_backups", asset)]
    ranked = sorted(
        ((_likeness(one, other), place, number) for (place, one), (number, other) in product(enumerate(declared), enumerate(found))),
        key=lambda item: (-item[0], item[1], item[2]),
    )
    taken: set[tuple[str, int]] = set()
    for likeness, place, number in ranked:
        if likeness >= _ENOUGH and ("declared", place) not in taken and ("found", number) not in taken:
            taken |= {("declared", place), ("found", number)}
            _join(declared[place], found[number])
    rest = [one for number, one in enumerate(found) if ("found", number) not in taken]
    open_ones = [one for place, one in enumerate(declared) if ("declared", place) not in taken]
    if len(rest) == len(open_ones) == 1 and _likeness(open_ones[0], rest[0]) > 0:
        # What is left on both sides and contradicts in nothing is the same.
        _join(open_ones[0], rest.pop())
    return [*declared, *rest]


def _declared(facts: Facts, row: DeclaredBackup) -> Copy:
    keeper = row.asset if row.medium == "same-server" else None
    if row.medium in (None, "other-server", "other", "cloud", "worm"):
        keeper = facts.names.machine(place_of(row.target).host) or facts.names.in_text(row.target)
    return Copy(row.asset, declared=row, place=place_of(row.target), target=row.target, kept_on=keeper, family=family(row.method, row.job))


def _found(facts: Facts, asset: str) -> list[Copy]:
    """Return the copies that evidence shows, each once."""
    found: list[Copy] = []
    for row in facts.of("backup_repositories", asset):
        keeper = facts.names.machine(row.kept_on) or facts.names.machine(place_of(row.target).host)
        # "Inside the machine" is said of the machine that read it, which need not be this one.
        kind = (
            ("remote-host" if keeper != asset else row.target_kind)
            if keeper
            else None
            if row.target_kind == "same-host"
            else row.target_kind
        )
        place = place_of(row.target)
        if place.host is None and keeper != asset:
            # A folder of the machine that read it says nothing of the folders of this one.
            place = Place(text=f"{keeper or row.repository}:{place.text}")
        one = Copy(asset, place=place, target=row.target, kind=kind, kept_on=keeper, family=family(row.product, row.job))
        one.repositories.append(row)
        # A list, a check and the settings of one repository come in separately.
        known = next(
            (other for other in found if row.repository and any(row.repository == told.repository for told in other.repositories)), None
        )
        if known is None:
            found.append(one)
        else:
            _join(known, one)
    for row in facts.of("backup_generations", asset):
        _add_generation(facts, asset, row, found)
    for row in facts.of("scheduled_backups", asset):
        if row.enabled is not False:
            _add_job(facts, asset, row, found)
    return found


def _add_generation(facts: Facts, asset: str, row: BackupGeneration, found: list[Copy]) -> None:
    place = place_of(row.target)
    for one in found:
        same = any(row.repository == known.repository for known in one.repositories) if row.repository else False
        if same or (row.repository is None and not one.repositories and one.name == row.job and one.place.text == place.text):
            one.generations.append(row)
            return
    keeper, kind = _keeper(facts, asset, place, row.target_kind)
    one = Copy(asset, place=place, target=row.target, kind=kind, kept_on=keeper, family=family(row.job, row.repository))
    one.generations.append(row)
    found.append(one)


def _add_job(facts: Facts, asset: str, row: ScheduledBackup, found: list[Copy]) -> None:
    place = place_of(row.target)
    keeper, kind = _keeper(facts, asset, place, row.target_kind)
    job = Copy(asset, jobs=[row], place=place, target=row.target, kind=kind, kept_on=keeper, family=family(row.product, row.job))
    like = [one for one in found if one.family == job.family and not _apart(one, job)]
    same = [one for one in found if _holds(one, job)] or [one for one in like if _same_place(one, job) or one.name == row.job]
    # Where only one of them says where it lies, they are the same when there is no other.
    chosen = same[:1] or (like if len(like) == 1 and not like[0].jobs else [])
    if chosen:
        _join(chosen[0], job)
        # How the machine itself reaches the place is what its own folders and shares are compared with.
        chosen[0].place = job.place if job.target else chosen[0].place
    else:
        found.append(job)


def _keeper(facts: Facts, asset: str, place: Place, kind: str | None) -> tuple[str | None, str | None]:
    """Return the machine that keeps a target of a machine, and its kind as the mounted file systems show it."""
    if place.host is not None:
        return facts.names.machine(place.host), "remote-host" if kind in (None, "unknown") else kind
    mount = mount_of(facts.of("mounts", asset), place.path)
    if mount is not None and mount.server:
        return facts.names.machine(mount.server), "network-mount"
    return (asset, kind) if kind == "same-host" else (None, kind)


def mount_of(mounts: Sequence[Mount], path: str | None) -> Mount | None:
    """Return the mounted file system a path lies on: the one with the longest path that leads to it; None for no path."""
    if not path:
        return None
    whole = path.casefold().replace("\\", "/").rstrip("/") + "/"
    found = [one for one in mounts if one.path and whole.startswith(one.path.casefold().replace("\\", "/").rstrip("/") + "/")]
    return max(found, key=lambda one: len(one.path), default=None)


def _holds(one: Copy, job: Copy) -> bool:
    """Whether a job writes into a folder of plain files that was read: both lie on the same machine, and the file in that folder."""
    folders = [row.target.rstrip("/") + "/" for row in one.repositories if row.target and row.product in ("folder", "dumps")]
    return one.kept_on is not None and one.kept_on == job.kept_on and any((job.target or "").startswith(folder) for folder in folders)


def _same_place(one: Copy, other: Copy) -> bool:
    if one.kept_on is not None and one.kept_on == other.kept_on:
        return True
    return bool(one.place.text) and one.place.text == other.place.text


def _apart(one: Copy, other: Copy) -> bool:
    """Whether two copies lie in different places as far as both say."""
    if one.kept_on is not None and other.kept_on is not None:
        return one.kept_on != other.kept_on
    return bool(one.place.text and other.place.text and one.place.text != other.place.text and one.kind == other.kind)


def _likeness(declared: Copy, found: Copy) -> int:
    """Return how much speaks for a declared copy and a found one being the same; 0 where something speaks against it."""
    told = declared.declared
    if told is None or found.family == SHADOW:
        return 0
    rows: Iterable[Any] = (*found.jobs, *found.repositories, *found.generations)
    names = {row.job.casefold() for row in rows if row.job}
    if told.job and told.job.casefold() in names:
        return 100
    seen = medium_of(found.kind) or ("other-server" if found.kept_on not in (None, found.asset) else None)
    fitting = _FITTING.get(told.medium or "")
    if seen is not None and fitting is not None and seen not in fitting:
        return 0
    if declared.kept_on is not None and found.kept_on is not None and declared.kept_on != found.kept_on:
        return 0
    if declared.family is not None and found.family is not None and declared.family != found.family:
        return 0
    likeness = 1 + 2 * (seen is not None and fitting is not None)
    likeness += 10 * (declared.kept_on is not None and declared.kept_on == found.kept_on)
    likeness += 10 * (bool(declared.place.text) and declared.place.text == found.place.text)
    return likeness + 5 * (declared.family is not None and declared.family == found.family)


def _join(one: Copy, other: Copy) -> None:
    """Put what is known of a copy to another; where both say something, what was found counts more than what was declared."""
    if one.declared is not None or not one.target:
        one.place, one.target = (other.place, other.target) if other.target else (one.place, one.target)
    one.kind = other.kind if one.kind in (None, "unknown") else one.kind
    one.kept_on = other.kept_on if other.kept_on is not None and (one.declared is not None or one.kept_on is None) else one.kept_on
    one.family = one.family or other.family
    one.jobs += other.jobs
    one.repositories += other.repositories
    one.generations += other.generations
