"""One DICOM C-ECHO ("are you there?", PS3.4 annex A), to a server an approval names. Nothing else of DICOM is ever sent; HL7 never."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import UTC, datetime

from omamori.gate.approval import Permission
from omamori.gate.error import GateError
from omamori.model.permission import Echo

CALLING_TITLE = "OMAMORI"
_CONNECT, _ANSWER = 5.0, 10.0
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


def echo(permission: Permission, target: Echo) -> Answer:
    """Send one C-ECHO over one association. Raises Refused where the approval does not name it, GateError when the library is missing."""
    try:
        from pynetdicom import AE, evt
        from pynetdicom.association import Association
    except ImportError as error:
        raise no_dicom() from error
    logging.getLogger("pynetdicom").setLevel(logging.CRITICAL)
    permission.echo(target)
    entity = AE(ae_title=CALLING_TITLE)
    entity.connection_timeout, entity.acse_timeout, entity.dimse_timeout, entity.network_timeout = _CONNECT, _ANSWER, _ANSWER, _ANSWER
    entity.add_requested_context(_VERIFICATION)
    opened = threading.Event()
    heard = [(evt.EVT_CONN_OPEN, lambda _event: opened.set())]
    association: Association = entity.associate(str(target.address), target.port, ae_title=target.called_title, evt_handlers=heard)  # type: ignore[arg-type]
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


def _refusal(association: object) -> str:
    primitive = getattr(getattr(association, "acceptor", None), "primitive", None)
    return str(getattr(primitive, "reason_str", "") or "rejected")[:100]


def _text(name: object) -> str:
    said = name.decode("ascii", "replace") if isinstance(name, bytes) else str(name or "")
    return "".join(char for char in said if char.isprintable())[:64]
