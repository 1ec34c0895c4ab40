"""One maker and one pack for all tests of this folder that change nothing of them."""

from __future__ import annotations

import pytest
from tests.feeds.packs import Maker, new_maker

from omamori.feeds.build import Built


@pytest.fixture(scope="session")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    """A maker with a key."""
    return new_maker(tmp_path_factory.mktemp("maker"))


@pytest.fixture(scope="session")
def built(maker: Maker) -> Built:
    """A pack of three rows."""
    return maker.build("first")
