"""A Windows made by Wine, for the tests that run scripts of cmd for real."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.system.windows_played import SCRIPT

TOPS = (r"HKLM\SOFTWARE", r"HKLM\SYSTEM")


class Wine:
    """A Windows made by Wine, with the registry of a sick machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
        self.environment |= {"WINEPREFIX": str(folder / "prefix"), "WINEARCH": "win64", "WINEDEBUG": "-all"}

    def run(self, *words: str, typed: bytes = b"") -> tuple[int, str]:
        done = subprocess.run(
            words, env=self.environment, cwd=self.folder, input=typed, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=300
        )
        return done.returncode, done.stdout.decode("ascii", "replace").replace("\r", "")

    def put(self, key: str, name: str, kind: str, data: str) -> None:
        """Put a value into the registry. Now and then, on a loaded machine, Wine does not get as far as that: it is asked again."""
        answers = []
        while not answers or (answers[-1][0] != 0 and len(answers) < 4):
            answers.append(self.run("wine", "reg", "add", key, "/v", name, "/t", kind, "/d", data, "/f"))
        assert answers[-1][0] == 0, (key, name, answers)

    def script(self, path: Path, *words: str, typed: bytes = b"") -> tuple[int, str]:
        return self.run("wine", "cmd", "/d", "/c", "call", drive(path), *words, typed=typed)

    def talk(self, path: Path, *answers: tuple[str, str]) -> tuple[int, str]:
        """Run a script that asks: each answer is typed once its question is shown, as Wine takes all that was typed before for one line."""
        words = ("wine", "cmd", "/d", "/c", "call", drive(path))
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(words, env=self.environment, cwd=self.folder, **pipes) as run:  # type: ignore[call-overload]
            shown = b""
            for question, answer in answers:
                while not shown.endswith(question.encode()) and (letter := run.stdout.read(1)):
                    shown += letter
                run.stdin.write(f"{answer}\r\n".encode())
                run.stdin.flush()
            shown += run.communicate(timeout=300)[0]
        return run.returncode, shown.decode("ascii", "replace").replace("\r", "")

    def exported(self) -> list[bytes]:
        """Everything that stands in the registry, as `reg export` writes it."""
        found = []
        for top in TOPS:
            path = self.folder / "export.reg"
            assert self.run("wine", "reg", "export", top, drive(path), "/y")[0] == 0
            found.append(path.read_bytes())
        return found

    def value(self, key: str, name: str) -> str:
        return self.run("wine", "reg", "query", key, "/v", name)[1].split("    ")[-1].strip()

    @property
    def name(self) -> str:
        return self.run("wine", "cmd", "/d", "/c", "echo", "%COMPUTERNAME%")[1].strip()

    def play(self, folder: Path) -> None:
        """From now on there are the commands that `windows_played` plays, on the state in a folder without blanks in its name."""
        player = folder / "player.sh"
        words = (
            sys.executable,
            str(Path(__file__).parent / "windows_played.py"),
            self.environment["WINEPREFIX"],
            str(folder / "state.json"),
        )
        player.write_text(f'#!/bin/sh\nexec {" ".join(words)} "$@"\n')
        player.chmod(0o755)
        for name in ("secedit", "auditpol"):
            text = SCRIPT.format(here=drive(folder), player=player)
            (folder / f"{name}.cmd").write_text(text.replace("\n", "\r\n"), newline="")
        self.environment["WINEPATH"] = drive(folder)


def drive(path: Path) -> str:
    """The name Wine has for a path of this machine."""
    return "Z:" + str(path).replace("/", "\\")
