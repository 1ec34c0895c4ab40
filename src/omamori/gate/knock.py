"""Asks TCP ports whether anybody listens, and says nothing: the gentle look of an approval.

Our own, because nmap's timing engine asks a port that answered again and again while others are silent (27 connections to one port
with `--max-retries 1`, docs/decisions/0029-scan-approval-and-budget.md). One connect() is one attempt of one packet: it is given up before the
system would repeat it. What answers is closed at once; no byte is ever written. On the own segment the system asks by ARP
who is there, and an address nobody answers for gets no further packet.
"""

from __future__ import annotations

import errno
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from omamori.gate.approval import Pace, Permission, Refused
from omamori.gate.descriptors import most_sockets
from omamori.gate.knocked import Attempt, Ended, Knocked, Machine, State
from omamori.gate.neighbours import neighbours
from omamori.model.permission import IpAddress

PATIENCE = 0.75
"""Seconds until an attempt counts as unanswered."""
REPEATED = 0.97
"""Seconds after which a system repeats the first packet of a connection (one second, RFC 6298), with a little room."""
ARP_PATIENCE = 3.3
"""Seconds in which the system asks three times by ARP."""
ARP_CERTAIN = 9.0
"""Seconds after which an old entry of the neighbour table was asked for anew (RFC 4861, 7.3.2, as Linux does for IPv4 too)."""
PER_MACHINE = 10
"""Attempts that wait for an answer of one machine at a time."""
_LEAST_TOGETHER, _MOST_TOGETHER = 16, 512
"""Machines that are looked at side by side: no more than the pace needs, since a power cut loses them."""
_PACKETS_OF_OPEN = 3
"""Packets more where somebody listens: the answer's acknowledgement, our end, and its acknowledgement."""
_TABLE_AGE = 0.3
_LATER = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, errno.EADDRNOTAVAIL, errno.EAGAIN})
_UNREACHABLE = frozenset(
    {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.ENETDOWN, errno.EACCES, errno.EPERM, errno.ENOPROTOOPT, errno.EPROTO}
)
_REFUSED = frozenset({errno.ECONNREFUSED, errno.ECONNRESET})
_UNDER_WAY = frozenset({errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EALREADY, 10035, 10036})


def knock(
    permission: Permission,
    addresses: Iterator[IpAddress],
    ports: Sequence[int],
    *,
    stop: threading.Event,
    until: float,
    tell: Callable[[Knocked], None],
    begun: Callable[[IpAddress], None],
    before: Mapping[IpAddress, tuple[Mapping[int, int], Mapping[int, State]]] | None = None,
    idle: Callable[[], None] = lambda: None,
) -> Ended:
    """Ask `ports` of every address and tell of each when it is known; returns why it ended.

    In: `until` on the clock of time.monotonic; `before` is what an earlier run asked and found of an address it did not end with;
    `begun` is called before the first packet to an address; `idle` several times a second. Raises Refused where the approval allows nothing.
    Addresses that were not ended with are told with `whole` False. An exception (Ctrl-C) leaves no connection open.
    """
    permission.check_time()
    return _Knocking(permission, addresses, ports, before or {}, tell, begun).run(stop, until, idle)


