"""Devices by the records of feeds: trains, forms of versions, the maker's word before NVD's."""

from __future__ import annotations

from tests.analyze.flaws.published import advisory, affected, exact, exploited

from omamori.model.declared import RemoteLine
from omamori.model.derived import Asset
from omamori.model.device import DeviceFact
from omamori.model.facts import Affected

DEVICE = {"*": ("remote_lines", "ledger_assets"), "d": ("device_facts", "device_interfaces", "device_routes", "device_vpns")}


def device(system, version, model=None):
    return [Asset(asset="d"), DeviceFact(asset="d", system=system, version=version, model=model, evidence="f:1")]


def firmware(flaw, product, before="", **more):
    return affected(flaw, product, before, part="o", **more)


def flaws(judge, rows, facts, *, whole=False):
    found, looks = judge(rows, facts, DEVICE, whole=whole)
    return {row.flaw: row for row in found}, looks["d"]


def test_the_makers_own_record_counts_before_nvd_and_says_so(judge):
    nvd = firmware("CVE-2030-1", "fortinet:fortios", "7.2.9", since="7.2.0")
    own = firmware(
        "CVE-2030-1", "fortinet:fortios", "7.2.6", since="7.2.0", feed="fortinet", advisory="FG-IR-30-1", place="v1", fixed="7.2.6"
    )
    facts = [nvd, own, exploited("CVE-2030-1", ransomware=True), advisory("CVE-2030-1")]
    found, look = flaws(judge, device("fortios", "v7.2.4,build1396"), facts, whole=True)
    row = found["CVE-2030-1"]
    assert (row.version, row.fixed, row.undecided, row.ransomware, row.repair) == ("7.2.4", "7.2.6", False, True, "firmware:fortios")
    assert row.matched == "FortiOS 7.2.4 → fortinet:fortios >= 7.2.0 and < 7.2.6 (fortinet v1)"
    assert look.complete
    assert "CVE-2030-1" not in flaws(judge, device("fortios", "v7.2.7,build1577"), facts)[0]
    assert "CVE-2030-1" in flaws(judge, device("fortios", "v7.2.7,build1577"), facts[:1])[0]


def test_forms_of_versions(judge):
    for system, shown, product, before in (
        ("cisco-asa", "9.16(4)", "cisco:adaptive_security_appliance_software", "9.16.4.14"),
        ("panos", "10.1.14-h8", "paloaltonetworks:pan-os", "10.1.14 h9"),
        ("sonicos", "6.5.4.7-83n", "sonicwall:sonicos", "6.5.4.8-89n"),
        ("netscaler", "NS13.1: Build 49.13.nc", "citrix:netscaler_gateway_firmware", "13.1-49.15"),
        ("routeros", "6.49.8", "mikrotik:routeros", "6.49.10"),
        ("big-ip", "15.1.2", "f5:big-ip_local_traffic_manager", "15.1.2.1"),
    ):
        found, _ = flaws(judge, device(system, shown), [firmware("CVE-2030-2", product, before)])
        assert "CVE-2030-2" in found, system
        assert not found["CVE-2030-2"].undecided, system
        found, _ = flaws(judge, device(system, shown), [firmware("CVE-2030-2", product, shown)])
        assert "CVE-2030-2" not in found, f"{system}: the repaired version itself"


def test_ios_compares_within_a_train_only(judge):
    shown = device("cisco-ios", "15.2(4)M7")
    ios = "cisco:ios"
    facts = [
        firmware("CVE-1", ios, "15.2(4)M8", since="15.2(4)M1"),
        firmware("CVE-2", ios, "15.2(7)E3"),
        exact("CVE-3", ios, "15.2(4)m7", part="o"),
        exact("CVE-4", ios, "15.2(7)e2", part="o"),
        firmware("CVE-5", ios, "15.2(4)M7"),
    ]
    found, look = flaws(judge, shown, facts, whole=True)
    assert {flaw: row.undecided for flaw, row in found.items()} == {"CVE-1": False, "CVE-2": True, "CVE-3": False}
    assert "train" in found["CVE-2"].doubt and look.complete


