"""Takes the secrets out of a PAN-OS configuration in any of its three forms, line by line."""

from __future__ import annotations

import re
from typing import Any

_WORDS = (
    r"phash|password|passwd|secret|shared-secret|bind-password|authpwd|privpwd|passphrase|private-key|snmp-community-string|community|api-key|"
    r"client-secret|proxy-password|secure-proxy-password|auth-key|authkey|md5|key|seed|agent-config-key|pre-shared-key-value|ca-key|token"
)
_LINE = re.compile(
    rf"(?<![\w-])(?P<word>(?:[a-z]{{1,20}}-){{1,3}}(?:password|secret)|authentication-key|{_WORDS})(?P<gap>\s{{1,20}}|>)(?P<value>\"(?:[^\"]*)(?P<close>\"?)|[^\s;<\[\]{{}}\"]+)"
)
_KEEP = re.compile(
    r"^(?:authentication-key|yes|no|none|any|md5|sha1|sha256|sha384|sha512|\d{1,5}|<.*|key|disable|enable|pre-shared-key|certificate)$"
)
_HASH = re.compile(r"^\$[156y]\$|^\*$|^!")


def state_of(word: str, value: str) -> str:
    """Return the state of a secret: `-AQ==` marks the cipher whose key all devices share until a master key is set."""
    if value.startswith("[secret: "):
        return value.rpartition(", ")[2].rstrip("]")
    if not value:
        return "empty"
    if word == "phash" or _HASH.match(value):
        return "hashed"
    if value.startswith("-AQ=="):
        return "reversible"
    return "default" if value.lower() in ("public", "private", "admin", "paloalto") else "plain"


def kind_of(word: str) -> str:
    """Return the kind of secret a word announces."""
    return (
        "community"
        if "community" in word
        else "hash"
        if word == "phash"
        else "token"
        if word == "token" or "api" in word
        else "key"
        if "key" in word or word in ("md5", "seed")
        else "password"
    )


def redact(line: str, state: dict[str, Any]) -> str:
    """Return a line without its secrets; `state` remembers a value that goes on over several lines."""
    if (mark := state.get("until")) is not None:
        state["lines"] += 1
        if mark in line or state["lines"] > 400:
            state["until"] = None
            rest = line.partition(mark)[2] if mark in line else ""
            return f"[secret: key, reversible]{mark if mark in line else ''}{rest}"
        return "[secret: key, reversible]" if line.strip() else line
    out: list[str] = []
    at = 0
    last_close = line.rfind("</")
    while (found := _LINE.search(line, at)) is not None:
        value = found["value"].strip('"')
        out.append(line[at : found.start("value")])
        at = found.end("value")
        if not value or _KEEP.match(value) or value.startswith("[secret: "):
            # `pre-shared-key key VALUE`: the next word may announce the secret itself.
            if value in ("key", "authentication-key"):
                at = found.start("value")
            else:
                out.append(found["value"])
            continue
        told = f"[secret: {kind_of(found['word'])}, {state_of(found['word'], value)}]"
        open_quote = found["value"].startswith('"') and not found["close"]
        open_tag = found["gap"] == ">" and last_close < at
        if open_quote or open_tag:
            state["until"], state["lines"] = ('"' if open_quote else f"</{found['word']}>"), 0
            at = len(line)
        out.append(f'"{told}"' if found["value"].startswith('"') and not open_quote else f'"{told}' if open_quote else told)
    return "".join([*out, line[at:]])
