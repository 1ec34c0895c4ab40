"""A site is one folder: evidence, snapshots, knowledge, reports and `omamori.toml`."""

from __future__ import annotations

import os
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from omamori.model.text import LANGUAGES, Language, Text
from omamori.snapshot.evidence import EvidenceStore
from omamori.snapshot.files import private_folder, write_whole

SETTINGS = "omamori.toml"
LOCK = ".lock"
DEFAULT_MAX_AGE_DAYS = 90


class SiteError(Exception):
    """The site folder cannot be used: one line that says what to do, in both languages."""

    def __init__(self, ja: str, en: str) -> None:
        """Keep the line in both languages."""
        self.text = Text(ja, en)
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Settings:
    """What `omamori.toml` says. `max_age_days`: evidence of a machine older than this is told as too old."""

    name: str = ""
    language: Language | None = None
    max_age_days: int = DEFAULT_MAX_AGE_DAYS


@dataclass(frozen=True, slots=True)
class Site:
    """A site folder and where things lie in it."""

    path: Path

    @property
    def exists(self) -> bool:
        """True when the folder is a site."""
        return (self.path / SETTINGS).is_file() or (self.path / "evidence").is_dir()

    @property
    def snapshots(self) -> Path:
        """Folder of the snapshots."""
        return self.path / "snapshots"

    @property
    def knowledge(self) -> Path:
        """Folder of imported packs."""
        return self.path / "knowledge"

    @property
    def reports(self) -> Path:
        """Folder of the reports."""
        return self.path / "reports"

    @property
    def evidence(self) -> EvidenceStore:
        """The evidence store."""
        return EvidenceStore(self.path)

    def create(self, *, name: str = "", language: Language | None = None) -> Site:
        """Make what is not there yet, for its owner only; what is there stays. `SiteError` when it cannot be written."""
        try:
            private_folder(self.path)
            for part in ("evidence", "snapshots", "knowledge", "reports"):
                private_folder(self.path / part)
            if not (self.path / SETTINGS).exists():
                write_whole(self.path / SETTINGS, _settings_text(name, language).encode())
        except OSError as error:
            raise SiteError(
                f"「{self.path}」に書けません({error.strerror})。--site で書き込めるフォルダを指定してください",
                f"cannot write to {self.path} ({error.strerror}): name a folder you can write to with --site",
            ) from error
        return self

    @property
    def settings(self) -> Settings:
        """Read `omamori.toml`; defaults when there is none, `SiteError` when it cannot be understood."""
        path = self.path / SETTINGS
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            return Settings()
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise _settings_error(path, f"{error}", f"{error}") from error
        return _settings(path, content)

    @contextmanager
    def lock(self, wait_seconds: float = 30.0) -> Iterator[None]:
        """Keep other runs out while a snapshot is made; the lock of a run that died is no obstacle.

        `SiteError` when another run holds it for `wait_seconds`.
        """
        private_folder(self.path)
        with (self.path / LOCK).open("a+b") as stream:
            deadline = time.monotonic() + wait_seconds
            while not _try_lock(stream.fileno()):
                if time.monotonic() >= deadline:
                    raise SiteError(
                        f"「{self.path}」を別の実行が使っています。終わってからもう一度実行してください",
                        f"{self.path} is in use by another run: try again when it has ended",
                    )
                time.sleep(0.05)
            try:
                yield
            finally:
                _unlock(stream.fileno())


def _settings_text(name: str, language: Language | None) -> str:
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    quoted = "".join(char if char.isprintable() else " " for char in quoted)
    return (
        f'# 病院名 / name of the hospital\nname = "{quoted}"\n'
        + (f'# 表示の言語 / language: ja, en\nlanguage = "{language}"\n' if language else "")
        + f"# これより古い情報は「古すぎる」とする日数 / days after which evidence is too old\nmax_age_days = {DEFAULT_MAX_AGE_DAYS}\n"
    )


def _settings(path: Path, content: dict[str, object]) -> Settings:
    name, language, days = content.get("name", ""), content.get("language"), content.get("max_age_days", DEFAULT_MAX_AGE_DAYS)
    if not isinstance(name, str):
        raise _settings_error(path, 'name は "…" で囲んだ文字です', 'name must be text in "…"')
    if language is not None and language not in LANGUAGES:
        raise _settings_error(path, 'language は "ja" か "en" です', 'language must be "ja" or "en"')
    if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= 3650:
        raise _settings_error(path, "max_age_days は 1 から 3650 の数です", "max_age_days must be a number from 1 to 3650")
    return Settings(name, "ja" if language == "ja" else "en" if language == "en" else None, days)


def _settings_error(path: Path, ja: str, en: str) -> SiteError:
    return SiteError(f"{path}: {ja}。このファイルを直してください", f"{path}: {en}; correct this file")


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
