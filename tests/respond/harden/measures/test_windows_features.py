"""Parts of Windows by their DISM names: the whole before its parts, and none whose port is used."""

from __future__ import annotations

from typing import Any

import pytest
from tests.respond.harden.small import MOMENT, facts_of, looked, machine, row

from omamori.respond.harden.changes import FeatureOff
from omamori.respond.harden.measures.windows_features import propose
from omamori.respond.harden.parts import Left, Measure


def fails(check: str, *key: str) -> Any:
    return row("verdicts", check_id=check, subject="ehr", finding_key=" | ".join(("ehr", *key)), verdict="fail", evidence="v:1")


def proposed(*rows: Any) -> list[Any]:
    base = [*machine("ehr", "10.1.2.5", "server"), *(looked("ehr", "connections", days_ago=ago) for ago in (0, 1, 3, 5, 9))]
    with facts_of([*base, *rows]) as facts:
        return list(propose(facts, facts.machines["ehr"]))


@pytest.mark.parametrize(
    ("check", "installed", "off"),
    [
        ("sharing.smb1_installed", ["SMB1Protocol-Server", "SMB1Protocol", "SMB1Protocol-Client"], ["SMB1Protocol"]),
        ("sharing.smb1_installed", ["FS-SMB1"], ["SMB1Protocol"]),
        ("sharing.smb1_installed", ["SMB1Protocol-Client"], ["SMB1Protocol-Client"]),
        ("system.powershell2_installed", ["PowerShell-V2"], ["MicrosoftWindowsPowerShellV2"]),
        (
            "system.powershell2_installed",
            ["MicrosoftWindowsPowerShellV2", "MicrosoftWindowsPowerShellV2Root"],
            ["MicrosoftWindowsPowerShellV2Root"],
        ),
    ],
)
def test_old_parts_go_by_the_name_dism_knows(check: str, installed: list[str], off: list[str]) -> None:
    (made,) = proposed(fails(check), *(row("server_roles", asset="ehr", name=name) for name in installed))
    assert isinstance(made, Measure) and list(made.changes) == [FeatureOff(name) for name in off] and len(made.promises) == 1


def test_a_feature_whose_port_is_used_or_cannot_be_watched_stays() -> None:
    connection = row(
        "connections", asset="ehr", seen=MOMENT, protocol="tcp", direction="in", local_address="10.1.2.5", local_port=21,
        peer_address="10.1.1.9", peer_port=50000,
    )  # fmt: skip
    check = "services.unneeded_features"
    names = ("Web-Ftp-Server", "SNMP-Service", "Telnet-Client", "WINS")
    found = proposed(connection, *(fails(check, name) for name in names))
    left = [one.why.en for one in found if isinstance(one, Left)]
    assert len(left) == 2 and "10.1.1.9" in left[1] + left[0] and any("SNMP-Service" in why for why in left)
    assert {change.name for one in found if isinstance(one, Measure) for change in one.changes if isinstance(change, FeatureOff)} == {
        "TelnetClient",
        "WINSRuntime",
    }
