"""Turns what a check tells the hospital to ask (`ask`) into the question itself, as the vendor reads it."""

from __future__ import annotations

import re

from omamori.model.text import Text

_JA: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(found), instead)
    for found, instead in (
        (r"^(?:ドメインを構築した|製造販売|保守)?業者に、", ""),
        (r"(?<!製造販売)(?<!リース)業者([のが])", r"貴社\1"),
        (r"確認してください", "お知らせください"),
        (r"教えてください", "お知らせください"),
        (r"を聞き、名前に加えてください", "をお知らせください"),
        (r"を依頼してください", "をお願いいたします"),
        (r"てもらえるか", "ていただけるか"),
        (r"([てで])もらってください", r"\1いただけますか"),
        (r"をもらい、", "をお送りいただき、"),
        (r"をもらってください", "をお送りください"),
        (r"てください。", "てくださいますようお願いいたします。"),
    )
)
_EN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(found), instead)
    for found, instead in (
        (r"^Ask the (?:vendor|maker)(?: who built the domain)? for ", "Please give us "),
        (r"^Ask the (?:vendor|maker)(?: who built the domain)? ", "Please tell us "),
        (r"^Ask for the vendor's ", "Please give us your "),
        (r"^Ask for ", "Please give us "),
        (r"^Ask (?=whether|which|why|what|when|how|who|where|whose|from|in )", "Please tell us "),
        (r"^Ask ", "Please tell us about "),
        (r"\bthe vendor's\b", "your"),
        (r"\bthe vendor\b", "you"),
        (r" and add it to the name(?=\.)", ""),
        (r"with you present", "with us present"),
        (r"\bwhether they know\b", "whether you know"),
    )
)


def to_the_vendor(ask: Text) -> Text:
    """Return `ask` as a question to the vendor itself; what is one already stays as it is."""
    ja, en = ask.ja, ask.en
    for pattern, instead in _JA:
        ja = pattern.sub(instead, ja)
    for pattern, instead in _EN:
        en = pattern.sub(instead, en)
    return Text(ja, en)
