"""SSH server: the settings in force from `sshd -T`; else those of its files, with the defaults of the program's version."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from omamori.model.access import SshSetting
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import FileText, answered, content_lines, files
from omamori.parse.sections import Section, read_sections

TABLES = ("ssh_settings",)
_VERSION = re.compile(r"OpenSSH_(\d{1,3})\.(\d{1,3})")
_SETTING = re.compile(r"([A-Za-z0-9]+)(?:\s*=\s*|\s+)(.*)")
_MANY = frozenset(("port", "listenaddress", "acceptenv", "hostkey", "allowusers", "denyusers", "allowgroups", "denygroups", "subsystem"))
_SAME = {
    "challengeresponseauthentication": "kbdinteractiveauthentication",
    "skeyauthentication": "kbdinteractiveauthentication",
    "keepalive": "tcpkeepalive",
}
_DEFAULTS: Mapping[str, str] = {
    "passwordauthentication": "yes",
    "permitemptypasswords": "no",
    "pubkeyauthentication": "yes",
    "kbdinteractiveauthentication": "yes",
    "hostbasedauthentication": "no",
    "ignorerhosts": "yes",
    "x11forwarding": "no",
    "allowtcpforwarding": "yes",
    "allowagentforwarding": "yes",
    "maxauthtries": "6",
    "logingracetime": "120",
    "clientaliveinterval": "0",
    "strictmodes": "yes",
    "loglevel": "INFO",
}
"""Defaults of every OpenSSH since 5.3 (sshd_config(5)); the one of PermitRootLogin changed with 7.0."""
_DEEPEST = 8


@dataclass(slots=True)
class _Config:
    """What the files say: the first value of a setting counts."""

    files: tuple[FileText, ...]
    values: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    matched: list[SshSetting] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def read(self, file: FileText, rule: str | None, depth: int) -> None:
        for number, line in content_lines(file.lines):
            found = _SETTING.match(line)
            if not found:
                self.problems.append(Problem(number, "a setting of sshd_config: `Name value`"))
                continue
            name = found[1].lower()
            name, value = _SAME.get(name, name), _value(name, found[2].strip())
            if name == "match":
                rule = None if value.lower() == "all" else value
            elif name == "include":
                self._include(value, rule, depth)
            elif rule is not None:
                self.matched.append(SshSetting(name=name, value=value, match_rule=rule, evidence=str(number)))
            elif name in _MANY or name not in self.values:
                self.values.setdefault(name, []).append((number, value))

    def _include(self, patterns: str, rule: str | None, depth: int) -> None:
        for pattern in patterns.split() if depth < _DEEPEST else ():
            whole = pattern.strip('"') if pattern.startswith(("/", '"/')) else f"/etc/ssh/{pattern}"
            for file in self.files:
                if fnmatchcase(file.path, whole) and file.name != "sshd_config":
                    self.read(file, rule, depth + 1)


def parse(data: bytes, context: Context) -> Parsed:
    """Return ssh_settings of one machine; no row and a complete look where there is no SSH server."""
    sections = read_sections(data)
    programs = sections.get("programs")
    found = {line.rsplit("/", 1)[-1] for line in programs.lines} if programs and answered(programs) else set()
    if "searched" not in found:
        return Parsed(looks=(Look("ssh_settings", complete=False, reason="not_collected"),))
    printed = files(sections.get("config"))
    config = _Config(printed)
    for main in [file for file in printed if file.name == "sshd_config"][:1]:
        config.read(main, None, 0)
    effective = sections.get("effective")
    if effective is not None and answered(effective):
        return _in_force(effective, config)
    if "sshd" in found:
        reason = "needs_administrator" if context.privileged is False else "not_collected"
        rows = (*_from_files(config, sections.get("version")), *config.matched)
        return Parsed(rows, (Look("ssh_settings", complete=False, reason=reason),), tuple(config.problems))
    if "dropbear" in found and programs is not None:
        problem = Problem(programs.first_line, "the OpenSSH server; dropbear keeps its settings on its command line")
        return Parsed(looks=(Look("ssh_settings", complete=False, reason="not_understood"),), problems=(problem,))
    return Parsed(looks=(Look("ssh_settings"),))


def _in_force(effective: Section, config: _Config) -> Parsed:
    rows = []
    problems = list(config.problems)
    for number, line in content_lines(effective.numbered()):
        name, _, value = line.partition(" ")
        if not name.isalnum():
            problems.append(Problem(number, "a setting of `sshd -T`: `name value`"))
            continue
        rows.append(SshSetting(name=name, value=_value(name, value.strip()), evidence=str(number)))
    whole = all(file.readable and not file.cut for file in config.files) and not problems
    reason = "not_understood" if problems else "needs_administrator"
    look = Look("ssh_settings") if whole else Look("ssh_settings", complete=False, reason=reason)
    return Parsed((*rows, *config.matched), (look,), tuple(problems))


def _from_files(config: _Config, version: Section | None) -> Iterator[SshSetting]:
    for name, found in config.values.items():
        for number, value in found:
            yield SshSetting(name=name, value=value, evidence=str(number))
    told = _VERSION.search(version.text) if version else None
    if told is None or version is None:
        return
    root = "prohibit-password" if (int(told[1]), int(told[2])) >= (7, 0) else "yes"
    for name, value in {**_DEFAULTS, "permitrootlogin": root}.items():
        if name not in config.values:
            yield SshSetting(name=name, value=value, evidence=str(version.first_line))


def _value(name: str, value: str) -> str:
    """Words with two spellings get one; words are lower case where sshd does not care."""
    plain = value.strip('"')
    if name == "permitrootlogin":
        return plain.lower().replace("without-password", "prohibit-password")
    return plain.lower() if plain.lower() in ("yes", "no") else plain


PARSERS = (Parser(kind="linux.ssh", tables=TABLES, parse=parse),)
