"""The list of tables is that of the queries."""

from __future__ import annotations

import re
from pathlib import Path

from omamori.analyze.paths import reads
from omamori.analyze.paths.reads import READS
from omamori.model.tables import TABLES


def test_every_table_that_is_read_is_named_and_every_named_one_is_read():
    text = "".join(path.read_text(encoding="utf-8") for path in Path(reads.__file__).parent.glob("*.py") if path.name != "reads.py")
    used = set(re.findall(r"(?:from|join|,) ([a-z_]+)\b", text)) | set(re.findall(r'rows\("([a-z_]+)"', text))
    assert used & TABLES.keys() >= set(READS)
    queries = set(re.findall(r"(?:from|join) ([a-z_]+)\b", text)) | set(re.findall(r'rows\("([a-z_]+)"', text))
    assert queries & TABLES.keys() <= set(READS)
