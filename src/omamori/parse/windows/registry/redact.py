"""Takes out of registry outputs, before anything is stored, what only their keys tell to be secret.

The accounts' hives (SAM, SECURITY) are taken out whole: there is nothing but password hashes and secrets in them. SNMP
keeps its community strings as *names* of values and of keys. What starts at logon may be given a password on its
command line. Every line stays a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from omamori.parse.redact import secret_mark
from omamori.parse.secret_search import find_lines
from omamori.parse.windows.registry.tree import key_path

_EXPORT_KEY = re.compile(r"(\s{0,8}\[-?)(HKEY_.{0,2000})(\]\s{0,8})$", re.IGNORECASE)
_QUERY_KEY = re.compile(r"()(HKEY_[A-Z_]{4,20}(?:\\.{0,2000})?)(\r?)$", re.IGNORECASE)
_ITEM_KEY = re.compile(r"(PS(?:Parent)?Path\s*: ?.{0,60}?Registry::)(HKEY_.{0,2000}?)(\r?)$", re.IGNORECASE)
_ITEM_CHILD = re.compile(r"(PSChildName\s*: ?)(.{1,2000}?)(\r?)$")
_EXPORT_VALUE = re.compile(r'(\s*)(?:(@)|"((?:[^"\\]|\\.)*+)")(\s?=)(.*)$', re.DOTALL)
_QUERY_VALUE = re.compile(r"((?: {4}|\t))(.{0,2000}?)((?: {4}|\t)REG_[A-Z_]{2,30}(?: \(\d{1,3}\))?(?: {4}|\t|\s*$))(.*)$", re.DOTALL)
_ITEM_VALUE = re.compile(r"()(\[secret: [a-z-]+, [a-z]+\]|[^\s:](?:[^:]{0,400}[^\s:])?)(\s{0,400}: ?)(.*)$", re.DOTALL)
_SECRET_NAME = re.compile(
    r"passw(?:or)?d|passphrase|(?<![a-z])pwd|pwd$|secret|presharedkey|(?<![a-z])psk(?![a-z])|communit|productkey|digitalproductid|ipsecdata|wepkey|privatekey",
    re.IGNORECASE,
)
_HIDDEN_NAME = re.compile(r"digitalproductid|productkey|ipsecdata", re.IGNORECASE)
_COMMUNITIES = re.compile(r"\\snmp\\parameters\\validcommunities$")
_TRAPS = re.compile(r"(.*\\snmp\\parameters\\trapconfiguration\\)([^\\]{1,400})(.*)", re.IGNORECASE | re.DOTALL)
_AUTHENTICATION = re.compile(r"\\firewallpolicy\\.*(?:auth|crypto)\w*sets?$|\\windowsfirewall\\.*(?:auth|crypto)\w*sets?$")
_SEALED = re.compile(
    r"hklm\\(?:sam|security)(?:\\|$)|\\sam\\domains\\|\\policy\\(?:secrets|polekey|polsecretencryptionkey|polekList)(?:\\|$)"
    r"|\\security\\cache(?:\\|$)|\\control\\lsa\\(?:data|gbg|jd|skew1)(?:\\|$)",
    re.IGNORECASE,
)
_STARTUP = re.compile(r"\\currentversion\\(?:policies\\explorer\\)?run(?:once)?$")
_USER_GIVEN = re.compile(r"(?<=[\s\"])(?:--?|/)(?:u|user|username|usr|l|login)(?=[\s=:])", re.IGNORECASE)
_PASSWORD_GIVEN = re.compile(
    r"(?<=[\s\"])((?:--?|/)(?:p|pw|pwd|pass)(?:\s{1,4}|[=:]\s{0,4}))(?![-/]|\[secret: )(\\?\"[^\"]{0,400}\"|'[^']{0,400}'|[^\s\"]{1,400})",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*(?:dword:[0-9a-fA-F]{1,8}|hex\((?:4|5|b)\):.*|0x[0-9a-fA-F]{1,16}|\d{1,20})\s*$", re.IGNORECASE)
_TELLING = (
    *("passw", "passphrase", "pwd", "secret", "presharedkey", "psk", "communit", "productkey", "digitalproductid", "ipsecdata"),
    *("wepkey", "privatekey", "\\trapconfiguration\\", "\\sam", "machine\\security", "machine:\\security", "hklm\\security"),
    *("\\policy\\", "\\security\\cache", "\\lsa\\", "registry::", "currentversion\\run", "explorer\\run", "\u017f"),
)
"""Parts of what the patterns here find, in lower case (the last matches an `s`): without any of them there is nothing to take out."""
_FIREWALL = ("firewallpolicy\\", "windowsfirewall\\")
_TELLING_OR_FIREWALL = (*_TELLING, *_FIREWALL)
_SEALED_WORDS = ("\\sam", "hklm\\security", "\\policy\\", "\\security\\cache", "\\control\\lsa\\")


def sealed(key: str) -> bool:
    """Whether a key (as `key_path` writes it) belongs to the accounts' secrets and is never read."""
    return (not key.isascii() or any(word in key for word in _SEALED_WORDS)) and _SEALED.search(key) is not None


def redact_command(text: str) -> str:
    """Return a command line without the password it gives with `-p` (`-pw`, `-pass`), where it gives a user with `-u` too."""
    if _USER_GIVEN.search(text) is None:
        return text
    return _PASSWORD_GIVEN.sub(lambda found: found[1] + secret_mark("password", found[2].strip("\\\"'")), text)


