"""Files as people really save them: several outputs, console copies, broken lines, foreign text, nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.interface import Context
from omamori.parse.windows import session
from omamori.parse.windows.columns import width
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.form import Line, forms
from omamori.parse.windows.records import Records, read_records
from omamori.parse.windows.session import full_lines, joined, read_session

DATA = Path(__file__).parent / "forms" / "data"
NETSTAT = (DATA / "netstat" / "server_ja.txt").read_text(encoding="utf-8")
SYSTEMINFO = (DATA / "systeminfo" / "server_ja.txt").read_text(encoding="utf-8")
NOW = datetime(2026, 6, 1, 9)
PROMPT = "C:\\Users\\admin>"


def forms_of(text: str) -> list[str]:
    return [piece.form for piece in read_session(text.replace("\n", "\r\n").encode("cp932")).pieces]


def test_two_outputs_in_one_file() -> None:
    assert forms_of(NETSTAT + SYSTEMINFO) == ["netstat", "systeminfo"]
    assert forms_of(SYSTEMINFO + NETSTAT) == ["systeminfo", "netstat"]


def test_the_same_output_twice_stays_one_where_nothing_stands_between() -> None:
    assert forms_of(NETSTAT.rstrip() + "\n") == ["netstat"]
    assert forms_of(f"{PROMPT}netstat -ano\n{NETSTAT}{PROMPT}netstat -ano\n{NETSTAT}{PROMPT}") == ["netstat", "netstat"]


def test_a_copy_of_the_console_window() -> None:
    text = (
        f"(c) Example Corporation. All rights reserved.\n\n{PROMPT}netstat -anob\n{NETSTAT}\n{PROMPT}frobnicate /all\n"
        f"'frobnicate' は、内部コマンドまたは外部コマンド、\n操作可能なプログラムとして認識されていません。\n\nPS D:\\作業 1> systeminfo\n{SYSTEMINFO}\n{PROMPT}"
    )
    session = read_session(text.encode("utf-8"))
    assert [(piece.form, piece.command, piece.cut) for piece in session.pieces] == [
        ("netstat", "netstat -anob", False),
        ("systeminfo", "systeminfo", False),
    ]
    told = [(stranger.command, stranger.count) for stranger in session.strangers]
    assert ("frobnicate /all", 2) in told


def test_an_end_in_the_middle_of_a_line_is_told() -> None:
    whole = NETSTAT.rstrip("\n") + "\n"
    assert [piece.cut for piece in read_session(whole.encode()).pieces] == [False]
    assert [piece.cut for piece in read_session(whole[:-3].encode()).pieces] == [True]


def test_a_byte_that_cannot_be_read_makes_every_output_of_the_file_doubtful() -> None:
    data = ("\ufeff" + NETSTAT + SYSTEMINFO).encode("utf-8").replace("アク".encode(), b"\xff\xfe", 1)
    session = read_session(data)
    assert not session.whole
    assert all(piece.cut for piece in session.pieces)


@pytest.mark.parametrize("edge", [80, 100, 120])
def test_lines_broken_at_the_edge_of_the_window_are_joined(edge: int) -> None:
    long = "x" * (edge * 2 + 5)
    lines = [Line(1, "short"), Line(2, long[:edge]), Line(3, long[edge : 2 * edge]), Line(4, long[2 * edge :]), Line(5, "end")]
    sure, doubtful = full_lines(lines)
    assert (joined(lines, sure), doubtful) == ((Line(1, "short"), Line(2, long), Line(5, "end")), ())
    assert full_lines([Line(1, "short"), Line(2, "x" * (edge - 1))]) == (frozenset(), ())


def test_a_line_as_long_as_the_window_may_also_be_whole() -> None:
    lines = [Line(1, "x" * 80), Line(2, "  y"), Line(3, "x" * 80), Line(4, "z")]
    assert full_lines(lines) == (frozenset({2}), (0,))


def test_wide_letters_count_two_cells_at_the_edge() -> None:
    lines = [Line(1, "漢" * 40), Line(2, "字"), Line(3, "漢" * 40), Line(4, "字")]
    assert joined(lines, full_lines(lines)[0]) == (Line(1, "漢" * 40 + "字"), Line(3, "漢" * 40 + "字"))


def test_text_nobody_knows_is_told_and_a_title_is_not() -> None:
    session = read_session(("Aktive Verbindungen\n\n" + NETSTAT.split("\n", 4)[4]).encode())
    assert [piece.form for piece in session.pieces] == ["netstat"]
    assert session.strangers == ()
    session = read_session("今日の予定\n会議\n昼食\n帰宅\n".encode())
    assert (session.pieces, [(one.line, one.count) for one in session.strangers]) == ((), [(1, 4)])


@pytest.mark.parametrize(
    "part", ["Foo=1\n\nBar=2\n\n\n\n", "Foo : 1\nBar : 2\n\n\n\n", "Aa  Bb\n\n1   2\n\n", "{\n\n", '{"a":1\n\n', "[]\n\n"]
)
def test_lists_that_nobody_knows_are_not_read_again_from_each_of_their_lines(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text, taken = part * 1000, []

    def counted(lines: Sequence[Line]) -> Records | None:
        taken.append(len(lines))
        return read_records(lines)

    monkeypatch.setattr(session, "read_records", counted)
    assert session.read_session(text.encode()).pieces == ()
    assert sum(taken) <= 25 * text.count("\n")


def test_a_known_list_behind_one_that_nobody_knows_is_found() -> None:
    assert forms_of("Foo : 1\nBar : 2\n\nFoo : 3\nBar : 4\n\n\nHotFixID : KB5034441\nInstalledOn : 2024/01/15\n\n") == ["patches"]
    assert forms_of("Aa  Bb\n1   2\n\nHotFixID   InstalledOn\nKB5034441  1/15/2024\n\n") == ["patches"]


@pytest.mark.parametrize("between", ["", "\n"])
@pytest.mark.parametrize(
    "name", ["systeminfo/server_ja", "netstat/server_ja", "ipconfig/client_en", "gpresult/server_ja", "secedit/server_ja"]
)
def test_the_next_machine_behind_the_first_without_a_prompt_is_an_output_of_its_own(name: str, between: str) -> None:
    text = (DATA / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n") + "\n"
    form = name.partition("/")[0]
    assert forms_of(text) == [form]
    assert forms_of(text + between + text) == [form, form]


def test_the_next_csv_behind_the_first_is_a_list_of_its_own() -> None:
    text = '"HotFixID","InstalledOn"\n"KB5034441","2024/01/15"\n'
    pieces = session.read_session((text + text).encode()).pieces
    assert [[line.number for line in piece.lines] for piece in pieces] == [[1, 2], [3, 4]]


@pytest.mark.parametrize("edge", [80, 120, 121])
@pytest.mark.parametrize(
    "name", ["net_accounts/weak_ja", "net_localgroup/server_ja", "schtasks/table_ja", "tasklist/german", "net_user/server_ja"]
)
def test_lines_filled_with_blanks_to_the_edge_of_the_window_say_the_same(name: str, edge: int) -> None:
    lines = [line.rstrip() for line in (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()]
    plain, padded = ("".join(f"{line}\n" for line in some) for some in (lines, [line + " " * (edge - width(line)) for line in lines]))
    one, other = session.read_session(plain.encode()), session.read_session(padded.encode())
    assert one.pieces and one.pieces == other.pieces


@pytest.mark.parametrize(
    "rest", ["Access is denied.\n", "アクセスが拒否されました。\n", "Get-HotFix : Access is denied.\n\n", ">> x\nInstalledOn : 1\n"]
)
def test_a_list_with_foreign_text_at_once_below_it_was_broken_off(rest: str) -> None:
    for text in (
        '"HotFixID","InstalledOn"\n"KB5034441","2024/01/15"\n',
        "HotFixID   InstalledOn\n--------   -----------\nKB5034441  2024/01/15\n\n",
    ):
        assert [piece.cut for piece in session.read_session(text.encode()).pieces] == [False]
        assert [piece.cut for piece in session.read_session(f"{text}{PROMPT}".encode()).pieces] == [False]
        assert [piece.cut for piece in session.read_session(f"{text}{PROMPT}\n{rest}".encode()).pieces] == [False]
    text = '"HotFixID","InstalledOn"\n"KB5034441","2024/01/15"\n'
    assert [piece.cut for piece in session.read_session((text + rest).encode()).pieces] == [True]


@pytest.mark.parametrize(
    "prompt", ["C:\\>", "PS C:\\Users\\a b> ", "\\\\nas\\share>", "[PC21]: PS C:\\Users\\admin\\Documents> ", "[10.1.0.21]: PS>", "PS>"]
)
def test_prompts(prompt: str) -> None:
    text = f"{prompt}netstat -ano | findstr LISTEN\n{NETSTAT}\n{prompt}"
    found = session.read_session(text.encode())
    assert [(piece.form, piece.command, piece.cut) for piece in found.pieces] == [("netstat", "netstat -ano | findstr LISTEN", False)]
    assert found.strangers == ()


@pytest.mark.parametrize("name", ["net_share/half_ja", "dism_features/table_half_en"])
@pytest.mark.parametrize("error", ["アクセスが拒否されました。", "Access is denied.", "The operation failed."])
def test_an_error_is_no_closing_sentence(name: str, error: str) -> None:
    text = (DATA / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")
    [piece] = session.read_session(f"{text}\n\n{error}\n".encode()).pieces
    assert not any(look.complete for look in read_piece(piece, Context("windows.commands", seen=NOW, received=NOW)).looks)


EXPORT_LINES = st.lists(
    st.sampled_from(
        (
            "",
            r"[HKEY_LOCAL_MACHINE\SOFTWARE\X]",
            r"[HKEY_LOCAL_MACHINE\SOFTWARE\X\病院]",
            "[HKEY_USERS]: PS C:\\> arp -a",
            '"A"="b"',
            '"A"="b" ',
            '@="C:\\\\>"',
            '"B"=hex:01,\\',
            "  02,03",
            "C:\\> reg query HKLM",
            "text of several lines",
            "#@ end",
            '"Host Name","TaskName","Next Run Time","Status"',
            "Windows Registry Editor Version 5.00",
        )
    )
)


@given(EXPORT_LINES)
def test_an_export_alone_is_what_its_lines_say(body: list[str]) -> None:
    text = "\n".join(["Windows Registry Editor Version 5.00", *body]) + "\n"
    alone = read_session(text.encode())
    # With a prompt behind it every line is looked at.
    looked_at = read_session(f"{text}C:\\>".encode())
    assert alone.pieces == looked_at.pieces
    assert alone.strangers == looked_at.strangers


def test_one_look_at_a_line_finds_every_first_line() -> None:
    for form in forms().values():
        for pattern in (form.heading, form.body):
            if pattern is not None:
                # Joined to one pattern: groups may have no names and no numbers to refer to.
                assert not pattern.groupindex
                assert re.search(r"\\[1-9]|\(\?[a-zA-Z]+\)", pattern.pattern) is None
                assert not pattern.flags & ~(re.IGNORECASE | re.UNICODE)
