"""Names a cut goes by: at the command line, as a table of nftables, as a prefix of rules and files."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from omamori.respond.isolate.parts import Cut

OURS = "omamori_block_"
"""How the name of every table of the block begins."""
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@ -]{0,60}")


def typed(stage: int, *words: str) -> str:
    """Return a name that can be typed without quotes: the stage and the words, spaces and signs as `-`."""
    parts = [re.sub(r"[^\w.]+", "-", word).strip("-.")[:40] for word in words]
    return "-".join([str(stage), *(part for part in parts if part)])


def plainly(word: str) -> str:
    """Return a word as it is compared: full-width letters and digits of a Japanese keyboard, and capitals, mean the same (UAX 15, NFKC)."""
    return unicodedata.normalize("NFKC", word).strip().casefold()


def mark(cut: Cut) -> str:
    """Return letters and digits that tell a cut apart on a device, whatever its name is written in."""
    word = re.sub(r"[^A-Za-z0-9]+", "_", cut.name).strip("_")[:16].strip("_")
    digest = hashlib.sha256(cut.name.encode()).hexdigest()[:6]
    return f"{word}_{digest}" if word else digest


def table_name(cut: Cut) -> str:
    """Return the name of the nftables table of a cut."""
    return f"{OURS}{mark(cut)}"


def file_word(cut: Cut) -> str:
    """Return a word for the names of its files."""
    return re.sub(r"[^\w.-]+", "-", cut.name).strip("-.")[:60] or mark(cut)


def plain(name: str) -> bool:
    """Return whether the name of an interface may be written into a command: it comes from a machine that may be compromised."""
    return bool(_PLAIN.fullmatch(name))
