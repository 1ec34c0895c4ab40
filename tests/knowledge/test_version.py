"""Versions compare as their makers say; every scheme is a total order."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.knowledge.version import SCHEMES, VersionError, compare, key

ASCENDING = {
    # Debian Policy 5.6.12 and versions of real repairs.
    "dpkg": ["1.0~~", "1.0~~a", "1.0~", "1.0", "1.0-1~bpo1", "1.0-1", "1.0-1+b1", "1.0-1.1", "1.0+b", "1.0.1", "1.9", "1.10", "1:0.1"],
    # rpm-version(7): tilde before, caret after, numbers above letters.
    "rpm": ["1.0~rc1-1", "1.0-1.el8", "1.0-1.el8_3.1", "1.0-2", "1.0^git1-1", "1.0a-1", "1.0.1-1", "1.9-1", "1.10-1", "1:0.5-1"],
    "apk": ["1.02", "1.2_alpha1", "1.2_rc1", "1.2", "1.2-r1", "1.2_p1", "1.2a", "1.2.1", "1.10"],
    "dotted": ["1.0.1rc1", "1.0.1", "1.0.1f", "1.0.1g", "1.0.1.1", "9.1R11.3", "9.1R11.4", "10.2.9", "10.2.9-h1", "10.2.10", "12.1-55.18"],
    "fortios": ["v5.6.3", "6.0.4 build0231", "FortiOS v6.0.5,build0268", "7.0.14", "7.2.7", "7.2.10"],
    "windows": ["5.1.2600", "6.1.7601", "10.0.17763.1", "10.0.17763.4131", "10.0.19045"],
    # The three below have more in test_version_ecosystems.
    "semver": ["1.0.0-alpha.2", "1.0.0-alpha.10", "1.0.0", "1.9.0", "1.10.0"],
    "pep440": ["1.0.dev1", "1.0rc1", "1.0", "1.0.post1", "1.10"],
    "maven": ["1.0-alpha-1", "1.0-SNAPSHOT", "1.0", "1.0-1", "1.10"],
}
TEXT = {
    "dpkg": st.from_regex(r"\A([0-9]:)?[0-9][0-9a-z.+~]{0,5}(-[0-9a-z+.~]{1,4})?\Z"),
    "rpm": st.from_regex(r"\A([0-9]:)?[0-9a-z.~^]{1,6}(-[0-9a-z.~^]{1,4})?\Z"),
    "apk": st.from_regex(r"\A[0-9](\.[0-9]){0,2}[a-z]?(_(alpha|beta|rc|p)[0-9]?){0,2}(-r[0-9])?\Z"),
    "dotted": st.from_regex(r"\Av?[0-9][0-9a-zA-Z.()-]{0,8}\Z"),
    "fortios": st.from_regex(r"\Av?[0-9]\.[0-9]\.[0-9]{1,2}( build[0-9]{2})?\Z"),
    "windows": st.from_regex(r"\A[0-9]{1,2}\.[0-9]\.[0-9]{4,5}(\.[0-9]{1,4})?\Z"),
    "semver": st.from_regex(r"\A[0-9]\.[0-9]\.[0-9]{1,2}(-[0-9a-c.]{1,5})?\Z"),
    "pep440": st.from_regex(r"\A[0-9](\.[0-9]){0,2}(a|b|rc)?[0-9]?(\.post[0-9])?(\.dev[0-9])?\Z"),
    "maven": st.from_regex(r"\A[0-9][0-9a-z.-]{0,8}\Z"),
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_published_order(scheme):
    for (low, first), (high, second) in itertools.combinations(enumerate(ASCENDING[scheme]), 2):
        assert low < high
        assert compare(scheme, first, second) == -1, f"{first} before {second}"
        assert compare(scheme, second, first) == 1


@pytest.mark.parametrize("scheme", SCHEMES)
@given(data=st.data())
def test_every_scheme_is_a_total_order(scheme, data):
    first, second, third = (data.draw(TEXT[scheme]) for _ in range(3))
    keys = [key(scheme, text) for text in (first, second, third)]
    if None in keys:
        return
    assert compare(scheme, first, first) == 0
    assert compare(scheme, first, second) == -compare(scheme, second, first)
    low, middle, high = sorted((first, second, third), key=lambda text: key(scheme, text))
    assert compare(scheme, low, middle) <= 0 and compare(scheme, middle, high) <= 0 and compare(scheme, low, high) <= 0


@pytest.mark.parametrize("scheme", SCHEMES)
@given(text=st.text(max_size=30))
def test_any_text_has_a_key_or_none(scheme, text):
    found = key(scheme, text)
    assert found is None or compare(scheme, text, text) == 0


@pytest.mark.parametrize(
    ("scheme", "text"), [("fortios", "7.2"), ("windows", "Windows 10"), ("dotted", "unknown"), ("dpkg", "日本"), ("apk", "1.0 beta")]
)
def test_what_is_no_version_is_refused(scheme, text):
    assert key(scheme, text) is None
    with pytest.raises(VersionError, match="is not a"):
        compare(scheme, text, "1.0.0")


def test_no_text_and_a_very_long_one_have_no_key():
    assert key("dpkg", None) is None
    assert key("dpkg", "1" * 201) is None
