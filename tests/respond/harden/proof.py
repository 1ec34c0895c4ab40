"""Invented Windows machines before and after a plan: their kit results are taken in and judged, the plan's changes made to what they answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from hospitals_kit import SOURCE
from hospitals_windows import _merged, kit_result
from hospitals_windows_machine import WindowsMachine
from hospitals_windows_registry import descriptor
from omamori.evaluate.check import Check
from omamori.model.look import Verdict
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.take import take_snapshot
from omamori.respond.harden.changes import (
    Change,
    FeatureOff,
    MemberRemoved,
    RegistryValue,
    ServiceStart,
    ShareClosed,
    ShareRights,
    WindowsRule,
)
from omamori.respond.harden.facts import Facts, read_facts
from omamori.respond.harden.kept_rules import kept_rights, kept_rules
from omamori.respond.harden.write.windows_values import RULES
from omamori.snapshot.database import Database
from omamori.snapshot.site import Site

MOMENT = datetime(2026, 6, 1, 9)
LEDGER = Path(__file__).parents[3] / "src" / "omamori" / "example" / "sick" / "2026-06-01"
_SHARES = r"HKLM\SYSTEM\CurrentControlSet\Services\LanmanServer\Shares\Security"
_PROFILES = {"DomainProfile": "domain", "PrivateProfile": "standard", "PublicProfile": "public"}
_FEATURES = {
    "SMB1Protocol": "FS-SMB1",
    "MicrosoftWindowsPowerShellV2": "PowerShell-V2",
    "TelnetClient": "Telnet-Client",
    "IIS-FTPServer": "Web-Ftp-Server",
}


def described(hospital: str) -> dict[str, dict[str, Any]]:
    """Return what is said of each Windows machine of a golden hospital that the kit ran on."""
    said = yaml.safe_load((SOURCE / f"{hospital}_windows.yaml").read_text(encoding="utf-8"))
    return {host: _merged(said["like"][one["like"]], one) if "like" in one else one for host, one in said["machines"].items()}


@dataclass(frozen=True)
class Proof:
    """A site of Windows machines."""

    folder: Path
    checks: tuple[Check, ...]

    def look(self, machines: Mapping[str, dict[str, Any]], moment: datetime, more: Sequence[Path] = ()) -> None:
        """Take in what the kit brings back from the machines at a moment."""
        catalogue = yaml.safe_load((SOURCE / "windows_systems.yaml").read_text(encoding="utf-8"))
        files = []
        for place, (host, said) in enumerate(machines.items()):
            file = self.folder.parent / f"omamori-windows-{host}-{moment:%m%d%H}.kit"
            file.write_bytes(kit_result(WindowsMachine(host, said, catalogue, moment - timedelta(minutes=50 - place))))
            files.append(file)
        take_in(self.folder, [*more, *files], Silent(), received=moment)

    def judge(self, moment: datetime) -> tuple[Path, tuple[Verdict, ...]]:
        """Return the tables and verdicts of a moment."""
        taken = take_snapshot(Site(self.folder), self.checks, moment, Silent())
        return taken.snapshot.tables, tuple(taken.verdicts)

    def facts(self, database: Database, moment: datetime) -> Facts:
        """Return the facts as a plan reads them."""
        store = Site(self.folder).evidence
        return read_facts(database, moment, 30, kept_rules(database, store), kept_rights(database, store))


def applied(said: Mapping[str, Any], changes: Iterable[Change]) -> dict[str, Any]:
    """Return a machine as it answers once the changes are made and it was started anew."""
    after = deepcopy(dict(said))
    registry = after.setdefault("registry", {})
    for one in changes:
        if isinstance(one, WindowsRule):
            one = RegistryValue(RULES[one.place], one.name, "sz", one.rule)
        if isinstance(one, RegistryValue):
            registry[one.key] = {**(registry.get(one.key) or {}), one.name: one.data}
            _in_force(after, one)
        elif isinstance(one, ShareRights):
            registry.setdefault(_SHARES, {})[one.name] = descriptor(dict(one.rights))
        elif isinstance(one, ShareClosed):
            del after["shares"][one.name]
        elif isinstance(one, ServiceStart):
            after.setdefault("services", {})[one.name] = "disabled stopped"
        elif isinstance(one, MemberRemoved):
            assert (one.group, one.member[-4:]) == ("S-1-5-32-544", "-513")
            after["groups"]["Administrators"] = [name for name in after["groups"]["Administrators"] if not name.endswith("Domain Users")]
            for _, members in after.get("domain_groups", {}).values():
                members[:] = [name for name in members if name != "Domain Users"]
        elif isinstance(one, FeatureOff):
            # A whole takes its parts along.
            gone = (one.name.removesuffix("Root"), _FEATURES.get(one.name, one.name))
            for kind in ("roles", "features"):
                after[kind] = [name for name in after.get(kind, ()) if not name.startswith(gone)]
    return after


def _in_force(after: dict[str, Any], one: RegistryValue) -> None:
    """What commands print of a setting that a policy has changed."""
    firewall = after["firewall"]
    profile = _PROFILES.get(one.key.split("\\")[-1])
    if profile and one.name == "EnableFirewall":
        firewall["profiles_off"] = [name for name in firewall.get("profiles_off", ()) if name != profile]
    elif profile and one.name == "DefaultInboundAction":
        firewall["lets_in"] = [name for name in firewall.get("lets_in", ()) if name != profile]
    elif one.name == "LogDroppedPackets":
        firewall["logs"] = True
    elif one.key.endswith(("MpsSvc", "AppIDSvc")) and one.name == "Start":
        after.setdefault("services", {})[one.key.rpartition("\\")[2]] = "automatic running"
