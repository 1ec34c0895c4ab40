"""netstat: when the list is whole, and what must not be taken for it."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.model.look import Parsed
from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.session import read_session

NOW = datetime(2026, 6, 1, 9)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)
HEAD = "\nアクティブな接続\n\n  プロトコル  ローカル アドレス          外部アドレス        状態           PID\n"
TCP4 = "  TCP         0.0.0.0:445            0.0.0.0:0              LISTENING       4\n"
TCP6 = "  TCP         [::]:445               [::]:0                 LISTENING       4\n"
UDP4 = "  UDP         0.0.0.0:123            *:*                                    1188\n"
UDP6 = "  UDP         [::]:123               *:*                                    1188\n"


def read(text: str) -> Parsed:
    (piece,) = read_session(text.encode("cp932")).pieces
    assert piece.form == "netstat"
    return read_piece(piece, CONTEXT)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (HEAD + TCP4 + TCP6 + UDP4 + UDP6, True),
        (HEAD + TCP4 + UDP4, True),  # no IPv6 on this machine
        (HEAD + TCP4 + TCP6, False),  # -p tcp, or cut short
        (HEAD + TCP4 + TCP6 + UDP4, False),
        (HEAD + UDP4 + UDP6, False),  # -p udp
        (TCP4 + UDP4, False),  # find "0.0.0.0"
        (TCP4 + TCP6 + UDP4 + UDP6, False),
        (HEAD, False),
        (HEAD + TCP4.replace("0.0.0.0:445", "PACS-SV:445 ") + UDP4, False),  # without -n
        (HEAD + "\n 要求された操作には管理者特権が必要です。\n", False),
    ],
)
def test_when_the_list_is_whole(text: str, whole: bool) -> None:
    found = read(text)
    assert [look.complete for look in found.looks] == [whole, whole]
    assert bool(found.problems) is not whole


def test_without_process_numbers_and_programs_that_is_told() -> None:
    found = read(HEAD.replace("           PID", "") + TCP4.replace("       4", "") + UDP4.replace("1188", ""))
    assert found.looks[0].complete and set(found.looks[0].missing) == {"account", "process", "pid"}
    assert set(found.looks[1].missing) == {"process", "pid"}


def test_other_languages_are_read_by_their_shape() -> None:
    text = (
        "\nAktive Verbindungen\n\n  Proto  Lokale Adresse         Remoteadresse          Status           PID\n"
        "  TCP    0.0.0.0:445            0.0.0.0:0              ABHÖREN         4\n"
        "  TCP    10.1.0.21:49733        198.51.100.7:443       HERGESTELLT     5120\n"
        "  UDP    0.0.0.0:123            *:*                                    1188\n"
    )
    (piece,) = read_session(text.encode()).pieces
    found = read_piece(piece, CONTEXT)
    assert [(type(row).__name__, row.pid) for row in found.rows] == [("Listener", 4), ("Connection", 5120), ("Listener", 1188)]
    assert found.looks[0].complete


def test_a_socket_that_is_only_bound_is_no_connection() -> None:
    found = read(HEAD + TCP4 + "  TCP         0.0.0.0:49733          0.0.0.0:0              BOUND           5120\n" + UDP4)
    assert [row.port for row in found.rows] == [445, 123]


@pytest.mark.parametrize(
    "text",
    [
        "インターフェイス統計\n\n                           受信                送信\n\nバイト                          1                   2\n",
        "Interface Statistics\n\n                           Received            Sent\n\nBytes                     1                   2\n",
        "IPv4 Statistics\n\n  Packets Received                   = 1\n\nTCP Statistics for IPv4\n\n  Active Opens                        = 2\n",
        "UDP Statistics for IPv4\n\n  Datagrams Received    = 1\n",
    ],
)
def test_statistics_are_not_connections(text: str) -> None:
    assert read_session(text.encode("cp932")).pieces == ()


def test_the_routing_table_is_not_taken_for_connections() -> None:
    text = "=" * 75 + "\nInterface List\n  1...........................Software Loopback Interface 1\n" + "=" * 75 + "\n"
    assert [piece.form for piece in read_session(text.encode()).pieces] == ["route_print"]
