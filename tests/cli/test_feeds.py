"""`omamori feeds` as a person types it: exit codes, one line for what is wrong, both languages."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.feeds.packs import ROWS, table

from omamori.cli.feeds import show
from omamori.cli.screen import Screen
from omamori.feeds.held import SitePack
from omamori.knowledge.pack import starter_pack
from omamori.model.facts import Feed
from omamori.pipeline.feeds import Source, Status

Run = Callable[..., "subprocess.CompletedProcess[str]"]
FINGERPRINT = re.compile(r"(?:[0-9a-f]{4} ){7}[0-9a-f]{4}")


def made(omamori: Run, folder: Path) -> str:
    """Make a key and a pack; returns the fingerprint."""
    (folder / "files").mkdir()
    (folder / "files" / "CVEs_20260601.csv").write_bytes(table(*ROWS))
    (folder / "files" / "notes.txt").write_text("x")
    key = omamori("feeds", "key", "new")
    assert key.returncode == 0, key.stderr
    done = omamori("feeds", "build", "files", "--out", "p.omamori-pack", "--maker", "支援 太郎")
    assert done.returncode == 0, done.stderr
    assert "as of 2026-06-01, 3 records" in done.stdout and "not read: notes.txt" in done.stderr
    found = FINGERPRINT.search(key.stdout)
    assert found is not None
    return found[0]


def test_a_pack_goes_from_the_maker_to_the_hospital(omamori: Run, tmp_path: Path) -> None:
    fingerprint = made(omamori, tmp_path)
    wrong = omamori("import", "p.omamori-pack")
    assert wrong.returncode == 3 and "omamori feeds import p.omamori-pack" in wrong.stdout and len(wrong.stdout.splitlines()) == 2
    asked = omamori("feeds", "import", "p.omamori-pack")
    shown = " ".join(f"[{number}] {group}" for number, group in enumerate(fingerprint.split(), 1))
    assert asked.returncode == 3 and shown in asked.stderr and fingerprint not in asked.stderr
    pasted = omamori("feeds", "import", "p.omamori-pack", "--fingerprint", shown)
    assert pasted.returncode == 3 and "typed as on the paper" in pasted.stderr
    wrong = omamori("feeds", "import", "p.omamori-pack", "--fingerprint", "0" * 32)
    assert wrong.returncode == 3 and "does not match" in wrong.stderr
    assert not (tmp_path / "omamori-site" / "knowledge" / "packs").exists()
    taken = omamori("feeds", "import", "p.omamori-pack", "--fingerprint", fingerprint)
    assert taken.returncode == 0 and "taken in" in taken.stdout
    told = omamori("feeds", "status", lang="ja")
    assert told.returncode == 0 and fingerprint in told.stdout and "支援 太郎" in told.stdout and "3件" in told.stdout
    data = json.loads(omamori("feeds", "status", "--json").stdout)
    assert [one["feed"] for one in data["sources"]] == ["microsoft", "starter"] and data["fingerprint"] == fingerprint
    shown = omamori("feeds", "key", "show")
    assert shown.stdout.strip() == fingerprint


def test_a_source_whose_files_name_no_day_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    row = Feed(feed="debian", title="Debian", title_ja="Debian", as_of=date(2026, 6, 1), records=3, undated=True)
    found = Status(SitePack(starter_pack(), None, ()), "", (Source(row, 9), Source(replace(row, undated=False), 9)))
    show(found, Screen("ja"))
    saved, named = capsys.readouterr().out.splitlines()[-2:]
    assert "9日前。ファイルに日付がなく、保存した日" in saved and "保存した日" not in named
    assert [one["as_of_is"] for one in found.as_json()["sources"]] == ["saved", "published"]


def test_the_page_for_paper_is_readable_in_the_notepad_of_windows(omamori: Run, tmp_path: Path) -> None:
    assert omamori("feeds", "key", "new", "--key", "k").returncode == 0
    done = omamori("feeds", "key", "show", "--key", "k", "--out", "page.txt", lang="ja")
    assert done.returncode == 0
    page = (tmp_path / "page.txt").read_bytes()
    assert page.startswith(b"\xef\xbb\xbf") and b"\r\n" in page and "指紋".encode() in page
    groups = FINGERPRINT.search(done.stdout)
    assert groups is not None and all(group.encode() in page for group in groups[0].split())


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("feeds", "build", "--out", "x"), 2, "--download"),
        (("feeds", "build", "files", "--out", "x"), 3, "omamori feeds key new"),
        (("feeds", "import", "nothing"), 3, "no such file"),
        (("feeds", "import", "."), 3, "is a folder"),
        (("feeds", "build", ".", "--key", ".", "--out", "x"), 3, "name the file of the key"),
        (("feeds", "build", ".", "--out", "nowhere/x"), 3, "there is no folder nowhere"),
        (("feeds", "build", ".", "--out", "/dev/null", "--force"), 3, "is no file"),
        (("feeds", "build", ".", "--out", "x", "--authorities", "nothing"), 3, "nothing: no such file"),
        (("feeds", "key", "show"), 3, "imported no pack"),
        (("feeds", "key", "show", "--key", "nothing"), 3, "omamori feeds key new"),
        (("feeds", "key", "new", "--key", "k", "--passphrase"), 3, "OMAMORI_KEY_PASSPHRASE"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_errors_are_one_line_and_an_exit_code(omamori: Run, arguments: tuple[str, ...], code: int, said: str) -> None:
    done = omamori(*arguments)
    assert done.returncode == code and said in done.stdout + done.stderr and "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of a file's size")
@pytest.mark.parametrize(
    ("arguments", "limit"),
    [
        (("feeds", "build", "files", "--out", "q.omamori-pack"), 100),
        (("feeds", "build", "files", "--out", "q.omamori-pack"), 50_000),
        (("feeds", "import", "p.omamori-pack", "--fingerprint"), 100_000),
    ],
    ids=["while reading", "while putting together", "while taking in"],
)
def test_a_full_disk_is_one_line_and_leaves_nothing(omamori: Run, tmp_path: Path, arguments: tuple[str, ...], limit: int) -> None:
    fingerprint = made(omamori, tmp_path)
    words = (*arguments, fingerprint) if "import" in arguments else arguments
    command = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); from omamori.cli.main import main; main()"
    )
    environment = {**os.environ, "OMAMORI_LANG": "ja"}
    done = subprocess.run(
        [sys.executable, "-c", command, *words], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3 and "Traceback" not in done.stderr
    assert "ディスクがいっぱい" in done.stderr.splitlines()[-1]
    assert not (tmp_path / "q.omamori-pack").exists() and not list(tmp_path.glob(".tmp-*"))


def test_a_locked_key_asks_for_its_passphrase_and_takes_it_from_the_environment(
    omamori: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "CVEs_20260601.csv").write_bytes(table(*ROWS))
    monkeypatch.setenv("OMAMORI_KEY_PASSPHRASE", "桜 7")
    assert omamori("feeds", "key", "new", "--key", "k", "--passphrase").returncode == 0
    monkeypatch.delenv("OMAMORI_KEY_PASSPHRASE")
    build = ("feeds", "build", "CVEs_20260601.csv", "--key", "k", "--out", "p.omamori-pack")
    asked = omamori(*build)
    assert asked.returncode == 3 and "OMAMORI_KEY_PASSPHRASE" in asked.stderr
    monkeypatch.setenv("OMAMORI_KEY_PASSPHRASE", "梅 8")
    assert omamori(*build).returncode == 3
    monkeypatch.setenv("OMAMORI_KEY_PASSPHRASE", "桜 7")
    assert omamori(*build).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminal")
@pytest.mark.parametrize(("answer", "code"), [("はい", 0), ("いいえ", 3), ("", 3)], ids=["yes", "no", "nothing"])
def test_at_a_terminal_a_person_compares_and_answers(omamori: Run, tmp_path: Path, answer: str, code: int) -> None:
    fingerprint = made(omamori, tmp_path)
    leader, follower = os.openpty()
    environment = {**os.environ, "OMAMORI_LANG": "ja"}
    command = [sys.executable, "-m", "omamori", "feeds", "import", "p.omamori-pack"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdin=follower, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    os.write(leader, f"{answer}\n".encode())
    out, err = process.communicate(timeout=60)
    os.close(leader)
    os.close(follower)
    assert all(group in out.decode() for group in fingerprint.split()) and "支援 太郎" in out.decode()
    assert process.returncode == code, err.decode()
    assert ("取り込みました" in out.decode()) == (code == 0)


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminal")
def test_an_empty_passphrase_makes_no_unlocked_key(omamori: Run, tmp_path: Path) -> None:
    leader, follower = os.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "OMAMORI_KEY_PASSPHRASE"} | {"OMAMORI_LANG": "en"}
    command = [sys.executable, "-m", "omamori", "feeds", "key", "new", "--key", "k", "--passphrase"]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdin=follower, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    assert process.stderr is not None and process.stderr.read(1)  # what is typed before it asks is thrown away
    os.write(leader, b"\n")
    out, err = process.communicate(timeout=60)
    os.close(leader)
    os.close(follower)
    assert process.returncode == 3 and b"empty" in out + err
    assert not (tmp_path / "k").exists()
