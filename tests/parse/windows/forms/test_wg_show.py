"""wg: no private or preshared key is ever stored, public keys and the rest stay."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.form import Line, Piece
from omamori.parse.windows.forms.wg_show import redact
from omamori.parse.windows.session import read_session

NOW = datetime(2026, 6, 1, 9)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)
PRIVATE = "YAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk="
PUBLIC = "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw="
PEER = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg="
SHARED = "FpCyhws9cxwWoV4xELtfJvjJN+zQVRPISllRWgeopVE="


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        (f"wg0\t{PRIVATE}\t{PUBLIC}\t51820\toff", f"wg0\t[secret: private-key, set]\t{PUBLIC}\t51820\toff"),
        (f"{PRIVATE}\t{PUBLIC}\t51820\toff", f"[secret: private-key, set]\t{PUBLIC}\t51820\toff"),
        (f"wg0     {PRIVATE}    {PUBLIC}    45321   off", f"wg0     [secret: private-key, set]    {PUBLIC}    45321   off"),
        (f"wg0\t{PEER}\t(none)\t203.0.113.4:51820\t0.0.0.0/0\t0\t0\t1532\toff",) * 2,
        (
            f"wg0\t{PEER}\t{SHARED}\t203.0.113.4:51820\t0.0.0.0/0\t0\t0\t1532\toff",
            f"wg0\t{PEER}\t[secret: pre-shared-key, set]\t203.0.113.4:51820\t0.0.0.0/0\t0\t0\t1532\toff",
        ),
        (
            f"{PEER}\t{SHARED}\t[2001:db8::1]:51820\tfd00::/64\t0\t0\t1532\t25",
            f"{PEER}\t[secret: pre-shared-key, set]\t[2001:db8::1]:51820\tfd00::/64\t0\t0\t1532\t25",
        ),
        (f"  private key: {PRIVATE}", "  private key: [secret: private-key, set]"),
        (f"  preshared key: {SHARED}", "  preshared key: [secret: pre-shared-key, set]"),
        ("  private key: (hidden)",) * 2,
        (f"  public key: {PUBLIC}",) * 2,
        (f"peer: {PEER}",) * 2,
        ("  endpoint: averylongnameofavendorsmachine.example:51820",) * 2,
        ("interface: averylongnameofatunnel",) * 2,
        ("  transfer: 6.00 MiB received, 8.00 MiB sent",) * 2,
        (f"PrivateKey = {PRIVATE}", "PrivateKey = [secret: private-key, set]"),
        (f"wg0 {PRIVATE[:30]}", "wg0 [secret: private-key, set]"),
        (f"{PRIVATE[30:]} {PUBLIC} 51820 off", f"{PRIVATE[30:]} [secret: private-key, set] 51820 off"),
    ],
)
def test_keys_are_taken_out(line: str, clean: str) -> None:
    assert redact(line) == clean
    assert redact(clean) == clean


def test_what_was_taken_out_changes_nothing_that_is_read() -> None:
    dump = f"wg0\t{PRIVATE}\t{PUBLIC}\t51820\toff\nwg0\t{PEER}\t{SHARED}\t203.0.113.4:51820\t0.0.0.0/0\t0\t0\t1532\toff\n"
    (piece,) = read_session(dump.encode()).pieces
    assert piece.form == "wg_show"
    clean = Piece(piece.form, tuple(Line(line.number, redact(line.text)) for line in piece.lines))
    assert PRIVATE not in str(clean) and SHARED not in str(clean)
    assert read_piece(clean, CONTEXT) == read_piece(piece, CONTEXT)
    assert [getattr(row, "name", getattr(row, "value", "")) for row in read_piece(clean, CONTEXT).rows] == ["wg0", "203.0.113.4"]
