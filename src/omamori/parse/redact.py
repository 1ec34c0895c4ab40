"""Takes secrets out of an evidence before it is stored.

The keyword redactor runs over everything, after the redactor of the evidence's own kind. It keeps
the number of lines and leaves `[secret: kind, empty | default | set]` where a secret stood, so that a
check can still tell an empty or factory-default one. It errs on the side of taking out too much, but
knows the words of policies (`PASS_MAX_DAYS 90`, `PasswordAuthentication yes`) that must stay.
Compressed containers (xlsx, zip, gzip) are left alone: text rules would only break them, so the
redactor of such a kind has to do its own work.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from omamori.parse.interface import Parser, Redacted
from omamori.parse.secret_patterns import KEEP, KEY_BEGIN, KEY_END, KEYWORD, REFERENCE, URL, XML, Shape
from omamori.parse.secret_search import find_lines, may_hold_keyword, needles_of, shapes_for

_CONTAINERS = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b")
_MARK = re.compile(r"\[secret: [a-z-]+, (?:empty|default|set|plain|reversible|hashed)\]")
_MARK_BEGIN = "[secret: "
_PATH = re.compile(
    r"/(?:etc|usr|var|opt|home|root|run|srv|proc|sys|s?bin|lib\w*|mnt|media|tmp|dev|boot)(?:/\S*)?|[A-Za-z]:\\\S*|[\w./-]{1,200}\.(?:key|pem|crt|cer|der|p12|pfx|jks)",
    re.ASCII,
)
_KEY_LINES = 400
_NOTHING: frozenset[str] = frozenset()
_FOREIGN = re.compile("[\udc80-\udcff]")
"""Bytes that are no UTF-8."""
_FIRST_HOLDER, _LAST_HOLDER = "\U00100000", "\U0010fff0"


def redact_for(parser: Parser | None, data: bytes) -> Redacted:
    """Apply the kind's own redactor, then the keyword redactor. In: raw bytes. Out: what may be stored."""
    if parser is None or parser.redact is None:
        return redact(data)
    own = parser.redact(data)
    rest = redact(own.data)
    return Redacted(rest.data, own.secrets + rest.secrets)


def redact(data: bytes) -> Redacted:
    """Take out what looks like a secret. Same number of lines; running it twice changes nothing more.

    In: UTF-8, CP932 or UTF-16, also mixed or damaged: bytes that are no text come back unchanged.
    """
    if data.startswith(_CONTAINERS):
        return Redacted(data)
    codec, errors = _codec(data)
    body = data[: len(data) - len(data) % 2] if codec != "utf-8" else data
    text = body if codec == "utf-8" else body.decode(codec, errors).encode("utf-8", errors)
    hot = dict(find_lines(text))
    foreign = codec == "utf-8" and _is_foreign(text)
    if not hot and not foreign:
        return Redacted(data)
    lines = text.split(b"\n")
    if foreign:
        # Only as text of its own code page does such a line show its words.
        hot |= {number: hot.get(number, _NOTHING) for number, line in enumerate(lines) if _is_foreign(line)}
    block = _KeyBlock()
    count = done = 0
    changed = False
    for start in sorted(hot):
        number = max(start, done)
        while number < len(lines) and (number == start or block.open):
            old = lines[number].decode("utf-8", errors)
            new, secrets = _line(old, block, codec, hot.get(number, _NOTHING))
            if new != old:
                lines[number] = new.encode("utf-8", errors)
                changed = True
            count += secrets
            number += 1
        done = max(done, number)
    if not changed:
        return Redacted(data, count)
    clean = b"\n".join(lines)
    return Redacted((clean if codec == "utf-8" else clean.decode("utf-8", errors).encode(codec, errors)) + data[len(body) :], count)


def _is_foreign(data: bytes) -> bool:
    """Whether bytes are no UTF-8."""
    if data.isascii():
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return True
    return False


def secret_mark(kind: str, value: str) -> str:
    """Return what is stored in place of a secret: `[secret: KIND, empty | default | set]`. A mark stands for itself."""
    if _MARK.fullmatch(value.strip()):
        return value.strip()
    plain = value.strip()
    return f"[secret: {kind}, {'empty' if not plain else 'default' if plain.lower() in _defaults() else 'set'}]"


def _codec(data: bytes) -> tuple[str, str]:
    head = data[:400]
    even, odd, pairs = head[0::2].count(0), head[1::2].count(0), len(head) // 2
    if head.startswith(b"\xff\xfe") or (pairs > 2 and odd * 4 > pairs and even * 20 < pairs):
        return "utf-16-le", "surrogatepass"
    if head.startswith(b"\xfe\xff") or (pairs > 2 and even * 4 > pairs and odd * 20 < pairs):
        return "utf-16-be", "surrogatepass"
    return "utf-8", "surrogateescape"


