"""Versions of the language communities order as their rules say, and all schemes as another implementation (univers) has them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from univers import versions
from univers.maven import Version as UniversMaven

from omamori.knowledge.version import compare, key
from omamori.knowledge.version_ecosystems import maven, pep440, semver

SEMVER = [
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0-rc.1",
    "1.0.0",
    "v1.0.1",
]
PEP440 = ["1.dev0", "1.0.dev456", "1.0a1", "1.0a2.dev456", "1.0a12", "1.0b1.dev456", "1.0b2", "1.0rc1", "1.0", "1.0+abc.5", "1.0+5", "1.0.post456",
          "1.0.15", "1.1.dev1", "1!0.1"]  # fmt: skip
MAVEN = ["1-alpha-1", "1-alpha2", "1-beta", "1-milestone", "1-rc1", "1-SNAPSHOT", "1", "1-sp", "1-foo", "1-2", "1.1", "1.2", "1.10", "2"]


@pytest.mark.parametrize(("read", "ascending"), [(semver, SEMVER), (pep440, PEP440), (maven, MAVEN)], ids=["semver", "pep440", "maven"])
def test_published_order(read, ascending):
    keys = [read(text) for text in ascending]
    assert all(first < second for first, second in itertools.pairwise(keys)), keys


def test_what_is_written_in_two_ways_is_one_version():
    assert semver("1.2.3+build") == semver("1.2.3") == semver("v1.2.3")
    assert pep440("1.0-1") == pep440("1.0.0.post1") and pep440("1.0ALPHA1") == pep440("1.0a1") and pep440("1.0.PREVIEW") == pep440("1rc0")
    assert maven("1.0.0") == maven("1-ga") == maven("1.final") and maven("1cr1") == maven("1-rc-1") == maven("1.0.RC1")


@pytest.mark.parametrize("text", ["1.2", "01.2.3", "1.2.3-01", "1.2.3-", "1.2.3-a..b", "1.2.3x", "latest"])
def test_no_semantic_version_is_guessed(text):
    assert semver(text) is None


def test_what_is_no_version_has_no_key():
    assert pep440("1.0-foo") is None and pep440("main") is None
    assert maven("release candidate") is None and maven("none") is None


_DPKG = st.from_regex(r"\A(?:[0-3]:)?[0-9](?:[0-9a-zA-Z.+~]){0,6}(?:-[0-9a-zA-Z+.~]{1,5})?\Z")
# A digit in front: univers drops a leading `v`, which is a letter like others to rpm.
_RPM = st.from_regex(r"\A(?:[0-3]:)?[0-9][0-9a-zA-Z.~^_]{0,6}(?:-[0-9][0-9a-zA-Z.~^_]{0,4})?\Z")
_SEMVER = st.from_regex(
    r"\A(?:0|[1-9][0-9]?)(?:\.(?:0|[1-9][0-9]?)){2}(?:-(?:0|[1-9]|[a-c]1?)(?:\.(?:0|[1-9]|[a-c]1?)){0,2})?(?:\+[0-9a-c]{1,3})?\Z"
)
_PEP440 = st.from_regex(
    r"\A(?:[0-2]!)?[0-9](?:\.[0-9]){0,2}(?:[.-]?(?:a|b|rc|alpha|pre)[0-9]?)?(?:\.?post[0-9]|-[0-9])?(?:\.?dev[0-9]?)?(?:\+[0-9a-c](?:\.[0-9a-c])?)?\Z"
)
# Neither two marks beside each other nor a dot behind a word: for these univers keeps the nested lists of Maven 3.8, whose order the
# specification (flat since Maven 3.9) does not have, and nobody numbers a release so.
_MAVEN = st.from_regex(
    r"\A[0-9](?:\.(?:[0-9]|1[0-9])){0,3}(?:-?(?:alpha|beta|m|rc|cr|sp|snapshot|ga|final|jre|x)(?:-?[0-9])?)?(?:-[1-9])?\Z"
)
# No leading zeros: `1.0` and `1.00` are equal to univers, which reads Alpine's versions by Gentoo's rule; apk compares them as texts.
_APK = st.from_regex(r"\A[0-9](?:\.(?:0|[1-9][0-9]?)){0,2}[a-c]?(?:_(?:alpha|beta|pre|rc|p)[1-9]?)?(?:-r[0-9])?\Z")
OTHERS = {
    "dpkg": (versions.DebianVersion, _DPKG),
    "rpm": (versions.RpmVersion, _RPM),
    "semver": (versions.SemverVersion, _SEMVER),
    "pep440": (versions.PypiVersion, _PEP440),
    "maven": (UniversMaven, _MAVEN),
    "apk": (versions.AlpineLinuxVersion, _APK),
}


@pytest.mark.parametrize("scheme", sorted(OTHERS))
@given(data=st.data())
def test_univers_has_the_same_order(scheme, data):
    theirs, texts = OTHERS[scheme]
    left, right = data.draw(texts), data.draw(texts)
    assert key(scheme, left) is not None and key(scheme, right) is not None
    first, second = theirs(left), theirs(right)
    assert compare(scheme, left, right) == (first > second) - (first < second)
