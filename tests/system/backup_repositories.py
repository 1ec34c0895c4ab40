"""Real repositories for tests of one kind: made, filled, damaged and compared, with names of files nobody expects."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from omamori.backup.interface import Key, Repository
from omamori.backup.registry import open_place

PASSWORD = "a password of the test"
ODD = (
    "new\nline.txt",
    "glob *[a]?{b}.txt",
    "日本語 ファイル.txt",
    "back\\slash.txt",
    " space at both ends ",
    "! bang # $HOME.txt",
    "- re:.*",
    "quote\"'.txt",
)
NOT_UTF8 = b"bytes \xff\xfe.txt"


@dataclass
class Made:
    """A repository of a kind in a folder of the test, with its source."""

    kind: str
    folder: Path
    password: str = PASSWORD

    @property
    def source(self) -> Path:
        return self.folder / "source"

    @property
    def place(self) -> Path:
        return self.folder / "repository"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "RESTIC_PASSWORD": self.password,
            "RESTIC_REPOSITORY": str(self.place),
            "BORG_PASSPHRASE": self.password,
            "BORG_BASE_DIR": str(self.folder / "borg"),
            "BORG_RELOCATED_REPO_ACCESS_IS_OK": "yes",
        }

    def program(self, *words: str, codes: tuple[int, ...] = (0,)) -> str:
        done = subprocess.run(
            words, env=self.environment, cwd=self.folder, capture_output=True, text=True, errors="surrogateescape", timeout=300, check=False
        )
        assert done.returncode in codes, (words, done.returncode, done.stderr)
        return done.stdout

    def init(self, *words: str) -> Made:
        self.source.mkdir(parents=True)
        make = ("restic", "init") if self.kind == "restic" else ("borg", "init", "--encryption=repokey-blake2")
        self.program(*make, *words, *((str(self.place),) if self.kind == "borg" else ()))
        return self

    def backup(self, name: str = "") -> None:
        if self.kind == "restic":
            self.program("restic", "backup", "--host", "ehr", "source")
        else:
            time.sleep(1.1)  # borg keeps whole seconds
            self.program("borg", "create", f"{self.place}::{name}", "source")

    def killed_backup(self) -> None:
        """Begin a backup and kill it so that it leaves its lock behind."""
        self.write("killed", os.urandom(1024 * 1024) * 64)
        words = ("restic", "backup", "--limit-upload", "64", "source")
        if self.kind == "borg":
            words = ("borg", "create", "--upload-ratelimit", "1", f"{self.place}::killed", "source")
            for number in range(20):
                self.write(f"killed{number}", os.urandom(20 * 1024 * 1024))
        running = subprocess.Popen(words, env=self.environment, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 60
        while time.monotonic() < until and not self.lock_files():
            time.sleep(0.01)
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert self.lock_files()

    def lock_files(self) -> list[Path]:
        # restic writes a lock under another name first.
        found = (self.place / ("locks" if self.kind == "restic" else "lock.exclusive")).glob("*")
        return [path for path in found if self.kind == "borg" or len(path.name) == 64]

    def write(self, name: str, data: bytes) -> None:
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def odd_names(self) -> None:
        """Files whose names break what reads names carelessly."""
        for number, name in enumerate(ODD):
            self.write(f"odd/{name}", f"odd {number}".encode())
        (Path(os.fsdecode(os.fsencode(self.source / "odd") + b"/" + NOT_UTF8))).write_bytes(b"odd bytes")
        (self.source / "odd/folder *").mkdir()
        self.write("odd/folder */inside", b"inside")
        (self.source / "odd/link").symlink_to("nowhere/at all")

    def key(self, password: str | None = None) -> Key:
        """A key with the password in a file."""
        file = self.folder / f"password-{hashlib.sha256((password or self.password).encode()).hexdigest()[:6]}"
        file.write_text((password or self.password) + "\n")
        return Key(file)

    def open(self, password: str | None = None, place: str = "") -> Repository:
        """Open it as our program does, with an empty workshop."""
        workshop = self.folder / f"workshop-{time.monotonic_ns()}"
        workshop.mkdir()
        return open_place(place or str(self.place), self.key(password), workshop)


def fingerprint(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Every name below a folder with the hash of its bytes, its mode and its modification time in nanoseconds."""
    found = {}
    for path in sorted(folder.rglob("*")):
        seen = path.lstat()
        data = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() and not path.is_symlink() else ""
        found[str(path.relative_to(folder))] = (data, seen.st_mode, seen.st_mtime_ns)
    return found


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder and its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()
    }


def flip(path: Path, at: int | None = None) -> None:
    """Alter four bytes in the middle of a file, or at a place."""
    path.chmod(0o600)
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 if at is None else at)
        old = file.read(4)
        file.seek(-len(old), 1)
        file.write(bytes(byte ^ 0xFF for byte in old))
