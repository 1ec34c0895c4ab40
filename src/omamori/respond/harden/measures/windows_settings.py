"""Settings of Windows that close a finding. What they are stands in `windows_settings.yaml`; here is when one is proposed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Any

import yaml

from omamori.model.text import Text
from omamori.respond.harden.changes import AuditSubcategory, Change, FeatureOff, RegistryValue, SecurityArea, ServiceStart
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.parts import Left, Machine, Measure, Menu

_SUBKEY = re.compile(r"\$([a-z]+)")
MEDIA = Text(
    "台帳では、この機器のバックアップがUSBのディスクかRDXに取られています。止めるとバックアップも止まるので、行いません",
    "by the ledger its backups go to USB disks or RDX: they would stop with it, so it is not done",
)
RESTART = Text("効くのは再起動のあとです。", "It counts after a restart.")


@dataclass(frozen=True, slots=True)
class Row:
    """One setting: its texts, the checks it closes, what it changes, and which builds and machines it is for (empty and None: all)."""

    name: str
    what: Text
    why: Text
    stops: Text
    menu: Menu
    fixes: tuple[str, ...]
    changes: tuple[Change, ...]
    notes: tuple[Text, ...]
    key: str = ""
    only: str = ""
    never: str = ""
    first: int | None = None
    below: int | None = None
    promises: bool = True
    spares_media: bool = False


@cache
def rows() -> tuple[Row, ...]:
    """Return the settings of `windows_settings.yaml`. KeyError names a key or place the file does not define."""
    text = files("omamori.respond.harden").joinpath("windows_settings.yaml").read_text(encoding="utf-8")
    # The same rules as `safe_load`, ten times faster where PyYAML was built with libyaml.
    said = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    places = {name: Text(one["ja"], one["en"]) for name, one in said["places"].items()}
    return tuple(_row(name, one, said["keys"], places) for name, one in said["measures"].items())


def _row(name: str, said: Mapping[str, Any], keys: Mapping[str, str], places: Mapping[str, Text]) -> Row:
    what, why, stops = (Text(**said[word]) for word in ("what", "why", "stops"))
    changes = tuple(_changes(said, keys))
    notes = tuple(Text(**note) for note in said.get("notes", ()))
    return Row(
        name=name,
        what=what,
        why=why,
        stops=stops,
        menu=_menu(said, changes, places),
        fixes=tuple(said["fixes"]),
        changes=changes,
        notes=(*notes, RESTART) if said.get("restart") else notes,
        key=said.get("key", ""),
        only=said.get("only", ""),
        never=said.get("never", ""),
        first=said.get("from"),
        below=said.get("below"),
        promises=said.get("promises", True),
        spares_media=said.get("spares_media", False),
    )


def _changes(said: Mapping[str, Any], keys: Mapping[str, str]) -> Iterator[Change]:
    unless = tuple((keys[key], name, first, last) for key, name, first, last in said.get("unless", ()))
    for one in said.get("values", ()):
        key, name = one["at"]
        enough = tuple(one["enough"]) if "enough" in one else None
        if one.get("gone"):
            yield RegistryValue(keys[key], name, "dword", None, None, unless)
        elif "list" in one:
            yield RegistryValue(keys[key], name, "multi", tuple(one["list"]), enough, unless, one.get("holding", ""))
        elif "text" in one:
            yield RegistryValue(keys[key], name, "sz", one["text"], enough, unless)
        else:
            yield RegistryValue(keys[key], name, "dword", one["dword"], enough, unless)
    for one in said.get("areas", ()):
        yield SecurityArea(one["in"], one["name"], one["value"], tuple(one["enough"]) if "enough" in one else None)
    for guid, success, failure in said.get("audit", ()):
        yield AuditSubcategory(guid, success, failure)
    for name, start, stop, *enough in said.get("services", ()):
        yield ServiceStart(name, start, stop, *(tuple(one) for one in enough))
    for name in said.get("features", ()):
        yield FeatureOff(name)


def _menu(said: Mapping[str, Any], changes: tuple[Change, ...], places: Mapping[str, Text]) -> Menu:
    """By hand is the same menu on the machine itself, or the registry, unless the content says more."""
    policy = _placed(Text(**said["policy"]), places) if "policy" in said else None
    if "hand" in said:
        return Menu(_placed(Text(**said["hand"]), places), policy)
    if policy is not None:
        return Menu(Text(f"gpedit.msc > {policy.ja}", f"gpedit.msc > {policy.en}"), policy)
    told = "; ".join(f"{one.key}\\{one.name} = {one.data}" for one in changes if isinstance(one, RegistryValue))
    policy = _placed(Text(f"$registry > {told}", f"$registry > {told}"), places)
    return Menu(Text(f"regedit > {told}", f"regedit > {told}"), policy)


def _placed(text: Text, places: Mapping[str, Text]) -> Text:
    return Text(
        _SUBKEY.sub(lambda found: places[found[1]].ja, text.ja),
        _SUBKEY.sub(lambda found: places[found[1]].en, text.en),
    )


def _propose(row: Row, facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    found = [one for one in facts.open(machine, *row.fixes) if one.key.endswith(row.key)]
    parts = _parts(facts, machine)
    if not found or (row.only and row.only not in parts) or row.never in parts:
        return
    if row.spares_media and machine.asset in facts.media:
        yield Left(row.name, machine, MEDIA)
        return
    build = _build(machine)
    if (row.first is not None or row.below is not None) and build is None:
        yield Left(
            row.name,
            machine,
            Text(
                f"「{row.what.ja}」: Windowsのビルド番号が分からないため、当てはまるか判断できません",
                f'"{row.what.en}": the build of Windows is not known, so nobody can tell whether it has this',
            ),
        )
        return
    if build is not None and row.first is not None and build < row.first:
        if any(_fits(other, build) for other in rows() if other is not row and set(other.fixes) & set(row.fixes)):
            return
        yield Left(
            row.name,
            machine,
            Text(
                f"「{row.what.ja}」: この版のWindows(ビルド {build})にはこの設定がありません",
                f'"{row.what.en}": this Windows (build {build}) has no such setting',
            ),
        )
        return
    if build is not None and row.below is not None and build >= row.below:
        return
    yield Measure(
        kind=row.name,
        machine=machine,
        what=row.what,
        why=row.why,
        stops=row.stops,
        menu=row.menu,
        changes=row.changes,
        promises=tuple(found) if row.promises else (),
        notes=row.notes,
        evidence=tuple(dict.fromkeys(one.evidence for one in found if one.evidence)),
    )


def _fits(row: Row, build: int) -> bool:
    return (row.first or 0) <= build and (row.below is None or build < row.below)


def _parts(facts: Facts, machine: Machine) -> frozenset[str]:
    """What the machine is: client or server, and controller where it is one. A controller is asked about as a server, too."""
    controller = any(row.domain_role == "controller" for row in facts.rows("hosts", machine))
    return frozenset({machine.role, *(("controller",) if controller else ())} - {""})


def _build(machine: Machine) -> int | None:
    found = re.fullmatch(r"(?:\d{1,2}\.\d{1,2}\.)?(\d{4,6})(?:\.\d{1,6})?", machine.build)
    return int(found[1]) if found else None


KINDS: tuple[Kind, ...] = tuple(
    Kind(name=row.name, title=row.what, system="windows", propose=partial(_propose, row), fixes=row.fixes) for row in rows()
)
