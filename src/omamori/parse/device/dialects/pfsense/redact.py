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
_MARK = re.compile(r"\[secret: [a-z-]+, [a-z]+\]")
_HASHED = re.compile(r"^\$(?:2[abxy]?|5|6|1)\$|^[0-9a-f]{32}$|^[0-9a-f]{128}$")


@cache
def kinds() -> dict[str, str]:
    """Return the names of elements that hold a secret, with its kind."""
    return {tag: kind for kind, tags in _KINDS.items() for tag in tags.split()}


@cache
def _defaults() -> frozenset[str]:
    text = files("omamori.parse").joinpath("default_secrets.txt").read_text(encoding="utf-8")
    own = ("pfsense", "opnsense")
    return frozenset((*own, *(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))))


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
            return f"[secret: {known[tag]}, plain]" if line.strip() else line
        state["tag"] = ""
        at = max(close, 0)
        if close >= 0 and line[:close].strip():
            out.append(f"[secret: {known[tag]}, plain]")
    while (found := _OPEN.search(line, at)) is not None:
        tag = found["tag"]
        kind = known.get(tag.lower())
        if kind is None or found[0].endswith("/>"):
            out.append(line[at : found.end()])
            at = found.end()
            continue
        close = line.find(f"</{tag}>", found.end())
        value = line[found.end() : close] if close >= 0 else line[found.end() :].rstrip("\r")
        if "<" in value.replace("<![CDATA[", ""):
            # It holds other elements: those are looked at one by one.
            out.append(line[at : found.end()])
            at = found.end()
            continue
        out.append(line[at : found.end()])
        if close < 0:
            known_tag = tag if tag in known else tag.lower()
            state["tag"], state["lines"] = known_tag, 0
            rest = f"[secret: {kind}, plain]" if value.strip() else value
            return "".join([*out, rest, "\r" if line.endswith("\r") else ""])
        out.append(value if _MARK.fullmatch(value.strip()) else f"[secret: {kind}, {state_of(kind, value)}]" if value.strip() else value)
        at = close
    return "".join([*out, line[at:]])
