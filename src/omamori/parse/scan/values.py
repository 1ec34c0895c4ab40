"""Single values of an approval file: what stands there, or a mistake with its line in both languages."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from ipaddress import ip_address, ip_network
from typing import Any

from omamori.model.permission import IpAddress, Mistake, Span
from omamori.model.text import Text
from omamori.parse.lined_yaml import Lined, Word

LONGEST = 200
"""Characters of a name or remark."""
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_MOMENT = re.compile(r"(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)[ T]+(\d{1,2}):(\d{2})(?::\d{2})?")
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})|(Z)")
_LAST_PART = re.compile(r"\d{1,3}")
_YES = {"yes": True, "true": True, "はい": True, "no": False, "false": False, "いいえ": False, "": False}


class Reading:
    """Takes the values of one file, and gathers what is wrong with them."""

    def __init__(self) -> None:
        """Nothing is wrong yet."""
        self.mistakes: list[Mistake] = []

    def wrong(self, line: int, ja: str, en: str) -> None:
        """Keep a mistake."""
        self.mistakes.append(Mistake(line, Text(ja, en)))

    def known_keys(self, mapping: Lined, known: tuple[str, ...]) -> None:
        """Tell keys nobody reads: a misspelt exclusion must not be passed over."""
        for key in mapping:
            if key not in known:
                names = ", ".join(known)
                self.wrong(
                    mapping.lines[key],
                    f"「{_short(key)}」という項目はありません。綴りを確かめてください(使えるもの: {names})",
                    f'there is no key "{_short(key)}": see its spelling (known are: {names})',
                )

    def text(self, mapping: Lined, key: str, *, required: bool = False) -> str:
        """Return words, tidied; empty where nothing stands."""
        value = mapping.get(key, "")
        line = mapping.lines.get(key, mapping.line)
        if not isinstance(value, Word | str):
            self.wrong(line, f"{key}: 一つの値を書いてください", f"{key}: write one value")
            return ""
        said = unicodedata.normalize("NFKC", value).strip()
        if len(said) > LONGEST or any(not char.isprintable() for char in said):
            self.wrong(line, f"{key}: {LONGEST} 文字までの一行で書いてください", f"{key}: one line of at most {LONGEST} characters")
            return ""
        if required and not said:
            self.wrong(line, f"{key}: 空欄です。記入してください", f"{key}: is empty; fill it in")
        return said

    def day(self, mapping: Lined, key: str) -> date | None:
        """Return a day; None with a mistake, or where nothing stands."""
        said = self.text(mapping, key)
        found = _DAY.fullmatch(said)
        try:
            if found:
                return date(*map(int, found.groups()))
        except ValueError:
            pass
        if said:
            line = mapping.lines[key]
            self.wrong(line, f"{key}: 「{said}」は日付ではありません。例 2026-12-01", f'{key}: "{said}" is no day; for example 2026-12-01')
        return None

    def moment(self, mapping: Lined, key: str, offset: timezone) -> datetime | None:
        """Return a moment in UTC without zone."""
        said = self.text(mapping, key, required=True)
        found = _MOMENT.fullmatch(said)
        try:
            if found and (day := _DAY.fullmatch(found[1])):
                local = datetime(int(day[1]), int(day[2]), int(day[3]), int(found[2]), int(found[3]), tzinfo=offset)
                return local.astimezone(UTC).replace(tzinfo=None)
        except (ValueError, OverflowError):
            pass
        if said:
            self.wrong(
                mapping.lines[key],
                f"{key}: 「{said}」は日時ではありません。例 2026-12-01 21:00",
                f'{key}: "{said}" is no day and time; for example 2026-12-01 21:00',
            )
        return None

    def offset(self, mapping: Lined, key: str) -> timezone:
        """Return the clock of the file; Japan's where nothing stands."""
        said = self.text(mapping, key) or "+09:00"
        found = _OFFSET.fullmatch(said)
        minutes = 0 if found is None or found[4] else int(found[2]) * 60 + int(found[3])
        if found is None or minutes > 14 * 60:
            self.wrong(mapping.lines[key], f'{key}: "+09:00" の形で書いてください', f'{key}: write it as "+09:00"')
            return UTC
        return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))

    def number(self, mapping: Lined, key: str, least: int, most: int, *, required: bool = True) -> int:
        """Return a whole number between two bounds; `least` with a mistake."""
        said = self.text(mapping, key, required=required)
        if said.isascii() and said.isdigit() and len(said) < 10 and least <= int(said) <= most:
            return int(said)
        if said:
            line = mapping.lines[key]
            self.wrong(line, f"{key}: {least} から {most} の数を書いてください", f"{key}: write a number from {least} to {most}")
        return least

    def yes(self, mapping: Lined, key: str) -> bool:
        """Return a yes or no; nothing is no."""
        said = self.text(mapping, key).lower()
        if said not in _YES:
            self.wrong(mapping.lines[key], f"{key}: yes か no を書いてください", f"{key}: write yes or no")
        return _YES.get(said, False)

    def entries(self, mapping: Lined, key: str) -> list[Any]:
        """Return the entries of a list; none where nothing stands."""
        value = mapping.get(key, "")
        if isinstance(value, list):
            return value
        if not isinstance(value, str) or value.strip() not in ("", "[]"):
            self.wrong(
                mapping.lines.get(key, mapping.line),
                f"{key}: 一行に一つずつ、行の先頭に「- 」を付けて書いてください",
                f'{key}: write a list, each line beginning with "- "',
            )
        return []

    def part(self, mapping: Lined, key: str) -> Lined:
        """Return a group of keys; an empty one with a mistake where something else stands."""
        value = mapping.get(key, "")
        if isinstance(value, Lined):
            return value
        empty = Lined()
        empty.line = mapping.lines.get(key, mapping.line)
        if value not in ("", []):
            self.wrong(empty.line, f"{key}: 項目を字下げして書いてください", f"{key}: write its keys below it, indented")
        return empty

    def span(self, said: str, line: int, *, whose: str) -> Span | None:
        """Return an address, a network (10.1.0.0/24) or a range (10.1.0.10-10.1.0.20); None with a mistake."""
        found = read_span(said)
        if found is None:
            self.wrong(
                line,
                f"{whose}: 「{said}」は 10.1.0.11、10.1.0.0/24、10.1.0.10-10.1.0.20 のどの形でもありません",
                f'{whose}: "{said}" is none of 10.1.0.11, 10.1.0.0/24, 10.1.0.10-10.1.0.20',
            )
        return found

    def address(self, said: str, line: int, *, whose: str) -> IpAddress | None:
        """Return one address; None with a mistake."""
        span = read_span(said)
        if span is None or not span.single:
            self.wrong(line, f"{whose}: 「{said}」は一つのIPアドレスではありません", f'{whose}: "{said}" is not one IP address')
            return None
        return span.first


def read_span(said: str) -> Span | None:
    """Read an address, a network or a range; None when it is none. A network with host bits set is its network."""
    said = said.replace(" ", "")
    if said.count("/") > 1 or len(said) > 100 or "%" in said:
        return None
    try:
        if "/" in said:
            network = ip_network(said, strict=False)
            if _mapped(network[0]):
                return None
            return Span(network[0], network[-1], network=network.num_addresses > 1)
        first, dash, last = said.partition("-")
        begin = ip_address(first)
        if dash and _LAST_PART.fullmatch(last) and begin.version == 4:
            last = f"{first.rpartition('.')[0]}.{last}"
        end = ip_address(last) if dash else begin
    except ValueError:
        return None
    if _mapped(begin) or _mapped(end):
        return None
    return Span(begin, end) if begin.version == end.version and int(begin) <= int(end) else None


def _mapped(address: IpAddress) -> bool:
    """An IPv4 address written as IPv6 (`::ffff:10.1.0.5`) would leave out no IPv4 address: it has to be written as one."""
    return getattr(address, "ipv4_mapped", None) is not None


def _short(key: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in key)[:60]
