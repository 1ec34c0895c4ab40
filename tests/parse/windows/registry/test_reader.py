"""All keys together; the accounts' hives are never read."""

from __future__ import annotations

from omamori.parse.windows.registry.reader import read_registry


def test_several_exports_decide_together(export) -> None:
    policy = export("SOFTWARE\\Policies")
    local = export('SYSTEM\\CurrentControlSet\\Control\\Terminal Server\n"fDenyTSConnections"=dword:00000000')
    row = next(row for row in read_registry([policy, local]).rows if hasattr(row, "rdp_enabled"))
    assert row.rdp_enabled is True
    alone = read_registry([local])
    assert [row for row in alone.rows if hasattr(row, "rdp_enabled")] == []


def test_sealed_keys_and_foreign_ones(export) -> None:
    assert read_registry([export('SAM\\SAM\\Domains\\Account\\Users\\000001F4\n"V"=hex:00')]).rows == ()
    strange = read_registry([export('SOFTWARE\\Other\n"x"=dword:00000001')])
    assert strange.looks == () and len(strange.problems) == 1
    # The policy may forbid it, too: alone the driver tells nothing, but it was asked for.
    driver = read_registry([export('SYSTEM\\CurrentControlSet\\Services\\USBSTOR\n"Start"=dword:00000003')])
    assert driver.looks == () and driver.problems == ()
    # The key above the one of LAPS, exported whole: LAPS is not there.
    assert read_registry([export("SOFTWARE\\Microsoft\\Policies")]).problems == ()
    assert read_registry([]).problems == ()
