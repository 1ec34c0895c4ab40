"""Rows of a pack: what is read, and that a wrong row names file, line and what was expected."""

from __future__ import annotations

import pytest

from omamori.knowledge.facts import Flaw, PackError, read_flaws, read_products, read_remote, read_support

FLAW = {
    "flaw": "CVE-2018-13379", "product": "fortios", "scheme": "fortios", "since": "6.0.0", "before": "6.0.5", "fixed": "6.0.5",
    "exploited": "yes", "ransomware": "yes", "confidence": "high", "as_of": "2025-08-25", "source": "the maker",
}  # fmt: skip
SUPPORT = {"product": "debian", "cycle": "12", "label": "Debian 12", "ends": "2028-06-30", "as_of": "2026-08-25", "source": "the maker"}
PRODUCT = {"product": "php", "kind": "application", "label": "PHP", "scheme": "dotted", "packages": "^php$", "source": "php.net"}
REMOTE = {"product": "vnc", "label": "VNC", "kind": "remote-control", "packages": "x11vnc|vino", "ports": "5900/tcp", "source": "IANA"}


def flaw(**changes: str) -> Flaw:
    return read_flaws("flaws.csv", [(2, FLAW | changes)])[0]


def test_a_range_takes_its_first_version_and_not_its_end():
    found = flaw()
    assert [found.affects(version) for version in ("5.6.9", "6.0.0", "v6.0.4 build0231", "6.0.5")] == [False, True, True, False]
    assert found.affects("6.0") is None
    assert found.fixed == "6.0.5"


def test_a_branch_without_repair_and_hot_fixes():
    assert flaw(fixed="").fixed is None
    hot = flaw(product="pan-os", scheme="dotted", since="10.2", before="10.2.9-h1", undecided_if="-h")
    assert (hot.affects("10.2.8"), hot.affects("10.2.8-h3"), hot.affects("10.2.10-h2")) == (True, None, False)


def test_updates_that_repair_are_named_as_people_know_them():
    assert flaw(patches="4012212|4012215").fixed == "KB4012212"


@pytest.mark.parametrize(
    ("read", "row", "said"),
    [
        (read_flaws, FLAW | {"scheme": "guess"}, "scheme 'guess'"),
        (read_flaws, FLAW | {"before": "six"}, "before 'six' is not a fortios version"),
        (read_flaws, FLAW | {"exploited": "maybe"}, "expected yes or no"),
        (read_flaws, FLAW | {"source": " "}, "source is empty"),
        (read_support, SUPPORT | {"ends": "soon"}, "expected a day such as"),
        (read_support, SUPPORT | {"as_of": ""}, "the day it was as stated"),
        (read_products, PRODUCT | {"packages": "("}, "packages"),
        (read_products, PRODUCT | {"scheme": "?"}, "scheme"),
        (read_remote, REMOTE | {"ports": "5900"}, "expected for example 5900/tcp"),
    ],
)
def test_a_wrong_row_names_its_place(read, row, said):
    with pytest.raises(PackError, match=r"^facts\.csv: line 7: ") as error:
        read("facts.csv", [(7, row)])
    assert said in str(error.value)


def test_remote_programs_and_dates():
    remote = read_remote("r.csv", [(2, REMOTE)])[0]
    assert (remote.packages, remote.ports) == (("x11vnc", "vino"), (("tcp", 5900),))
    assert str(read_support("s.csv", [(2, SUPPORT)])[0].ends) == "2028-06-30"


def test_only_a_compared_fact_is_sure():
    assert [flaw(confidence=word).sure for word in ("high", "medium", "low")] == [True, False, False]
    assert read_support("s.csv", [(2, SUPPORT)])[0].told == "the maker (2026-08-25)"
    assert read_support("s.csv", [(2, SUPPORT | {"confidence": "medium"})])[0].told == "the maker (2026-08-25, medium)"
    with pytest.raises(PackError, match=r"confidence 'sure': expected one of high, medium, low"):
        flaw(confidence="sure")
