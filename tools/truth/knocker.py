"""Runs inside one network namespace and needs nothing but Python itself: listens on ports, or tries them.

    python -S knocker.py listen    task (one line of JSON) on stdin; prints what it listens on; prints what arrived at every further line
    python -S knocker.py knock     tasks, one a line, on stdin; answers each with one line

A task to listen: `{"addresses": [...], "tcp": [ports], "udp": [ports]}`. UDP is echoed. The first line tells the ports of TCP somebody
else listens on, which answers as well, and of UDP, which cannot be tried: `{"taken": {"tcp": [...], "udp": [[address, port], ...]}}`. Every
line it is sent afterwards is answered with the letters of UDP that arrived until then.

A task to knock: `{"place": NAME, "pause": S, "tries": [[way, source, mark, protocol, address, port, source port], ...], "seconds":
S}`. A way is a number told in the letters; the mark is that of the packets, by which the namespace routes them to a gateway; a source port 0 is
any usual one, and what cannot be had because this machine listens there counts as no success. The answer has
the numbers of the tries that succeeded: a TCP connection was established, a UDP letter came back from where it was sent to.
"""

from __future__ import annotations

import errno
import json
import resource
import selectors
import socket
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

_FIRST, _LAST = 34000, 47800
"""Source ports: a new one for every connection, and for the letters of a way to an address. Were one used for two, a translation on the way
could make the same connection of both."""
_BATCH = 50
_SO_RCVBUFFORCE = 33
_LINGER = struct.pack("ii", 1, 0)
_PENDING = (errno.EINPROGRESS, errno.EAGAIN)


def listen(task: dict[str, Any]) -> None:
    """Listen until stdin ends."""
    chosen = selectors.DefaultSelector()
    taken: dict[str, list[Any]] = {"tcp": [], "udp": []}
    for port in task["tcp"]:
        door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("", port))
        except OSError:
            taken["tcp"].append(port)
            continue
        door.listen(4096)
        door.setblocking(False)
        chosen.register(door, selectors.EVENT_READ, "tcp")
    for address in task["addresses"]:
        for port in task["udp"]:
            letters = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            try:
                letters.bind((address, port))
            except OSError:
                taken["udp"].append([address, port])
                continue
            letters.setblocking(False)
            chosen.register(letters, selectors.EVENT_READ, "udp")
    chosen.register(sys.stdin, selectors.EVENT_READ, "asked")
    print(json.dumps({"taken": taken}), flush=True)
    arrived: set[str] = set()
    while _served(chosen, arrived):
        pass


def _served(chosen: selectors.BaseSelector, arrived: set[str]) -> bool:
    for key, _ in chosen.select():
        if key.data == "asked":
            if not sys.stdin.readline():
                return False
            print(json.dumps({"arrived": sorted(arrived)}), flush=True)
            continue
        one: Any = key.fileobj
        with suppress(OSError):
            if key.data == "tcp":
                while True:
                    guest, _ = one.accept()
                    guest.close()
            while True:
                letter, sender = one.recvfrom(256)
                arrived.add(letter.decode("ascii", "replace"))
                one.sendto(letter, sender)
    return True


class _Ports:
    """Source ports, one after the other."""

    def __init__(self) -> None:
        self.next = _FIRST

    def bind(self, one: socket.socket, source: str) -> None:
        """Give a socket a port nobody uses. OSError when it cannot have the address."""
        for _ in range(100):
            self.next = self.next + 1 if self.next < _LAST else _FIRST
            try:
                one.bind((source, self.next))
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
                continue
            return
        raise OSError(errno.EADDRINUSE, "no free port")


