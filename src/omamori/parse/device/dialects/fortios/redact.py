"""Takes the secrets out of a FortiOS configuration, line by line; what stays is their kind and state."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from omamori.parse.device.dialects.fortios.tree import closes, words_of

_LINE = re.compile(
    r"^(?P<head>[\s\ufeff]{0,200}(?:set|append)\s{1,20}(?P<key>[\w.-]{1,80})\s{1,20})(?P<value>\S.*?)(?P<tail>\s*)$", re.DOTALL
)
_STEP = re.compile(r"^[\s\ufeff]{0,200}(?P<word>config|edit|next|end)\b[ \t]*(?P<rest>.*?)\s*$", re.DOTALL)
_MARK = re.compile(r"(?:ENC )?\[secret: [a-z-]+, [a-z]+\]")
_TOLD = re.compile(r"\[secret: [a-z-]+, (?P<state>[a-z]+)\]")
_NAMES = re.compile(
    r"passw(?:or)?d|passphrase|psk|secret|(?:^|[-_])pwd|(?:^|-)key$|-key\d?$|keystring|^(?:auth|enc)key|enckey|authkey|^token|community|^seed$|^pin$|^activation-code$"
    r"|^pac-key|credential",
    re.IGNORECASE,
)
_NO_SECRET = re.compile(
    r"^(?:password-(?:policy|expire|renewal|attr|complexity|reuse|warning).*|passwd-(?:policy|time)|save-password|two-factor.*|ssh-public-key\d?"
    r"|public-key|key-(?:type|inbound|outbound|outbound|id|usage|mgmt)|keylife.*|.*-public-key|switch-controller-.*|ssh-host-key-.*|ssl-.*"
    r"|ca-key|hash-key|sort-key|search-key|group-key|foreign-key|community-.*|set-community.*|match-community|secret-rotation|password-change"
    r"|allow-subdomain-key|password-mode|passwords?-allow|private-key-retain.*|secretless)$",
    re.IGNORECASE,
)
_POLICY = re.compile(r"^(?:enable|disable|\d{1,4}|default|never|always|required|optional)$", re.IGNORECASE)
HASHED_IN = frozenset({"system admin", "system password-policy", "system api-user"})
"""Tables whose `ENC` values are hashes."""
KEY_LINES = 400
"""A key of more lines than this was never closed."""
_SNMP = frozenset({"system snmp community", "switch-controller snmp-community"})


@cache
def _defaults() -> frozenset[str]:
    text = files("omamori.parse").joinpath("default_secrets.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


DEFAULTS = _defaults()


_HEADERS = frozenset({"system automation-action", "user saml", "web-proxy profile"})
"""Tables whose `value` is what is sent along to another machine to be let in."""


def kind_of(path: str, key: str, words: Sequence[str]) -> str | None:
    """Return what kind of secret a value is (password, key, community, token); None where it is none."""
    if path in _SNMP and key == "name":
        return "community"
    if path in _HEADERS and key == "value":
        return "token"
    if words[:1] != ["ENC"]:
        if _NAMES.search(key) is None or _NO_SECRET.match(key) or (len(words) == 1 and _POLICY.match(words[0])):
            return None
        if path.startswith("router ") and "communit" in key:
            return None
    return "password" if "pass" in key or "pwd" in key else "token" if "token" in key or "api" in key else "key"


def redact(line: str, state: dict[str, Any]) -> str:
    """Return a line without its secret. `state` remembers the tables that are open and a secret that goes on over several lines."""
    body, end = (line[:-1], "\r") if line.endswith("\r") else (line, "")
    if quote := state.get("secret"):
        state["lines"] = state.get("lines", 0) + 1
        if closes(body, quote) or state["lines"] >= KEY_LINES:
            state["secret"], state["lines"] = "", 0
        return f"[secret: key, set]{end}" if body.strip() else line
    stack: list[str] = state.setdefault("stack", [])
    inside = bool(state.get("text"))
    if inside and closes(body, state["text"]):
        state["text"] = ""
    if not inside and (step := _STEP.match(body)):
        _move(stack, step["word"], step["rest"])
        return line
    # Inside a text a line that sets a password is no setting, unless the text was never closed: taken out in both cases.
    found = _LINE.match(body)
    if found is None:
        return line
    key, value = found["key"], found["value"]
    words, quote = words_of(value)
    path = next((name[1:] for name in stack if name.startswith("c") and " " in name[1:]), "")
    kind = kind_of(path, key, words)
    private = state.get("private", False)
    state["private"] = private or (key == "private-data-encryption" and words == ["enable"])
    if quote and kind is None and not inside:
        state["text"] = quote
    if kind is None or _MARK.fullmatch(value):
        return line
    if quote:
        state["secret"] = quote
    told = state_of(words, path, private=private)
    return f"{found['head']}[secret: {kind}, {told}]{found['tail']}{end}"


def state_of(words: Sequence[str], path: str, *, private: bool = False) -> str:
    """Return the state of a secret as it stands in the configuration, redacted or not."""
    text = " ".join(words)
    if told := _TOLD.search(text):
        return "plain" if told["state"] == "set" else told["state"]
    if not text.strip():
        return "empty"
    if words[0] == "ENC" or "BEGIN ENCRYPTED" in text:
        # The word that opens an encrypted key stands beside it, as a reversible `ENC`.
        return "hashed" if path in HASHED_IN or private else "reversible"
    return "default" if text.lower() in DEFAULTS else "plain"


def _move(stack: list[str], word: str, rest: str) -> None:
    """Follow the tables that are open; never more than some dozens."""
    if word == "config":
        name = " ".join(words_of(rest)[0])
        if " " in name:
            del stack[next((place for place, one in enumerate(stack) if one.startswith("c") and " " in one), len(stack)) :]
        if len(stack) < 64:
            stack.append(f"c{name}")
    elif word == "edit":
        if len(stack) < 64:
            stack.append("e")
    elif word == "next":
        if stack and stack[-1] == "e":
            stack.pop()
    else:
        if stack and stack[-1] == "e":
            stack.pop()
        if stack:
            stack.pop()
