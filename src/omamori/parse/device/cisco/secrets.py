"""Takes secrets out of a line of a Cisco configuration: passwords, keys, communities; the digit that tells how one is written stays.

Sources: command references of Cisco IOS, IOS XE and ASA, for each command named in the patterns.
"""

from __future__ import annotations

import re
from typing import Any

from omamori.parse.network.lines import console
from omamori.parse.redact import secret_mark

_I = re.IGNORECASE
_HOW = r"(?:(?:[0-9]|encrypted|ascii|hex|level \d{1,2}(?: [0-9])?|local|remote|clear|aes)\s{1,4}){0,3}"
"""What may stand between the word that announces a secret and the secret."""
_WORD = r"(?P<v>\"[^\"]{0,400}\"|\S{1,400})"
_TAIL = (
    r"(?P<v>\S.{0,400}?)(?=\s{1,8}(?:encrypted|pbkdf2|mschap|nt-encrypted|privilege|role|nohangup|store-local|level|autocommand|access-class|view|address|hostname|"
    r"netmask|no-xauth|prompt|callback|noescape|user-maxlinks)\b|\s{0,8}$)"
)
_POLICY = (
    r"(?!(?:encryption|min-length|min|max|policy|recovery|history|lifetime|minimum|authentication|prompt|strength|reset|expire\w*|-?storage|management|complexity|"
    r"required|optional|aging|expiry|logging|type|chain)\b|\*{3,})"
)
_MAYBE_MARK = r"(?!\[secret:)"

_REST = rf"{_HOW}{_MAYBE_MARK}(?P<v>\S.{{0,400}})$"
"""A secret that goes to the end of the line."""


def _shape(kind: str, pattern: str) -> tuple[str, re.Pattern[str]]:
    return kind, re.compile(pattern, _I)


