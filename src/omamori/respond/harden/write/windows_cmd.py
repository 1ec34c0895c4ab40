"""A plan as two scripts for cmd: apply.cmd saves on the machine what is there and changes it step by step, undo.cmd gives it back.

cmd reads its files in the console's code page, so the scripts are ASCII; what they say stands beside them, Japanese in CP932.
Sources of the commands: Microsoft Learn, Windows Commands (reg, secedit, auditpol, sc, net share, net localgroup, dism, icacls).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

import yaml
from jinja2 import Environment, StrictUndefined

from omamori.model.clean import clean
from omamori.model.text import LANGUAGES, Text
from omamori.respond.harden.changes import (
    AuditSubcategory,
    FeatureOff,
    MemberRemoved,
    NothingBelow,
    ProfileOpen,
    SecurityArea,
    ServiceStart,
    ShareClosed,
)
from omamori.respond.harden.parts import File, Machine, Measure
from omamori.respond.harden.write.windows_reg import one_value
from omamori.respond.harden.write.windows_values import (
    LOCAL_FIREWALL,
    POLICY_FIREWALL,
    PROFILES,
    Step,
    Steps,
    Value,
    above,
    bounds,
    full,
    value_of,
)

_TYPES = {"dword": "REG_DWORD", "sz": "REG_SZ", "expand": "REG_EXPAND_SZ", "multi": "REG_MULTI_SZ", "binary": "REG_BINARY"}
_SIMPLE = re.compile(r"[A-Za-z0-9 _.,:;{}()\\-]*")
"""What stands in a line of cmd as it is, also through `call`."""
_TRIAL = r"HKLM\SOFTWARE\OmamoriTrial"
_SAFE = re.compile(r"[^A-Za-z0-9_.-]")

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "reg query, add, delete, import": "Microsoft Learn, Windows Commands: reg",
        "icacls FOLDER /inheritance:r /grant *SID:(OI)(CI)F": "Microsoft Learn, Windows Commands: icacls",
        "secedit /export, /configure /areas SECURITYPOLICY USER_RIGHTS": "Microsoft Learn, Windows Commands: secedit; [MS-GPSB]",
        "auditpol /backup, /set /subcategory:{GUID}": "Microsoft Learn, Windows Commands: auditpol; [MS-GPAC]",
        "sc qc, query, config NAME start=, stop, start": "Microsoft Learn, Windows Commands: sc config, sc query",
        "net share NAME /delete /y": "Microsoft Learn, Windows Commands: net share",
        "net localgroup GROUP MEMBER /add, /delete": "Microsoft Learn, Windows Commands: net localgroup",
        "powershell (SecurityIdentifier.Translate)": "Microsoft Learn, .NET: SecurityIdentifier.Translate",
        "dism /online /english /get-featureinfo, /disable-feature, /enable-feature": "Microsoft Learn, DISM Operating System Package Servicing",
        "find, type, copy, md, del": "Microsoft Learn, Windows Commands",
        "LGPO.exe /m /u /s /a /b": "Microsoft Security Compliance Toolkit: LGPO.exe; [MS-GPREG]",
    }
)
"""What the scripts run and the README of a policy names, none of it seen on a real Windows, with the page it was written from."""


class NotWritable(ValueError):
    """A change that no line of cmd can hold: a name with signs that mean something to cmd."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A measure in the scripts: the word of its title, the lines that apply it, and those that take it back."""

    word: str
    apply: tuple[str, ...]
    undo: tuple[str, ...]


def script_files(folder: str, machine: Machine, steps: Steps) -> Iterator[File]:
    """Yield apply.cmd, undo.cmd, what they say, and a file for each value that is too odd for a line of cmd."""
    parts = [_part(place, measure, steps) for place, measure in enumerate(steps.measures)]
    known: dict[str, object] = {
        "plan": steps.plan,
        # What Windows calls COMPUTERNAME, not what the ledger calls the machine: at most 15 signs.
        "machine": _SAFE.sub("_", (machine.hostname or machine.asset)[:15]),
        "measures": parts,
        "restart": any("再起動" in note.ja for measure in steps.measures for note in measure.notes),
        "common": _content("windows_common.cmd"),
    }
    yield File(f"{folder}/apply.cmd", _windows(_render("apply.cmd.j2", known)).encode("ascii"), Text("適用するもの", "applies it"))
    yield File(f"{folder}/undo.cmd", _windows(_render("undo.cmd.j2", known)).encode("ascii"), Text("元に戻すもの", "takes it back"))
    for language, code in (("ja", "cp932"), ("en", "ascii")):
        said = _said(steps)
        words = "".join(f"{name}={line}\n" for name, text in said for line in text.say(language).rstrip("\n").split("\n"))  # type: ignore[arg-type]
        what = Text("表示する言葉", "the words they say")
        yield File(f"{folder}/messages.{language}.txt", _windows(words).encode(code, "replace"), what)
    for step in steps.steps:
        yield from _beside(folder, step)