def knock(task: dict[str, Any], ports: _Ports) -> list[int]:
    """Make all the tries of a task at once and return the numbers of those that succeeded."""
    chosen = selectors.DefaultSelector()
    tries = task["tries"]
    good: set[int] = set()
    udp = [number for number, one in enumerate(tries) if one[3] == "udp"]
    letters = _Letters(task, chosen, ports)
    pause = task["pause"]
    for count, number in enumerate(range(len(tries)), 1):
        _, source, mark, protocol, address, port, wanted = tries[number]
        if protocol == "tcp":
            call = _calling(source, mark, ports, wanted)
            if call is not None:
                _call(chosen, good, number, call, (address, port))
        else:
            letters.send(number)
        if count % _BATCH == 0:
            _rest(chosen, good, pause)
    _wait(chosen, good, task["seconds"] / 2, len(tries))
    # TCP repeats by itself what got lost (after a second); of UDP, whatever has not come back is sent once more.
    for count, number in enumerate([one for one in udp if one not in good], 1):
        letters.send(number)
        if count % _BATCH == 0:
            _rest(chosen, good, pause)
    _wait(chosen, good, task["seconds"] / 2, len(tries))
    for key in list(chosen.get_map().values()):
        one: Any = key.fileobj
        one.close()
    return sorted(good)


def _wait(chosen: selectors.BaseSelector, good: set[int], seconds: float, all_of_them: int) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0 and len(good) < all_of_them:
        _hear(chosen, good, min(0.1, left))


class _Letters:
    """Sends UDP: one socket for each way and address, which hears the echoes."""

    def __init__(self, task: dict[str, Any], chosen: selectors.BaseSelector, ports: _Ports) -> None:
        self.task, self.chosen, self.ports = task, chosen, ports
        self.boxes: dict[tuple[int, str, int, str, int], socket.socket] = {}

    def send(self, number: int) -> None:
        way, source, mark, _, address, port, wanted = self.task["tries"][number]
        box = self.boxes.get((way, source, mark, address, wanted))
        if box is None:
            box = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            box.setsockopt(socket.SOL_SOCKET, socket.SO_MARK, mark)
            box.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, 1024 * 1024)
            if not _bound(box, source, wanted, self.ports):
                box.close()
                return
            box.setblocking(False)
            self.boxes[way, source, mark, address, wanted] = box
            self.chosen.register(box, selectors.EVENT_READ, None)
        with suppress(OSError):
            box.sendto(f"{self.task['place']} {way} {number} {address} {port}".encode("ascii"), (address, port))


def _bound(one: socket.socket, source: str, wanted: int, ports: _Ports) -> bool:
    """Give a socket its source port; False when somebody has the one that is wanted."""
    if not wanted:
        ports.bind(one, source)
        return True
    try:
        one.bind((source, wanted))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return False
    return True


def _calling(source: str, mark: int, ports: _Ports, wanted: int) -> socket.socket | None:
    call = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    call.setblocking(False)
    call.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    call.setsockopt(socket.SOL_SOCKET, socket.SO_MARK, mark)
    call.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)
    if not _bound(call, source, wanted, ports):
        call.close()
        return None
    return call


def _call(chosen: selectors.BaseSelector, good: set[int], number: int, call: socket.socket, to: tuple[str, int]) -> None:
    code = call.connect_ex(to)
    if code == 0:
        good.add(number)
    if code not in _PENDING:
        call.close()
        return
    chosen.register(call, selectors.EVENT_WRITE, number)


def _rest(chosen: selectors.BaseSelector, good: set[int], seconds: float) -> None:
    """Hear what has come back, for a moment: whoever sends without a pause fills the queues on the way."""
    until = time.monotonic() + seconds
    while True:
        _hear(chosen, good, max(0.0, until - time.monotonic()))
        if time.monotonic() >= until:
            return


def _hear(chosen: selectors.BaseSelector, good: set[int], seconds: float) -> None:
    for key, _ in chosen.select(seconds):
        one: Any = key.fileobj
        if key.data is None:
            good.update(_echoes(one))
            continue
        if one.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0:
            good.add(key.data)
        chosen.unregister(one)
        one.close()


def _echoes(box: socket.socket) -> Iterator[int]:
    """Yield the tries whose letter came back from the very address and port it was sent to."""
    while True:
        try:
            letter, (address, port) = box.recvfrom(256)
        except BlockingIOError:
            return
        except OSError:
            continue
        words = letter.decode("ascii", "replace").split()
        if len(words) == 5 and words[3:] == [address, str(port)]:
            yield int(words[2])


def main() -> None:
    """Do what the first word says."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if sys.argv[1] == "listen":
        listen(json.loads(sys.stdin.readline()))
        return
    ports = _Ports()
    for line in sys.stdin:
        print(json.dumps(knock(json.loads(line), ports)), flush=True)


if __name__ == "__main__":
    main()