class _KeyBlock:
    """Whether we stand inside a private key block, and for how many lines."""

    def __init__(self) -> None:
        self.open = False
        self.lines = 0


class _Marks:
    """Marks of one line, each held by one private character while the patterns run.

    So no pattern sees the inside of a mark, and what was taken out before stays as it is.
    """

    def __init__(self, line: str) -> None:
        self.texts: list[str] = []
        self.taken = set() if line.isascii() else {char for char in line if char >= _FIRST_HOLDER}
        self.line = _MARK.sub(lambda match: self.hold(match[0]), line) if _MARK_BEGIN in line else line

    def hold(self, text: str) -> str:
        """Return the character that stands for a mark."""
        while (holder := chr(ord(_FIRST_HOLDER) + len(self.texts))) in self.taken:
            self.texts.append(holder)
        if holder >= _LAST_HOLDER:
            return text
        self.texts.append(text)
        return holder

    def mark(self, kind: str, value: str) -> str:
        """Return what stands for the secret `value`."""
        plain = value.strip().strip("\"'").strip()
        state = "empty" if not plain else "default" if plain.lower() in _defaults() else "set"
        return self.hold(f"[secret: {kind}, {state}]")

    def done(self, line: str) -> str:
        """Put the marks back."""
        return line.translate({ord(_FIRST_HOLDER) + number: text for number, text in enumerate(self.texts)}) if self.texts else line

    def only(self, text: str) -> bool:
        """Return True when `text` is nothing but marks."""
        return bool(text) and all(char >= _FIRST_HOLDER and char not in self.taken for char in text)


def _line(line: str, block: _KeyBlock, codec: str, needles: frozenset[str]) -> tuple[str, int]:
    """Redact one line that holds `needles`; lines of an old Japanese code page are read as such."""
    if codec == "utf-8" and not line.isascii() and _FOREIGN.search(line):
        raw = line.encode("utf-8", "surrogateescape")
        try:
            old = raw.decode("cp932")
            if old.encode("cp932") == raw:
                changed, secrets = _text(old, block, needles_of(old))
                return changed.encode("cp932").decode("utf-8", "surrogateescape"), secrets
        except UnicodeError:
            pass  # No text of that code page either: ASCII keywords are still found below.
    return _text(line, block, needles)


def _text(line: str, block: _KeyBlock, needles: frozenset[str]) -> tuple[str, int]:
    """Redact one line of text, with its byte order mark and carriage return kept."""
    if not block.open and not needles:
        return line, 0
    before = "\ufeff" if line.startswith("\ufeff") else ""
    after = "\r" if line.endswith("\r") else ""
    marks = _Marks(line[len(before) : len(line) - len(after)])
    text, secrets = _key_block(marks.line, block, marks)
    for shape in shapes_for(needles):
        text, found = _shape(text, shape, marks)
        secrets += found
    if "://" in text:
        text, found = URL.subn(lambda match: f"{match[1]}{_value(match[2], 'url-password', marks)[0]}@", text)
        secrets += found
    if "</" in text:
        text, found = XML.subn(lambda match: f"{match[1]}{_value(match[2], 'password', marks)[0]}<", text)
        secrets += found
    if may_hold_keyword(needles, text):
        text, found = _keywords(text, marks)
        secrets += found
    return before + marks.done(text) + after, secrets


def _key_block(line: str, block: _KeyBlock, marks: _Marks) -> tuple[str, int]:
    """Replace what stands inside a private key block; a block that never ends is bounded."""
    if block.open:
        end = KEY_END.search(line)
        block.lines += 1
        if end is not None:
            block.open = False
            return (marks.mark("private-key", "x") if line[: end.start()].strip() else "") + line[end.start() :], 0
        if line.startswith("#@ ") or block.lines > _KEY_LINES:
            block.open = False
            return line, 0
        return (marks.mark("private-key", "x") if line.strip() else line), 0
    begin = KEY_BEGIN.search(line)
    if begin is None:
        return line, 0
    end = KEY_END.search(line, begin.end())
    if end is not None:
        inner = line[begin.end() : end.start()]
        return (line if marks.only(inner) else f"{line[: begin.end()]}{marks.mark('private-key', 'x')}{line[end.start() :]}"), 1
    block.open, block.lines = True, 0
    rest = line[begin.end() :]
    return line[: begin.end()] + (marks.mark("private-key", "x") if rest.strip("\"'\\n ") else rest), 1


