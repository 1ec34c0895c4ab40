"""Server programs with a JSON configuration: Orthanc (with comments) and Docker."""

from __future__ import annotations

import json
import re
from typing import Any

from omamori.model.host import ServerSetting
from omamori.model.look import Problem
from omamori.parse.interface import Redacted
from omamori.parse.linux.output import FileText

_ORTHANC = (
    "RemoteAccessAllowed",
    "AuthenticationEnabled",
    "HttpServerEnabled",
    "HttpPort",
    "SslEnabled",
    "ExecuteLuaEnabled",
    "RestApiWriteToFileSystemEnabled",
    "DicomServerEnabled",
    "DicomPort",
    "DicomTlsEnabled",
    "DicomCheckCalledAet",
    "DicomCheckModalityHost",
    "DicomAlwaysAllowEcho",
    "DicomAlwaysAllowStore",
    "DicomAlwaysAllowFind",
    "DicomAlwaysAllowGet",
    "DicomAlwaysAllowMove",
)
_STRING = r'"(?:[^"\\\n]|\\.)*"'
_COMMENT = re.compile(rf"({_STRING})|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_LARGEST = 1_000_000
_TRAILING = re.compile(r",(?=\s*[}\]])")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_USERS = re.compile(rb'("RegisteredUsers"\s*:\s*\{)([^{}]{0,20000})(\})')
_USER = re.compile(rb'("[^"\n]*"\s*:\s*)"([^"\n]*)"')
_KNOWN = (b"orthanc", b"alicePassword", b"admin", b"password")


def read_json(file: FileText, problems: list[Problem]) -> dict[str, Any]:
    """Return the object of a file; comments and a comma too many are allowed as Orthanc does."""
    if sum(len(line) for _, line in file.lines) > _LARGEST:
        problems.append(Problem(file.lines[0][0], f"a configuration of less than {_LARGEST} characters in {file.name}"))
        return {}
    text = _COMMENT.sub(lambda found: found[1] or "\n" * found[0].count("\n"), _SURROGATE.sub(r"\\ufffd", file.text))
    if not text.strip():
        return {}
    try:
        document = json.loads(_TRAILING.sub("", text), parse_int=lambda digits: int(digits) if len(digits) < 19 else 0)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        problems.append(Problem(file.lines[0][0] if file.lines else 0, f"a JSON object in {file.name}"))
        return {}
    return document


def orthanc_settings(file: FileText, problems: list[Problem]) -> list[ServerSetting]:
    """Return who may reach an Orthanc server, and as `RegisteredUsers` how many accounts it knows."""
    if not file.readable or file.cut:
        return []
    document = read_json(file, problems)
    rows = [
        ServerSetting(service="orthanc", name=name, value=_word(document[name]), path=file.path, evidence=str(_line(file, name)))
        for name in _ORTHANC
        if name in document
    ]
    users = document.get("RegisteredUsers")
    if isinstance(users, dict):
        default = any(isinstance(value, str) and "default" in value for value in users.values())
        value = f"{len(users)}, [secret: password, {'default' if default else 'set'}]" if users else "0"
        rows.append(
            ServerSetting(
                service="orthanc",
                name="RegisteredUsers",
                value=value,
                path=file.path,
                evidence=str(_line(file, "RegisteredUsers")),
            )
        )
    return rows


def docker_settings(file: FileText, problems: list[Problem]) -> list[ServerSetting]:
    """Return the addresses Docker listens on."""
    if not file.readable:
        return []
    if not file.name.endswith(".json"):
        found = re.findall(r"(?:-H|--host)[ =]?(tcp://\S+)", file.text)
        first = file.lines[0][0] if file.lines else 0
        return [ServerSetting(service="docker", name="hosts", value=host, path=file.path, evidence=str(first)) for host in found]
    document = read_json(file, problems)
    hosts = document.get("hosts", [])
    rows = [(host, "hosts") for host in hosts if isinstance(host, str)] if isinstance(hosts, list) else []
    rows += [(_word(document["tlsverify"]), "tlsverify")] if "tlsverify" in document else []
    return [
        ServerSetting(service="docker", name=name, value=value, path=file.path, evidence=str(_line(file, name))) for value, name in rows
    ]


def _word(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:200] if not isinstance(value, str) else value[:200]


def _line(file: FileText, name: str) -> int:
    return next((number for number, line in file.lines if f'"{name}"' in line), file.lines[0][0] if file.lines else 0)


def redact(data: bytes) -> Redacted:
    """Take out the passwords of Orthanc's accounts: their keys are names, so no keyword tells them."""
    count = 0

    def user(found: re.Match[bytes]) -> bytes:
        nonlocal count
        if found[2].startswith(b"[secret:"):
            return found[0]
        count += 1
        state = b"empty" if not found[2] else b"default" if found[2] in _KNOWN else b"set"
        return found[1] + b'"[secret: password, ' + state + b']"'

    cleaned = _USERS.sub(lambda found: found[1] + _USER.sub(user, found[2]) + found[3], data)
    return Redacted(cleaned, count)
