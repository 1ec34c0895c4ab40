"""The shapes secrets have, for the keyword redactor. Every pattern is linear in the length of a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

_I = re.IGNORECASE


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape of secret. It can only match a line that holds one of `needles` (lower case).

    The secret is the group `v` of the pattern, or all of it.
    """

    kind: str
    needles: tuple[str, ...]
    pattern: re.Pattern[str]


_WORDS = (
    r"pass(?:word|wd|phrase)|pass(?![A-Za-z0-9_-])|pwd|secret(?:[_-]?(?:access[_-]?)?key)?|api[_-]?key|(?:access|auth|private|encryption|shared)[_-]?key"
    r"|pre-?shared-?key|psk|wep[_-]?key\d?|token|community|key content|requirepass|bindpw"
    r"|パスワード|パスコード|パスフレーズ|暗証番号|合言葉|事前共有(?:鍵|キー)|共有シークレット|シークレット|コミュニティ(?:名|文字列)|認証キー|秘密鍵|主要なコンテンツ"
)
KEYWORD = re.compile(rf"(?P<word>{_WORDS})(?P<sep>[\"'’\])]?[ \t　]{{0,40}}(?:=>|==?|:=|[:=\uff1a\uff1d])[ \t　]{{0,40}})", _I)
"""A word that announces a secret at the end of a name, and its separator."""
SEPARATORS = ":=\uff1a\uff1d"
"""One of these stands in every separator of `KEYWORD`: a line without them holds none."""

XML = re.compile(r"(<[\w:.-]{0,40}?(?:password|passwd|secret|passphrase|psk|token)>)([^<]{1,500})<", _I)
URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,20}://[^\s/:@\"'<>]{0,100}:)([^\s/@\"'<>]{1,200})@")

_NAME_SERVICES = r"files|compat|systemd|sss|ldap|winbind|nis|nisplus|db|cache|\[\w+=\w+\]"
KEEP = re.compile(
    r"(?:yes|no|true|false|on|off|\d|none|null|nil|never|required|requisite|optional|sufficient|enabled?|disabled?|unset|not set"
    r"|hidden|[(<](?:hidden|null|none)[)>]?|set|ask|x|\*+|!+|all|(?:はい|いいえ|あり|なし|有効|無効)|x?:\d[\w:/,. -]*|amd64|arm64|i386|[{\[]|[|>][-+]?"
    rf"|(?:(?:{_NAME_SERVICES})\s*)+)",
    _I,
)
"""Whole values that are policy, not secret."""

REFERENCE = re.compile(r"\$\{[\w.:-]+\}|\$\(\S+\)|\$[A-Z_]{3,}|%[\w-]+%|\{\{[^}]*\}\}|<[A-Za-z _-]+>")
"""Values that only point at where the secret is."""

KEY_BEGIN = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
KEY_END = re.compile(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")

HASHES: tuple[Shape, ...] = (
    Shape(
        "hash",
        ("$",),
        re.compile(
            r"\$(?:1|2[abxy]?|3|5|6|7|8|9|14|y|gy|sha1|md5|apr1|argon2id?|scrypt|pbkdf2[\w-]{0,12}|bcrypt)\$[^\s:'\",;|<>]{16,400}", _I
        ),
    ),
    Shape("hash", ("$9$",), re.compile(r"\$9\$[^\s:'\",;|<>$]{8,200}")),
    Shape("hash", ("{s", "{m", "{c", "{p"), re.compile(r"\{(?:S?SHA\d{0,3}|S?MD5|CRYPT|PBKDF2[\w-]{0,12})\}(?P<v>[^\s'\",;]{8,400})", _I)),
    Shape("hash", ("grub.pbkdf2",), re.compile(r"grub\.pbkdf2\.\w{1,12}\.\d{1,9}\.[0-9A-F.]{16,2000}", _I)),
    Shape("hash", ("scram-", "md5"), re.compile(r"\b(?:SCRAM-SHA-256\$\S{16,400}|md5[0-9a-f]{32})\b")),
    Shape("hash", (":::",), re.compile(r":(?P<v>[0-9A-Fa-f]{32}:[0-9A-Fa-f]{32}):")),
    Shape("hash", ("::",), re.compile(r"^[^:\s]{1,64}:!{0,2}(?P<v>[./0-9A-Za-z]{13}):\d{0,6}:\d{0,6}:")),
    Shape("hash", ("enc ",), re.compile(r"\bENC\s{1,4}(?P<v>[A-Za-z0-9+/=]{8,400})")),
)
TOKENS: tuple[Shape, ...] = (
    Shape(
        "token",
        ("authorization",),
        re.compile(
            r"\bauthorization\s{0,4}[:=]\s{0,4}(?:(?:bearer|basic|digest|token|negotiate)\s{1,4})?(?P<v>(?!\[secret)[^\s'\"]{1,4000})", _I
        ),
    ),
    Shape("token", ("bearer",), re.compile(r"\bbearer\s{1,4}(?P<v>(?=[A-Za-z._~+/=-]{0,200}\d)[A-Za-z0-9._~+/=-]{16,4000})", _I)),
    Shape("token", ("eyj",), re.compile(r"\beyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{4,4000}(?:\.[A-Za-z0-9_-]{0,4000})?")),
    Shape(
        "token",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat", "glpat-", "xox"),
        re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_\w{30,255}|glpat-[\w-]{16,64}|xox[abposr]-[\w-]{10,200})"),
    ),
)

