"""The commands network devices are asked with: each only shows, and each system has a reader for its configuration."""

from __future__ import annotations

import pytest

from omamori.collect.devices import SHOWS, device_systems

BEFORE = {"administrator", "enable", "terminal length 0", "terminal pager 0"}
"""What may stand before: rights to show the configuration, and the pager of this session."""


@pytest.mark.parametrize("name", device_systems())
def test_commands_only_show(name: str) -> None:
    system = device_systems()[name]
    assert set(system.before) <= BEFORE
    for command in system.show:
        assert SHOWS.fullmatch(command)


def test_the_systems_that_can_be_asked() -> None:
    assert set(device_systems()) == {"yamaha-rtx", "nec-ix", "awplus", "cisco-ios", "cisco-asa", "fortios"}
    assert all(any("config" in command for command in system.show) for system in device_systems().values())
