from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.ledger.addresses import AddressError, addresses, as_numbers, macs, networks


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("10.1.0.11", "10.1.0.11"),
        ("10.1.0.11、10.1.0.12", "10.1.0.11 10.1.0.12"),
        ("10.1.0.11/24 , 10.1.0.11", "10.1.0.11"),
        ("2001:DB8::0001", "2001:db8::1"),
        ("DHCP", None),
        ("自動取得", None),
    ],
)
def test_addresses_take_one_form(typed: str, stored: str | None) -> None:
    assert addresses(typed) == stored


@pytest.mark.parametrize("typed", ["10.1.0", "10.1.0.256", "ehr01", "10.1.0.11 oder"])
def test_a_word_that_is_no_address_is_named(typed: str) -> None:
    with pytest.raises(AddressError) as raised:
        addresses(typed)
    assert "10.1.0.11" in raised.value.expected.en
    assert typed.split()[-1] in raised.value.expected.ja


def test_hardware_addresses_in_every_spelling_become_one() -> None:
    assert macs("00-00-5E-00-53-01 0000.5e00.5301 00:00:5e:00:53:02") == "00:00:5e:00:53:01 00:00:5e:00:53:02"
    with pytest.raises(AddressError):
        macs("00:00:5e:00:53")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("10.1.0.0/16 10.2.0.0/255.255.0.0", "10.1.0.0/16 10.2.0.0/16"),
        ("10.1.0.5/24", "10.1.0.0/24"),
        ("10.1.0.0〜10.1.0.255", "10.1.0.0/24"),
        ("10.1.0.0 - 127", "10.1.0.0/25"),
        ("10.1.0.9", "10.1.0.9/32"),
        ("2001:db8::/64", "2001:db8::/64"),
    ],
)
def test_networks_and_ranges_become_cidr(typed: str, stored: str) -> None:
    assert networks(typed) == stored


@pytest.mark.parametrize("typed", ["10.1.0.9-10.1.0.1", "2001:db8::1-2001:db8::5", "10.1.0.*", "-"])
def test_a_network_nobody_can_read_is_refused(typed: str) -> None:
    with pytest.raises(AddressError):
        networks(typed)


def test_numbers_are_first_and_last_of_ipv4_only() -> None:
    assert as_numbers("10.1.0.0/24") == (0x0A010000, 0x0A0100FF)
    assert as_numbers("10.1.0.1") == (0x0A010001, 0x0A010001)
    assert as_numbers("2001:db8::/64") == (None, None)


@given(st.text(alphabet="0123456789.:/-~ abcdefg,、DHCP", max_size=60))
def test_any_words_are_read_or_refused(typed: str) -> None:
    for reader in (addresses, macs, networks):
        try:
            found = reader(typed)
        except AddressError as error:
            assert error.expected.ja and error.expected.en
        else:
            assert found is None or reader(found) == found
