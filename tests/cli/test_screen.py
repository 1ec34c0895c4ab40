"""No character stops the program, and lines written to it are read whichever code page they came in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata

import pytest

from omamori.cli.screen import Screen
from omamori.model.clean import escaped
from omamori.model.text import Text

SAY = "from omamori.cli.screen import Screen, prepare_streams; prepare_streams(); Screen('ja').line('判定 ✓')"
ASK = """
import sys
from omamori.cli.screen import Screen, prepare_streams
from omamori.model.text import Text
prepare_streams()
print(ascii(Screen('ja').ask(Text('?', '?'))))
"""


def python(code: str, lines: bytes = b"", **more: str) -> bytes:
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, **more}, input=lines, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout


@pytest.mark.parametrize(("encoding", "said"), [("cp932", "判定 ?"), ("cp1252", "?? ?"), ("utf-8", "判定 ✓")])
def test_what_a_code_page_cannot_show_is_replaced(encoding: str, said: str) -> None:
    assert python(SAY, PYTHONIOENCODING=encoding).decode(encoding) == f"{said}\n"


def test_lines_are_read_as_utf8_and_never_refused() -> None:
    assert python(ASK, "台帳\r\n".encode()).decode().endswith(" '\\u53f0\\u5e33'\n")
    assert "台帳".encode("cp932").decode("utf-8", "replace") != "台帳"
    assert python(ASK, "台帳\n".encode("cp932")).startswith(b"? '")
    assert python(ASK, b"").endswith(b"None\n")


def test_a_screen_can_show_progress_twice(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen("en")
    for _ in range(2):
        with screen:
            screen.step(Text("読む", "Reading"))
            screen.progress(1, 2)
    assert capsys.readouterr().err.count("Reading") == 2


def test_messages_with_words_of_others_do_not_act_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen("en")
    hostile = Text("\x1b]0;owned\x07\x1b[31mred\x9b1m\nsecond", "\x1b]0;owned\x07\x1b[31mred\x9b1m\nsecond")
    for say in (screen.step, screen.told, screen.error):
        say(hostile)
    said = capsys.readouterr().err
    assert not {"\x1b", "\x07", "\x9b"} & set(said) and said.count("second\n") == 3


def test_nothing_in_printed_json_acts_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"maker": "a\x9b31m\x7f\u202egpj\u2028\U000e0041 院内\u3000\x1b[2J"}
    Screen("en").raw(json.dumps(value, ensure_ascii=False, indent=1))
    printed = capsys.readouterr().out
    assert json.loads(printed) == value and "院内\u3000" in printed
    assert not any(unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp") for letter in printed.replace("\n", ""))
    assert escaped('"\ud800"') == '"\\ud800"'