_PLAIN = r"(?P<v>\"[^\"]{0,400}\"|'[^']{0,400}'|(?![:=])\S{1,400})"
_NOT_POLICY = (
    r"(?!\w[\w -]{0,40}[:=](?:\s|$)|\[|-?(?:requisite|required|sufficient|optional|include|substack)\b|(?:last|expires?|changeable|inactive|age|must|never|history|complexity"
    r"|policy|length|authentication|is|for|chang\w{0,6}|has|was|and|or|to|file|hash\w{0,3}|check\w{0,3}|aging|set)\b)"
)
PHRASES: tuple[Shape, ...] = (
    Shape(
        "password",
        ("password", "secret"),
        re.compile(
            rf"^\s{{0,40}}(?:login\s|administrator\s|enable\s)?\s{{0,4}}(?:password|secret)\s{{1,20}}{_NOT_POLICY}(?:level\s{{1,4}}\d{{1,2}}\s{{1,4}})?(?:encrypted\s{{1,4}}|\d\s{{1,4}})?{_PLAIN}",
            _I,
        ),
    ),
    Shape(
        "password",
        ("user",),
        re.compile(
            rf"^\s{{0,40}}(?:user|username)\s{{1,4}}\S{{1,64}}\s.{{0,60}}?\b(?:password|secret)\s{{1,4}}(?:\d{{1,2}}\s{{1,4}})?{_PLAIN}", _I
        ),
    ),
    Shape(
        "password",
        ("set ",),
        re.compile(
            rf"^\s{{0,40}}set\s{{1,4}}(?:passwd|password|psksecret|secret|auth-pwd|priv-pwd|passphrase|sae-password|login-passwd)\s{{1,4}}{_PLAIN}",
            _I,
        ),
    ),
    Shape("password", ("login",), re.compile(rf"^\s{{0,40}}login\s{{1,4}}user\s{{1,4}}\S{{1,64}}\s{{1,4}}{_PLAIN}", _I)),
    Shape("password", ("auth",), re.compile(rf"\bpp\s{{1,4}}auth\s{{1,4}}(?:myname|username)\s{{1,4}}\S{{1,64}}\s{{1,4}}{_PLAIN}", _I)),
    Shape(
        "password",
        ("requirepass", "masterauth", "pw", "wpa-"),
        re.compile(rf"^\s{{0,40}}(?:requirepass|masterauth|bindpw|rootpw|rootbindpw|wpa-psk|wpa-passphrase)\s{{1,20}}{_PLAIN}", _I),
    ),
    Shape("password", ("login",), re.compile(rf"\blogin\s{{1,4}}\S{{1,64}}\s{{1,4}}password\s{{1,4}}{_PLAIN}", _I)),
    Shape("password", ("identified", "password"), re.compile(r"\b(?:identified\s{1,4}by|password)\s{1,4}'(?P<v>[^']{0,400})'", _I)),
    Shape("password", ("reg_",), re.compile(r"(?:password|pwd)\s{1,20}REG_\w{2,20}\s{1,20}(?P<v>(?!0x)\S.{0,400})$", _I)),
    Shape(
        "password",
        ("-p", "-s", "-t", "-a"),
        re.compile(
            r"(?:^|\s)--?(?:[\w-]{0,40}-)?(?:password|passwd|pass|passphrase|secret|token|api-key|psk)\s{1,4}(?P<v>\"[^\"]{0,400}\"|'[^']{0,400}'|(?!-)\S{1,400})",
            _I,
        ),
    ),
    Shape("password", ("sshpass",), re.compile(r"\bsshpass\s{1,4}-p\s{0,4}(?P<v>\S{1,400})")),
    Shape("password", ("mysql", "mariadb"), re.compile(r"\b(?:mysql|mariadb)\w{0,20}\b[^|;]{0,200}?(?<=\s)-p(?P<v>[^\s-]\S{0,400})")),
    Shape(
        "password", ("curl", "wget"), re.compile(r"\b(?:curl|wget)\b[^|;]{0,200}?\s(?:-u|--user)[\s=]{1,4}[^\s:]{1,100}:(?P<v>\S{1,400})")
    ),
    Shape("password", ("-u",), re.compile(r"\s-U\s{0,4}[^\s%]{1,100}%(?P<v>\S{1,400})")),
    Shape("password", ("/user:",), re.compile(r"\bnet\s{1,4}use\s.{0,200}?/user:\S{1,100}\s{1,4}(?P<v>(?!/)\S{1,400})", _I)),
    Shape(
        "password",
        ("/user:",),
        re.compile(r"\bnet\s{1,4}use\s{1,4}(?:\S:\s{1,4})?\\\\\S{1,200}\s{1,4}(?P<v>(?!/)\S{1,400})\s{1,4}/user:", _I),
    ),
    Shape(
        "community",
        ("community",),
        re.compile(r"\bsnmp(?:-server|v2c?)?\s{1,4}community\s{1,4}(?:read-(?:only|write)\s{1,4}|\d\s{1,4})?(?P<v>\S{1,400})", _I),
    ),
    Shape(
        "community",
        ("snmp-server",),
        re.compile(
            r"\bsnmp-server\s{1,4}host\s{1,4}\S{1,100}\s{1,4}(?:(?:use-vrf|vrf)\s{1,4}\S{1,64}\s{1,4})?(?:(?:traps|informs)\s{1,4})?(?:version\s{1,4}(?:1|2c)\s{1,4})?(?P<v>(?!\d{1,3}(?:\.\d{1,3}){3}(?:\s|$)|version\b|traps\b|informs\b|use-vrf\b|vrf\b|source-interface\b)\S{1,400})",
            _I,
        ),
    ),
    Shape("community", ("community",), re.compile(r"^\s{0,40}(?:r[ow]community6?|trapcommunity)\s{1,20}(?P<v>\S{1,400})", _I)),
    Shape(
        "community",
        ("com2sec",),
        re.compile(r"^\s{0,40}com2sec6?\s{1,20}(?:-Cn\s{1,20}\S{1,100}\s{1,20})?\S{1,100}\s{1,20}\S{1,100}\s{1,20}(?P<v>\S{1,400})", _I),
    ),
    Shape(
        "password",
        ("createuser",),
        re.compile(rf"^\s{{0,40}}createUser\s{{1,4}}\S{{1,100}}\s{{1,4}}(?:MD5|SHA\S{{0,8}})\s{{1,4}}{_PLAIN}", _I),
    ),
    Shape("password", ("createuser",), re.compile(rf"^\s{{0,40}}createUser\s.{{1,400}}?\s(?:AES|DES)\S{{0,8}}\s{{1,4}}{_PLAIN}", _I)),
    Shape(
        "pre-shared-key",
        ("shared",),
        re.compile(
            r"\bpre-?shared-?key\s{1,4}(?:\d{1,3}\s{1,4})?(?:(?:ascii-text|text|hexadecimal|local|remote)\s{1,4})?(?P<v>(?!=|address\b|hostname\b)\S{1,400})",
            _I,
        ),
    ),
    Shape(
        "pre-shared-key",
        ("shared",),
        re.compile(
            r"\bpre-?shared-?key\s{1,4}(?:address|hostname)\s{1,4}\S{1,100}\s.{0,40}?\bkey\s{1,4}(?:\d\s{1,4})?(?P<v>\S{1,400})", _I
        ),
    ),
    Shape("pre-shared-key", ("isakmp",), re.compile(r"\bisakmp\s{1,4}key\s{1,4}(?:\d\s{1,4})?(?P<v>\S{1,400})", _I)),
    Shape(
        "password",
        ("tacacs", "radius"),
        re.compile(r"\b(?:tacacs|radius)(?:-server)?\s.{0,80}?\bkey\s{1,4}(?:\d\s{1,4})?(?P<v>\S{1,400})", _I),
    ),
    Shape(
        "password",
        ("key-string",),
        re.compile(r"\bkey-string\s{1,4}(?:(?:password|hexadecimal)\s{1,4})?(?:\d\s{1,4})?(?P<v>\S{1,400})", _I),
    ),
)
"""Settings of devices and commands whose secret has no separator before it; the secret is group `v`."""


KEYWORD_NEEDLES = (
    *("pass", "pwd", "secret", "psk", "token", "communit", "bindpw", "key content"),
    *(f"{word}{sign}key" for word in ("api", "access", "auth", "private", "encryption", "shared", "wep") for sign in ("", "_", "-")),
    *("パス", "暗証", "合言葉", "共有", "シークレット", "コミュニティ", "認証キー", "秘密鍵", "主要な"),
)
"""Parts of the words of `KEYWORD`, lower case: a line without any of them holds no such word."""

NEEDLES = tuple(
    sorted(
        {needle for shape in (*HASHES, *TOKENS, *PHRASES) for needle in shape.needles} | {*KEYWORD_NEEDLES, "://", "private key"}, key=len
    )
)
"""A quick look at a line, lower case: when it holds none of these, nothing here can match."""
