"""The stages of what stays open: whom to bring it to after how many days. The numbers and words are data (`stages.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from omamori.model.text import Text


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: reached after `days` of a severity. `words` and `ask` (on what is a vendor's to change) hold `{age}`."""

    id: str
    title: Text
    days: Mapping[str, int]
    words: Text
    ask: Text


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages from the first to the last, when an acceptance has to be looked at again, and how an age is said."""

    stages: tuple[Stage, ...]
    ends_within_days: int
    long_days: int
    ends: Text
    long: Text
    units: tuple[tuple[int, int, Text], ...]

    def reached(self, severity: str, days: int) -> Stage | None:
        """Return the last stage that something of this severity has reached after `days`; None before the first."""
        found = [stage for stage in self.stages if days >= stage.days.get(severity, days + 1)]
        return found[-1] if found else None

    def age(self, days: int) -> Text:
        """Return a number of days in words: 92 is 3か月, 3 months."""
        for length, least, words in self.units:
            if days // length >= least:
                return _filled(words, "{n}", Text(str(days // length), str(days // length)))
        return Text(f"{days}日", f"{days} days")

    def advice(self, stage: Stage, days: int, *, ask: bool = False) -> Text:
        """Return what it is time to do at a stage."""
        return _filled(stage.ask if ask else stage.words, "{age}", self.age(days))

    def acceptance(self, days: int | None, days_left: int | None) -> Text | None:
        """Return what it is time to do about an acceptance `days` old that ends in `days_left`; None where it is not time yet."""
        if days_left is not None and days_left <= self.ends_within_days:
            return _filled(self.ends, "{age}", self.age(max(days_left, 0)))
        if days is not None and days >= self.long_days:
            return _filled(self.long, "{age}", self.age(days))
        return None


@cache
def stages() -> Stages:
    """Return the stages that ship with the product, read once."""
    return read_stages(files("omamori.report").joinpath("stages.yaml").read_text(encoding="utf-8"))


def read_stages(text: str) -> Stages:
    """Read stages from YAML; KeyError or TypeError where something is missing."""
    said: Mapping[str, Any] = yaml.safe_load(text)
    accepted = said["accepted"]
    return Stages(
        stages=tuple(
            Stage(str(one["id"]), _text(one["title"]), dict(one["days"]), _text(one["words"]), _text(one["ask"])) for one in said["stages"]
        ),
        ends_within_days=int(accepted["ends_within_days"]),
        long_days=int(accepted["long_days"]),
        ends=_text(accepted["ends"]),
        long=_text(accepted["long"]),
        units=tuple((int(one["days"]), int(one["from"]), _text(one)) for one in said["age"]),
    )


def _text(said: Mapping[str, str]) -> Text:
    return Text(said["ja"], said["en"])


def _filled(words: Text, what: str, with_: Text) -> Text:
    return Text(words.ja.replace(what, with_.ja), words.en.replace(what, with_.en))
