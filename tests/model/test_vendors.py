from __future__ import annotations

from omamori.model.vendors import vendors_of


def test_a_cell_names_one_vendor_or_several() -> None:
    assert vendors_of(None) == vendors_of(" ") == ()
    assert vendors_of("A社") == ("A社",)
    assert vendors_of("A社、B社 / C社;A社\nD社および E社") == ("A社", "B社", "C社", "D社", "E社")


def test_a_known_name_with_a_comma_is_never_taken_apart() -> None:
    assert vendors_of("Roe, Doe & Co", {"Roe, Doe & Co"}) == ("Roe, Doe & Co",)
