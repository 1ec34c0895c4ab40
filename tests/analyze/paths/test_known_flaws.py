"""How the flaws of the starter pack are reached."""

from __future__ import annotations

import pytest

from omamori.analyze.paths.known_flaws import Door, door_of
from omamori.knowledge.pack import starter_pack


@pytest.mark.parametrize(
    ("flaw", "product", "door"),
    [
        ("CVE-2017-0144", "windows", Door(frozenset({139, 445}), "administrator")),
        ("CVE-2019-0708", "windows-server", Door(frozenset({3389}), "administrator")),
        ("CVE-2021-4034", "polkit", Door(frozenset(), "administrator")),
        ("CVE-2021-44228", "apache-log4j2", None),
    ],
)
def test_a_flaw_has_the_ports_its_makers_advisory_names(flaw, product, door):
    assert door_of(flaw, product) == door


def test_what_is_listed_stands_in_the_pack():
    """A flaw nobody knows of in the pack would be a list nobody reads."""
    exploited = {flaw.flaw for flaw in starter_pack().flaws if flaw.exploited}
    for flaw in ("CVE-2017-0144", "CVE-2019-0708", "CVE-2020-1472", "CVE-2019-10149", "CVE-2022-0543", "CVE-2023-27532"):
        assert flaw in exploited and door_of(flaw, "") is not None
