"""The dialect says what its meaning was written from, and that no packet proved it."""

from __future__ import annotations

from omamori.parse.device.dialects.cisco_asa import DIALECT


def test_what_it_says_of_itself() -> None:
    assert DIALECT.system == "cisco-asa"
    assert DIALECT.proven is False
    assert any("Migration" in document for document in DIALECT.documents)
    assert DIALECT.redact is not None
    assert DIALECT.redact("passwd himitsu encrypted", {}) == "passwd [secret: password, set] encrypted"
