from __future__ import annotations

from datetime import datetime

import pytest

from omamori.lab.listener import doors

NOW = datetime(2026, 1, 10)


def test_doors_are_built_as_described() -> None:
    made = doors([{"port": 5900, "manner": "vnc", "options": {"password": True}}, {"port": 104, "manner": "silent"}])
    assert [(door.port, door.manner) for door in made] == [(5900, "vnc"), (104, "silent")]
    assert made[0].greeting.startswith(b"RFB ")
    assert made[0].answer(b"RFB 003.008\n", NOW).say == b"\1\2"
    assert made[1].answer(b"x", NOW).say == b""


def test_another_manner_or_option_is_an_error() -> None:
    with pytest.raises(KeyError):
        doors([{"port": 1, "manner": "gopher"}])
    with pytest.raises(TypeError):
        doors([{"port": 1, "manner": "silent", "options": {"loud": True}}])
