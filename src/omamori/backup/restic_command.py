"""Runs restic on a repository without a lock and without leaving anything in it, and says in plain words what went wrong."""

from __future__ import annotations

import os
import re
import shutil
import stat
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from omamori.backup.departure import departure
from omamori.backup.interface import BackupError, Key
from omamori.backup.place import without_credentials
from omamori.gate.error import GateError
from omamori.gate.process import Completed, run
from omamori.gate.stream import Streamed, stream

_PASSED_ON = ("RESTIC_PASSWORD_FILE", "RESTIC_PASSWORD", "RESTIC_PASSWORD_COMMAND", "RESTIC_KEY_HINT", "RESTIC_CACERT", "SSH_AUTH_SOCK")
_STORES = ("AWS_", "B2_", "AZURE_", "GOOGLE_", "OS_", "ST_", "RCLONE_", "RESTIC_REST_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")
"""Beginnings of what stores far away need (restic documentation, "Environment variables"); not passed on for a folder."""
_PASSWORDS = _PASSED_ON[:3]
_WRONG_PASSWORD, _NO_REPOSITORY = 12, 10
"""Exit codes of restic 0.17 and later; before it, only the words tell."""
_NO_SPACE = re.compile(rb"no space left|disk quota exceeded|not enough space on the disk|file too large", re.IGNORECASE)
_LONGEST = 14 * 24 * 3600.0
"""Seconds after which a command is given up: reading a large repository over a slow line takes days."""
_FAR = re.compile(r"(?:sftp|rest|s3|b2|azure|gs|swift|rclone):")


@dataclass(frozen=True, slots=True)
class Restic:
    """How restic is called on one repository: its place, the folder for what restic wants to write, and its environment."""

    place: str
    workshop: Path
    environment: Mapping[str, str]
    local: Path | None
    original: str = ""
    """The place people know, where `place` is a shadow or copy of it."""

    def argv(self, *words: str) -> list[str]:
        """Return the command line. A far repository's lists are kept in the workshop; a near one's are read where they are."""
        cache = ["--no-cache"] if self.local is not None else ["--cache-dir", str(self.workshop / "cache")]
        return ["restic", "--no-lock", *cache, *words]

    def at(self, place: Path) -> Restic:
        """Return the same for a copy or shadow of the repository in another folder."""
        told = self.original or self.place
        return replace(
            self, place=str(place), local=place, original=told, environment={**self.environment, "RESTIC_REPOSITORY": str(place)}
        )

    def run(
        self, *words: str, timeout: float = _LONGEST, stop: threading.Event | None = None, hear: Callable[[str], None] | None = None
    ) -> Completed:
        """Run a command to its end. BackupError when the repository could not be opened at all; other failures are the caller's to judge.

        Who hears every line of stderr (`hear`) may stop it too, and then looks at `Completed.stopped`. BackupError `gone` within about two
        seconds when a repository in a folder goes away meanwhile.
        """
        with departure(self._looks(), stop) as leave:
            done = run(self.argv(*words), environment=self.environment, timeout=timeout, stop=leave, hear=hear)
        # Who hears it stops it at the first retry: that may be the first sign that all of it has gone.
        if done.stopped and (leave.went() or (hear is not None and self.gone())):
            raise self._gone()
        if not (done.stopped and hear is not None):
            self.judge_opening(done)
        return done

    @contextmanager
    def stream(self, *words: str, stop: threading.Event | None = None) -> Iterator[Streamed]:
        """Run a command and read its output as it comes. BackupError `gone` at the end of the block when the repository went away in it."""
        with departure(self._looks(), stop) as leave, stream(self.argv(*words), environment=self.environment, stop=leave) as running:
            try:
                yield running
            except (BackupError, GateError) as error:  # output that was cut off
                if running.stopped and leave.went():
                    raise self._gone() from error
                raise
            if running.stopped and leave.went():
                raise self._gone()

    def judge_opening(self, done: Completed) -> None:
        """Raise what keeps everybody from reading this repository: stopped, gone, wrong password, not there."""
        if done.stopped:
            raise stopped()
        if done.exit_code == 0:
            return
        said = done.stderr
        if done.exit_code == _WRONG_PASSWORD or b"wrong password or no key found" in said or b"password_file is empty" in said:
            raise wrong_password()
        if self.gone():
            raise self._gone()
        if done.exit_code == _NO_REPOSITORY or b"Is there a repository at the following location" in said:
            raise unreachable(self.original or self.place)
        if b"empty password is not" in said or b"Resolving password failed" in said or b"unable to read password" in said:
            raise no_password()

    def gone(self) -> bool:
        """Whether a repository in a folder went away (its `config` is read at every opening)."""
        if self.local is None:
            return False
        try:
            return not stat.S_ISREG((self.local / "config").stat().st_mode)
        except PermissionError:
            return False  # it is there; restic says what is not allowed
        except OSError:
            return True

    def _looks(self) -> Callable[[], bool] | None:
        return self.gone if self.local is not None else None

    def _gone(self) -> BackupError:
        return gone(self.original or self.place)

    def failed(self, done: Completed) -> BackupError:
        """Return what to tell about a command that did not end well."""
        if done.timed_out:
            return BackupError("failed", "restic が長く終わらないため止めました", "restic did not end in time and was stopped")
        if self.gone():
            return self._gone()
        if _NO_SPACE.search(done.stderr):
            return no_space()
        # Only the line that ends a run: the others name files, which are patients' data.
        fatal = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if line.startswith("Fatal: ")]
        last = without_credentials(fatal[-1][len("Fatal: ") :])[:200] if fatal else f"exit code {done.exit_code}"
        return BackupError("failed", f"restic が終わりまで進めませんでした({last})", f"restic could not finish ({last})")


