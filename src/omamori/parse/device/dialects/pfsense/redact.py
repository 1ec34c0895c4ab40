"""Takes the secrets out of a config.xml line by line, also values that go on over several lines."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

_KINDS = {
    "password": "password passwd passwordagain auth_pass ldap_bindpw proxypass proxypasswd pass pppoe_password upsdpass snmp_password authpass privpass "
    "encryption_password backup_password crypto_password remote_crypto_password dyndns_password notifypass",
    "hash": "bcrypt-hash sha512-hash md5-hash nt-hash lm-hash",
    "key": "pre-shared-key psk presharedkey presharedkeys prv privatekey privkey tls shared_key radius_secret secret sharedsecret radiussecret radius_key "
    "accesskey account_key otp_seed tsigkey keydata encryption_key md5password ddnsdomainkey sync_key private_key preshared_key pskey wpa_passphrase passphrase",
    "community": "rocommunity rwcommunity community trapstring",
    "token": "apikey api_key apisecret api_secret token access_token auth_token",
}
_OPEN = re.compile(r"<(?P<tag>[A-Za-z_][\w.-]{0,60})(?:\s[^<>]{0,400})?>")
_NAMED = re.compile(
    r"(?<!no)(?:pass|passwd|password\d?|passphrase|(?<!user)pass(?:wor)?d|secret|psk|priv(?:ate)?[_-]?key|shared[_-]?key|api[_-]?key|account[_-]?key|user[_-]?key"
    r"|auth[_-]?key|enc[_-]?key|rad(?:ius)?key|omapi[_-]?key|access[_-]?key|token|(?:bind|auth)pw|client[_-]?secret|^key|^api)$|^(?:telegram|slack)_?api$|md5sigpass"
)
"""How the names of elements end that hold a secret, in lower case."""
_SETTING = re.compile(r"\s*(?:\d{1,2}|yes|no|on|off|true|false|enabled?|disabled?)?\s*</")
_MARK = re.compile(r"\[secret: [a-z-]+, [a-z]+\]")
_HASHED = re.compile(r"^\$(?:2[abxy]?|5|6|1)\$|^[0-9a-f]{32}$|^[0-9a-f]{128}$")


@cache
def kinds() -> dict[str, str]:
    """Return the names of elements that hold a secret, with its kind."""
    return {tag: kind for kind, tags in _KINDS.items() for tag in tags.split()}


def _kind(tag: str) -> str | None:
    """Return what kind of secret an element holds, also one of a package nobody listed here."""
    found = _NAMED.search(tag)
    return kinds().get(tag) or (
        "password" if found and found[0].startswith(("p", "c")) and "key" not in found[0] else "key" if found else None
    )


@cache
def _defaults() -> frozenset[str]:
    text = files("omamori.parse").joinpath("default_secrets.txt").read_text(encoding="utf-8")
    own = ("pfsense", "opnsense")
    return frozenset((*own, *(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))))


def _holds_elements(line: str, inner: int, tag: str) -> bool:
    """Whether what follows at `inner` (below 0: nothing) is an element, and not the end of this one or quoted text."""
    return inner >= 0 and not line.startswith((f"</{tag}>", "<![CDATA["), inner)


def state_of(kind: str, value: str) -> str:
    """Return the state of a secret as it stands in the file, redacted or not."""
    text = value.removeprefix("<![CDATA[").removesuffix("]]>").strip()
    if found := _MARK.search(text):
        told = found[0].rpartition(", ")[2].rstrip("]")
        return "hashed" if kind == "hash" else "plain" if told == "set" else told
    if not text:
        return "empty"
    if kind == "hash" or _HASHED.match(text):
        return "hashed"
    return "default" if text.lower() in _defaults() else "plain"


def redact(line: str, state: dict[str, Any]) -> str:
    """Return a line without its secrets; `state` remembers an element that was opened in a line before."""
    known = kinds()
    out: list[str] = []
    at = 0
    if tag := state.get("tag"):
        close = line.find(f"</{tag}>")
        if close < 0 and state["lines"] < 4_000:
            state["lines"] += 1
            return f"[secret: {_kind(tag.lower())}, plain]" if line.strip() else line
        state["tag"] = ""
        at = max(close, 0)
        if close >= 0 and line[:close].strip():
            out.append(f"[secret: {_kind(tag.lower())}, plain]")
    while (found := _OPEN.search(line, at)) is not None:
        tag = found["tag"]
        kind = _kind(tag.lower())
        begin = found.end()
        inner = line.find("<", begin)
        unlisted = tag.lower() not in known and (not line[begin : begin + 400].strip() or _SETTING.match(line, begin))
        if kind is None or found[0].endswith("/>") or unlisted or _holds_elements(line, inner, tag):
            # Elements inside are looked at one by one.
            out.append(line[at:begin])
            at = begin
            continue
        close = line.find(f"</{tag}>", begin)
        value = line[begin:close] if close >= 0 else line[begin:].rstrip("\r")
        out.append(line[at : found.end()])
        if close < 0:
            state["tag"], state["lines"] = tag, 0
            rest = f"[secret: {kind}, plain]" if value.strip() else value
            return "".join([*out, rest, "\r" if line.endswith("\r") else ""])
        out.append(value if _MARK.fullmatch(value.strip()) else f"[secret: {kind}, {state_of(kind, value)}]" if value.strip() else value)
        at = close
    return "".join([*out, line[at:]])