_SHAPES = (
    _shape("password", rf"^\s{{0,40}}(?:local\s)?enable\s{{1,4}}(?:secret|password)\s{{1,4}}{_HOW}{_MAYBE_MARK}{_TAIL}"),
    _shape("password", rf"^\s{{0,40}}passwd\s{{1,4}}{_MAYBE_MARK}{_TAIL}"),
    _shape("password", rf"^\s{{0,40}}username\s{{1,4}}\S{{1,64}}\s.{{0,120}}?\b(?:password|secret|passphrase)\s{{1,4}}{_POLICY}{_HOW}{_MAYBE_MARK}{_TAIL}"),
    _shape("password", rf"^\s{{0,40}}(?:password|secret)\s{{1,4}}{_POLICY}{_HOW}{_MAYBE_MARK}{_TAIL}"),
    _shape("password", rf"^\s{{0,40}}ldap-login-password\s{{1,4}}{_HOW}{_MAYBE_MARK}{_TAIL}"),
    _shape("community", rf"\bsnmp-server\s{{1,4}}community\s{{1,4}}{_HOW}{_MAYBE_MARK}(?!\*{{3,}}){_WORD}"),
    _shape("community", rf"\bsnmp-server\s{{1,4}}host\s.{{0,200}}?\bcommunity\s{{1,4}}{_HOW}{_MAYBE_MARK}(?!\*{{3,}}){_WORD}"),
    _shape(
        "community",
        r"\bsnmp-server\s{1,4}host\s{1,4}\d\S{1,100}\s{1,4}(?:(?:use-)?vrf\s{1,4}\S{1,64}\s{1,4})?(?:(?:traps?|informs?)\s{1,4})?"
        rf"(?:version\s{{1,4}}(?:1|2c|3\s{{1,4}}(?:auth|noauth|priv))\s{{1,4}})?(?!(?:version|traps?|informs?|vrf|use-vrf|source-interface|community|filter-vrf|poll)\b)"
        rf"{_MAYBE_MARK}{_WORD}",
    ),
    _shape("community", rf"^\s{{0,40}}community(?:-map)?\s{{1,4}}(?!list\b|name\b|community\b){_HOW}{_MAYBE_MARK}{_WORD}"),
    _shape("key", rf"\bcrypto\s{{1,4}}isakmp\s{{1,4}}key\s{{1,4}}{_HOW}{_MAYBE_MARK}{_TAIL}"),
    _shape("key", rf"^\s{{0,40}}isakmp\s{{1,4}}key\s{{1,4}}{_MAYBE_MARK}{_TAIL}"),
    _shape("key", rf"\bpre-?shared-key\s{{1,4}}(?:address|hostname)\s.{{0,160}}?\bkey\s{{1,4}}{_REST}"),
    _shape("key", rf"\bpre-?shared-key\s{{1,4}}(?!address\b|hostname\b|\*{{3,}}){_REST}"),
    _shape("key", rf"\bpre-share\s{{1,4}}key\s{{1,4}}{_REST}"),
    _shape("key", rf"\bkey-string\s{{1,4}}(?:password\s{{1,4}})?{_REST}"),
    _shape("key", rf"^\s{{0,40}}(?:failover\s{{1,4}}(?:lan\s{{1,4}})?)?key\s{{1,4}}(?!chain\b|\d{{1,5}}\s*$|\*{{3,}}){_REST}"),
    _shape("key", rf"\b(?:tacacs-server|radius-server|server-private|radius|tacacs|aaa-server|client)\b.{{0,200}}?\b(?:server-)?key\s{{1,4}}(?!\*{{3,}}){_REST}"),
    _shape("key", rf"^\s{{0,40}}(?:pac\s{{1,4}}key|server-key|(?:cable\s{{1,4}})?shared-(?:secondary-)?secret(?:\s{{1,4}}index\s{{1,4}}\d{{1,3}})?)\s{{1,4}}{_REST}"),
    _shape("key", rf"\bauthentication-key\s{{1,4}}(?:\d{{1,10}}\s{{1,4}}(?:md5|hmac\S{{1,20}}|sha\S{{0,10}}|cmac\S{{0,20}})\s{{1,4}})?{_HOW}{_MAYBE_MARK}{_WORD}"),
    _shape("key", rf"\bmessage-digest-key\s{{1,4}}\d{{1,3}}\s{{1,4}}md5\s{{1,4}}{_HOW}{_MAYBE_MARK}{_WORD}"),
    _shape("key", rf"\bauthentication\s{{1,4}}(?:key\s{{1,4}}eigrp\s{{1,4}}\d{{1,10}}\s{{1,4}}{_WORD}|mode\s{{1,4}}hmac-\S{{1,20}}\s{{1,4}}{_HOW}{_MAYBE_MARK}(?P<w>\S{{1,400}}))"),
    _shape("password", rf"\b(?:standby|vrrp|glbp)\s(?:\d{{1,4}}\s)?.{{0,20}}?authentication\s{{1,4}}(?:text\s{{1,4}})?(?!md5\b){_MAYBE_MARK}{_WORD}"),
    _shape("password", rf"\b(?:neighbor|peer|node|session)\s{{1,4}}\S{{1,64}}\s{{1,4}}.{{0,40}}?password\s{{1,4}}{_POLICY}{_REST}"),
    _shape("password", rf"\b(?:isis|area|domain|lsp)-?\s?password\s{{1,4}}{_HOW}{_MAYBE_MARK}{_WORD}"),
    _shape("password", rf"\bppp\s{{1,4}}(?:chap|pap|eap|ms-chap\S{{0,4}})\s.{{0,120}}?password\s{{1,4}}{_REST}"),
    _shape("password", rf"\b(?:vtp|l2tp\s{{1,4}}tunnel|ftp|tunnel|digest|sip|cts|client|challenge|smtp|http|tacacs|ldp|proxy|credentials)"
        rf"\b.{{0,160}}?\b(?:password|secret)\s{{1,4}}{_POLICY}{_REST}"),
    _shape("password", rf"\bvpdn\s{{1,4}}username\s{{1,4}}\S{{1,64}}\s{{1,4}}password\s{{1,4}}(?!\*{{3,}}){_MAYBE_MARK}{_WORD}"),
    _shape("password", rf"\bauthentication\s{{1,4}}username\s{{1,4}}\S{{1,64}}\s{{1,4}}password\s{{1,4}}{_HOW}{_MAYBE_MARK}{_WORD}"),
    _shape("community", rf"\bsnmp-community\s{{1,4}}{_HOW}{_MAYBE_MARK}{_WORD}"),
    _shape("key", rf"\b(?:wpa-psk|set-key|wep\s{{1,4}}key)\s{{1,4}}{_HOW}{_MAYBE_MARK}{_WORD}"),
    _shape("key", rf"\bencryption\s{{1,4}}(?:vlan\s{{1,4}}\d{{1,4}}\s{{1,4}})?key\s{{1,4}}\d\s{{1,4}}size\s{{1,4}}\S{{1,10}}\s{{1,4}}{_HOW}{_MAYBE_MARK}{_WORD}"),
    _shape("password", rf"\bsnmp-server\s{{1,4}}user\s.{{0,200}}?\bauth\s{{1,4}}(?:md5|sha\S{{0,6}})\s{{1,4}}{_MAYBE_MARK}{_WORD}"),
    _shape("password", rf"\bsnmp-server\s{{1,4}}user\s.{{0,600}}?\bpriv\s{{1,4}}(?:des\d{{0,3}}|3des|aes\d{{0,3}})\s{{1,4}}(?:(?:128|192|256)\s{{1,4}})?{_MAYBE_MARK}{_WORD}"),
    _shape("key", rf"\bspi\s{{1,4}}\d{{1,10}}\s.{{0,60}}?\b(?:md5|sha1|aes-cbc\s{{1,4}}\d{{3}}|3?des)\s{{1,4}}{_HOW}(?P<v>[0-9a-f]{{16,400}})"),
    _shape("key", r"\b(?:ah|esp)\b.{0,40}?\b(?:cipher|authenticator)\s{1,4}(?P<v>[0-9a-f]{8,400})"),
    _shape("key", rf"^\s{{0,40}}group\s{{1,4}}\S{{1,64}}\s{{1,4}}key\s{{1,4}}{_REST}"),
    _shape("key", rf"\bip\s{{1,4}}nhrp\s{{1,4}}authentication\s{{1,4}}{_HOW}{_MAYBE_MARK}{_WORD}"),
    _shape("password", rf"\bradius-common-pw\s{{1,4}}(?!\*{{3,}}){_REST}"),
    _shape("password", rf"\bpassphrase\s{{1,4}}(?!\*{{3,}}){_REST}"),
    _shape("password", rf"\bcrypto\s{{1,4}}(?:ca|pki|key)\s{{1,4}}import\s.{{1,120}}?\b(?:pkcs12|pem)\s{{1,4}}(?!terminal\b|url\b|exportable\b){_MAYBE_MARK}{_WORD}"),
    _shape("password", rf"\bsim\s{{1,4}}authenticate\s{{1,4}}{_HOW}{_MAYBE_MARK}{_WORD}"),
    _shape("password", rf"\bgsm\s{{1,4}}profile\s{{1,4}}create\s.{{1,160}}?\b(?:chap|pap)\s{{1,4}}\S{{1,64}}\s{{1,4}}{_MAYBE_MARK}{_WORD}"),
    _shape("password", r"\b(?:ftp|https?|scp|tftp|sftp)://[^\s/:@]{1,100}:(?P<v>[^\s/@]{1,200})@"),
)  # fmt: skip
_BEFORE = re.compile(r"^(?:[A-Za-z][\w.-]{0,62}(?:/[\w.-]{1,30}){0,3}(?:\([\w-]{1,40}\))?[#>]\s?)?\s{0,40}(?:no\s{1,4}|default\s{1,4})?")
"""A prompt, and what takes a command back."""
_HINT = re.compile(r"pass|-pw|import|authent|profile|secret|key|commun|snmp|auth|wpa|wep|pre-?share|spi |cipher|://|shared", _I)
_OPEN, _CLOSE = re.compile(r"^\s{1,40}key-string\s*$", _I), re.compile(r"^\s{1,40}quit\b", _I)