def _said(steps: Steps) -> Iterator[tuple[str, Text]]:
    said: Mapping[str, Mapping[str, str]] = yaml.safe_load(_content("windows_messages.yaml"))
    for name, entry in said.items():
        yield name, Text(**{language: entry[language] for language in LANGUAGES})
    for place, measure in enumerate(steps.measures):
        yield f"m{place + 1:02}", Text(clean(measure.what.ja), clean(measure.what.en))


def _part(place: int, measure: Measure, steps: Steps) -> _Part:
    own = [step for step in steps.steps if step.measure == place]
    areas = [(step, step.change) for step in own if isinstance(step.change, SecurityArea)]
    apply = list(_still(measure))
    apply += [line for step in own if not isinstance(step.change, SecurityArea) for line in _apply(step)]
    undo = [line for step in reversed(own) if not isinstance(step.change, SecurityArea) for line in _undo(step)]
    if areas:
        areas.sort(key=lambda pair: pair[1].section)
        lines = [_area(step, area) for step, area in areas]
        apply += ["call :areas_look", *lines, "call :areas_write", *(line.replace(":area ", ":area_after ", 1) for line in lines)]
        backwards = [f'call :area {step.number} "{area.section}" "{_word(area.name)}"' for step, area in areas]
        undo += ["call :areas_look", *backwards, "call :areas_write", *(line.replace(":area ", ":area_after ", 1) for line in backwards)]
    if not measure.changes:
        apply.append("call :say by_hand")
    if any(getattr(change, "key", "").startswith("HKCU\\") for change in measure.changes):
        apply.append("call :say people_only")
    return _Part(f"m{place + 1:02}", tuple(apply), tuple(undo))


def _still(measure: Measure) -> Iterator[str]:
    """Yield what is looked at before any of a measure is done."""
    for one in measure.still:
        if isinstance(one, ProfileOpen):
            names = PROFILES[one.profile]
            keys = (*(rf"{POLICY_FIREWALL}\{name}" for name in names), rf"{LOCAL_FIREWALL}\{names[-1]}")
            yield "call :profile_open " + " ".join(f'"{key}"' for key in keys)
        elif isinstance(one, NothingBelow):
            below = " ".join(rf'"{full(one.key)}\{_word(name)}"' for name in one.names)
            yield f'call :nothing_below "{_word(one.key)}" "{full(one.key)}" {below}'.rstrip()


def _apply(step: Step) -> Iterator[str]:
    value, change, number = value_of(step.change), step.change, step.number
    if value is not None:
        place = f'"{_word(value.key)}" "{_word(value.name)}" {_at(value.name)}'
        for key, name, first, last in value.unless:
            yield f'call :unless "{_word(key)}" "{name if name == "*" else _word(name)}" {first} {last}'
        if value.was is not None and value.data is not None:
            yield f"call :was {number} {place}"
        if value.new:
            yield f"call :new {number} {place}"
        if value.holding:
            yield f'call :holding {number} {place} "{_word(value.holding)}"'
        yield "set ABOVE=" + " ".join(f'"{_word(key)}"' for key in above(value.key))
        yield _value(number, value)
    elif isinstance(change, ServiceStart):
        first, last = change.enough or (change.start, change.start)
        stop = "stop" if change.stop else "-"
        yield f'call :service {number} "{_word(change.name)}" {change.start} {stop} {first} {last}'
    elif isinstance(change, AuditSubcategory):
        yield f"call :audit {number} {{{_word(change.guid)}}} {int(change.success)} {int(change.failure)}"
    elif isinstance(change, ShareClosed):
        yield f"call :share {number}"
    elif isinstance(change, MemberRemoved):
        yield f"call :member {number} {_word(change.group)} {_word(change.member)}"
    elif isinstance(change, FeatureOff):
        yield f"call :feature {number} {_word(change.name)}"


