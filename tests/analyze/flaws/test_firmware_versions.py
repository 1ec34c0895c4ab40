"""Forms of firmware versions: what compares with what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analyze.flaws.published import affected, exact

from omamori.analyze.flaws.firmware_versions import cpe_products, inside, placed


@pytest.mark.parametrize(
    ("product", "older", "newer"),
    [
        ("fortios", "v7.2.4,build1396", "7.2.10"),
        ("cisco-ios", "15.2(4)M7", "15.2(4)M10"),
        ("cisco-ios", "15.2(4)M", "15.2(4)M1"),
        ("cisco-asa", "9.16(4)", "9.16(4)14"),
        ("pan-os", "10.1.14-h8", "10.1.14-h10"),
        ("pan-os", "10.1.14", "10.1.14-h1"),
        ("yamaha-rtx", "Rev.14.01.9", "Rev.14.01.42"),
        ("netscaler", "NS13.1: Build 49.13.nc", "13.1-49.15"),
        ("routeros", "6.49.8", "6.49.10"),
        ("checkpoint-gaia", "R80.40", "R81.10"),
        ("arubaos", "8.6.0.2", "8.10.0.1"),
        ("sonicos", "6.5.4.7-83n", "6.5.4.8-89n"),
    ],
    ids=str,
)
def test_older_and_newer(product, older, newer):
    first, second = placed(product, older), placed(product, newer)
    assert first.train == second.train and first.place < second.place


def test_trains_do_not_compare():
    assert placed("cisco-ios", "15.2(4)M7").train != placed("cisco-ios", "15.2(7)E2").train
    assert inside("cisco-ios", affected("CVE-1", "cisco:ios", "15.2(7)E3"), "15.2(4)M7") == (None, "train")
    assert inside("cisco-ios", exact("CVE-1", "cisco:ios", "15.2(7)e3"), "15.2(4)M7") == (False, "")


def test_what_is_no_version():
    assert placed("fortios", "firmware") is None is placed("cisco-asa", None)
    assert inside("fortios", affected("CVE-1", "a:b", "7.0.1"), None) == (None, "no_version")
    assert inside("fortios", affected("CVE-1", "a:b", "7.0.1"), "latest") == (None, "unordered")
    assert inside("sonicos", affected("CVE-1", "a:b"), "7.0.1") == (True, "every_version")


def test_names_with_the_model():
    names = ("yamaha:{model}_firmware", "yamaha:rt")
    assert cpe_products(names, "Yamaha RTX1210") == [("yamaha", "rtx1210_firmware"), ("yamaha", "rt")]
    assert cpe_products(names, None) == [("yamaha", "rt")]


@given(st.sampled_from(["fortios", "cisco-ios", "cisco-asa", "pan-os", "netscaler", "yamaha-rtx"]), st.text(max_size=60))
def test_any_text_is_read(product, text):
    found = placed(product, text)
    assert found is None or found.place >= found.place


def test_a_range_of_fortios_told_in_branches_concerns_no_version_of_another_branch():
    up_to = affected("CVE-2017-7738", "fortinet:fortios", before="5.2", before_in=True)
    assert inside("fortios", up_to, "6.0.3") == (False, "")
    assert inside("fortios", exact("CVE-2013-1414", "fortinet:fortios", "5.0"), "6.0.3") == (False, "")
    assert inside("fortios", affected("CVE-1", "fortinet:fortios", since="7.0"), "6.4.15") == (False, "")
    # Within the branch, and below its end, only a person can tell.
    assert inside("fortios", up_to, "5.2.3") == (None, "unordered")
    assert inside("fortios", up_to, "5.0.1") == (None, "unordered")
