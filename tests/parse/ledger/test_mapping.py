from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.interface import EvidenceError
from omamori.parse.ledger.mapping import map_asset_list

Book = Callable[[Mapping[str, Sequence[Sequence[Any]]]], bytes]
LIST = "資産番号,資産名称,コンピュータ名,ＩＰアドレス,設置部署,備考\n1,電子カルテサーバ,EHR01,10.1.0.11,サーバ室,\n2,検査PC,,10.2.0.5,検査科,古い\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_a_csv_in_every_usual_encoding(encoding: str) -> None:
    found = map_asset_list(LIST.encode(encoding), "list.csv")
    assert [(row.asset, row.hostname, row.address, row.place) for row in found.rows] == [
        ("電子カルテサーバ", "EHR01", "10.1.0.11", "サーバ室"),
        ("検査PC", None, "10.2.0.5", "検査科"),
    ]
    assert found.rows[0].evidence == "list.csv!R2"
    assert (
        dict(found.used) == {"資産名称": "asset", "コンピュータ名": "hostname", "IPアドレス": "address", "設置部署": "place"}
        or "ＩＰアドレス" in found.used
    )
    assert "資産名称" in found.guessed and found.unused == ("資産番号", "備考") and not found.problems


def test_an_excel_list_with_a_title_above_and_the_best_sheet(book: Book) -> None:
    sheets = {"表紙": [["○○病院"]], "一覧": [["機器管理台帳"], [], ["名称", "OS", "保守会社"], ["PACS", "Windows Server 2012 R2", "A社"]]}
    found = map_asset_list(book(sheets), "list.xlsx")
    assert [(row.asset, row.os, row.vendor, row.evidence) for row in found.rows] == [("PACS", "Windows Server 2012 R2", "A社", "一覧!R4")]


def test_what_the_person_names_wins_over_the_guess() -> None:
    data = "資産名称,通称\n0001,電子カルテ\n".encode()
    for ours in ("機器名", "Machine", "asset"):
        found = map_asset_list(data, "list.csv", {ours: "通称"})
        assert [row.asset for row in found.rows] == ["電子カルテ"] and found.unused == ("資産名称",)
    assert [row.asset for row in map_asset_list(data, "list.csv").rows] == ["0001"]


def test_a_heading_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(EvidenceError) as raised:
        map_asset_list(LIST.encode(), "list.csv", {"OS": "基本ソフト"})
    assert "基本ソフト" in raised.value.text.ja and "資産番号" in raised.value.text.ja


def test_a_column_the_ledger_does_not_have_is_named() -> None:
    with pytest.raises(EvidenceError, match="価格"):
        map_asset_list(LIST.encode(), "list.csv", {"価格": "備考"})


def test_without_a_name_nothing_is_guessed() -> None:
    with pytest.raises(EvidenceError) as raised:
        map_asset_list("番号;価格\n1;2\n".encode(), "list.csv")
    assert "機器名=資産名称" in raised.value.text.ja and "番号、価格" in raised.value.text.ja


def test_words_we_do_not_know_are_told_and_the_machine_stays() -> None:
    found = map_asset_list("名称\t種別\tIP\nCT\t大型装置\t固定\n".encode(), "list.tsv")
    assert [(row.asset, row.role, row.address) for row in found.rows] == [("CT", None, None)]
    assert len(found.problems) == 2


@pytest.mark.parametrize("data", [b"", b"\x7fELF\x00\x00", b"PK\x03\x04", b'"a\n' * 3])
def test_files_of_something_else_are_one_clear_error(data: bytes) -> None:
    with pytest.raises(EvidenceError):
        map_asset_list(data, "list.csv")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = map_asset_list(b"name,ip\n" + data, "list.csv")
    except EvidenceError as error:
        assert error.text.ja and error.text.en
    else:
        assert all(row.asset for row in found.rows)
