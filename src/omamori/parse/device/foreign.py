"""Files that may hold a piece of a configuration and are none: web pages, manuals, programs and scripts."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PAGE = re.compile(r"(?:<!doctype html|<html[\s>]|\{\\rtf|%pdf-|\.(?:th|dd|de|\\\") ?)", re.IGNORECASE)
_PROGRAM = re.compile(
    r"(?:[rbu]?\"\"\"|'''|from [\w.]{1,80} import |import [\w.]{1,80}(?: as \w{1,40})?$|package [\w.]{1,80};?$|use (?:strict|warnings);"
    r"|# -\*- .{1,80}-\*-|#include [<\"]|<\?php)"
)
_SCRIPT = re.compile(r"#!\s?/")
_RULES = re.compile(r"#!\s?/\S{0,60}\b(?:nft|ip6?tables-restore)\b")
"""A script whose interpreter is the packet filter is nothing but rules."""


def is_foreign(head: Sequence[str]) -> bool:
    """Return whether the first line that says something belongs to a web page, a manual, a program or a script.

    In: the first lines of a file. Such a file quotes configurations; its rules are nobody's.
    """
    first = next((text.lstrip("\ufeff \t") for text in head if text.strip("\ufeff \t")), "")[:400]
    if _SCRIPT.match(first):
        return _RULES.match(first) is None
    return _PAGE.match(first) is not None or _PROGRAM.match(first.rstrip()) is not None
