"""What a machine is, by the ledger's words, by itself, by what it offers, by the maker of its card: pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

_LEDGER_WORDS = (
    # Before the class: a hypervisor and a NAS are servers in most ledgers.
    ("hypervisor", r"仮想基盤|仮想化ホスト|仮想ホスト|\besxi\b|hyper-?v|vsphere|proxmox|hypervisor"),
    ("nas", r"\bnas\b|ネットワークディスク|terastation|テラステーション|linkstation|readynas|synology|qnap"),
    ("printer", r"プリンタ|複合機|\bmfp\b|printer|ラベル発行"),
    ("camera", r"カメラ|camera"),
    ("wireless", r"無線|アクセスポイント|access point|wi-?fi"),
    ("router", r"ルータ|ファイアウォール|\butm\b|\bfw\b|router|firewall|fortigate|\bvpn"),
    ("switch", r"スイッチ|ハブ|\bhub\b|\bswitch\b"),
    ("phone", r"電話|\bpbx\b|phone|ナースコール"),
)
_CLASSES = {"server": "server", "client": "client", "medical": "modality"}
_ASIDE = frozenset({"other", "network", None})
"""Classes of the ledger that leave open what it is."""
_SERVER_ONLY = frozenset({"hypervisor", "nas"})


@dataclass(frozen=True, slots=True)
class Kind:
    """What a machine is (a code of MACHINES), how sure that is, and what it rests on."""

    kind: str
    certain: bool
    basis: str


def by_ledger(role: str | None, *texts: str | None) -> Kind | None:
    """Return what the ledger says; None where it leaves it open. The class decides; words only where it says less than they."""
    said = next((kind for kind, pattern in _LEDGER_WORDS if any(re.search(pattern, text or "", re.IGNORECASE) for text in texts)), None)
    if said is not None and (role in _ASIDE or (role == "server" and said in _SERVER_ONLY)):
        return Kind(said, True, "ledger")
    if role in _CLASSES:
        return Kind(_CLASSES[str(role)], True, "ledger")
    return Kind("other", True, "ledger") if role == "other" else None


def by_host(role: str | None, programs: Collection[str]) -> Kind | None:
    """Return what the machine says of itself. In: its role, and the services its own list names for certain."""
    if "hypervisor" in programs:
        return Kind("hypervisor", True, "host")
    return Kind(_CLASSES[role], True, "host") if role in _CLASSES else None


def by_services(services: Collection[str], ports: Collection[int]) -> Kind | None:
    """Return what a machine that offers these probably is; None where it may be several things."""
    if ports and 9100 in ports:
        return Kind("printer", False, "service")
    if 902 in ports or 8006 in ports:
        return Kind("hypervisor", False, "service")
    if {"directory"} <= set(services) and {88, 389} <= set(ports):
        return Kind("server", False, "service")
    return None


def by_few_services(services: Collection[str], ports: Collection[int]) -> Kind | None:
    """Return what is likely where not even the maker says more."""
    found = set(services)
    if found & {"database", "backup", "hl7", "orca", "ssmix2"} or ({"dicom", "web"} <= found and found & {"remote-shell", "file-share"}):
        return Kind("server", False, "service")
    if "vpn" in found:
        return Kind("router", False, "service")
    if "camera" in found and not found & {"file-share", "remote-desktop"}:
        return Kind("camera", False, "service")
    if "printer" in found and not found & {"file-share", "remote-desktop", "remote-shell"}:
        return Kind("printer", False, "service")
    if "remote-desktop" in found and not found & {"directory", "names"} and 135 in ports:
        return Kind("client", False, "service")
    return None
