"""The only place that logs in to Windows machines over WinRM: those the user named, encrypted, with certificates that hold.

Commands go through the cmd shell of WinRM (MS-WSMV), which hands back bytes; what PowerShell is asked goes through
PowerShell remoting (MS-PSRP), as `Invoke-Command` does it. Never run against a real Windows, only against a server of our tests.
"""

from __future__ import annotations

import logging
import math
import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from omamori.gate.process import Completed
from omamori.gate.winrm_guard import guard
from omamori.gate.winrm_words import WinRmFailure, bad_target, basic_in_clear, explain, no_kerberos, not_installed, short

_TARGET = re.compile(r"(?:\[(?P<v6>[0-9A-Fa-f:.]+)\]|(?P<host>[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252})))(?::(?P<port>\d{1,5}))?\Z")
_CONNECT = 15
_OPERATION = 20
_READ = 30
_IDLE = 180
_PLAIN_PAGE = 437


class Authentication(StrEnum):
    """How to prove who one is; CredSSP is left out: it hands the password itself to the machine."""

    negotiate = "negotiate"
    ntlm = "ntlm"
    kerberos = "kerberos"
    basic = "basic"


@dataclass(frozen=True, slots=True)
class WinRmOptions:
    """How to log in.

    `user` None: as who is logged in here (Windows only). `password` is called once. `http`: without TLS, the messages
    themselves encrypted. `certificates`: see `winrm_trust.trusted`. `timeout` seconds per host, `together` hosts at
    once, `max_output` bytes of one command.
    """

    user: str | None
    password: Callable[[], str] | None = field(default=None, repr=False)
    http: bool = False
    authentication: Authentication = Authentication.negotiate
    certificates: Path | None = None
    timeout: float = 900.0
    together: int = 8
    max_output: int = 32 * 1024 * 1024

    def check(self) -> None:
        """GateError when a library is missing or the password would travel readable."""
        if self.http and self.authentication is Authentication.basic:
            raise basic_in_clear()
        if find_spec("pypsrp") is None:
            raise not_installed()
        if self.authentication is Authentication.kerberos and os.name != "nt" and not (find_spec("gssapi") and find_spec("krb5")):
            raise no_kerberos()


@dataclass(frozen=True, slots=True)
class WinRmTarget:
    """A host the user named: `host[:port]`; 5986 with TLS, 5985 without."""

    text: str
    host: str
    port: int

    @classmethod
    def read(cls, text: str, *, http: bool = False) -> WinRmTarget:
        """Read a target; WinRmFailure when it is none."""
        found = _TARGET.match(text)
        port = int(found["port"] or (5985 if http else 5986)) if found else 0
        if found is None or port not in range(1, 65536):
            raise bad_target(text)
        return cls(text, found["v6"] or found["host"], port)