def redact_line(line: str, state: dict[str, Any]) -> str:
    """Return the line with `[secret: KIND, STATE]` where a secret stood; `state` remembers an open block of a key."""
    if state.get("key"):
        state["key"] += 1
        if _CLOSE.match(line) or not line.startswith(" ") or state["key"] > 200:
            state["key"] = 0
        else:
            return "  " + secret_mark("key", "x")
    if _HINT.search(line) is None:
        return line
    if _OPEN.match(line):
        state["key"] = 1
        return line
    ending = "\r" if line.endswith("\r") else ""
    text = line.removesuffix("\r")
    if not text.isprintable() or "--" in text:  # what a pager leaves before the line itself
        text = console(text.encode(errors="surrogateescape")).lines[0].text
    before = _BEFORE.match(text)
    start = before.end() if before else 0
    if re.match(r"(?:description|remark)\s", text[start:].lstrip(), _I):
        return line
    clean = _shapes(text[start:])
    return line if clean == text[start:] else text[:start] + clean + ending


def _shapes(text: str) -> str:
    for kind, pattern in _SHAPES:
        found = pattern.search(text)
        if found is None:
            continue
        group = "w" if "w" in pattern.groupindex and found["w"] is not None else "v"
        value = found[group]
        if "[secret:" in value or set(value) == {"*"}:
            continue
        text = text[: found.start(group)] + secret_mark(kind, value) + text[found.end(group) :]
    return text
