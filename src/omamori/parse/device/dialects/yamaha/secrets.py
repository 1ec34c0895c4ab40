"""Takes the secrets out of the lines of a Yamaha configuration (command reference: every command with a password, key or community)."""

from __future__ import annotations

import re
from typing import Any

from omamori.parse.redact import secret_mark

_W = r"(?:\[secret: [a-z-]{1,40}, [a-z]{1,10}\]|\"[^\"]{0,200}\"|\S{1,200})"
_MASK = re.compile(r"\*{1,64}|\[secret: [a-z-]+, [a-z]+\]")
_KEEP = frozenset({"encrypted", "text", "on", "off", "any", "none"})


def _shape(kind: str, before: str, times: int = 1) -> tuple[str, re.Pattern[str]]:
    """`before` a value; up to `times` values behind it are secret."""
    return kind, re.compile(rf"(?:^|[\s#*]){before}\s{{1,8}}(?P<v>{_W}(?:\s{{1,8}}{_W}){{0,{times - 1}}})")


_SHAPES = (
    _shape("password", r"(?:login|administrator) password(?: encrypted)?"),
    _shape("password", rf"login user {_W}(?: encrypted)?"),
    _shape("password", rf"(?:pp|wan|mobile) auth (?:username|myname) {_W}(?: encrypted)?"),
    _shape("password", rf"pp auth username .{{1,300}}? myname {_W}"),
    _shape("pre-shared-key", rf"(?:ipsec ike|bgp neighbor) pre-shared-key {_W}(?: text)?"),
    _shape("password", rf"ipsec ike (?:eap|xauth) myname {_W} {_W}"),
    _shape("password", rf"auth user {_W} {_W}(?: encrypted)?"),
    _shape("password", r"l2tp tunnel auth on"),
    _shape("community", rf"snmp(?:v2c)? host {_W}", 2),
    _shape("community", r"snmp(?:v2c)? community read-(?:only|write)"),
    _shape("community", r"snmp(?:v2c)? trap community"),
    _shape("community", rf"snmp trap host {_W}"),
    _shape("community", rf"snmpv2c trap host {_W} (?:trap|inform)"),
    _shape("password", r"(?:snmpv3 usm user .{1,200}?) (?:md5|sha\d{0,3})"),
    _shape("password", r"(?:snmpv3 usm user .{1,400}?) (?:des-cbc|aes128-cfb|aes\d{0,3}\S{0,10})"),
    _shape("key", r"sshd host key generate", 8),
    _shape("key", r"radius (?:auth |account )?secret"),
    _shape("key", r"ip \S{1,40} rip auth key(?: text)?"),
    _shape("password", rf"mobile pin code {_W}"),
    _shape("password", rf"ldap server {_W} {_W}"),
    _shape("password", rf"external-memory config filename {_W}"),
    _shape("password", rf"mail server pop {_W} {_W} {_W}"),
    _shape("password", rf"mail server (?:smtp|pop) .{{1,300}}? (?:smtp-auth|pop|apop|pop3) {_W}"),
    _shape("password", rf"(?:license|vrx) (?:authentication|user|key) {_W}(?: {_W})?"),
    _shape("password", rf"pki certificate file {_W} {_W} type {_W}"),
    _shape("password", rf"sip server .{{1,200}}? (?:udp|tcp) {_W} {_W}"),
    _shape("token", r"yno access code", 2),
    _shape("password", r"ddns .{1,200}? password"),
    _shape("password", rf"httpd custom-gui user {_W}(?: encrypted)?"),
    _shape("password", r"wlan \S{1,40} (?:wpa-passphrase|wep-key)"),
)
_OPTION = re.compile(
    r"(?<=[\s(])(?P<n>auth|authkey|auth-key|auth_key|md5key|md5_key|key|password|pass)=(?P<v>\"[^\"]{0,200}\"|[^\s)]{1,200})"
)
_OPTION_PLAIN = frozenset({"text", "md5", "on", "off"})


_HINT = re.compile(
    r"password|auth|key|snmp|secret|user|yno|mobile|ldap|external-memory|mail|license|vrx|pki|sip|ddns|wpa|wep|pass=|community|eap|radius"
)
"""A word every command with a secret holds."""


def redact(line: str, state: dict[str, Any]) -> str:
    """Return the line with a mark in place of each secret. `state` is not used: no secret of this maker spans lines."""
    if _HINT.search(line) is None:
        return line
    for kind, pattern in _SHAPES:
        at, out = 0, []
        for found in pattern.finditer(line):
            out += [line[at : found.start("v")], _marks(kind, found["v"])]
            at = found.end("v")
        line = "".join([*out, line[at:]])
    return _OPTION.sub(_option, line)


def _marks(kind: str, values: str) -> str:
    """Replace each value of a list; a mark, a mask and words of the command stay."""
    parts = re.split(r"(\[secret: [a-z-]+, [a-z]+\]|\"[^\"]{0,200}\"|\s+)", values)
    return "".join(part if _stays(part) else secret_mark(kind, part.strip('"')) for part in parts)


def _stays(part: str) -> bool:
    return not part.strip() or part in _KEEP or _MASK.fullmatch(part) is not None


def _option(found: re.Match[str]) -> str:
    if found["v"].lower() in _OPTION_PLAIN or _MASK.fullmatch(found["v"]) or found["v"].startswith("[secret"):
        return found[0]
    return f"{found['n']}={secret_mark('key', found['v'].strip(chr(34)))}"