def _shape(line: str, shape: Shape, marks: _Marks) -> tuple[str, int]:
    """Replace what one shape finds: a hash, a token, or the value of a phrase such as `snmp-server community X`."""
    group = "v" if "v" in shape.pattern.groupindex else 0
    out: list[str] = []
    at = found = 0
    for match in shape.pattern.finditer(line):
        value, secret = _value(match[group], shape.kind, marks)
        out += [line[at : match.start(group)], value]
        at = match.end(group)
        found += secret
    return "".join([*out, line[at:]]), found


def _keywords(line: str, marks: _Marks) -> tuple[str, int]:
    """Replace the values of `keyword = value`, `keyword: value` and `"keyword": "value"`."""
    out: list[str] = []
    at = found = 0
    while (match := KEYWORD.search(line, at)) is not None:
        if _policy(line, match):
            end, text = match.end(), line[match.end() : match.end()]
        else:
            end = _value_end(line, match)
            text, secret = _value(line[match.end() : end], _kind(match["word"]), marks)
            found += secret
        out += [line[at : match.end()], text]
        at = end
    return ("".join([*out, line[at:]]), found) if out else (line, 0)


def _policy(line: str, match: re.Match[str]) -> bool:
    """Return True where the keyword is part of a path, a sudo tag or another word."""
    before = line[max(0, match.start() - 64) : match.start()]
    name = re.search(r"[^\s\"'=:,;()]*$", before)
    if name is not None and "/" in name[0]:
        return True
    word = match["word"].lower()
    if word == "pass" and (before[-1:].isalpha() or "=" not in match["sep"]):
        return True
    if word == "passwd" and match["sep"].strip() == ":" and (match["word"].isupper() or line[match.end() :].startswith("chauthtok")):
        return True
    return word == "pwd" and match["word"] == "PWD" and line[match.end() : match.end() + 1] in ("/", "")


def _value_end(line: str, match: re.Match[str]) -> int:
    """Return where the value behind a keyword ends."""
    start = match.end()
    quote = line[start : start + 1]
    if quote in ("'", '"'):
        at = start + 1
        while at < len(line) and line[at] != quote:
            at += 2 if line[at] == "\\" else 1
        return min(at + 1, len(line))
    tight = match["sep"].strip("\"'") in ("=", ":", "=>") and match["sep"] == match["sep"].strip()
    stop = (_TIGHT_SEMICOLON if ";" in line[start:] else _TIGHT) if tight else _LOOSE
    found = stop.search(line, start)
    return found.start() if found is not None else len(line)


_NEXT = r"[,;&]\s{0,4}[\"']?[A-Za-z][\w .-]{0,40}[\"']?\s{0,4}[=:]"
_TIGHT = re.compile(rf"\s|[&<>]|{_NEXT}")
_TIGHT_SEMICOLON = re.compile(rf";|[&<>]|{_NEXT}|\s+[\w-]{{1,40}}=")
_LOOSE = re.compile(rf"<|{_NEXT}")


def _value(text: str, kind: str, marks: _Marks) -> tuple[str, int]:
    """Return what stands for a value: itself where it is a policy word, a path or a reference."""
    if REFERENCE.fullmatch(text.strip()):
        return text, 0
    quote = text[:1] if text[:1] in ("'", '"') else ""
    inner = text.removeprefix(quote)
    end = inner.rfind(quote) if quote else len(inner.rstrip(" \t,}])\"'"))
    inner, tail = (inner[:end], inner[end:]) if end >= 0 else (inner, "")
    bare = inner.strip()
    if marks.only(bare) or (not bare and tail.strip() and not quote):
        return text, 0
    if not bare:
        return f"{quote}{marks.mark(kind, '')}{tail}", 0
    if KEEP.fullmatch(bare) or REFERENCE.fullmatch(bare) or _PATH.fullmatch(bare):
        return text, 0
    return f"{quote}{marks.mark(kind, bare)}{tail}", 1


def _kind(word: str) -> str:
    word = word.lower()
    if "communit" in word or "コミュニティ" in word:
        return "community"
    if "psk" in word or "shared" in word or "事前共有" in word:
        return "pre-shared-key"
    if "token" in word:
        return "token"
    return "key" if "key" in word or "鍵" in word or "認証キー" in word else "password"


@cache
def _defaults() -> frozenset[str]:
    text = files("omamori.parse").joinpath("default_secrets.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
