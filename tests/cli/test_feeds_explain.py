"""`omamori feeds explain` as a person and a program read it."""

from __future__ import annotations

import json

from omamori.cli.feeds_explain import show
from omamori.cli.screen import Screen
from omamori.model.text import Text
from omamori.pipeline.feeds_explain import Explained, Rows


def test_rows_are_printed_for_people_and_for_programs(omamori) -> None:
    done = omamori("feeds", "explain", "CVE-2017-0144")
    assert done.returncode == 0 and "Facts that ship inside" in done.stdout and "flaw=CVE-2017-0144" in done.stdout
    done = omamori("feeds", "explain", "CVE-2017-0144", "--json")
    assert json.loads(done.stdout)["tables"]["starter"]["rows"][0]["flaw"] == "CVE-2017-0144"


def test_no_row_is_never_called_nothing(omamori) -> None:
    done = omamori("feeds", "explain", "CVE-1999-9999", lang="ja")
    assert done.returncode == 0 and "「ない」という意味ではありません" in done.stdout


def test_a_chain_and_what_was_left_out_are_told(capsys) -> None:
    rows = Rows("affected", Text("影響", "Affected"), ({"flaw": "CVE-1\u202e\x9b"},), 12)
    show(Explained("KB1", "pack", (rows,), (("2", "1"),)), Screen("en"))
    said = capsys.readouterr().out
    assert "CVE-1[U+202E][U+009B]" in said
    assert "11 more rows" in said and "KB1 → KB2" in said
