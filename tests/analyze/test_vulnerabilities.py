"""Known flaws: the distribution's repaired version decides, an old number alone never does."""

from __future__ import annotations

from omamori.analyze.assets import ANALYZER as ASSETS
from omamori.analyze.entries import ANALYZER as ENTRIES
from omamori.analyze.vulnerabilities import ANALYZER
from omamori.knowledge.pack import starter_pack
from omamori.model.declared import LedgerAsset, RemoteLine
from omamori.model.derived import Asset
from omamori.model.device import DeviceFact, DeviceInterface
from omamori.model.host import Host, Patch, Software
from omamori.model.look import Collected
from omamori.model.patching import Vulnerability

LINUX = ("hosts", "software")


def flaws(found, asset):
    return {row.flaw: row for row in found if isinstance(row, Vulnerability) and row.asset == asset}


def looked(found):
    return {row.asset: row for row in found if isinstance(row, Collected) and row.table_name == "vulnerabilities"}


def linux(os_id, version, *packages):
    return [Asset(asset="a"), Host(asset="a", platform="linux", os_id=os_id, os_version=version)] + [
        Software(asset="a", name=name, source_package=source, version=number, manager=manager) for name, source, number, manager in packages
    ]


def test_a_repair_of_the_distribution_counts(run):
    open_ = run(ANALYZER, linux("debian", "10", ("sudo", "sudo", "1.8.27-1+deb10u2", "dpkg")), {"a": LINUX})
    assert flaws(open_, "a")["CVE-2021-3156"].fixed == "1.8.27-1+deb10u3"
    assert not flaws(open_, "a")["CVE-2021-3156"].undecided
    mended = run(ANALYZER, linux("debian", "10", ("sudo", "sudo", "1.8.27-1+deb10u3", "dpkg")), {"a": LINUX})
    assert flaws(mended, "a") == {}


def test_an_old_number_of_an_unknown_release_is_undecided(run):
    found = flaws(run(ANALYZER, linux("opensuse-leap", "15.2", ("sudo", "sudo", "1.8.22-1", "rpm")), {"a": LINUX}), "a")
    assert found["CVE-2021-3156"].undecided
    assert flaws(run(ANALYZER, linux("debian", "12", ("sudo", "sudo", "1.9.13p3-1+deb12u1", "dpkg")), {"a": LINUX}), "a") == {}


def test_of_several_kernels_the_newest_counts_and_headers_do_not(run):
    kernels = [("linux-image-6.1.0-10-amd64", "linux-signed-amd64", "6.1.37-1", "dpkg"), ("linux-libc-dev", "linux", "5.10.1-1", "dpkg")]
    assert "CVE-2024-1086" in flaws(run(ANALYZER, linux("debian", "12", *kernels), {"a": LINUX}), "a")
    newer = ("linux-image-6.1.0-30-amd64", "linux-signed-amd64", "6.1.124-1", "dpkg")
    assert flaws(run(ANALYZER, linux("debian", "12", newer, *kernels), {"a": LINUX}), "a") == {}
    assert flaws(run(ANALYZER, linux("debian", "12", kernels[1]), {"a": LINUX}), "a") == {}


def windows(*patches):
    host = Host(asset="w", platform="windows", os_id="windows", os_name="Microsoft Windows 7 Professional", os_build="6.1.7601")
    return [Asset(asset="w"), host, *(Patch(asset="w", patch_id=patch) for patch in patches)]


def test_any_one_of_the_updates_repairs_windows(run):
    all_ = {"w": ("hosts", "software", "patches")}
    bare = flaws(run(ANALYZER, windows("KB976902"), all_), "w")
    assert not bare["CVE-2017-0144"].undecided and bare["CVE-2017-0144"].name == "EternalBlue"
    assert "CVE-2017-0144" not in flaws(run(ANALYZER, windows("KB4012212"), all_), "w")
    later = max(int(number) for flaw in starter_pack().flaws_about("windows", "7601") for number in flaw.patches)
    assert flaws(run(ANALYZER, windows("KB976902", f"KB{later + 1}"), all_), "w")["CVE-2017-0144"].undecided


def test_windows_needs_no_list_of_programs(run):
    found = run(ANALYZER, windows("KB4012212"), {"w": ("hosts", "patches")})
    assert looked(found)["w"].reason == "not_in_pack", "what was not collected would be told first"


def test_a_list_of_updates_cut_short_decides_nothing(run):
    cut = Collected(asset="w", table_name="patches", source="windows.systeminfo", complete=False, reason="not_understood")
    found = run(ANALYZER, windows("KB976902"), {"w": ("hosts", "software")}, [cut])
    assert flaws(found, "w")["CVE-2017-0144"].undecided
    assert looked(found)["w"].reason == "not_understood"


