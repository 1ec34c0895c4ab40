"""A small kit result of our own, enough to walk the whole way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

KitMaker = Callable[..., bytes]

OS_RELEASE = '==> /etc/os-release\nPRETTY_NAME="Debian GNU/Linux 8 (jessie)"\nNAME="Debian GNU/Linux"\nVERSION_ID="8"\nID=debian\n'


@pytest.fixture(scope="session")
def make_kit() -> KitMaker:
    """Return a maker of kit results: host name, machine id, moment and further probes."""

    def make(host: str = "web01", machine: str = "a" * 32, started: str = "2026-05-01T08:00:00Z", **probes: dict[str, str]) -> bytes:
        nonce = "0123456789abcdef"
        sections = {
            "linux.host": {
                "os-release": OS_RELEASE,
                "hostname": f"{host}\n",
                "machine-id": f"==> /etc/machine-id\n{machine}\n",
                "uname": "Linux 3.16.0-11-amd64 x86_64\n",
            },
            **{f"linux.{name.replace('__', '.')}": content for name, content in probes.items()},
        }
        lines = [f"OMAMORI-KIT-RESULT 1 {nonce}", f"#@{nonce} visit started={started} host={host} uid=0 version=0.1.0 built=2026-04-01"]
        for kind, parts in sections.items():
            lines.append(f"#@{nonce} probe {kind}")
            for name, text in parts.items():
                lines += [f"#@{nonce} section {name}", text.rstrip("\n"), f"#@{nonce} end 0"]
            lines.append(f"#@{nonce} done {kind} 0")
        lines.append(f"#@{nonce} finished {started}")
        return ("\n".join(lines) + "\n").encode("utf-8", "surrogateescape")

    return make


@pytest.fixture
def received() -> datetime:
    """The moment of receipt."""
    return datetime(2026, 5, 1, 9)