def call(place: str, key: Key, workshop: Path) -> Restic:
    """Return how restic is called on a place. BackupError when no password is named anywhere."""
    if shutil.which("restic") is None:
        raise BackupError(
            "program-missing",
            "restic がこの機器にありません。restic を入れてから、もう一度行ってください",
            "restic is not on this machine: install it and start again",
        )
    local = None if _FAR.match(place) else Path(place.removeprefix("local:")).absolute()
    wanted = _PASSED_ON if local is not None else (*_PASSED_ON, *(name for name in os.environ if name.startswith(_STORES)))
    given = {name: os.environ[name] for name in wanted if name in os.environ} | dict(key.environment)
    given.pop("RESTIC_REPOSITORY_FILE", None)  # names another place, and restic refuses two
    if key.file is not None:
        given = {name: value for name, value in given.items() if name not in _PASSWORDS} | {"RESTIC_PASSWORD_FILE": str(key.file)}
    if not any(name in given for name in _PASSWORDS):
        raise no_password()
    temporary = workshop / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    own = {"RESTIC_REPOSITORY": place, "TMPDIR": str(temporary), "RESTIC_PROGRESS_FPS": "1"}
    return Restic(place, workshop, given | own | ({"TEMP": str(temporary), "TMP": str(temporary)} if os.name == "nt" else {}), local)


def stopped() -> BackupError:
    """The user stopped it."""
    return BackupError("stopped", "途中で止めました", "stopped before the end")


def wrong_password() -> BackupError:
    """The password opens nothing."""
    return BackupError(
        "wrong-password",
        "このパスワードでは開けません。パスワードのファイルがこの保存先のものか確かめてください",
        "this password does not open it: is the password file the one of this repository?",
    )


def no_password() -> BackupError:
    """No password was given."""
    return BackupError(
        "wrong-password",
        "パスワードが渡されていません。--password-file でパスワードのファイルを指定してください",
        "no password was given: name the file that holds it with --password-file",
    )


def gone(place: str) -> BackupError:
    """It was there, and is not any more."""
    place = without_credentials(place)
    return BackupError(
        "gone",
        f"読んでいる途中で「{place}」がなくなりました。つながっているか確かめて、もう一度行ってください",
        f"{place} went away while it was read: see whether it is still connected and start again",
    )


def unreachable(place: str) -> BackupError:
    """Nothing answers there."""
    place = without_credentials(place)
    return BackupError(
        "unreachable",
        f"「{place}」に保存先が見つかりません。つながっているか、場所の書き方を確かめてください",
        f"no repository was found at {place}: is it connected, and is the place written right?",
    )


def no_space() -> BackupError:
    """The scratch place is full."""
    return BackupError(
        "no-space",
        "書き込み先の空きが足りません。空きを増やすか、別の場所を指定してください",
        "there is no space left to write to: free some, or name another place",
    )