def test_yamaha_by_its_model_and_unknown_without_records(judge):
    facts = [firmware("CVE-2030-3", "yamaha:rtx810_firmware", "11.01.33")]
    found, look = flaws(judge, device("yamaha-rtx", "Rev.11.01.31", "RTX810"), facts, whole=True)
    assert not found["CVE-2030-3"].undecided and look.complete
    found, look = flaws(judge, device("yamaha-rtx", "Rev.23.00.12", "RTX1300"), facts, whole=True)
    assert not found and (look.complete, look.reason) == (False, "vendor_silent")
    found, look = flaws(judge, device("yamaha-rtx", "Rev.11.01.40", "RTX810"), facts)
    assert not found and (look.complete, look.reason) == (False, "not_in_pack"), "a record of it, and a year of NVD alone"


def test_the_packs_own_table_speaks_of_the_models_it_knows(judge):
    """A revision of Yamaha names its model; a row nobody compared (NEC) finds something and decides nothing."""
    facts = [firmware("CVE-2030-3", "yamaha:rtx810_firmware", "11.01.33")]
    found, look = flaws(judge, device("yamaha-rtx", "Rev.15.02.17", "RTX830"), facts, whole=True)
    assert not found["CVE-2021-20843"].undecided and found["CVE-2021-20843"].fixed == "15.02.20" and look.complete
    found, look = flaws(judge, device("yamaha-rtx", "Rev.15.02.20", "RTX830"), facts, whole=True)
    assert not found and look.complete
    found, look = flaws(judge, device("nec-ix", "1.4.20", "IX-R2520"), facts)
    assert found["CVE-2026-16876"].undecided and not look.complete
    found, look = flaws(judge, device("nec-ix", "10.5.21", "IX2106"), facts)
    assert not found and not look.complete


def test_a_condition_on_the_hardware_is_for_a_person_unless_it_names_the_model(judge):
    facts = [exact("CVE-2030-4", "cisco:ios", "15.2(4)m7", part="o", needs="cisco:isr_4331")]
    assert flaws(judge, device("cisco-ios", "15.2(4)M7"), facts)[0]["CVE-2030-4"].undecided
    assert not flaws(judge, device("cisco-ios", "15.2(4)M7", "ISR 4331"), facts)[0]["CVE-2030-4"].undecided


def test_check_points_hot_fixes_do_not_show(judge):
    facts = [exact("CVE-2030-5", "checkpoint:quantum_security_gateway_firmware", "r81.10", part="o")]
    row = flaws(judge, device("checkpoint-gaia", "R81.10"), facts)[0]["CVE-2030-5"]
    assert row.undecided and "series" in row.doubt


def test_the_packs_own_table_is_asked_first_and_nothing_stands_twice(judge):
    facts = [firmware("CVE-2018-13379", "fortinet:fortios", "9.0.0"), firmware("CVE-2024-21762", "fortinet:fortios", "6.0.18")]
    found, _ = judge(device("fortios", "v7.0.0"), facts, DEVICE)
    assert "CVE-2018-13379" not in {row.flaw for row in found}, "the table knows the branches"
    found, _ = judge(device("fortios", "v6.0.18"), facts, DEVICE)
    assert [row for row in found if row.flaw == "CVE-2024-21762"] == [], "the table was not sure, the feed is"


def test_a_lines_device_of_which_only_feeds_know(judge):
    facts = [firmware("CVE-2030-6", "nec:univerge_ix2106_firmware", "10.6.0")]
    line = RemoteLine(line="lab", device="NEC UNIVERGE IX2106", firmware="10.5.21", evidence="l:1")
    found, looks = judge([line], facts, {"*": ("remote_lines", "ledger_assets")}, whole=True)
    assert [(row.asset, row.subject_kind, row.undecided) for row in found] == [("lab", "line", False)]
    assert looks["lab"].complete
    _, looks = judge([line], [Affected(flaw="CVE-1", vendor="x", product="y")], {"*": ("remote_lines", "ledger_assets")}, whole=True)
    assert (looks["lab"].complete, looks["lab"].reason) == (False, "vendor_silent")


def test_a_maker_whose_words_cannot_be_compared_leaves_the_word_to_nvd(judge):
    words = Affected(
        flaw="CVE-2030-9", vendor="cisco", product="ios", feed="cisco", status="undetermined", needs="Cisco IOS", confidence="low"
    )
    named = exact("CVE-2030-9", "cisco:ios", "15.2(4)m7", part="o")
    assert flaws(judge, device("cisco-ios", "15.2(4)M8"), [words])[0]["CVE-2030-9"].undecided
    assert not flaws(judge, device("cisco-ios", "15.2(4)M7"), [words, named])[0]["CVE-2030-9"].undecided
