"""Rules for passwords from login.defs and PAM: what is demanded of an account of this machine."""

from __future__ import annotations

from collections.abc import Mapping

from omamori.model.access import PasswordPolicy
from omamori.model.look import Look, Parsed
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import FileText, content_lines, files, number
from omamori.parse.sections import Section, read_sections

TABLES = ("password_policy",)
_LENGTH_WITHOUT_CHECK = 6
"""What pam_unix itself demands with `obscure`; Debian's default (pam_unix(8))."""
_QUALITY = ("pam_pwquality.so", "pam_cracklib.so", "pam_passwdqc.so")
_METHODS = ("yescrypt", "gost_yescrypt", "blowfish", "sha512", "sha256", "bigcrypt", "md5", "des")
_Options = dict[str, tuple[int, str]]


def parse(data: bytes, context: Context) -> Parsed:
    """Return the one row of password_policy."""
    sections = read_sections(data)
    defs = [file for file in files(sections.get("login-defs")) if file.readable]
    pam = [file for file in files(sections.get("pam")) if file.readable]
    if not defs and not pam:
        return Parsed(looks=(Look("password_policy", complete=False, reason="not_collected"),))
    ageing = _words(defs[:1])
    modules = _modules(pam)
    length, complexity = _quality(modules, sections.get("pwquality"), ageing)
    threshold, minutes = _lockout(modules, sections.get("faillock"))
    max_days = number(ageing.get("pass_max_days", (0, ""))[1])
    row = PasswordPolicy(
        min_length=length,
        complexity=complexity,
        max_days=max_days if max_days is not None and max_days < 99999 else None,
        min_days=number(ageing.get("pass_min_days", (0, ""))[1]),
        history=_history(modules, sections.get("pwhistory")),
        lockout_threshold=threshold,
        lockout_minutes=minutes,
        hash_algorithm=_method(modules, ageing),
        evidence=str((defs or pam)[0].lines[0][0] if (defs or pam)[0].lines else 0),
    )
    return Parsed((row,), (_look(bool(defs), bool(pam)),))


def _look(defs: bool, pam: bool) -> Look:
    missing = (() if defs else ("max_days", "min_days")) + (
        () if pam else ("min_length", "complexity", "history", "lockout_threshold", "lockout_minutes", "hash_algorithm")
    )
    return Look("password_policy", missing=missing, reason="not_collected" if missing else None)


def _words(read: list[FileText]) -> _Options:
    """`NAME value` or `name = value` → value by lower-case name; the last one counts. An option without value is ``."""
    found: _Options = {}
    for file in read:
        for line, text in content_lines(file.lines):
            name, _, value = text.partition("#")[0].replace("=", " ", 1).strip().replace("\t", " ").partition(" ")
            found[name.lower()] = (line, value.strip())
    return found


def _modules(pam: list[FileText]) -> dict[str, dict[str, str]]:
    """Options of each PAM module by its file name; the first use counts, with `jump over` controls read as used."""
    found: dict[str, dict[str, str]] = {}
    for file in pam:
        for _, text in content_lines(file.lines):
            words = text.lstrip("-").split()
            place = next((at for at, word in enumerate(words) if word.rsplit("/", 1)[-1].startswith("pam_")), None)
            if place is None or place == 0:
                continue
            name = words[place].rsplit("/", 1)[-1]
            options = {key: value for key, _, value in (word.partition("=") for word in words[place + 1 :])}
            key = f"{words[0]} {name}"
            found.setdefault(key, options)
            found.setdefault(name, options)
    return found


def _quality(modules: Mapping[str, dict[str, str]], section: Section | None, ageing: _Options) -> tuple[int | None, bool | None]:
    """Shortest password and whether kinds of characters are demanded."""
    used = next((name for name in _QUALITY if f"password {name}" in modules), None)
    if used == "pam_passwdqc.so":
        shortest = modules[used].get("min", "disabled,24,11,8,7").split(",")[-1]
        return number(shortest), True
    if used is not None:
        options = modules[used]
        said = {name: value for name, (_, value) in _words([file for file in files(section) if file.readable]).items()}
        if used == "pam_pwquality.so":
            options = {**said, **options}
        default = 8 if used == "pam_pwquality.so" else 9
        length = number(options.get("minlen")) if "minlen" in options else default
        # Credits let a password be shorter than minlen: each kind of character may count for one.
        credits = sum(max(0, _signed(options.get(kind), 0 if used == "pam_pwquality.so" else 1)) for kind in _CREDITS)
        demanded = any(_signed(options.get(kind), 0) < 0 for kind in _CREDITS) or (number(options.get("minclass")) or 0) >= 3
        return (max(6, length - credits) if length is not None else None), demanded
    unix = modules.get("password pam_unix.so")
    if unix is None:
        return (number(ageing.get("pass_min_len", (0, ""))[1]), False)
    shortest_unix = number(unix.get("minlen")) if "minlen" in unix else _LENGTH_WITHOUT_CHECK if "obscure" in unix else 0
    return shortest_unix, False


_CREDITS = ("dcredit", "ucredit", "lcredit", "ocredit")


def _signed(text: str | None, default: int) -> int:
    if text is None:
        return default
    value = number(text.removeprefix("-"), 1000)
    return default if value is None else -value if text.startswith("-") else value


def _lockout(modules: Mapping[str, dict[str, str]], section: Section | None) -> tuple[int, int | None]:
    """Wrong attempts before lockout (0: none) and minutes until it opens again."""
    for name in ("pam_faillock.so", "pam_tally2.so", "pam_tally.so"):
        if f"auth {name}" not in modules:
            continue
        options = modules[f"auth {name}"]
        if name == "pam_faillock.so":
            said = {key: value for key, (_, value) in _words([file for file in files(section) if file.readable]).items()}
            options = {"deny": "3", "unlock_time": "600", **said, **options}
        threshold = number(options.get("deny"), 100_000) or 0
        seconds = number(options.get("unlock_time"), 10**9)
        return threshold, (seconds + 59) // 60 if seconds is not None and threshold else (0 if threshold else None)
    return 0, None


def _history(modules: Mapping[str, dict[str, str]], section: Section | None) -> int:
    counts = [number(options.get("remember"), 10_000) or 0 for name, options in modules.items() if "remember" in options]
    if "password pam_pwhistory.so" in modules and "remember" not in modules["password pam_pwhistory.so"]:
        said = _words([file for file in files(section) if file.readable])
        counts.append(number(said.get("remember", (0, "10"))[1], 10_000) or 0)
    return max(counts, default=0)


def _method(modules: Mapping[str, dict[str, str]], ageing: _Options) -> str | None:
    unix = modules.get("password pam_unix.so", {})
    for method in _METHODS:
        if method in unix:
            return method.upper() if method not in ("yescrypt", "gost_yescrypt", "blowfish") else method
    told = ageing.get("encrypt_method", (0, ""))[1]
    return told or ("DES" if "password pam_unix.so" in modules else None)


PARSERS = (Parser(kind="linux.password_policy", tables=TABLES, parse=parse),)
