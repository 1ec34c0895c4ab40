"""What this machine has to have for the lab; what is missing is told all at once, with what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from omamori.lab.description import Hospital
from omamori.lab.fields import LabError
from omamori.lab.programs import find_program
from omamori.lab.serving import service_of
from omamori.model.text import Text

PROGRAMS: Mapping[str, str] = MappingProxyType(
    {
        "ip": "iproute2",
        "nft": "nftables",
        "nsenter": "util-linux",
        "unshare": "util-linux",
        "setpriv": "util-linux",
        "mount": "mount",
        "hostname": "hostname",
        "wg": "wireguard-tools",
        "wireguard-go": "wireguard-go",
        "ulogd": "ulogd2",
        "socat": "socat",
    }
)
"""What the lab itself runs, as program → Debian package; what its services need, they say."""
_KERNEL: Mapping[str, Text] = MappingProxyType(
    {
        "/proc/self/ns/net": Text("ネットワーク名前空間(CONFIG_NET_NS)", "network namespaces (CONFIG_NET_NS)"),
        "/proc/self/ns/pid": Text("プロセス名前空間(CONFIG_PID_NS)", "process namespaces (CONFIG_PID_NS)"),
        "/dev/net/tun": Text("TUN(CONFIG_TUN、/dev/net/tun)", "TUN (CONFIG_TUN, /dev/net/tun)"),
    }
)


def need(hospital: Hospital) -> None:
    """Raise LabError when something is missing, with everything that is."""
    told = missing(hospital)
    if told:
        raise LabError(
            "ラボを作れません。" + "。".join(one.ja for one in told), "the lab cannot be made: " + "; ".join(one.en for one in told)
        )


def need_root() -> None:
    """Raise LabError unless we run as root on Linux."""
    told = _not_root()
    if told:
        raise LabError(told[0].ja, told[0].en)


def missing(hospital: Hospital) -> list[Text]:
    """Return what is missing on this machine, each with what to do; empty when the lab can be made."""
    found = _not_root()
    if sys.platform != "linux":
        return found
    found += [
        Text(f"カーネルの機能がありません: {what.ja}", f"the kernel has no {what.en}")
        for path, what in _KERNEL.items()
        if not Path(path).exists()
    ]
    if not _has_overlay():
        found.append(
            Text("カーネルの機能がありません: overlay(CONFIG_OVERLAY_FS)", "the kernel has no overlay file system (CONFIG_OVERLAY_FS)")
        )
    absent = {program: package for program, package in programs_of(hospital).items() if find_program(program) is None}
    if absent:
        packages = " ".join(sorted(set(absent.values())))
        names = ", ".join(sorted(absent))
        found.append(
            Text(
                f"プログラムがありません({names})。Debian/Ubuntuでは: apt install --no-install-recommends {packages}",
                f"programs are missing ({names}); on Debian or Ubuntu: apt install --no-install-recommends {packages}",
            )
        )
    return found


def _not_root() -> list[Text]:
    if sys.platform != "linux":
        return [Text("実験病院はLinuxでだけ動きます", "the lab hospital runs on Linux only")]
    if os.geteuid() != 0:
        return [Text("root(管理者)で実行してください: sudo omamori lab …", "run it as root: sudo omamori lab …")]
    return []


def programs_of(hospital: Hospital) -> dict[str, str]:
    """Return every program the lab runs in this shape, with its Debian package."""
    return dict(PROGRAMS) | dict(_needed(hospital))


def _has_overlay() -> bool:
    """Whether the file system is there, or a module that comes when it is asked for."""
    modules = Path("/lib/modules") / os.uname().release / "kernel/fs/overlayfs"
    return modules.exists() or "\toverlay\n" in Path("/proc/filesystems").read_text("ascii")


def _needed(hospital: Hospital) -> Iterable[tuple[str, str]]:
    for host in hospital.hosts.values():
        for name in host.services:
            yield from service_of(host.id, name).programs.items()