def redact_lines(lines: Sequence[str]) -> list[str]:
    """Return the lines of one output without secrets; as many lines as came in."""
    found: list[str] = []
    hidden = False
    for line, key in zip(lines, _keys(lines), strict=True):
        heading = _EXPORT_KEY.match(line) or _QUERY_KEY.match(line) or _ITEM_KEY.match(line)
        if heading:
            found.append(f"{heading[1]}{_clean_key(heading[2])}{heading[3]}")
            hidden = False
        elif not line.strip():
            found.append(line)
            hidden = False if not line else hidden
        elif sealed(key):
            found.append("[secret: hash, set]")
        else:
            clean, value = _clean_value(line, key)
            if value:
                hidden = clean != line
                found.append(clean)
            else:
                # The second line of a secret of several lines.
                found.append("  [secret: password, set]" if hidden else line)
    return found


def redact_text(text: str) -> str:
    """Do the same with lines as one text: only keys that hold something secret are looked at line by line."""
    if "PSPath" in text:
        return "\n".join(redact_lines(text.split("\n")))
    found = find_lines(text.encode("utf-8", "surrogatepass").replace(b"/", b"\\"), _TELLING_OR_FIREWALL)
    if not found:
        return text
    lines = text.split("\n")
    done = 0
    for place, words in found.items():
        if place < done or (words.issubset(_FIREWALL) and not _rules_of_words(lines[place])):
            continue
        begin = next((head for head in range(place, done, -1) if _is_key(lines[head])), done)
        end = next((head for head in range(place + 1, len(lines)) if _is_key(lines[head])), len(lines))
        lines[begin:end] = redact_lines(lines[begin:end])
        done = end
    return "\n".join(lines)


def _rules_of_words(line: str) -> bool:
    """Whether a line with a key of the firewall may name sets of authentication."""
    lower = line.lower()
    return "auth" in lower or "crypto" in lower


def _is_key(line: str) -> bool:
    return line.lstrip()[:1] in ("[", "H", "h") and (_EXPORT_KEY.match(line) is not None or _QUERY_KEY.match(line) is not None)


def _keys(lines: Sequence[str]) -> list[str]:
    """Return the key each line belongs to. PowerShell names it behind the values."""
    keys: list[str] = []
    key = ""
    for line in lines:
        heading = _EXPORT_KEY.match(line) or _QUERY_KEY.match(line)
        if heading:
            key = key_path(heading[2])
        keys.append(key)
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].strip():
            end += 1
        named = next((match for line in lines[at:end] if (match := _ITEM_KEY.match(line)) and line.startswith("PSPath")), None)
        if named:
            keys[at:end] = [key_path(named[2])] * (end - at)
        at = end + 1
    return keys


def _clean_key(key: str) -> str:
    """A key without the words in its name."""
    path = key_path(key)
    if sealed(path):
        parts = key.split("\\")
        return "\\".join(parts[:2]) if path.startswith(("hklm\\sam", "hklm\\security")) else f"{parts[0]}\\SAM"
    found = _TRAPS.fullmatch(key)
    return f"{found[1]}{secret_mark('community', found[2])}{found[3]}" if found else key


def _clean_value(line: str, key: str) -> tuple[str, bool]:
    """Return the line without its secret, and whether it is the first line of a value at all."""
    written = _EXPORT_VALUE.match(line)
    if written:
        name = written[2] or f'"{written[3]}"'
        if _named_words(key) and written[3] is not None:
            name = f'"{secret_mark("community", _plain(written[3]))}"'
        data = _clean_data(written[3] or "", written[5], key, quoted=True)
        return f"{written[1]}{name}{written[4]}{data}", True
    printed = _QUERY_VALUE.match(line)
    if printed is None and not line.startswith((" ", "\t")):
        printed = _ITEM_VALUE.match(line)
        if printed and printed[2].startswith("PS"):
            child = _ITEM_CHILD.match(line)
            inside = child is not None and re.search(r"\\trapconfiguration\\", key) is not None
            return (f"{child[1]}{secret_mark('community', child[2])}{child[3]}" if child and inside else line), True
    if printed is None:
        return line, False
    name = secret_mark("community", printed[2]) if _named_words(key) and printed[2].strip() else printed[2]
    return f"{printed[1]}{name}{printed[3]}{_clean_data(printed[2], printed[4], key, quoted=False)}", True


def _named_words(key: str) -> bool:
    """Whether the names of this key's values are community strings. The policy keeps them as data."""
    return _COMMUNITIES.search(key) is not None and "\\policies\\" not in key


def _clean_data(name: str, data: str, key: str, *, quoted: bool) -> str:
    if _STARTUP.search(key) is not None:
        data = redact_command(data)
    words = _COMMUNITIES.search(key) is not None and "\\policies\\" in key
    secret = words or _AUTHENTICATION.search(key) is not None or _SECRET_NAME.search(name) is not None
    if not secret or (_NUMBER.fullmatch(data.rstrip("\r")) and not words):
        return data
    plain = data.strip()
    end = "\r" if data.endswith("\r") else ""
    text = _plain(plain[1:].removesuffix('"')) if quoted and plain.startswith('"') else plain
    if quoted and re.fullmatch(r"hex(?:\([0-9a-f]{1,8}\))?:", plain, re.IGNORECASE):
        text = ""
    mark = secret_mark("community" if words or "communit" in name.lower() else "key" if _HIDDEN_NAME.search(name) else "password", text)
    return f'"{mark}"{end}' if quoted else f"{mark}{end}"


def _plain(text: str) -> str:
    return re.sub(r'\\([\\"])', r"\1", text)
