"""Packages by the word of the distribution's tracker: which package is meant, which kernel counts, and who decides."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from omamori.analyze.flaws.tracked import judged
from omamori.model.derived import Asset
from omamori.model.facts import Advisory, Affected, Likelihood
from omamori.model.host import Host, Software
from omamori.model.look import Collected

LOOKS = {"a": ("hosts", "software")}


def tracker(product: str, before: str = "", flaw: str = "CVE-2024-1", release: str = "debian 12", **more: Any) -> Affected:
    """A row of a distribution's tracker."""
    scheme = {"debian": "dpkg", "ubuntu": "dpkg", "alpine": "apk"}.get(release.split()[0], "rpm")
    given = {"feed": "debian", "fixed": before or None, "place": f"{product}/{flaw}"} | more
    return Affected(flaw=flaw, kind="package", product=product, release=release, scheme=scheme, before=before, **given)


def debian(*packages: Software, running: str | None = None, version: str = "12") -> list[Any]:
    """A Debian machine with packages."""
    return [Asset(asset="a"), Host(asset="a", platform="linux", os_id="debian", os_version=version, os_build=running), *packages]


def package(name: str, version: str, source: str | None = None, source_version: str | None = None, **more: Any) -> Software:
    """A package of dpkg, built under its own name unless it says otherwise."""
    given = {"manager": "dpkg", "evidence": f"e:{name}"} | more
    return Software(asset="a", name=name, version=version, source_package=source or name, source_version=source_version or version, **given)


def flaws(found: tuple[list[Any], dict[str, Collected]]) -> dict[tuple[str, str], Any]:
    return {(row.product, row.flaw): row for row in found[0]}


def test_a_repair_brought_back_to_an_old_version_counts(judge):
    facts = [tracker("openssl", "3.0.11-1~deb12u2")]
    mended = judge(debian(package("libssl3", "3.0.11-1~deb12u2", "openssl")), facts, LOOKS, whole=True)
    assert flaws(mended) == {} and mended[1]["a"].complete
    (row,) = judge(debian(package("libssl3", "3.0.9-1", "openssl")), facts, LOOKS)[0]
    assert (row.product, row.version, row.fixed, row.state, row.undecided) == ("openssl", "3.0.9-1", "3.0.11-1~deb12u2", "affected", False)
    assert row.matched == "debian 12: openssl 3.0.9-1 < 3.0.11-1~deb12u2" and row.fact == "debian openssl/CVE-2024-1"
    assert (row.repair, row.kind, row.evidence, row.confidence) == ("package:openssl", "package", "e:libssl3", "high")


def test_the_version_of_the_source_is_compared_not_that_of_the_package(judge):
    """dmsetup 2:1.02 is built from lvm2 2.03: its own number is above every version of the source."""
    rows = debian(package("dmsetup", "2:1.02.185-2", "lvm2", "2.03.16-2"))
    assert flaws(judge(rows, [tracker("lvm2", "2.03.17-1")], LOOKS)).keys() == {("lvm2", "CVE-2024-1")}


def test_without_the_version_of_the_source_the_look_is_incomplete(judge):
    row = package("libssl3", "3.0.9-1+b2", "openssl")
    old = Software(asset="a", name="libssl3", version="3.0.9-1+b2", source_package="openssl", manager="dpkg")
    missing = Collected(
        asset="a", table_name="software", source="linux.software", complete=True, missing="source_version", reason="not_collected"
    )
    found, looks = judge(debian(old), [tracker("openssl", "3.0.9-1+a")], {"a": ("hosts",)}, [missing])
    assert [(one.version, one.confidence) for one in found] == [("3.0.9-1", "medium")]
    assert not looks["a"].complete
    assert judge(debian(row), [], {"a": ("hosts",)}, [missing])[1]["a"].reason == "not_in_pack", "nothing else needs it"


def test_of_several_packages_of_a_source_the_oldest_counts(judge):
    rows = debian(package("openssl", "3.0.11-1~deb12u2"), package("libssl3", "3.0.9-1", "openssl"))
    assert [row.version for row in judge(rows, [tracker("openssl", "3.0.11-1~deb12u2")], LOOKS)[0]] == ["3.0.9-1"]


