"""The registry → startup_programs: what starts by itself when somebody logs in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from omamori.model.windows import StartupProgram
from omamori.parse.windows.registry.part import Part, look
from omamori.parse.windows.registry.redact import redact_command
from omamori.parse.windows.registry.tree import Tree

PERSON = re.compile(r"hku\\s-1-(?:5-21|12-1)-[\d-]{5,60}")
"""The key of a person: an account of the machine or of a domain, or of Microsoft Entra ID."""
_WINDOWS = r"microsoft\windows\currentversion"
_RUN = rf"hklm\software\{_WINDOWS}\run"
_MACHINE = (
    _RUN,
    rf"hklm\software\{_WINDOWS}\runonce",
    rf"hklm\software\wow6432node\{_WINDOWS}\run",
    rf"hklm\software\wow6432node\{_WINDOWS}\runonce",
    rf"hklm\software\{_WINDOWS}\policies\explorer\run",
)
_OWN = (rf"software\{_WINDOWS}\run", rf"software\{_WINDOWS}\runonce")
_MOST = 1000


def people(tree: Tree) -> Iterator[tuple[str, str]]:
    """Yield the SID and the key of everybody whose part of the registry was shown; HKCU is whoever asked."""
    if tree.exists("hkcu"):
        yield "HKCU", "hkcu"
    for key in tree.below("hku"):
        if PERSON.fullmatch(key):
            yield key.partition("\\")[2].upper(), key


def all_people(tree: Tree) -> bool:
    """Whether the people shown are those who were logged in: HKCU alone may be an administrator's, who only asked."""
    shown = {key for _, key in people(tree) if key != "hkcu"}
    refused = {match[0] for key in tree.denied if (match := PERSON.match(key))}
    return bool(shown) and refused <= shown


def read_startup(tree: Tree) -> Part:
    """Return the entries that start for everybody, and those of the people shown.

    Whole where every key of the machine and of everybody logged in was shown.
    """
    rows = []
    for account, key in [(None, one) for one in _MACHINE] + [(sid, f"{top}\\{own}") for sid, top in people(tree) for own in _OWN]:
        for value in tree.values(key):
            if value.name and value.text:
                rows.append(
                    StartupProgram(
                        name=value.name[:200],
                        command=redact_command(value.text)[:1000],
                        location=key,
                        account=account,
                        evidence=str(value.line),
                    )
                )
    if not rows and tree.exists(_RUN) is None:
        return Part()
    asked = [*_MACHINE, *(f"{top}\\{own}" for _, top in people(tree) for own in _OWN)]
    known = all(tree.whole(key) or tree.exists(key) is False for key in asked)
    whole = known and tree.exists(_RUN) is True and all_people(tree) and len(rows) <= _MOST
    return Part(list(rows[:_MOST]), [look("startup_programs", whole=whole, refused=tree.refused)])
