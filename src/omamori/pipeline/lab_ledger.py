"""The ledger of the lab's hospital: what it believes of itself, which in the sick shape is not what stands there. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from omamori.lab.description import Hospital, Host, Line
from omamori.lab.kept import kept_backup
from omamori.lab.rules import Ports
from omamori.model.declared import DeclaredBackup, LedgerAsset, OtherEntry, RemoteLine, Site, Vendor, Zone
from omamori.model.text import Language, Text

_ROLES = {
    "server": "server", "nas": "server", "hypervisor": "server", "client": "client", "modality": "medical",
    "switch": "network", "router": "network", "wireless": "network",
}  # fmt: skip
JOB = Text("毎晩のrestic", "nightly restic")
"""Name of the backup whose repository the backup server holds."""
STATES: Mapping[str, str] = dict.fromkeys(
    ("site", "zones", "ledger_assets", "vendors", "remote_lines", "other_entries", "declared_backups"), "filled"
)
"""The sheets the hospital says it has filled in."""


def ledger_rows(hospital: Hospital, designed: Hospital, designed_ports: Ports, language: Language) -> dict[str, Sequence[Any]]:
    """Return the rows of the ledger's sheets.

    `designed` is the healthy shape: of a machine that stands in both, the hospital believes what was designed. What is
    undeclared is not there, and a second network card nobody wrote down is not either.
    """
    inside = [host for host in hospital.hosts.values() if hospital.is_inside(host) and host.declared]
    return {
        "site": [Site(name=hospital.name.say(language), beds=hospital.beds)],
        "zones": [
            Zone(
                zone=zone.name.say(language),
                kind=zone.kind,
                networks=str(zone.network),
                internet=_yes(zone.id in ("office", "dmz")),
            )
            for zone in hospital.inside()
        ],
        "ledger_assets": [_asset(hospital, designed.hosts.get(host.id, host), designed_ports, language) for host in inside],
        "vendors": [Vendor(vendor=name.say(language)) for name in hospital.vendors.values()],
        "remote_lines": [_line(hospital, line, language) for line in hospital.lines.values() if line.declared],
        "other_entries": [_mail(hospital, host, language) for host in inside if host.kind == "client" and host.legs[0].zone == "office"],
        "declared_backups": [
            _backup(hospital, host, language) for host in inside if host.important and host.kind == "server" and host.id != "backup-server"
        ],
    }


def _asset(hospital: Hospital, host: Host, ports: Ports, language: Language) -> LedgerAsset:
    legs = [leg for leg in host.legs if not hospital.zones[leg.zone].outside]
    return LedgerAsset(
        asset=host.name.say(language),
        hostname=host.id,
        address=" ".join(str(leg.address) for leg in legs),
        mac=" ".join(leg.mac for leg in legs),
        role=_ROLES.get(host.kind, "other"),
        zone=hospital.zones[legs[0].zone].name.say(language),
        vendor=hospital.vendors[host.vendor].say(language) if host.vendor else None,
        owner=host.owner,
        medical_device=_yes(host.medical),
        important=_yes(host.important),
        ports=" ".join(f"{port.port}/{port.protocol}" for port in sorted(ports.get(host.id, ()), key=lambda one: (one.protocol, one.port)))
        or None,
    )


def _line(hospital: Hospital, line: Line, language: Language) -> RemoteLine:
    device = hospital.hosts[line.target]
    inner = [leg for leg in device.legs if not hospital.zones[leg.zone].outside]
    peers = [leg for leg in hospital.hosts[line.source].legs if hospital.zones[leg.zone].internet]
    return RemoteLine(
        line=line.name.say(language),
        kind=line.kind,
        vendor=hospital.vendors[line.vendor].say(language),
        device=device.name.say(language),
        lands_in=hospital.zones[line.lands_in].name.say(language),
        device_address=str(inner[0].address),
        source_restricted=_yes(line.restricted),
        opened_from=" ".join(f"{leg.address}/32" for leg in peers) if line.restricted else None,
        always_open=_yes(not line.restricted),
    )


def _mail(hospital: Hospital, host: Host, language: Language) -> OtherEntry:
    name, zone = host.name.say(language), hospital.zones[host.legs[0].zone].name.say(language)
    words = f"{name}のメールとWeb" if language == "ja" else f"mail and web on {name}"
    return OtherEntry(entry=words, kind="office-mail", zone=zone, machine=name)


def _backup(hospital: Hospital, host: Host, language: Language) -> DeclaredBackup:
    """Every server is written down; of the one whose copies a backup server holds, how, and that they cannot be deleted there."""
    ja = language == "ja"
    kept = kept_backup(hospital)
    if kept is None or kept.machine.id != host.id:
        return DeclaredBackup(
            asset=host.name.say(language), target="バックアップサーバ" if ja else "backup server", every_days=1, generations=7
        )
    return DeclaredBackup(
        asset=host.name.say(language),
        job=JOB.say(language),
        method="restic",
        medium="other-server",
        target=kept.keeper.name.say(language),
        every_days=1,
        generations=5,
        offline="yes",
        same_credentials="no",
    )


def _yes(value: bool) -> str:
    return "yes" if value else "no"