def _value(number: str, value: Value) -> str:
    place = f'"{_word(value.key)}" "{_word(value.name)}"'
    at = _at(value.name)
    if value.data is None:
        return f"call :gone {number} {place} {at}"
    if _odd(value):
        return f"call :import {number} {place} {at}"
    data = "\\0".join(value.data) if isinstance(value.data, tuple) else str(value.data)
    first, last = bounds(value) or ("-", "-")
    return f'call :value {number} {_TYPES[value.kind]} {place} "{data}" {first} {last} {at}'


def _undo(step: Step) -> Iterator[str]:
    value, change, number = value_of(step.change), step.change, step.number
    if value is not None:
        yield f'call :value {number} "{_word(value.key)}" "{_word(value.name)}" {_at(value.name)}'
    elif isinstance(change, ServiceStart):
        yield f'call :service {number} "{_word(change.name)}"'
    elif isinstance(change, AuditSubcategory):
        yield f"call :audit {number} {{{_word(change.guid)}}}"
    elif isinstance(change, ShareClosed):
        yield f"call :share {number}"
    elif isinstance(change, MemberRemoved):
        yield f"call :member {number} {_word(change.group)} {_word(change.member)}"
    elif isinstance(change, FeatureOff):
        yield f"call :feature {number} {_word(change.name)}"


def _area(step: Step, area: SecurityArea) -> str:
    limits = bounds(Value("", area.name, "sz", area.value, area.enough)) or ("-", "-")
    if not re.fullmatch(r"[A-Za-z0-9*,_-]*", area.value):
        raise NotWritable(f"{area.name} = {area.value}")
    return f'call :area {step.number} "{area.section}" "{_word(area.name)}" "{area.value}" {limits[0]} {limits[1]}'


def _beside(folder: str, step: Step) -> Iterator[File]:
    value = value_of(step.change)
    what = Text("手順の値", "a value of a step")
    if value is not None and value.data is not None and _odd(value):
        yield File(f"{folder}/steps/{step.number}.reg", one_value(value), what)
        trial = Value(_TRIAL, value.name, value.kind, value.data)
        yield File(f"{folder}/steps/{step.number}-trial.reg", one_value(trial), what)
    if value is not None and value.was is not None and value.data is not None:
        yield File(f"{folder}/steps/{step.number}-was.reg", one_value(Value(_TRIAL, value.name, value.kind, value.was)), what)
    if isinstance(step.change, ShareClosed):
        # How many words the name has, so that what `reg` prints behind it is found.
        name = f"{_at(step.change.name)}={_read_word(step.change.name)}"
        yield File(f"{folder}/steps/{step.number}.txt", _windows(f"{name}\n").encode("cp932"), what)


def _odd(value: Value) -> bool:
    texts = value.data if isinstance(value.data, tuple) else (value.data,)
    return not all(isinstance(one, int) or (isinstance(one, str) and _SIMPLE.fullmatch(one) and not one.endswith("\\")) for one in texts)


def _at(name: str) -> int:
    """Which word of a line of `reg query` the type is: the name may have blanks in it."""
    return len(re.split(r"[ \t]+", name.strip())) + 1


def _word(text: str) -> str:
    """Return a name as it stands in a line of cmd; NotWritable where a sign in it means something to cmd."""
    if not _SIMPLE.fullmatch(text):
        raise NotWritable(text)
    return text


def _read_word(text: str) -> str:
    """Return a name cmd reads from a file into a variable; NotWritable where a sign would end the word, or CP932 has none for it."""
    if not text.isprintable() or set(text) & set('"%') or text.startswith("=") or text.encode("cp932", "ignore").decode("cp932") != text:
        raise NotWritable(text)
    return text


def _content(name: str) -> str:
    return files("omamori.respond.harden.write").joinpath(name).read_text(encoding="utf-8")


def _render(name: str, known: Mapping[str, object]) -> str:
    # These are programs, not pages: nothing in them is from outside but names that `_word` let through.
    environment = Environment(autoescape=False, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)  # noqa: S701
    return environment.from_string(_content(name)).render(known)


def _windows(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")
