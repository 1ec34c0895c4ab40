from __future__ import annotations

import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from omamori.gate.leftover import carriers, end_carriers

SLEEP = "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN if 'deaf' in sys.argv else signal.SIG_DFL); print(1, flush=True); time.sleep(60)"


def started(*words: str, folder: Path, session: bool = True) -> subprocess.Popen[bytes]:
    child = subprocess.Popen([sys.executable, "-c", SLEEP, *words], cwd=folder, start_new_session=session, stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    return child


@pytest.mark.parametrize("deaf", ["hearing", "deaf"])
def test_what_carries_the_name_ends_and_nothing_else(tmp_path: Path, deaf: str) -> None:
    name = f"omamori-proof-{secrets.token_hex(16)}"
    (tmp_path / name).mkdir()
    by_word = started(f"/x/{name}/restored", deaf, folder=tmp_path)
    by_folder = started(deaf, folder=tmp_path / name)
    stranger = started(f"omamori-proof-{secrets.token_hex(16)}", folder=tmp_path)
    try:
        assert set(carriers(name)) == {by_word.pid, by_folder.pid}
        assert end_carriers(name, grace=0.5)
        assert by_word.wait(10)
        assert by_folder.wait(10)
        assert stranger.poll() is None
        assert end_carriers(name)
    finally:
        for child in (by_word, by_folder, stranger):
            child.kill()
            child.wait()


@pytest.mark.parametrize("name", ["", "omamori", "omamori-proof-", "omamori-proof-12", "python"])
def test_a_common_word_names_nobody(name: str) -> None:
    with pytest.raises(ValueError, match="ours"):
        list(carriers(name))
