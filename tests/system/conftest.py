"""A small network of its own for each test: two namespaces joined by a cable, taken down whatever happens."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

OMAMORI = Path(sys.executable).with_name("omamori")
INSIDE = "10.77.0.1"
OUTSIDE = ("10.77.0.2", "10.77.0.3", "10.77.0.9")
"""Neighbours the rules name, and last one that no rule names."""


@dataclass
class Lab:
    """`inside` is the machine looked at, `outside` the neighbour that knocks (with an address per role)."""

    folder: Path
    inside: str
    outside: str
    daemons: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def command(self, *words: str, namespace: str | None = None) -> list[str]:
        """The command in a namespace, with a /run of its own: daemons and lock files never meet this machine's."""
        private = 'mount -t tmpfs tmpfs /run && exec "$@"'
        return ["ip", "netns", "exec", namespace or self.inside, "unshare", "--mount", "sh", "-c", private, "sh", *words]

    def run(self, *words: str, namespace: str | None = None, **options: Any) -> subprocess.CompletedProcess[bytes]:
        """Run to the end; the caller looks at the return code."""
        return subprocess.run(self.command(*words, namespace=namespace), capture_output=True, timeout=120, **options)

    def must(self, *words: str, **options: Any) -> bytes:
        """Run to the end and fail the test when the command fails."""
        done = self.run(*words, **options)
        assert done.returncode == 0, (words, done.stderr.decode("utf-8", "replace"))
        return done.stdout

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a daemon that stays in the foreground; it ends with the lab."""
        log = (self.folder / f"daemon-{len(self.daemons)}.log").open("wb")
        with log:
            daemon = subprocess.Popen(self.command(*words), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        self.daemons.append(daemon)
        return daemon

    def reached_from(self, port: int) -> set[str]:
        """The outside addresses a real connection to the port succeeds from."""
        knock = (
            "import socket,sys\n"
            "for a in sys.argv[3:]:\n"
            "    try: socket.create_connection((sys.argv[1], int(sys.argv[2])), 1, (a, 0)).close(); print(a)\n"
            "    except OSError: pass\n"
        )
        words = (sys.executable, "-c", knock, INSIDE, str(port), *OUTSIDE)
        return set(self.must(*words, namespace=self.outside).decode().split())

    def close(self) -> None:
        """End every daemon with its children, then the namespaces."""
        for daemon in self.daemons:
            with suppress(ProcessLookupError):
                os.killpg(daemon.pid, signal.SIGKILL)
            daemon.wait()
        # Some put their children in sessions of their own.
        for namespace in (self.inside, self.outside):
            while left := subprocess.run(["ip", "netns", "pids", namespace], capture_output=True, text=True).stdout.split():
                for process in left:
                    with suppress(ProcessLookupError):
                        os.kill(int(process), signal.SIGKILL)
                time.sleep(0.05)


@contextmanager
def network(folder: Path) -> Iterator[Lab]:
    """Two namespaces with a cable between them. In: the folder for the daemons' logs."""
    name = secrets.token_hex(3)
    made = Lab(folder, f"om-{name}-in", f"om-{name}-out")
    with ExitStack() as stack:
        for namespace in (made.inside, made.outside):
            subprocess.run(["ip", "netns", "add", namespace], check=True)
            stack.callback(subprocess.run, ["ip", "netns", "del", namespace], check=False)
            subprocess.run(["ip", "-n", namespace, "link", "set", "lo", "up"], check=True)
        stack.callback(made.close)
        cable = f"ip -n {made.inside} link add eth0 type veth peer name eth0 netns {made.outside}"
        subprocess.run(cable.split(), check=True)
        for namespace, addresses in ((made.inside, (INSIDE,)), (made.outside, OUTSIDE)):
            for address in addresses:
                subprocess.run(["ip", "-n", namespace, "addr", "add", f"{address}/24", "dev", "eth0"], check=True)
            subprocess.run(["ip", "-n", namespace, "link", "set", "eth0", "up"], check=True)
        yield made


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    with network(tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def labs() -> Callable[[Path], AbstractContextManager[Lab]]:
    """For tests that need several machines."""
    return network


@dataclass
class Site:
    """A site folder, used only through the commands a user has."""

    folder: Path

    def omamori(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one command on this site; the caller looks at the return code."""
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8", "OMAMORI_SITE": str(self.folder / "site")}
        command = [str(OMAMORI), *words]
        return subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)

    def tables(self) -> Path:
        """The newest snapshot's tables."""
        return max((self.folder / "site" / "snapshots").glob("*/tables.duckdb"), key=lambda path: path.stat().st_mtime_ns)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """One site for all tests of a module."""
    return Site(tmp_path_factory.mktemp("shared"))


@pytest.fixture(scope="session")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The collection script as the kit carries it."""
    folder = tmp_path_factory.mktemp("kit")
    subprocess.run([str(OMAMORI), "kit", str(folder)], check=True, capture_output=True)
    return next(folder.rglob("collect-linux.sh"))