KERNELS = (
    package("linux-image-6.1.0-10-amd64", "6.1.37-1", "linux-signed-amd64", "6.1.37+1"),
    package("linux-image-6.1.0-20-amd64", "6.1.85-1", "linux-signed-amd64", "6.1.85+1"),
    package("linux-image-6.1.0-30-amd64", "6.1.124-1", "linux-signed-amd64", "6.1.124+1"),
    package("linux-libc-dev", "6.1.20-1", "linux"),
)


@pytest.mark.parametrize(
    ("name", "source", "product"),
    [
        ("linux-image-6.1.0-30-amd64", "linux-signed-amd64", "linux"),
        ("linux-image-5.15.0-91-generic", "linux-signed", "linux"),
        ("linux-image-6.8.0-40-generic", "linux-signed-hwe-6.8", "linux-hwe-6.8"),
        ("linux-image-unsigned-5.15.0-1050-aws", "linux-aws", "linux-aws"),
        ("linux-headers-6.1.0-30-amd64", "linux", None),
        ("linux-base", "linux-base", "linux-base"),
    ],
)
def test_kernels_have_the_trackers_name(name, source, product):
    row = judged(package(name, "5.15.0-91.101", source, "5.15.0-91.101+1"))
    assert (row.product if row else None) == product
    if row and row.kernel:
        assert row.version == "5.15.0-91.101", "that of the package: a signed kernel's source has a version of its own"


@pytest.mark.parametrize(
    ("before", "running", "version"),
    [
        ("6.1.76-1", None, None),
        ("6.1.76-1", "6.1.0-30-amd64", None),
        ("6.1.76-1", "6.1.0-10-amd64", "6.1.37-1"),
        ("6.1.130-1", "6.1.0-10-amd64", "6.1.124-1"),
    ],
    ids=["newest-only", "newest-runs", "old-one-runs", "both-have-it"],
)
def test_of_kernels_the_newest_and_the_running_one_count(judge, before, running, version):
    rows = judge(debian(*KERNELS, running=running), [tracker("linux", before)], LOOKS)[0]
    assert [row.version for row in rows] == ([version] if version else [])
    assert all(row.matched.endswith("(running; a newer one is installed)") == (row.version == "6.1.37-1") for row in rows)


def test_the_running_kernel_of_red_hat_is_known_by_its_version(judge):
    host = [Asset(asset="a"), Host(asset="a", platform="linux", os_id="rocky", os_version="9.4", os_build="5.14.0-70.el9.x86_64")]
    kernels = [
        Software(
            asset="a",
            name="kernel-core",
            version=version,
            source_package="kernel",
            source_version=version,
            manager="rpm",
            architecture="x86_64",
        )
        for version in ("5.14.0-70.el9", "5.14.0-427.el9")
    ]
    facts = [tracker("kernel", "0:5.14.0-362.el9", release="rhel 9", feed="redhat")]
    assert [row.version for row in judge(host + kernels, facts, LOOKS)[0]] == ["5.14.0-70.el9"]


def test_a_rebuild_is_judged_by_red_hat_and_by_its_own_advisories_where_the_pack_has_no_other(judge):
    host = [Asset(asset="a"), Host(asset="a", platform="linux", os_id="almalinux", os_version="9.4")]
    nano = Software(asset="a", name="nano", version="5.6-2.el9", source_package="nano", source_version="5.6-2.el9", manager="rpm")
    facts = [tracker("nano", "5.6-3.el9", release="rhel 9"), tracker("nano", "5.6-4.el9", release="almalinux 9")]
    assert [row.fixed for row in judge([*host, nano], facts, LOOKS)[0]] == ["5.6-3.el9"]
    assert [row.fixed for row in judge([*host, nano], facts[1:], LOOKS)[0]] == ["5.6-4.el9"]