class _Knocking:
    def __init__(
        self,
        permission: Permission,
        addresses: Iterator[IpAddress],
        ports: Sequence[int],
        before: Mapping[IpAddress, tuple[Mapping[int, int], Mapping[int, State]]],
        tell: Callable[[Knocked], None],
        begun: Callable[[IpAddress], None],
    ) -> None:
        self._permission, self._ports, self._tell, self._begun = permission, tuple(ports), tell, begun
        self._coming, self._before = addresses, before
        self._pace = Pace(permission)
        self._selector = selectors.DefaultSelector()
        rate = permission.file.packets_per_second
        self._most = min(most_sockets(), max(20, int(rate * PATIENCE * 1.5)))
        self._together = max(_LEAST_TOGETHER, min(_MOST_TOGETHER, rate))
        self._active: dict[IpAddress, Machine] = {}
        self._turn: deque[Machine] = deque()
        self._attempts: deque[Attempt] = deque()
        self._tables: dict[int, tuple[float, dict[IpAddress, str]]] = {}
        self._open = 0
        self._exhausted = False

    def run(self, stop: threading.Event, until: float, idle: Callable[[], None]) -> Ended:
        ended: Ended = "done"
        shown = 0.0
        try:
            while True:
                now = time.monotonic()
                if now - shown > 0.2:
                    shown = now
                    idle()
                if stop.is_set():
                    ended = "stopped"
                    break
                if now >= until:
                    ended = "minutes"
                    break
                self._give_up(now)
                self._take_more(now)
                if not self._active and self._exhausted:
                    break
                try:
                    self._send(now)
                except Refused:
                    ended = "until"
                    break
                self._listen(now)
        finally:
            for attempt in self._attempts:
                if not attempt.over:
                    attempt.connection.close()
            self._selector.close()
            for machine in list(self._active.values()):
                self._end(machine, whole=False)
        return ended

    def _take_more(self, now: float) -> None:
        while not self._exhausted and len(self._active) < self._together:
            address = next(self._coming, None)
            if address is None:
                self._exhausted = True
                return
            asked, states = self._before.get(address, ({}, {}))
            allowed = self._permission.file.connections_per_port
            # What was asked and not answered may be asked again; first every port once.
            left = [
                port for attempt in range(1, allowed + 1) for port in self._ports if port not in states and asked.get(port, 0) < attempt
            ]
            waiting = deque(dict.fromkeys(left))
            self._permission.already_spent(address, asked)
            machine = Machine(address, waiting, dict(asked), dict(states), now)
            for port in self._ports:
                if port not in states and asked.get(port, 0) >= allowed:
                    machine.states[port] = "filtered"
            if any(state != "filtered" for state in states.values()):
                machine.first = False
                machine.answer = "syn-ack" if "open" in states.values() else "reset"
            self._active[address] = machine
            self._turn.append(machine)

    def _send(self, now: float) -> None:
        """Send as many attempts as pace and sockets allow, each machine in its turn."""
        passed = 0
        while self._turn and passed < len(self._turn) and self._open < self._most and self._pace.wait() <= 0:
            machine = self._turn[0]
            self._turn.rotate(-1)
            passed += 1
            if machine.address not in self._active:
                self._turn.pop()
                continue
            if machine.arp_until:
                self._look_for(machine, now)
                continue
            most = 1 if machine.first else PER_MACHINE
            if machine.waiting and machine.flying < most and machine.not_before <= now:
                self._try(machine, now)
                passed = 0
            elif (
                not machine.waiting and not machine.flying and not (machine.answer == "arp-response" and now < machine.began + ARP_CERTAIN)
            ):
                self._end(machine)

    def _try(self, machine: Machine, now: float) -> None:
        port = machine.waiting.popleft()
        family = socket.AF_INET if machine.address.version == 4 else socket.AF_INET6
        try:
            connection = socket.socket(family, socket.SOCK_STREAM)
        except OSError as error:
            self._later(machine, port, error, now)
            return
        connection.setblocking(False)
        try:
            self._permission.spend(machine.address, port)
        except Refused:
            connection.close()
            raise
        if not machine.begun:
            machine.begun = True
            self._begun(machine.address)
        machine.asked[port] = machine.asked.get(port, 0) + 1
        self._pace.went()
        code = connection.connect_ex((str(machine.address), port))
        if code in _UNDER_WAY:
            attempt = Attempt(machine, port, connection, now + PATIENCE, now + REPEATED)
            self._attempts.append(attempt)
            self._selector.register(connection, selectors.EVENT_WRITE, attempt)
            self._open += 1
            machine.flying += 1
            return
        connection.close()
        if code == errno.ENETUNREACH:
            # Nothing was sent, and nobody can say what stands there: it stays to be looked at.
            machine.asked[port] -= 1
            machine.answer = machine.answer or "no-route"
            machine.waiting.clear()
            self._end(machine, whole=False)
        else:
            self._outcome(machine, port, code, now)

    def _later(self, machine: Machine, port: int, error: OSError, now: float) -> None:
        """The system has no socket left for the moment: nothing was sent."""
        if error.errno not in _LATER:
            raise error
        machine.waiting.appendleft(port)
        machine.not_before = now + 0.5

    def _listen(self, now: float) -> None:
        deadline = self._attempts[0].until - now if self._attempts else 0.1
        wait = max(0.0, min(deadline, 0.05, self._pace.wait() or (0.05 if self._open >= self._most or self._idle() else 0.0)))
        if not self._open:
            time.sleep(wait or 0.001)
            return
        self._hear(wait)

    def _hear(self, wait: float) -> None:
        """Take the answers that have come."""
        for key, _ in self._selector.select(wait):
            attempt: Attempt = key.data
            code = attempt.connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            self._finish(attempt)
            self._outcome(attempt.machine, attempt.port, code, time.monotonic())

    def _idle(self) -> bool:
        return not any(
            machine.waiting and not machine.arp_until and machine.flying < (1 if machine.first else PER_MACHINE) for machine in self._turn
        )

    def _finish(self, attempt: Attempt) -> None:
        attempt.over = True
        self._selector.unregister(attempt.connection)
        attempt.connection.close()
        self._open -= 1
        attempt.machine.flying -= 1

    def _give_up(self, now: float) -> None:
        """End attempts whose time was over at `now`, and that have no answer after it: a busy machine may have kept us from listening."""
        if self._attempts and self._attempts[0].until <= now and self._open:
            self._hear(0)
        while self._attempts and (self._attempts[0].over or self._attempts[0].until <= now):
            attempt = self._attempts.popleft()
            if not attempt.over:
                self._finish(attempt)
                if time.monotonic() >= attempt.repeats:
                    # This machine is so busy that we came too late, and the system repeated the packet: it counts as the second.
                    attempt.machine.asked[attempt.port] += 1
                self._silent(attempt.machine, attempt.port, now)

    def _outcome(self, machine: Machine, port: int, code: int, now: float) -> None:
        if code == 0 or code in _REFUSED:
            if code == 0:
                self._pace.went(_PACKETS_OF_OPEN)
            machine.states[port] = "open" if code == 0 else "closed"
            machine.answer = "syn-ack" if code == 0 or machine.answer == "syn-ack" else "reset"
            machine.seen = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
            machine.first = False
        elif code in _LATER:
            self._silent(machine, port, now)
        elif code in _UNREACHABLE or code in (10065, 10051):
            machine.states[port] = "filtered"
            if machine.first:
                self._first_silent(machine, now)
        else:
            self._silent(machine, port, now)

    def _silent(self, machine: Machine, port: int, now: float) -> None:
        if machine.asked[port] < self._permission.file.connections_per_port:
            machine.waiting.append(port)
        else:
            machine.states[port] = "filtered"
        if machine.first:
            self._first_silent(machine, now)

    def _first_silent(self, machine: Machine, now: float) -> None:
        """The first packet was not answered: on the own segment the neighbour table tells whether anybody is there."""
        machine.arp_until = machine.began + ARP_PATIENCE
        self._look_for(machine, now)

    def _look_for(self, machine: Machine, now: float) -> None:
        mac = self._table(machine.address.version, _TABLE_AGE).get(machine.address)
        if mac == "" and now < machine.arp_until:
            return
        machine.arp_until = 0.0
        machine.first = False
        if mac == "":
            machine.answer = "absent"
            machine.waiting.clear()
        elif mac:
            machine.answer = machine.answer or "arp-response"
            machine.seen = machine.seen or datetime.now(UTC).replace(tzinfo=None, microsecond=0)

    def _table(self, version: int, age: float) -> Mapping[IpAddress, str]:
        """The neighbour table, read anew when it is older than `age` seconds."""
        now = time.monotonic()
        at, table = self._tables.get(version, (-age, {}))
        if now - at > age or version not in self._tables:
            self._tables[version] = now, (table := neighbours(version))
        return table

    def _end(self, machine: Machine, *, whole: bool = True) -> None:
        """Tell what is known of a machine; its turn ends."""
        self._active.pop(machine.address, None)
        there = machine.answer not in ("absent", "no-route")
        mac = (
            self._table(machine.address.version, _TABLE_AGE if machine.answer == "arp-response" else 5.0).get(machine.address, "")
            if there
            else ""
        )
        if machine.answer == "arp-response" and not mac:
            machine.answer = "absent"
        self._permission.close(machine.address)
        self._tell(
            Knocked(
                machine.address,
                machine.seen or datetime.now(UTC).replace(tzinfo=None, microsecond=0),
                machine.answer or "no-response",
                mac,
                machine.states,
                max(machine.asked.values(), default=0),
                whole,
                {} if whole else machine.asked,
            )
        )