class WinRmSession:
    """One login on one host. What a command prints and how it ends is an answer; only a lost host raises (WinRmFailure)."""

    def __init__(self, target: WinRmTarget, options: WinRmOptions, password: str | None, trusted: str) -> None:
        """Prepare; nothing is sent before `open`. `trusted`: path of the PEM file with the certificates that hold."""
        from pypsrp.wsman import WSMan

        # The library would write what it hears to the error stream, and everything that is said into debug logs.
        for name in ("pypsrp", "spnego", "urllib3", "requests"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self._target, self._options = target, options
        self._shell: Any = None
        self._pool: Any = None
        self._no_powershell = False
        self._wsman = WSMan(
            target.host,
            port=target.port,
            username=options.user,
            password=password,
            ssl=not options.http,
            auth=options.authentication.value,
            cert_validation=trusted,  # type: ignore[arg-type]  # a path is taken too, its annotation forgets it
            encryption="always" if options.http else "auto",
            no_proxy=True,
            connection_timeout=_CONNECT,
            read_timeout=_READ,
            operation_timeout=_OPERATION,
        )
        self._wsman.transport.session = self._wsman.transport._build_session()
        guard(self._wsman.transport.session, scheme="http" if options.http else "https")

    def open(self, codepage: int = _PLAIN_PAGE) -> None:
        """Log in and open a cmd shell whose programs print in a code page; a shell that is open is closed first."""
        from pypsrp.exceptions import WSManFaultError
        from pypsrp.shell import WinRS

        try:
            self._close_shell()
            self._shell = WinRS(self._wsman, codepage=codepage, no_profile=True, idle_time_out=_IDLE)
            try:
                self._shell.open()
            except WSManFaultError:
                # Newer systems may refuse to go without the user's profile.
                self._shell = WinRS(self._wsman, codepage=codepage, idle_time_out=_IDLE)
                self._shell.open()
        except Exception as error:
            raise self._lost(error) from error

    def run(self, line: str, *, timeout: float) -> Completed:
        """Run one line in a cmd of its own, without input. One that does not end in `timeout` seconds is ended, exit code None."""
        from pypsrp.shell import Process, SignalCode

        process = Process(self._shell, line)
        until = time.monotonic() + timeout
        try:
            process.begin_invoke()
            late = long = False
            while not process.state.endswith("/Done") and not (late or long):
                process.poll_invoke(timeout=_wait(until))
                late = time.monotonic() >= until
                long = len(process.stdout) + len(process.stderr) > self._options.max_output
            done = process.state.endswith("/Done")
            process.signal(SignalCode.TERMINATE)
        except Exception as error:
            raise self._lost(error) from error
        if done and not long:
            return Completed(process.rc, process.stdout, process.stderr)
        return Completed(None, process.stdout, process.stderr, timed_out=not long, truncated=long)

    def ask(self, script: str, *, timeout: float) -> Completed:
        """Ask PowerShell; what it says as UTF-8, exit code 1 with its first error where it failed. Not there: exit code 1."""
        from pypsrp.complex_objects import PSInvocationState
        from pypsrp.exceptions import WinRMError
        from pypsrp.powershell import PowerShell

        until = time.monotonic() + timeout
        try:
            if not self._has_powershell():
                return Completed(1, b"", b"no PowerShell")
            asked = PowerShell(self._pool).add_script(script)
            asked.begin_invoke()
            late = long = False
            while asked.state == PSInvocationState.RUNNING and not (late or long):
                asked.poll_invoke(timeout=_wait(until))
                late = time.monotonic() >= until
                long = sum(len(one) for one in asked.output if isinstance(one, str)) > self._options.max_output
            if asked.state == PSInvocationState.RUNNING:
                # It has one place for a question: the next one gets a fresh PowerShell.
                self._close_pool()
                return Completed(None, b"", b"", timed_out=not long, truncated=long)
            asked.close()
        except WinRMError as error:
            self._close_pool()
            return Completed(1, b"", short(error).encode())
        except Exception as error:
            raise self._lost(error) from error
        if asked.state != PSInvocationState.COMPLETED:
            return Completed(1, b"", short(str(asked.streams.error[0]) if asked.streams.error else "failed").encode())
        return Completed(0, "".join(one for one in asked.output if isinstance(one, str)).encode("utf-8", "replace"), b"")

    def close(self) -> None:
        """Close what was opened there; a host that is gone closes it by itself after three minutes."""
        try:
            self._close_pool()
            self._close_shell()
        except Exception:  # noqa: BLE001 - nothing more can be done about it
            self._shell = None
        finally:
            self._wsman.close()

    def _has_powershell(self) -> bool:
        """Open PowerShell where that was not done yet; one that was refused once is not asked again."""
        from pypsrp.exceptions import WinRMError
        from pypsrp.powershell import RunspacePool

        for no_profile in (True, False) if self._pool is None and not self._no_powershell else ():
            self._pool = RunspacePool(self._wsman, no_profile=no_profile, idle_timeout=_IDLE)
            try:
                self._pool.open()
                return True
            except WinRMError:
                # As with the cmd shell: newer systems may refuse to go without the user's profile.
                self._pool = None
        self._no_powershell = self._pool is None
        return self._pool is not None

    def _close_pool(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            # One that cannot even be closed was lost before; the host closes it by itself, and the next question opens another.
            with suppress(Exception):
                pool.close()

    def _close_shell(self) -> None:
        shell, self._shell = self._shell, None
        if shell is not None:
            shell.close()

    def _lost(self, error: Exception) -> WinRmFailure:
        return explain(self._target.text, self._target.host, self._target.port, error)


def _wait(until: float) -> int:
    """Seconds the host may be silent in one exchange."""
    return max(1, min(_OPERATION, math.ceil(until - time.monotonic())))
