"""The shapes secrets have in command lines and settings whose option says little by itself (`-P`, `-k`, `-w`).

Used by the keyword redactor after `secret_patterns`. Every pattern is linear in the length of a line; the secret is group `v`.
"""

from __future__ import annotations

import re

from omamori.parse.secret_patterns import Shape

_I = re.IGNORECASE
_WORD = r"(?P<v>\"[^\"]{0,400}\"|'[^']{0,400}'|[^\s\"']\S{0,400})"


def _option(programs: str, options: str, kind: str = "password") -> Shape:
    """The value behind one of `options` of one of `programs`, with a space or glued to it."""
    needles = tuple(name.lower() for name in programs.split("|"))
    return Shape(kind, needles, re.compile(rf"\b(?:{programs})\b[^|;\n]{{0,200}}?\s(?:{options})\s{{0,4}}(?!-){_WORD}"))


def _line(words: str, rest: str, kind: str = "password") -> Shape:
    """A setting at the start of a line."""
    return Shape(kind, tuple(words.lower().split("|")), re.compile(rf"^\s{{0,40}}(?:{words})\s{{1,20}}{rest}{_WORD}", _I))


COMMANDS: tuple[Shape, ...] = (
    _option("zip|7z|7za|7zr", "-P|-p"),
    _option("sqlcmd|isql|osql|bcp|ipmitool", "-P"),
    _option("mongodump|mongorestore|mongosh|mongo|mongoexport", "-p"),
    _option("redis-cli", "-a"),
    _option("ldapsearch|ldapmodify|ldapadd|ldapdelete|ldapwhoami", "-w"),
    _option("openssl", "-k|-K"),
    _option("plink|pscp|psftp|putty", "-pw"),
    _option("snmpwalk|snmpget|snmpset|snmpbulkwalk|snmptrap|trapsess|proxy", "-c", "community"),
    _option("snmpwalk|snmpget|snmpset|snmpbulkwalk|snmptrap|trapsess|proxy", "-A"),
    _option("snmpwalk|snmpget|snmpset|snmpbulkwalk|snmptrap|trapsess|proxy", "-X"),
    _option("restic|borg", "--password-command[ =]"),
    Shape(
        "password",
        ("user",),
        re.compile(
            r"\bnet1?(?:\.exe)?\s{1,4}user\s{1,4}(?![/?])(?:\"[^\"]{1,100}\"|[^\s\"]{1,100})\s{1,4}"
            r"(?P<v>\"[^\"]{1,400}\"|(?![/*>|&\"])\S{1,400})",
            _I,
        ),
    ),
    Shape("password", ("curl",), re.compile(r"\bcurl\b[^|;\n]{0,200}?\s-u[^\s:]{1,100}:(?P<v>\S{1,400})")),
    Shape("password", ("lftp",), re.compile(r"\blftp\b[^|;\n]{0,200}?\s-u\s{0,4}[^\s,]{1,100},(?P<v>\S{1,400})")),
    Shape("password", ("smbclient",), re.compile(rf"\bsmbclient\s{{1,4}}[/\\]\S{{1,200}}\s{{1,4}}(?!-){_WORD}")),
    Shape(
        "password",
        ("sqlplus", "expdp", "impdp", "rman"),
        re.compile(r"\b(?:sqlplus|expdp|impdp|exp|imp|rman)\s[^|;\n]{0,200}?[\w$#]{1,60}/(?P<v>[^\s/@]{1,200})(?=[@\s]|$)"),
    ),
    Shape("password", ("/p",), re.compile(rf"\s/p(?:ass(?:wor)?d{{0,2}}|ass|wd|d|o)?[:=]\s{{0,2}}(?!\*){_WORD}", _I)),
    Shape(
        "password",
        ("/p ", "/rp "),
        re.compile(
            r"\b(?:systeminfo|tasklist|taskkill|schtasks|getmac|driverquery|gpresult|openfiles|eventcreate|eventquery|waitfor|takeown|runas)"
            rf"(?:\.exe)?\s[^|\n]{{0,400}}?/r?p\s{{1,8}}(?![/*]){_WORD}",
            _I,
        ),
    ),
    Shape(
        "password",
        ("psexec", "paexec", "winrs", "psinfo", "pslist", "psservice", "psloglist"),
        re.compile(
            rf"\b(?:psexec|paexec|winrs|psinfo|pslist|psservice|psloglist)(?:64)?(?:\.exe)?\s[^|\n]{{0,400}}?[-/]p(?:assword)?[: ]\s{{0,4}}{_WORD}",
            _I,
        ),
    ),
    Shape(
        "password",
        ("convertto-securestring",),
        re.compile(r"\bConvertTo-SecureString\b[^|;\n]{0,100}?\s(?P<v>\"[^\"]{1,400}\"|'[^']{1,400}'|(?![-$(])[^\s\"']\S{0,400})", _I),
    ),
    Shape(
        "password",
        ("convertto-securestring",),
        re.compile(r"(?P<v>\"[^\"]{1,400}\"|'[^']{1,400}')\s{0,4}\|\s{0,4}ConvertTo-SecureString\b", _I),
    ),
    Shape("password", ("passwd --stdin", "sudo -s", "chpasswd"), re.compile(rf"\becho\s{{1,4}}(?:-n\s{{1,4}})?{_WORD}(?=\s{{0,4}}\|)")),
    Shape(
        "password",
        ("htpasswd",),
        re.compile(rf"\bhtpasswd\s{{1,4}}-\w{{0,8}}b\w{{0,8}}\s{{1,4}}\S{{1,200}}\s{{1,4}}\S{{1,100}}\s{{1,4}}{_WORD}"),
    ),
    Shape("password", ("%",), re.compile(r"(?:^|[\s,])user(?:name)?=[^\s,%]{1,100}%(?P<v>[^\s,]{1,400})", _I)),
    Shape("token", ("hooks.slack.com",), re.compile(r"hooks\.slack\.com/services/(?P<v>\S{1,400})")),
    Shape("token", ("?", "&"), re.compile(r"[?&](?:\w{0,20}token|api_?key|sig|password|passwd|secret)=(?P<v>[^\s&\"'#]{1,400})", _I)),
    Shape("key", ("account_key",), re.compile(rf"account_key\s{{0,4}}=\s{{0,4}}{_WORD}", _I)),
    Shape("key", ("akia", "asia"), re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b")),
    Shape("token", ("basic ",), re.compile(r"\bauthorization\s{1,4}[\"']?basic\s{1,4}(?P<v>[^\s\"']{1,4000})", _I)),
    Shape(
        "password", ("pass",), re.compile(rf"(?:^|\s)--?[\w-]{{0,40}}(?:passw(?:or)?d|requirepass|masterauth)[ =]{{1,4}}(?!-|/){_WORD}", _I)
    ),
    Shape("password", ("pass",), re.compile(rf"\b\w{{1,40}}pass=(?!\w{{1,10}}:){_WORD}", _I)),
    Shape("password", ("authldapbindpassword",), re.compile(rf"\bAuthLDAPBindPassword\s{{1,20}}(?!exec:){_WORD}", _I)),
    Shape("password", ("radiussecrets",), re.compile(rf"\bradiussecrets\s{{0,4}}=\s{{0,4}}{_WORD}", _I)),
    Shape("password", ("login=",), re.compile(r"\blogin=[^\s:]{1,100}:(?P<v>\S{1,400})")),
    Shape("password", ("user ",), re.compile(r"^\s{0,40}user\s[^\n]{0,200}?\s[>#](?P<v>\S{1,400})")),
    _line("informsink|trap2sink|trapsink", r"\S{1,100}\s{1,20}", "community"),
    _line("authcommunity", r"\S{1,100}\s{1,20}", "community"),
    Shape("password", ("pw",), re.compile(rf"#[^\n]{{0,200}}?\bpw\s{{0,4}}[:=]\s{{0,4}}{_WORD}", _I)),
    Shape(
        "password",
        ("password",),
        re.compile(
            rf"^\s{{0,40}}#[^\n]{{0,200}}?\bpassword\b[^\n:=]{{0,60}}?\sis\s{{1,4}}(?!used\b|not\b|required\b|set\b|the\b|a\b){_WORD}", _I
        ),
    ),
    Shape("key", ("repokey",), re.compile(rf"\brepokey\s{{0,4}}[:=]\s{{0,4}}{_WORD}", _I)),
)
"""Command lines and settings, beyond the phrases of `secret_patterns`."""

COMMAND_NEEDLES = tuple(sorted({needle for shape in COMMANDS for needle in shape.needles}, key=len))
