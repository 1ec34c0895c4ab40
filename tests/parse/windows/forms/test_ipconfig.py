"""ipconfig: half outputs, other options of the command, and kinds of adapters."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from omamori.model.look import Parsed
from omamori.model.network import Interface
from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.session import read_session

NOW = datetime(2026, 6, 1, 9)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)
JAPANESE = (Path(__file__).parent / "data/ipconfig/server_ja.txt").read_text(encoding="utf-8")


def read(text: str) -> Parsed:
    (piece,) = read_session(text.encode("cp932")).pieces
    assert piece.form == "ipconfig"
    return read_piece(piece, CONTEXT)


@pytest.mark.parametrize(
    "mark",
    ["IPv4 アドレス . . . . . . . . . . . .: 10.1.0.22", "NetBIOS over TCP/IP", "   自動構成有効. . . . . . . . . . . . .: はい\n\nPPP"],
)
def test_an_output_cut_at_the_end_of_a_line_is_not_whole(mark: str) -> None:
    found = read(JAPANESE[: JAPANESE.index(mark)])
    assert not found.looks[0].complete and found.problems
    assert "name:pacs-sv" in found.identifiers


def test_without_the_part_above_the_adapters_it_is_not_whole() -> None:
    found = read(JAPANESE[JAPANESE.index("イーサネット アダプター") :])
    assert not found.looks[0].complete and "name of the machine" in found.problems[0].expected
    assert len(found.rows) == 10


@pytest.mark.parametrize(
    "text",
    [
        "\nWindows IP 構成\n\nDNS リゾルバー キャッシュは正常にフラッシュされました。\n",
        "\nWindows IP Configuration\n\nSuccessfully flushed the DNS Resolver Cache.\n",
        "\nWindows IP 構成\n\n    www.example.com\n    ----------------------------------------\n    レコード名 . . . . . : www.example.com\n    レコードの種類 . . . : 1\n",
        "\nWindows IP Configuration\n\n    www.example.com\n    ----------------------------------------\n    Record Name . . . . . : www.example.com\n",
    ],
)
def test_other_options_of_the_command_are_not_taken_for_it(text: str) -> None:
    assert read_session(text.encode("cp932")).pieces == ()


def test_a_console_copy_with_other_commands_around_it() -> None:
    text = f"C:\\Users\\admin>hostname\nPACS-SV\n\nC:\\Users\\admin>ipconfig /all\n{JAPANESE}\nC:\\Users\\admin>"
    session = read_session(text.encode("cp932"))
    assert [(piece.form, piece.command) for piece in session.pieces] == [("ipconfig", "ipconfig /all")]
    assert read_piece(session.pieces[0], CONTEXT).looks[0].complete


def test_the_virtual_adapter_with_the_gateway_is_the_connection_of_a_hyper_v_host() -> None:
    text = JAPANESE.replace(
        "デフォルト ゲートウェイ . . . . . . .:\n   DHCPv6 IAID", "デフォルト ゲートウェイ . . . . . . .: 172.26.128.254\n   DHCPv6 IAID"
    )
    assert text != JAPANESE
    kinds = {row.name: row.kind for row in read(text).rows if isinstance(row, Interface)}
    assert kinds["vEthernet (WSL)"] == "ethernet"
