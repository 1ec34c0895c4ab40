"""Names of products: the same, a part, or another one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.analyze.notices.naming import Index, Ours, device_named, fit, tokens
from omamori.knowledge.pack import starter_pack

WORDS = st.text(st.characters(codec="utf-8"), max_size=40)


@pytest.mark.parametrize(
    ("vendor", "product", "ours", "maker", "expected"),
    [
        ("7-zip", "7-zip", "7-Zip 19.00 (x64)", "Igor Pavlov", "same"),
        (None, "7-zip", "7-Zip 19.00 (x64)", "Igor Pavlov", "same"),
        ("mozilla", "firefox", "Mozilla Firefox 115.0 (x64 ja)", "Mozilla", "same"),
        ("mozilla", "firefox", "Mozilla Firefox ESR (x64 ja)", "Mozilla", "part"),
        ("google", "chrome", "Google Chrome", "Google LLC", "same"),
        ("adobe", "acrobat_reader_dc", "Adobe Acrobat Reader DC - Japanese", "Adobe Inc.", "same"),
        ("microsoft", "server", "Backup Server", "Somebody", None),
        ("openssl", "openssl", "openssl", None, "same"),
        ("openssl", "openssl", "libssl3", None, None),
        ("dcmtk", "dcmtk", "ＤＣＭＴＫ", None, "same"),
        (None, "", "anything", None, None),
    ],
)
def test_how_a_name_fits(vendor, product, ours, maker, expected):
    assert fit(vendor, product, Ours(ours, maker)) == expected


def test_a_product_of_another_maker_is_never_the_same():
    assert fit("oracle", "database", Ours("Database", "Smallsoft")) == "part"
    assert fit("oracle", "viewer", Ours("Viewer", "Smallsoft")) is None, "a word too many products are called by"


@pytest.mark.parametrize(
    ("vendor", "product", "expected"),
    [
        ("fortinet", "fortios", ("fortios", "")),
        ("Fortinet", "FortiOS", ("fortios", "")),
        ("fortinet", "fortimanager", None),
        ("fortinet", "fortinet", None),
        ("cisco", "ios_xe", ("cisco-ios-xe", "")),
        ("cisco", "adaptive_security_appliance_software", ("cisco-asa", "")),
        ("paloaltonetworks", "pan-os", ("pan-os", "")),
        ("yamaha", "rtx1210_firmware", ("yamaha-rtx", "rtx1210")),
        ("nec", "univerge_ix2215_firmware", ("nec-ix", "ix2215")),
        ("yamaha", "RTX1210", ("yamaha-rtx", "")),
        ("acme", "", None),
    ],
)
def test_network_devices_are_known_by_the_packs_names_and_not_by_their_maker(vendor, product, expected):
    found = device_named(vendor, product, starter_pack())
    assert (found and (found.product.product, found.model)) == expected


def test_a_notice_about_one_model_is_about_no_other():
    found = device_named("yamaha", "rtx1210_firmware", starter_pack())
    assert (
        found.is_model("RTX1210") and found.is_model("Yamaha RTX 1210 Rev.14") and not found.is_model("RTX830") and not found.is_model(None)
    )


@given(WORDS, WORDS, WORDS, WORDS)
def test_any_words_are_compared_without_a_failure_and_a_name_fits_itself(vendor, product, ours, maker):
    assert fit(vendor, product, Ours(ours, maker)) in ("same", "part", None)
    if tokens(product):
        assert fit(None, product, Ours(product)) in ("same", "part")


@given(st.lists(st.sampled_from(["a b", "b", "firefox", "Mozilla Firefox 115", "firefox esr", "acrobat reader"]), max_size=6), WORDS)
def test_the_index_leaves_nothing_out(names, other):
    ours = [Ours(name) for name in {*names, other}]
    found = dict(Index.of(ours).fitting("mozilla", "firefox"))
    assert found == {one: how for one in ours if (how := fit("mozilla", "firefox", one)) is not None}
