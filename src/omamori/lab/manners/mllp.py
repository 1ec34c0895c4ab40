"""An HL7 version 2 listener: takes messages in MLLP frames and acknowledges each.

Sources: HL7 Implementation Support Guide, appendix on the minimal lower layer protocol; HL7 2.5 section 2.9.2 (acknowledgement).
"""

from __future__ import annotations

from datetime import datetime

from omamori.gate.listener import Answer

START, END = b"\x0b", b"\x1c\r"
ACCEPTED, REJECTED = "AA", "AR"


def answer(received: bytes, moment: datetime, *, application: str) -> Answer:
    """Acknowledge the first whole message; bytes before a frame are passed over, as receivers do.

    In: the name the listener gives itself (MSH-3).
    """
    start = received.find(START)
    if start < 0:
        return Answer(used=len(received))
    end = received.find(END, start)
    if end < 0:
        return Answer(used=start)
    message = received[start + 1 : end].decode("ascii", "replace")
    return Answer(say=START + _acknowledge(message, moment, application).encode("ascii", "replace") + END, used=end + len(END))


def _acknowledge(message: str, moment: datetime, application: str) -> str:
    header = message.split("\r", 1)[0]
    good = len(header) > 8 and header.startswith("MSH")
    separator, encoding = (header[3], header[4:8]) if good else ("|", "^~\\&")
    fields = header.split(separator)
    sender = [fields[number] if good and len(fields) > number else "" for number in (2, 3)]
    control = fields[9] if good and len(fields) > 9 else ""
    version = fields[11] if good and len(fields) > 11 else "2.5"
    at = moment.strftime("%Y%m%d%H%M%S")
    head = ["MSH", encoding, application, "LAB", *sender, at, "", "ACK", f"A{at}", "P", version]
    return separator.join(head) + "\r" + separator.join(("MSA", ACCEPTED if good else REJECTED, control)) + "\r"
