"""Runs borg on the shadow of a repository, or on a far one without a lock, and says in plain words what went wrong."""

from __future__ import annotations

import os
import shlex
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from omamori.backup.borg_shadow import build
from omamori.backup.borg_words import errors
from omamori.backup.interface import BackupError, Key
from omamori.backup.restic_command import gone, no_password, no_space, stopped, unreachable, wrong_password
from omamori.gate.process import Completed, run
from omamori.gate.stream import Streamed, stream

_PASSED_ON = ("BORG_PASSPHRASE", "BORG_PASSCOMMAND", "BORG_KEY_FILE", "BORG_RSH", "BORG_REMOTE_PATH", "SSH_AUTH_SOCK")
_PASSWORDS = _PASSED_ON[:2]
_OF_THE_HOSPITAL = ("BORG_CACHE_DIR", "BORG_CONFIG_DIR", "BORG_SECURITY_DIR", "BORG_LOGGING_CONF")
"""Folders borg writes into. There it would note that the repository has moved to our shadow, and the next backup of the night would ask a person."""
_FAR = "ssh://"
_LONGEST = 14 * 24 * 3600.0
_WRONG_PASSWORD = ("PassphraseWrong", "PasscommandFailure")
_NO_PASSWORD = ("NoPassphraseFailure", "PasswordRetriesExceeded")
_UNREACHABLE = ("Repository.DoesNotExist", "ConnectionClosed", "ConnectionClosedWithHint", "Repository.InvalidRepository")


@dataclass(frozen=True, slots=True)
class Borg:
    """How borg is called on one repository."""

    place: str
    local: Path | None
    workshop: Path
    environment: Mapping[str, str]

    @property
    def shadow(self) -> Path:
        """The folder borg takes for the repository."""
        return self.workshop / "shadow"

    def prepare(self) -> None:
        """Make the shadow of a repository in a folder. BackupError where that is impossible."""
        if self.local is None:
            return
        try:
            build(self.local, self.shadow)
        except OSError as error:
            if self.gone():
                raise gone(self.place) from error
            raise BackupError(
                "failed",
                f"保存先を写さずに読む準備ができません({error.strerror})。borg の保存先は Linux で読んでください",
                f"it cannot be prepared for reading without copying it ({error.strerror}): read repositories of borg on Linux",
            ) from error

    def run(self, *words: str, timeout: float = _LONGEST, stop: threading.Event | None = None) -> Completed:
        """Run a command to its end. BackupError when the repository could not be opened; other failures are the caller's to judge."""
        done = run(self._argv(*words), environment=self.environment, timeout=timeout, stop=stop)
        self.judge_opening(done)
        return done

    @contextmanager
    def stream(self, *words: str, stop: threading.Event | None = None) -> Iterator[Streamed]:
        """Run a command and read its output as it comes."""
        with stream(self._argv(*words), environment=self.environment, stop=stop) as running:
            yield running

    def judge_opening(self, done: Completed) -> None:
        """Raise what keeps everybody from reading this repository."""
        if done.stopped:
            raise stopped()
        if done.exit_code in (0, 1):
            return
        if self.gone():
            raise gone(self.place)
        named = {name for name, _ in errors(done.stderr)}
        if named & set(_WRONG_PASSWORD):
            raise wrong_password()
        if named & set(_NO_PASSWORD):
            raise no_password()
        if named & set(_UNREACHABLE):
            raise unreachable(self.place)
        if "KeyfileNotFoundError" in named:
            raise BackupError(
                "wrong-password",
                "鍵のファイルが見つかりません。鍵は保存先の中になく、バックアップを取った機器にあります",
                "the key file is not here: the key lies not in the repository but on the machine that made the backup",
            )

    def gone(self) -> bool:
        """Whether a repository in a folder went away."""
        return self.local is not None and not (self.local / "config").is_file()

    def failed(self, done: Completed) -> BackupError:
        """Return what to tell about a command that did not end well."""
        if done.timed_out:
            return BackupError("failed", "borg が長く終わらないため止めました", "borg did not end in time and was stopped")
        if self.gone():
            return gone(self.place)
        if b"No space left" in done.stderr or b"ENOSPC" in done.stderr:
            return no_space()
        # Only the names of errors borg knows: messages may name files, which are patients' data.
        named = [name for name, _ in errors(done.stderr) if name]
        if not named or named[-1] == "Exception":  # no name of an error, but that there was none
            return BackupError(
                "failed",
                "borg が終わりまで進めませんでした。保存先が壊れているかもしれません",
                "borg could not finish: the repository may be damaged",
            )
        return BackupError("failed", f"borg が終わりまで進めませんでした({named[-1][:80]})", f"borg could not finish ({named[-1][:80]})")

    def _argv(self, *words: str) -> list[str]:
        return ["borg", "--log-json", *(("--bypass-lock",) if self.local is None else ()), *words]


def call(place: str, key: Key, workshop: Path) -> Borg:
    """Return how borg is called on a place. BackupError where borg is not on this machine."""
    if shutil.which("borg") is None:
        raise BackupError(
            "program-missing",
            "borg がこの機器にありません。borg を入れてから、もう一度行ってください",
            "borg is not on this machine: install it and start again",
        )
    given = {name: os.environ[name] for name in _PASSED_ON if name in os.environ} | dict(key.environment)
    given = {name: value for name, value in given.items() if name not in _OF_THE_HOSPITAL}
    if key.file is not None:
        given = {name: value for name, value in given.items() if name not in _PASSWORDS}
        given["BORG_PASSCOMMAND"] = f"cat {shlex.quote(str(key.file.absolute()))}"
    local = None if place.startswith(_FAR) else Path(place.removeprefix("file://")).absolute()
    base = workshop / "borg"
    base.mkdir(parents=True, exist_ok=True)
    keys = Path(os.environ.get("BORG_KEYS_DIR") or _config_folder() / "keys")
    own = {
        "BORG_REPO": place if local is None else str(workshop.absolute() / "shadow"),
        "BORG_BASE_DIR": str(base.absolute()),
        "BORG_RELOCATED_REPO_ACCESS_IS_OK": "yes",
        "BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK": "yes",
        "BORG_DISPLAY_PASSPHRASE": "no",
        "BORG_EXIT_CODES": "legacy",
        "TMPDIR": str(base.absolute()),
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
    }
    return Borg(place, local, workshop, given | own | ({"BORG_KEYS_DIR": str(keys)} if keys.is_dir() else {}))


def _config_folder() -> Path:
    """Where borg keeps the keys of repositories that do not hold their own (borg documentation, "Environment variables")."""
    base = os.environ.get("BORG_BASE_DIR")
    if base:
        return Path(base) / ".config" / "borg"
    return Path(os.environ.get("BORG_CONFIG_DIR") or Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "borg")