def test_a_package_from_elsewhere_is_not_judged_by_the_distribution(judge):
    own = package("postgresql-15", "15.1-1")
    maker = package("postgresql-15", "15.1-1.pgdg120+1")
    facts = [tracker("postgresql-15", "15.3-0+deb12u1")]
    assert flaws(judge(debian(own), facts, LOOKS)).keys() == {("postgresql-15", "CVE-2024-1")}
    assert flaws(judge(debian(maker), facts, LOOKS)) == {}
    assert judged(package("php8.2", "8.2.1-1", origin="deb.sury.org")) is None


def test_the_tracker_decides_where_the_facts_inside_say_otherwise(judge):
    """Baron Samedit ships inside, repaired in 1.8.27-1+deb10u3."""
    sudo = package("sudo", "1.8.27-1+deb10u2")
    spared = tracker("sudo", flaw="CVE-2021-3156", release="debian 10", status="not_affected")
    assert ("sudo", "CVE-2021-3156") not in flaws(judge(debian(sudo, version="10"), [spared], LOOKS))
    later = tracker("sudo", "1.8.27-1+deb10u4", flaw="CVE-2021-3156", release="debian 10")
    mended = package("sudo", "1.8.27-1+deb10u3")
    row = flaws(judge(debian(mended, version="10"), [later], LOOKS))["sudo", "CVE-2021-3156"]
    assert row.fixed == "1.8.27-1+deb10u4" and row.exploited and row.name == "Baron Samedit"


def test_a_release_the_pack_does_not_track_is_judged_as_before(judge):
    found = flaws(judge(debian(package("sudo", "1.8.27-1+deb10u2"), version="10"), [tracker("sudo", "2")], LOOKS))
    assert found["sudo", "CVE-2021-3156"].fixed == "1.8.27-1+deb10u3"


def test_what_else_is_known_of_a_flaw_stands_beside_it(judge):
    facts = [
        tracker("openssl", "3.0.11-1"),
        Advisory(advisory="CVE-2024-1", feed="nvd", summary="A flaw", cvss=9.8),
        Likelihood(flaw="CVE-2024-1", probability=0.5, as_of=date(2026, 1, 1)),
    ]
    (row,) = judge(debian(package("openssl", "3.0.9-1")), facts, LOOKS)[0]
    assert (row.cvss, row.likelihood, row.title) == (9.8, 0.5, "A flaw")


def test_a_second_run_finds_the_same_and_leaves_nothing_behind(judge):
    facts = [tracker("openssl", "3.0.11-1")]
    first = judge(debian(package("openssl", "3.0.9-1")), facts, LOOKS)
    assert first == judge(debian(package("openssl", "3.0.9-1")), facts, LOOKS)


@pytest.mark.parametrize("lost", ["hosts", "software"])
def test_a_look_that_is_not_there_makes_the_judgement_incomplete(judge, lost):
    looks = {"a": tuple(table for table in ("hosts", "software") if table != lost)}
    _, made = judge(debian(package("openssl", "3.0.12-1")), [tracker("openssl", "3.0.11-1")], looks)
    assert not made["a"].complete


def test_a_version_nobody_can_compare_does_not_hide_behind_one_that_is_repaired(judge):
    odd = package("openssl", "3.0.9-ü", "openssl")
    (row,) = judge(debian(package("libssl3", "3.0.11-1", "openssl"), odd), [tracker("openssl", "3.0.10-1")], LOOKS)[0]
    assert row.undecided and row.version == "3.0.9-ü" and row.evidence == "e:openssl"
    (sure,) = judge(debian(package("libssl3", "3.0.9-1", "openssl"), odd), [tracker("openssl", "3.0.10-1")], LOOKS)[0]
    assert not sure.undecided and sure.version == "3.0.9-1", "what is certain is said once"


def test_a_word_of_a_tracker_this_version_does_not_know_decides_nothing(judge):
    (row,) = judge(debian(package("openssl", "3.0.9-1")), [tracker("openssl", "3.0.10-1", status="mitigated")], LOOKS)[0]
    assert row.undecided
