"""Machines looked at over WinRM: who may be looked at, what comes of it, and that everything after it is the same as with the kit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from kit_results import windows_kit_result
from omamori.collect.windows.consent import Consent, read_machines
from omamori.collect.winrm import Brought, WinRmOptions, collect_over_winrm
from omamori.parse.kit_result import read_kit_result
from omamori.parse.registry import parsers
from omamori.pipeline.intake import import_kit_result
from omamori.snapshot.assemble import assemble
from omamori.snapshot.database import Database
from omamori.snapshot.evidence import EvidenceStore
from winrm_hospital import pc
from winrm_machine import Pc, reg_file
from winrm_server import Behaviour, Heard, Service, serving

USER, PASSWORD = "HOSPITAL\\it-admin", "Kaede 7 sakura!"
NOW = datetime(2026, 3, 2, 3)
EXPORTED = {
    "soft64.reg": r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall",
    "soft32.reg": r"HKEY_LOCAL_MACHINE\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall",
    "uac.reg": r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies",
    "smb.reg": r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\LanmanServer",
    "usb.reg": r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Enum\USBSTOR",
    "fwrules.reg": r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\FirewallRules",
}
"""What the kit exports into files; over WinRM it is asked with `reg query /s`."""


@contextmanager
def hospital(*machines: Pc, **how: Any) -> Iterator[list[Service]]:
    services = [Service(machine, Behaviour({USER.lower(): PASSWORD}, **how)) for machine in machines]
    with serving(*services):
        yield services


def at(service: Service) -> str:
    return f"127.0.0.1:{service.port}"


def collect(consents: Mapping[str, Consent], listed: bytes | None = None, **changes: Any) -> dict[str, Brought]:
    options = WinRmOptions(USER, lambda: PASSWORD, **{"http": True, "timeout": 120.0, **changes})
    return dict(collect_over_winrm(consents, read_machines(listed) if listed is not None else None, options, lambda done, total: None))


def test_a_look_is_a_kit_result_and_progress_is_told() -> None:
    with hospital(pc()) as (service,):
        told: list[tuple[int, int]] = []
        options = WinRmOptions(USER, lambda: PASSWORD, http=True)
        ((target, brought),) = collect_over_winrm(
            {at(service): Consent("vendor", "Ms Sato 2026-03-01", "IT")}, None, options, lambda *p: told.append(p)
        )
    assert (target, brought.told) == (at(service), None) and brought.result is not None
    result = read_kit_result(brought.result)
    assert (result.visit.host, result.visit.machine, result.visit.privileged, result.intact, result.problems) == (
        "KARTE-PC21",
        "vendor",
        True,
        True,
        (),
    )
    assert b"Ms Sato" in next(one.data for one in result.items[0].outputs if one.name == "consent.txt")
    assert told[0][0] == 1 and told[-1][0] == told[-1][1] == len(told)
    assert PASSWORD.encode() not in brought.result


def test_without_an_answer_no_connection_is_made() -> None:
    with hospital(pc("CT-CONSOLE"), pc("PC1")) as (medical, other):
        found = collect({at(medical): Consent("medical"), at(other): Consent("")})
    assert all(one.result is None and one.told is not None and "not connected to" in one.told.en for one in found.values())
    assert medical.heard == other.heard == Heard()


def test_a_machine_that_is_another_than_it_was_taken_for_is_left_alone() -> None:
    """Named by an address that falls under the line of all; by its own name it is a medical device nobody agreed to."""
    listed = b"CT-CONSOLE;medical;\r\nPACS;medical;Maker, Ms Sato 2026-03-01\r\n*;ordinary;IT"
    with hospital(pc("CT-CONSOLE"), pc("PACS")) as (unasked, agreed):
        found = collect({at(unasked): Consent("ordinary"), at(agreed): Consent("ordinary")}, listed)
    brought = found[at(unasked)]
    assert brought.result is None and brought.told is not None and "CT-CONSOLE" in brought.told.ja
    assert len(unasked.heard.lines) == 4 and unasked.heard.scripts == []  # its name was asked, nothing else of it
    result = found[at(agreed)].result
    assert result is not None and read_kit_result(result).visit.machine == "medical"


def test_a_host_that_goes_away_in_the_middle_gives_what_came() -> None:
    with hospital(pc("A"), pc("B")) as (whole, broken):
        broken.behaviour.silent_on = "auditpol"
        found = collect({at(whole): Consent("ordinary"), at(broken): Consent("ordinary")}, timeout=20.0)
    assert found[at(whole)].told is None
    half = found[at(broken)]
    assert half.told is not None and half.result is not None
    result = read_kit_result(half.result)
    assert result.problems and not result.items[0].complete and result.intact is None
    names = [one.name for one in result.items[0].outputs]
    assert "tasks.txt" in names and "audit.txt" not in names


def test_a_folder_that_may_be_left_is_told() -> None:
    with hospital(pc(keeps_folders=True)) as (service,):
        brought = collect({at(service): Consent("ordinary")})[at(service)]
    assert brought.result is not None and brought.told is not None
    assert "omamori-" in brought.told.ja and "omamori-" in brought.told.en


def test_a_folder_of_a_machine_lost_in_the_middle_is_told() -> None:
    with hospital(pc(), broken_on="secedit") as (service,):
        brought = collect({at(service): Consent("ordinary")})[at(service)]
    assert brought.told is not None and "%TEMP%\\omamori-" in brought.told.ja and "%TEMP%\\omamori-" in brought.told.en


def test_a_machine_whose_own_line_has_no_valid_kind_is_left_alone() -> None:
    with hospital(pc("XRAY")) as (service,):
        brought = collect({at(service): Consent("ordinary")}, b"XRAY.hosp.local;medcial;\r\n*;ordinary;IT")[at(service)]
    assert brought.result is None and brought.told is not None and "XRAY" in brought.told.en
    assert len(service.heard.lines) == 4 and service.heard.scripts == []


def test_everything_after_it_is_the_same_as_with_the_kit(tmp_path: Path) -> None:
    """The same machine, once as the kit brings it (registry in files that `reg export` writes) and once over WinRM: the same tables."""
    machine = pc()
    with hospital(machine) as (service,):
        brought = collect({at(service): Consent("ordinary", answered_by="IT")})[at(service)]
    assert brought.result is not None
    outputs = {one.name: (one.data, one.exit_code or 0) for one in read_kit_result(brought.result).items[0].outputs}
    for name, key in EXPORTED.items():
        assert outputs[name][0].startswith(b"C:\\>reg query"), name
        outputs[name] = (reg_file(machine.registry, key), 0)
    by_kit = windows_kit_result("KARTE-PC21", outputs)
    found = [tables(tmp_path / how, data, how) for how, data in (("kit", by_kit), ("winrm", brought.result))]
    assert found[0] == found[1]
    assert {"電子カルテ クライアント", "7-Zip 19.00 (x64)"} <= {row[1] for row in found[0]["software"]}
    for table in ("firewall_rules", "windows_settings", "usb_history", "accounts", "patches", "consents"):
        assert found[0][table], table
    assert all("Himitsu" not in str(rows) for rows in found[0].values())


def tables(site: Path, data: bytes, how: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row a kit result leads to, without where it was read, and how completely each table was seen."""
    store = EvidenceStore(site)
    assert import_kit_result(store, "pc", data, how=how, received=NOW).status == "stored"
    with Database() as database:
        assemble(store, parsers(), database, now=NOW, max_age_days=3650)
        found = {}
        for name in (
            "software",
            "firewall_rules",
            "windows_settings",
            "usb_history",
            "accounts",
            "patches",
            "shares",
            "consents",
            "services",
            "hosts",
        ):
            listed = database.select(
                f"select column_name from information_schema.columns where table_name = '{name}' order by ordinal_position"
            )
            columns = [row[0] for row in listed if row[0] != "evidence"]
            found[name] = sorted(database.select(f"select {', '.join(columns)} from {name}"), key=str)
        found["collected"] = sorted(database.select("select table_name, complete, missing, reason from collected"), key=str)
    return found
