"""Values in the text form of nftables rules: numbers, addresses, ranges, sets, maps, joined values."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address
from types import MappingProxyType
from typing import Any

Json = Any
SERVICES = MappingProxyType(
    {
        "ftp-data": 20, "ftp": 21, "ssh": 22, "telnet": 23, "smtp": 25, "domain": 53, "bootps": 67, "bootpc": 68, "tftp": 69, "http": 80,
        "kerberos": 88, "pop3": 110, "sunrpc": 111, "ntp": 123, "netbios-ns": 137, "netbios-dgm": 138, "netbios-ssn": 139, "imap2": 143,
        "snmp": 161, "snmp-trap": 162, "ldap": 389, "https": 443, "microsoft-ds": 445, "isakmp": 500, "syslog": 514, "ldaps": 636,
        "imaps": 993, "pop3s": 995, "openvpn": 1194, "ms-sql-s": 1433, "nfs": 2049, "mysql": 3306, "postgresql": 5432, "http-alt": 8080,
    }
)  # fmt: skip
"""Names old versions print for ports (IANA service names)."""
_VERDICTS = ("accept", "drop", "continue", "return")
_DEEPEST = 20


def value_of(words: Sequence[str], at: int, depth: int = 0) -> tuple[Json, int]:
    """Return the value that begins at a word, and the position after it. What is no value comes back as text, which no reader takes."""
    if at >= len(words) or depth > _DEEPEST:
        return "?", len(words)
    if words[at] == "{":
        return _set(words, at + 1, depth)
    value, at = _one(words, at)
    joined = [value]
    while at + 1 < len(words) and words[at] == ".":
        value, at = _one(words, at + 1)
        joined.append(value)
    if len(joined) > 1:
        return {"concat": joined}, at
    several = [value]
    while at + 1 < len(words) and words[at] == ",":
        value, at = _one(words, at + 1)
        several.append(value)
    return (several, at) if len(several) > 1 else (several[0], at)


def _set(words: Sequence[str], at: int, depth: int) -> tuple[Json, int]:
    """`{ a, b-c, d : verdict }`: a list of values, or of pairs."""
    found: list[Json] = []
    while at < len(words) and words[at] != "}":
        if words[at] == ",":
            at += 1
            continue
        key, at = _element(words, at)
        if at < len(words) and words[at] == ":":
            value, at = _mapped(words, at + 1, depth)
            found.append([key, value])
        else:
            found.append(key)
        # Timeouts, counters and comments of an element.
        while at < len(words) and words[at] not in (",", "}"):
            at += 1
    return {"set": found}, at + 1


def _element(words: Sequence[str], at: int) -> tuple[Json, int]:
    value, at = _one(words, at)
    joined = [value]
    while at + 1 < len(words) and words[at] == ".":
        value, at = _one(words, at + 1)
        joined.append(value)
    return ({"concat": joined} if len(joined) > 1 else value), at


def _mapped(words: Sequence[str], at: int, depth: int) -> tuple[Json, int]:
    if at < len(words) and words[at] in _VERDICTS:
        return {words[at]: None}, at + 1
    if at + 1 < len(words) and words[at] in ("jump", "goto"):
        return {words[at]: {"target": words[at + 1]}}, at + 2
    return _element(words, at) if depth < _DEEPEST else ("?", len(words))


def _one(words: Sequence[str], at: int) -> tuple[Json, int]:
    """One word; `a - b` may be printed with blanks."""
    if at + 2 < len(words) and words[at + 1] == "-":
        return {"range": [word_value(words[at]), word_value(words[at + 2])]}, at + 3
    return word_value(words[at]), at + 1


def word_value(word: str) -> Json:
    """Return a word as JSON has it: a number, an address, a network, a range, a port by its name, else the text."""
    plain = word.strip('"')
    if word.startswith('"'):
        return plain
    if plain.isascii() and plain.isdigit() and len(plain) < 11:
        return int(plain)
    if plain.startswith("0x") and len(plain) < 11:
        try:
            return int(plain, 16)
        except ValueError:
            return plain
    address, slash, length = plain.partition("/")
    if slash and length.isascii() and length.isdigit() and len(length) < 4:
        return {"prefix": {"addr": address, "len": int(length)}}
    low, dash, high = plain.partition("-")
    if dash and _ends(low) and _ends(high):
        return {"range": [word_value(low), word_value(high)]}
    return SERVICES.get(plain, plain)


def _ends(text: str) -> bool:
    if text.isascii() and text.isdigit():
        return len(text) < 11
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
