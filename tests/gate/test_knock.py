"""What a look without a network tells: nothing of what it did not send."""

from __future__ import annotations

import errno
import socket
import threading
import time
from dataclasses import replace
from datetime import UTC, timedelta
from ipaddress import ip_address

import pytest

from omamori.gate.approval import permit
from omamori.gate.knock import knock
from omamori.gate.knocked import Knocked
from omamori.model.permission import IpAddress, SiteFacts
from omamori.parse.scan.approval import read_approval
from omamori.pipeline.clock import utc_now
from omamori.scan.draft import Filling, draft


class _Unconnected(socket.socket):
    """A socket of a machine whose cable is out."""

    code = errno.ENETUNREACH

    def connect_ex(self, address: object) -> int:
        """Nothing goes out."""
        return self.code


def _knock(rate: int, stop: threading.Event) -> tuple[list[IpAddress], list[Knocked]]:
    text = draft(Filling(networks=(("EHR", "10.1.0.0/27"),)), "en", utc_now(), UTC).replace('""', "x").replace("number: x\n", "")
    file, mistakes = read_approval(text.encode())
    assert file is not None, mistakes
    hour = timedelta(hours=1)
    file = replace(file, since=utc_now() - hour, until=utc_now() + hour, packets_per_second=rate)
    permission, mistakes, _ = permit(file, SiteFacts())
    assert permission is not None, mistakes
    begun: list[IpAddress] = []
    told: list[Knocked] = []
    knock(permission, permission.addresses(), (22, 80), stop=stop, until=time.monotonic() + 20, tell=told.append, begun=begun.append)
    return begun, told


def test_an_address_without_a_route_was_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", _Unconnected)
    _, told = _knock(1000, threading.Event())
    assert len(told) == 30
    assert {(one.answer, one.whole, sum(one.asked.values())) for one in told} == {("no-route", False, 0)}


def test_an_address_counts_as_begun_with_its_first_packet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", _Unconnected)
    monkeypatch.setattr(_Unconnected, "code", errno.ETIMEDOUT)
    stop = threading.Event()
    threading.Timer(1.2, stop.set).start()
    begun, told = _knock(1, stop)
    assert 0 < len(begun) < 5
    assert set(begun) == {one.address for one in told if one.asked}
    assert ip_address("10.1.0.1") in begun
