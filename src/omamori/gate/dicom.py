"""One DICOM C-ECHO ("are you there?", PS3.4 annex A), to a server an approval names. Nothing else of DICOM is ever sent; HL7 never."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from omamori.gate.approval import Permission
from omamori.gate.error import GateError
from omamori.model.permission import Echo

CALLING_TITLE = "OMAMORI"
_CONNECT, _ANSWER = 5.0, 10.0
_WHOLE = 20.0
"""Seconds for one echo with all that belongs to it, however slowly the other side talks."""
_LARGEST = 1024 * 1024
"""Bytes of one answer that are read; a real one has some hundreds."""
_HEED = 0.1
_VERIFICATION = "1.2.840.10008.1.1"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an echo. `connected`: somebody took the connection; `said` names a refusal in DICOM's words."""

    seen: datetime
    connected: bool
    accepted: bool
    status: int | None
    implementation: str
    said: str


def no_dicom() -> GateError:
    """What to do where the library is missing."""
    return GateError(
        "DICOMの確認に要る部品(pynetdicom)がありません。pip install 'omamori[dicom]' で入れるか、承認の dicom を空にしてください",
        "the part a DICOM echo needs (pynetdicom) is missing: pip install 'omamori[dicom]', or leave `dicom` of the approval empty",
    )


def echo(
    permission: Permission, target: Echo, *, stop: threading.Event, seconds: float = _WHOLE, begun: Callable[[], None] = lambda: None
) -> Answer:
    """Send one C-ECHO over one association.

    In: a `stop` ends it at once, and so does the end of `seconds` (what is left of the approval's minutes) and of the approval; `begun` is
    called before anything is sent. Raises Refused where the approval does not name it, GateError when the library is missing.
    """
    try:
        from pynetdicom import AE, evt
        from pynetdicom.dul import DULServiceProvider
    except ImportError as error:
        raise no_dicom() from error
    logging.getLogger("pynetdicom").setLevel(logging.CRITICAL)
    permission.echo(target)
    begun()
    entity = AE(ae_title=CALLING_TITLE)
    entity.connection_timeout, entity.acse_timeout, entity.dimse_timeout, entity.network_timeout = _CONNECT, _ANSWER, _ANSWER, _ANSWER
    entity.add_requested_context(_VERIFICATION)
    opened = threading.Event()
    over = threading.Event()

    def connected(event: Any) -> None:
        opened.set()
        _bound(event.assoc.dul.socket)

    def connections() -> list[Any]:
        return [one.socket for one in threading.enumerate() if isinstance(one, DULServiceProvider) and one.assoc.ae is entity]

    until = time.monotonic() + min(_WHOLE, seconds, permission.seconds_left())
    threading.Thread(target=_guard, args=(connections, over, stop, until), daemon=True).start()
    try:
        return _ask(entity, target, [(evt.EVT_CONN_OPEN, connected)], opened)
    finally:
        over.set()


def _ask(entity: Any, target: Echo, heard: list[Any], opened: threading.Event) -> Answer:
    association = entity.associate(str(target.address), target.port, ae_title=target.called_title, evt_handlers=heard)
    try:
        accepted, status = bool(association.is_established), None
        if accepted:
            status = getattr(association.send_c_echo(), "Status", None)
        name = association.acceptor.implementation_version_name if accepted else None
        said = (
            ""
            if accepted
            else _refusal(association)
            if association.is_rejected
            else "no DICOM answer"
            if opened.is_set()
            else "no connection"
        )
    finally:
        if association.is_established:
            association.release()
    return Answer(datetime.now(UTC).replace(tzinfo=None, microsecond=0), opened.is_set(), accepted, status, _text(name), said)


def _bound(transport: Any) -> None:
    """Read no answer without end: the library waits for as many bytes as the other side announces, and for as long as it takes."""
    receive = transport.recv
    transport.socket.settimeout(_ANSWER)

    def bounded(count: int) -> bytearray:
        if count > _LARGEST:
            raise OSError("an answer no DICOM server gives")
        said: bytearray = receive(count)
        return said

    transport.recv = bounded


def _guard(connections: Callable[[], list[Any]], over: threading.Event, stop: threading.Event, until: float) -> None:
    """Take the connection away when it is asked to stop or the time is up; the library itself cannot be interrupted."""
    while not over.wait(_HEED):
        if stop.is_set() or time.monotonic() >= until:
            for one in connections():
                with suppress(OSError, AttributeError):
                    one.socket.shutdown(socket.SHUT_RDWR)


def _refusal(association: object) -> str:
    primitive = getattr(getattr(association, "acceptor", None), "primitive", None)
    return str(getattr(primitive, "reason_str", "") or "rejected")[:100]


def _text(name: object) -> str:
    said = name.decode("ascii", "replace") if isinstance(name, bytes) else str(name or "")
    return "".join(char for char in said if char.isprintable())[:64]
