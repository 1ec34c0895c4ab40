"""How a program is run inside a host of the lab, and what can be seen of the host from outside without asking it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from omamori.gate.daemon import Running

_LISTENING = {"tcp": "0A", "udp": "07"}
"""States of /proc/net/tcp and udp (proc(5)): LISTEN; a UDP socket that is bound."""


def enter(holder: Running, argv: Sequence[str], *, user: str | None = None) -> list[str]:
    """Return the command that runs `argv` with all namespaces of a host, as root or as a user of this machine."""
    pid = holder.pid
    change = []
    if user is not None:
        import grp
        import pwd

        group = grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name
        change = ["setpriv", f"--reuid={user}", f"--regid={group}", "--init-groups", "--"]
    spaces = [f"--target={pid}", "--mount", "--uts", "--ipc", "--net", f"--pid=/proc/{pid}/ns/pid_for_children"]
    return ["nsenter", *spaces, "--", *change, *argv]


def on_the_network_of(namespace: str, argv: Sequence[str]) -> list[str]:
    """Return the command that runs `argv` with a host's network, but with this machine's files and processes."""
    return ["nsenter", f"--net=/run/netns/{namespace}", "--", *argv]


def listening(holder: Running) -> set[tuple[str, int]]:
    """Return the (protocol, port)s somebody inside the host listens on; read from the kernel, nothing is sent."""
    found = set()
    for protocol, wanted in _LISTENING.items():
        for version in ("", "6"):
            with suppress(OSError):
                for line in Path(f"/proc/{holder.pid}/net/{protocol}{version}").read_text("ascii").splitlines()[1:]:
                    words = line.split()
                    if words[3] == wanted:
                        found.add((protocol, int(words[1].rpartition(":")[2], 16)))
    return found


def root_of(holder: Running) -> Path:
    """Return the host's own / as seen from outside: its private /run and /tmp are below it."""
    return Path(f"/proc/{holder.pid}/root")
