from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.snapshot.identifiers import clean_name, cleaned, is_strong, universal


def test_identifiers_are_written_alike() -> None:
    said = ["name:PC21.hospital.local", "mac:00-15-5D-01-02-03", "uuid:4C4C4544-0042-3510-8051-B7C04F4D3132", "name:pc21", "ip:10.1.2.3"]
    assert cleaned(said) == ("ip:10.1.2.3", "mac:00:15:5d:01:02:03", "name:pc21", "uuid:4c4c4544-0042-3510-8051-b7c04f4d3132")
    assert cleaned(["name:10.1.2.3"]) == ("name:10.1.2.3",)


@pytest.mark.parametrize(
    "said",
    ["name:localhost", "name:", "uuid:00000000-0000-0000-0000-000000000000", "uuid:03000200-0400-0500-0006-000700080009", "sid:S-1-5-21-1"],
)
def test_what_nobody_set_tells_nothing(said: str) -> None:
    assert cleaned([said]) == ()


@pytest.mark.parametrize(
    ("mac", "own"),
    [("00:15:5d:01:02:03", True), ("02:42:ac:11:00:02", False), ("01:00:5e:00:00:01", False), ("00:00:5e:00:01:0a", False), ("zz", False)],
)
def test_an_address_its_maker_gave(mac: str, own: bool) -> None:
    assert universal(mac) is own and is_strong(f"mac:{mac}") is own


@given(st.lists(st.text(max_size=80)))
def test_cleaning_twice_changes_nothing(said: list[str]) -> None:
    once = cleaned(said)
    assert cleaned(once) == once
    assert all(clean_name(one).isprintable() for one in once)
