"""`omamori collect --device`: a system has to be named."""

from __future__ import annotations

import pytest
import typer

from omamori.cli.device import system_named


def test_a_system_that_is_known() -> None:
    assert system_named("yamaha-rtx").show


@pytest.mark.parametrize("name", [None, "", "toaster"])
def test_a_system_that_is_not(name: str | None) -> None:
    with pytest.raises(typer.BadParameter, match="yamaha-rtx"):
        system_named(name)
