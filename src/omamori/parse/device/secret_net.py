"""The last look for secrets in a configuration: what stands behind `password`, `secret` and the like where no dialect looked.

People write passwords into descriptions, remarks and banners, and makers have commands no dialect names. A word too many taken out of a
description harms nobody; a password that stays does.
"""

from __future__ import annotations

import re

from omamori.parse.network.lines import bare
from omamori.parse.redact import secret_mark

_HINT = re.compile(r"pass|secret|psk|pw|phrase", re.IGNORECASE)
_HOW = r"(?:(?:[0-9]|encrypted|hash|plain|char|hex|hexadecimal|text|ascii|ascii-text|digit|clear|md5|local|remote|value|is|was|today|now)\s{1,8}){0,4}"
_KEPT = (
    r"(?:en|de)crypt\w*|min\w*|max\w*|policy|policies|recovery|history|life\w*|authentication|auth|prompt|strength|reset|expir\w*|storage|management|"
    r"complexity|required?|optional|aging|logging|type|chain|change[ds]?|rotation|length|attempts?|retry|server|servers|group|list|name|file|manager|id|user|"
    r"protect\w*|enabled?|disabled?|yes|no|on|off|none|any|all|default|never|always|up|if|for|to|in|of|by|from|with|and|or|not|only|must|may|can|will|"
    r"should|has|have|are|be|a|an|the|this|that|before|after|when|per|check\w*|level|mode|radius|tacacs\S*|ldap|certificate|key|pre-share\w*|rsa-sig|passw\w*|secret|keyid|fqdn|"
    r"ipv4|ipv6|interface|address|hostname|peer|host|priv|privilege|use[ds]?|login|access|http\w*|ssh|sha\S{0,4}|\d{1,3}"
)
_NET = re.compile(
    r"(?<!\[)(?:passw(?:or)?d\d?|pass-?phrase|pass-?code|(?<![A-Za-z])psk|(?<![A-Za-z])pw|(?<![A-Za-z])pwd|secret)"
    r"(?:[\"']?\s{0,4}[=:]\s{0,4}|\s{1,20})"
    rf"{_HOW}(?!(?:{_KEPT})(?![^\s<\"';,.):=]))(?P<v>[^\s<>\"'\[\];,(){{}}\\^|*]{{3,400}})",
    re.IGNORECASE,
)
_STRUCTURE = re.compile(
    r"\s{0,80}(?:set|edit|config|append)\s{1,8}(?:name|member|[\w-]{1,40}addr|service|group\w*|\w{1,20}intf)\s", re.IGNORECASE
)
"""Settings that name a thing other lines point at: a name that was changed on one side only would no longer be found."""


def caught(line: str) -> str:
    """Return the line as the device wrote it, without what a pager left, and with what is announced as a secret taken out."""
    text = bare(line)
    if _HINT.search(text) is None or _STRUCTURE.match(text):
        return text
    return _NET.sub(lambda found: found[0][: found.start("v") - found.start()] + secret_mark("password", found["v"]), text)
