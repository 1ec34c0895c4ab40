"""Takes a mapping of the lab's description apart, key by key; what is missing, wrong or left over is told with its place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from omamori.gate.error import GateError
from omamori.model.text import Text
from omamori.parse.lined_yaml import Lined


class LabError(GateError):
    """The lab cannot be had as asked for: one line that says what to do, in both languages."""


@dataclass(slots=True)
class Fields:
    """The keys of one mapping; `file` and `way` are for people."""

    file: str
    way: str
    values: Mapping[str, Any]
    taken: set[str] = field(default_factory=set)

    @property
    def line(self) -> int:
        """The line the mapping begins on; 0 where it is not known."""
        return self.values.line if isinstance(self.values, Lined) else 0

    def wrong(self, key: str, ja: str, en: str) -> NoReturn:
        """Say what was expected of a key."""
        place = f"{self.file}:{self.line} {self.way}{f'.{key}' if key else ''}"
        raise LabError(f"{place}: {ja}", f"{place}: {en}")

    def get(self, key: str) -> Any:
        """The value of a key, None where it is left away."""
        self.taken.add(key)
        return self.values.get(key)

    def word(self, key: str, allowed: Collection[str] | None = None, default: str | None = None) -> str:
        """A word, one of `allowed` where that is given."""
        value = self.get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value:
            self.wrong(key, "言葉が1つ要ります", "a word is expected")
        if allowed is not None and value not in allowed:
            self.wrong(
                key, f"「{value}」は使えません。次のどれかです: {'、'.join(allowed)}", f"{value!r} is not one of {', '.join(allowed)}"
            )
        return value

    def optional(self, key: str, allowed: Collection[str] | None = None) -> str | None:
        """A word, or None where the key is left away."""
        return None if self.values.get(key) is None else self.word(key, allowed)

    def flag(self, key: str) -> bool:
        """True or false; false where it is left away."""
        value = self.get(key)
        if value not in (None, True, False):
            self.wrong(key, "true か false です", "true or false is expected")
        return bool(value)

    def number(self, key: str, least: int, most: int) -> int:
        """A whole number in the bounds."""
        value = self.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.wrong(key, f"{least} から {most} の整数が要ります", f"a whole number from {least} to {most} is expected")
        return value

    def text(self, key: str) -> Text:
        """Words in both languages."""
        value = self.get(key)
        if not isinstance(value, dict) or set(value) != {"ja", "en"} or not all(isinstance(one, str) and one for one in value.values()):
            self.wrong(key, "日本語と英語の言葉 {ja: …, en: …} が要ります", "words in both languages, {ja: …, en: …}, are expected")
        return Text(value["ja"], value["en"])

    def words(self, key: str, allowed: Collection[str] | None = None) -> tuple[str, ...]:
        """A list of words, empty where it is left away."""
        value = self.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.wrong(key, "言葉の一覧 […] が要ります", "a list of words, […], is expected")
        for one in value:
            if allowed is not None and one not in allowed:
                self.wrong(key, f"「{one}」はどこにも書かれていません", f"{one!r} is described nowhere")
        return tuple(value)

    def mapping(self, key: str) -> dict[str, Any]:
        """A mapping, empty where it is left away."""
        value = self.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.wrong(key, "{名前: 値} の形が要ります", "a mapping, {name: value}, is expected")
        return value

    def inner(self, key: str) -> Fields:
        """The keys of a mapping inside."""
        return Fields(self.file, f"{self.way}.{key}" if self.way else key, self.mapping(key))

    def end(self) -> None:
        """Refuse what nobody took."""
        left = [key for key in self.values if key not in self.taken]
        if left:
            self.wrong(
                left[0],
                f"知らない項目です。使えるもの: {'、'.join(sorted(self.taken))}",
                f"an unknown key; known are {', '.join(sorted(self.taken))}",
            )


def the_port(fields: Fields, key: str, text: object) -> tuple[str, int]:
    """Return (protocol, port) of words like `443/tcp`."""
    number, _, protocol = str(text).partition("/")
    if not number.isascii() or not number.isdigit() or protocol not in ("tcp", "udp") or not 1 <= int(number) <= 65535:
        fields.wrong(key, f"「{text}」はポートではありません。例: 443/tcp", f"{text!r} is no port, such as 443/tcp")
    return protocol, int(number)
