"""Sudo rules from the files; without root those that sudo tells the user about himself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from omamori.model.access import SudoRule
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import FileText, answered, files
from omamori.parse.sections import Section, read_sections

TABLES = ("sudo_rules",)
_ALIAS = re.compile(r"(User|Runas|Host|Cmnd|Cmd)_Alias\s+(.*)")
_RUN_AS = re.compile(r"\(([^()]*)\)\s*")
_TAG = re.compile(r"(?:([A-Z_]+)\s*:\s*|[A-Z_]+\s*=\s*\S+\s+)")
"""`NOPASSWD:` and its like, or an option such as `CWD=/tmp`."""
_INCLUDE = re.compile(r"[@#]include(?:dir)?\s")
_NUMBER = re.compile(r"#\d")
_MOST_MEMBERS = 1000
_MOST_RULES = 20_000


def parse(data: bytes, context: Context) -> Parsed:
    """Return sudo_rules of one machine; no row and a complete look where there is no sudo."""
    sections = read_sections(data)
    programs = sections.get("programs")
    names = {line.rsplit("/", 1)[-1] for line in programs.lines} if programs and answered(programs) else set()
    if "searched" not in names:
        return Parsed(looks=(Look("sudo_rules", complete=False, reason="not_collected"),))
    if "sudo" not in names:
        return Parsed(looks=(Look("sudo_rules"),))
    printed = files(sections.get("sudoers"))
    # sudo leaves out files of sudoers.d whose name holds a dot or ends in ~.
    used = [file for file in printed if "sudoers.d/" not in file.path or not ("." in file.name or file.name.endswith("~"))]
    readable = [file for file in used if file.readable]
    problems: list[Problem] = []
    if not readable:
        rows = tuple(_told(sections.get("list")))
        reason = "needs_administrator" if context.privileged is False or printed else "not_collected"
        return Parsed(rows, (Look("sudo_rules", complete=False, reason=reason),))
    aliases = _aliases(readable)
    rows = tuple(islice((row for file in readable for row in _rules(file, aliases, problems)), _MOST_RULES))
    if len(rows) == _MOST_RULES:
        problems.append(Problem(int(rows[-1].evidence), f"fewer than {_MOST_RULES} rules once the aliases are written out"))
    whole = len(readable) == len(used) and not any(file.cut for file in readable)
    lacking = "not_understood" if problems else None if whole else "needs_administrator"
    return Parsed(rows, (Look("sudo_rules", complete=lacking is None, reason=lacking),), tuple(problems))


def _logical(file: FileText) -> Iterator[tuple[int, str]]:
    """Lines with continuations joined and comments removed (`#1000` and `#include` are no comments)."""
    whole, start = "", 0
    for number, line in file.lines:
        start = start if whole else number
        whole += line
        if whole.endswith("\\"):
            whole = whole[:-1]
            continue
        text = whole.strip()
        whole = ""
        if text.startswith("#") and not _INCLUDE.match(text) and not _NUMBER.match(text):
            continue
        place = re.search(r"\s#(?!\d)", text)
        text = text[: place.start()].strip() if place else text
        if text:
            yield start, text


def _aliases(used: Sequence[FileText]) -> dict[str, tuple[str, ...]]:
    """`User_Alias ADMINS = a, b : OTHERS = c` → names by alias."""
    found: dict[str, tuple[str, ...]] = {}
    for file in used:
        for _, text in _logical(file):
            alias = _ALIAS.match(text)
            for part in alias[2].split(":") if alias else ():
                name, equals, members = part.partition("=")
                if equals:
                    found[name.strip()] = tuple(one.strip() for one in members.split(",") if one.strip())
    return found


def _rules(file: FileText, aliases: Mapping[str, tuple[str, ...]], problems: list[Problem]) -> Iterator[SudoRule]:
    for number, text in _logical(file):
        if text.startswith("Defaults") or _ALIAS.match(text):
            continue
        if _INCLUDE.match(text):
            if "sudoers.d" not in text:
                problems.append(Problem(number, "an included file in sudoers.d; other files are not read"))
            continue
        left, equals, right = _split(text)
        words = left.replace(", ", ",").replace(" ,", ",").split()
        if not equals or len(words) < 2:
            problems.append(Problem(number, "a rule: `who host = (account) command`"))
            continue
        for who in _written_out(words[0].split(","), aliases):
            for run_as, command, no_password in _commands(right, aliases):
                yield SudoRule(who=who, run_as=run_as, command=command, no_password=no_password, path=file.path, evidence=str(number))


def _split(text: str) -> tuple[str, str, str]:
    place = re.search(r"(?<!\\)=", text)
    return (text[: place.start()].strip(), "=", text[place.end() :].strip()) if place else (text, "", "")


def _written_out(names: Sequence[str], aliases: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Names with aliases replaced by their members, also aliases of aliases."""
    found: dict[str, None] = {}
    waiting, seen = list(names), set()
    while waiting and len(found) < _MOST_MEMBERS:
        name = waiting.pop(0).strip()
        if name in aliases:
            waiting = [*(aliases[name] if name not in seen else ()), *waiting]
            seen.add(name)
        elif name:
            found[name] = None
    return list(found)


def _commands(text: str, aliases: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, bool]]:
    """The commands of a rule; account and tags hold for those that follow, too."""
    run_as, no_password = "root", False
    for part in re.split(r"(?<!\\),(?![^()]*\))", text):
        rest = part.strip()
        told = _RUN_AS.match(rest)
        if told:
            run_as, rest = told[1].partition(":")[0].strip() or "root", rest[told.end() :]
        while tag := _TAG.match(rest):
            no_password = {"NOPASSWD": True, "PASSWD": False}.get(tag[1] or "", no_password)
            rest = rest[tag.end() :]
        for command in _written_out([rest], aliases):
            yield run_as, command, no_password


def _told(section: Section | None) -> Iterator[SudoRule]:
    """`sudo -l`: the rules of the user who ran it, after `may run the following commands`."""
    if section is None or section.exit_code != 0:
        return
    who = ""
    for number, line in section.numbered():
        if "may run the following commands" in line:
            who = line.split()[1] if len(line.split()) > 1 else ""
        elif who and line.strip().startswith("("):
            for run_as, command, no_password in _commands(line.strip(), {}):
                yield SudoRule(who=who, run_as=run_as, command=command, no_password=no_password, evidence=str(number))


PARSERS = (Parser(kind="linux.sudo", tables=TABLES, parse=parse),)