def test_lines_and_devices_of_the_ledger(run):
    rows = [
        Asset(asset="fw"),
        LedgerAsset(asset="fw", os="FortiOS 7.2.4"),
        RemoteLine(line="pacs", device="FortiGate 60E", firmware="6.0.4"),
        RemoteLine(line="lab", device="FortiGate 60F", firmware="7.6.3"),
        RemoteLine(line="rtx", device="RTX1210", firmware="14"),
    ]
    found = run(ANALYZER, rows, {"*": ("remote_lines", "ledger_assets")})
    assert flaws(found, "pacs")["CVE-2018-13379"].subject_kind == "line"
    assert "CVE-2023-27997" in flaws(found, "fw")
    assert flaws(found, "lab") == {} == flaws(found, "rtx")
    looks = looked(found)
    assert {(looks[name].complete, looks[name].reason) for name in ("lab", "rtx")} == {(False, "not_in_pack")}, "no pack passes no device"


def test_a_fact_nobody_could_compare_is_for_a_person_and_says_so(run):
    rows = [
        RemoteLine(line="sure", device="FortiGate 60E", firmware="6.0.17"),
        RemoteLine(line="open", device="FortiGate 60E", firmware="6.0.18"),
    ]
    found = run(ANALYZER, rows, {"*": ("remote_lines",)})
    sure, left = flaws(found, "sure")["CVE-2024-21762"], flaws(found, "open")["CVE-2024-21762"]
    assert not sure.undecided and sure.fact is not None and sure.fact.endswith("CVE record of Fortinet 2024-02-09 (2025-08-25, high)")
    assert left.undecided and left.fact is not None and left.fact.endswith("not confirmed (2025-08-25, low)")


LINE = RemoteLine(line="pacs", kind="ssl-vpn", product="FortiOS", firmware="7.4.8", device_address="10.9.0.1", evidence="l:1")
SHOWN = DeviceFact(asset="fw", system="fortios", version="v6.0.4,build0231", evidence="f:1")
AT = DeviceInterface(asset="fw", name="dmz", address="10.9.0.1", prefix=24)
DEVICE = ("device_facts", "device_interfaces", "device_routes", "device_vpns")


def of_line(run, rows, looks, extra=()):
    found = run((ASSETS, ENTRIES, ANALYZER), rows, looks, extra)
    flaws = {(row.asset, row.flaw): row.evidence for row in found if isinstance(row, Vulnerability)}
    return flaws, looked(found)


def test_the_version_a_device_shows_counts_before_the_word_of_the_ledger(run):
    flaws, looks = of_line(run, [LINE, SHOWN, AT], {"*": ("remote_lines", "zones", "ledger_assets"), "fw": DEVICE})
    assert flaws["pacs", "CVE-2018-13379"] == "f:1"
    assert flaws["fw", "CVE-2018-13379"] == "f:1", "the device itself is judged as well"
    assert {(looks[name].complete, looks[name].reason) for name in ("pacs", "fw")} == {(False, "not_in_pack")}, "no pack was imported"


def test_while_a_device_that_was_read_may_be_the_lines_the_ledger_alone_decides_nothing(run):
    """Law 1: without the device's addresses the line falls back to the ledger's harmless version, and that must not pass."""
    lost = Collected(asset="fw", table_name="device_interfaces", source="device.config", complete=False, reason="not_understood")
    looks = {"*": ("remote_lines", "zones", "ledger_assets"), "fw": ("device_facts", "device_routes", "device_vpns")}
    flaws, found = of_line(run, [LINE, SHOWN], looks, [lost])
    assert ("pacs", "CVE-2018-13379") not in flaws
    assert not found["pacs"].complete
    gone = Collected(asset="fw", table_name="device_facts", source="device.config", complete=False, reason="not_collected")
    flaws, found = of_line(run, [LINE, AT], {"*": ("remote_lines", "zones", "ledger_assets"), "fw": DEVICE[1:]}, [gone])
    assert ("pacs", "CVE-2018-13379") not in flaws
    assert not found["pacs"].complete


def test_a_device_the_pack_does_not_know_is_to_be_confirmed(run):
    rtx = DeviceFact(asset="fw", system="yamaha-rtx", version="Rev.23.00.12")
    flaws, looks = of_line(run, [LINE, rtx, AT], {"*": ("remote_lines", "zones", "ledger_assets"), "fw": DEVICE})
    assert not flaws
    assert (looks["pacs"].complete, looks["pacs"].reason) == (False, "not_in_pack")
