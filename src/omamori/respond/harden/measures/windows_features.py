"""Parts of Windows that nobody needs, switched off by DISM: SMB 1, PowerShell 2.0, Telnet and other old ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from omamori.model.text import Text
from omamori.respond.harden.changes import FeatureOff
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.flows import allowed
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.measures.windows_firewall import told_flow
from omamori.respond.harden.parts import Left, Machine, Measure, Menu, Promise

NAME = "windows-features"
_SMB1 = ("smb1protocol", "smb1protocol-server", "smb1protocol-client", "fs-smb1", "fs-smb1-server", "fs-smb1-client")
_POWERSHELL2 = ("microsoftwindowspowershellv2root", "microsoftwindowspowershellv2", "powershell-v2")
_WHOLE = ("smb1protocol", "fs-smb1", "microsoftwindowspowershellv2root", "powershell-v2")
_DISM: Mapping[str, str] = MappingProxyType(
    {
        "fs-smb1": "SMB1Protocol",
        "fs-smb1-server": "SMB1Protocol-Server",
        "fs-smb1-client": "SMB1Protocol-Client",
        "powershell-v2": "MicrosoftWindowsPowerShellV2",
        "telnet-client": "TelnetClient",
        "telnet-server": "TelnetServer",
        "tftp-client": "TFTP",
        "web-ftp-server": "IIS-FTPServer",
        "smtp-server": "Smtpsvc-Service-Update-Name",
        "simple-tcpip": "SimpleTCP",
        "wins": "WINSRuntime",
        "snmp-service": "SNMP",
        "print-lpd-service": "Printing-LPDPrintService",
        "fax": "FaxServiceRole",
    }
)
"""Names Get-WindowsFeature prints → those of DISM; of the others both are the same."""
_OFFERS: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "web-ftp-server": ("tcp", 21),
        "iis-ftpserver": ("tcp", 21),
        "iis-ftpsvc": ("tcp", 21),
        "telnet-server": ("tcp", 23),
        "telnetserver": ("tcp", 23),
        "smtp-server": ("tcp", 25),
        "smtpsvc-service-update-name": ("tcp", 25),
        "iis-webserverrole": ("tcp", 80),
        "wins": ("tcp", 42),
        "winsruntime": ("tcp", 42),
        "snmp-service": ("udp", 161),
        "snmp": ("udp", 161),
        "msmq-server": ("tcp", 1801),
        "print-lpd-service": ("tcp", 515),
        "printing-lpdprintservice": ("tcp", 515),
        "lpdprintservice": ("tcp", 515),
    }
)
_RESTART = Text("再起動してから効きます", "It works after a restart")


def propose(facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    """Yield a measure for SMB 1, one for PowerShell 2.0, and one for each other part a check found."""
    installed = [one.name for one in facts.rows("server_roles", machine)]
    smb1 = facts.open(machine, "sharing.smb1_installed")
    if smb1:
        yield _measure(
            machine,
            _first(installed, _SMB1),
            smb1,
            Text("古いファイル共有(SMB1)の部品を外す", "Take the old file sharing SMB 1 out"),
            Text(
                "SMB1は、病院で広がったランサムウエアが使った古い仕組みです",
                "SMB 1 is the old way by which ransomware spread through hospitals",
            ),
            Text(
                "SMB1しか使えない複合機のスキャン、古いNAS、Windows XPの装置とのやりとり",
                "Scanning of copiers that know only SMB 1, old NAS, devices with Windows XP",
            ),
            Text(
                "外す前の2週間、SMB1で来た相手の記録(SMBServer/Audit のイベント3000)を見てください。この記録はまだ見ていません",
                "Before that read two weeks of the log of who came by SMB 1 (SMBServer/Audit, event 3000): it was not seen here",
            ),
        )
    second = facts.open(machine, "system.powershell2_installed")
    if second:
        yield _measure(
            machine,
            _first(installed, _POWERSHELL2),
            second,
            Text("PowerShell 2.0 を外す", "Take PowerShell 2.0 out"),
            Text(
                "2.0は記録を残さないので、侵入者が選んで使います。新しいPowerShellはそのまま使えます",
                "2.0 leaves no records, so intruders choose it. The newer PowerShell stays",
            ),
            Text("-Version 2 を指定しているスクリプト", "Scripts that ask for -Version 2"),
        )
    yield from _others(facts, machine)


def _others(facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    found = facts.open(machine, "services.unneeded_features", "services.unneeded_features_on_client")
    flows = allowed(facts, machine) if found else None
    for promise in found:
        name = promise.key.partition(" | ")[2]
        offers = _OFFERS.get(name.lower())
        used = flows.to(*offers) if flows is not None and offers else ()
        if used:
            told = "; ".join(told_flow(one) for one in used[:4])
            yield Left(NAME, machine, Text(f"{name}: 使われています({told})", f"{name}: it is used ({told})"))
        elif offers and flows is not None and not _unused(offers, enough=flows.enough):
            why = Text(
                f"{name}: 使う相手がいないと言えるほど通信を見ていません",
                f"{name}: its traffic was not watched well enough to say that nobody uses it",
            )
            yield Left(NAME, machine, why)
        else:
            yield _measure(
                machine,
                (name,),
                (promise,),
                Text(f"使わない機能 {name} を外す", f"Take the unused feature {name} out"),
                Text("使わない機能の分だけ、入口と道具が増えます", "Every unused feature is one more door, or a tool for an intruder"),
                Text(f"{name} を使う人とソフト", f"People and software that use {name}"),
            )


def _unused(offers: tuple[str, int], *, enough: bool) -> bool:
    return offers[0] == "tcp" and enough


def _first(installed: list[str], names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the installed ones of these; of a whole and its parts the whole alone, which takes them along."""
    there = [name for wanted in names for name in installed if name.lower() == wanted]
    return tuple(name for name in there if name.lower() in _WHOLE) or tuple(there)


def _measure(
    machine: Machine, names: tuple[str, ...], promises: tuple[Promise, ...], what: Text, why: Text, stops: Text, *notes: Text
) -> Measure:
    features = tuple(_DISM.get(name.lower(), name) for name in names)
    listed = ", ".join(features)
    return Measure(
        kind=NAME,
        machine=machine,
        what=what,
        why=why,
        stops=stops,
        menu=Menu(
            Text(
                f"PC: コントロール パネル → プログラムと機能 →「Windows の機能の有効化または無効化」。サーバ: サーバー マネージャー → 管理 →"
                f"「役割と機能の削除」({listed})",
                f"PC: Control Panel > Programs and Features > Turn Windows features on or off. Server: Server Manager > Manage > Remove Roles "
                f"and Features ({listed})",
            ),
            Text(
                f"コンピューターの構成 → ポリシー → Windows の設定 → スクリプト → スタートアップ: dism /online /disable-feature /featurename:{features[0]} /norestart",
                f"Computer Configuration > Policies > Windows Settings > Scripts > Startup: "
                f"dism /online /disable-feature /featurename:{features[0]} /norestart",
            )
            if features
            else None,
        ),
        changes=tuple(FeatureOff(feature) for feature in features),
        promises=promises,
        notes=(*notes, _RESTART),
        evidence=tuple(dict.fromkeys(one.evidence for one in promises if one.evidence)),
    )


KINDS = (Kind(name=NAME, title=Text("要らない機能を外す", "Features nobody needs: off"), system="windows", propose=propose),)
"""The measures of this module."""
