"""The words of a match."""

from __future__ import annotations

import pytest

from omamori.analyze.notices.naming import Ours
from omamori.analyze.notices.standing import Thing
from omamori.analyze.notices.wording import doubt_of, how_matched
from omamori.model.notices import PublishedNotice

THING = Thing("a", "asset", Ours("FortiOS"), "7.2.4", "seen", "cafe:1")


def test_a_certain_match_has_no_doubt():
    assert doubt_of("yes", "same", THING, "fortios") is None


@pytest.mark.parametrize("said", ["range", "version", "status", "both"])
def test_what_is_open_is_said_in_both_languages(said):
    doubt = doubt_of(said, "part", THING, "fortios")
    assert doubt is not None and "fortios" in doubt.en and "fortios" in doubt.ja and "; " in doubt.en and "。" in doubt.ja


def test_a_distributions_package_has_to_be_confirmed():
    rebuilt = Thing("a", "asset", Ours("openssl"), "3.0.11", "seen", "", rebuilt=True)
    assert doubt_of("yes", "same", rebuilt, "openssl") is not None


def test_name_version_and_rule_are_told():
    rows = [
        PublishedNotice(vendor="fortinet", product="fortios", since="7.2.0", before="7.2.7"),
        PublishedNotice(vendor="fortinet", product="fortios", since="7.0.1", before="7.0.1", before_in=True),
        PublishedNotice(vendor="fortinet", product="fortios", since="7.2.7", status="not_affected"),
        PublishedNotice(vendor="fortinet", product="fortios", since="6.0", since_out=True, before="6.4", before_in=True),
    ]
    assert how_matched("yes", "same", THING, rows) == "FortiOS 7.2.4 (seen) = fortinet:fortios >= 7.2.0 < 7.2.7 | = 7.0.1 | > 6.0 <= 6.4"
    declared = Thing("a", "line", Ours("FortiGate"), None, "declared", "")
    assert how_matched("version", "part", declared, rows[2:3]) == "FortiGate ? (declared) ~ fortinet:fortios"
