from __future__ import annotations

from datetime import datetime

import pytest

from omamori.model.device import DeviceFact
from omamori.model.host import KernelSetting
from omamori.parse.interface import Context
from omamori.parse.linux.kernel import parse
from omamori.parse.sections import write_sections

_VALUES = ("values", b"net/ipv4/conf/eth0.5/rp_filter = 1\nkernel/core_pattern = |/x  %P\n", 0)


def _values(*sections: tuple[str, bytes, int]) -> dict[str, str | None]:
    now = datetime(2026, 1, 15)
    rows = parse(write_sections([_VALUES, *sections]), Context("linux.kernel", now, now)).rows
    return {row.name: row.value for row in rows if isinstance(row, KernelSetting)}


def test_names_as_sysctl_prints_them() -> None:
    assert _values() == {"net.ipv4.conf.eth0/5.rp_filter": "1", "kernel.core_pattern": "|/x %P"}


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("insmod /lib/modules/6/kernel/x.ko", "available"),
        ("in the kernel", "loaded"),
        ("not found", "absent"),
        ("install /bin/false", "blacklisted"),
        ("install /bin/true ", "blacklisted"),
        ("modprobe: FATAL: Module dccp not found in directory /lib/modules/6", "absent"),
    ],
)
def test_states_of_a_module(said: str, state: str) -> None:
    assert _values(("modules", f"dccp: {said}\n".encode(), 0))["module.dccp"] == state


def test_loaded_and_built_in_count_as_loaded() -> None:
    modules = ("modules", b"uas: insmod x\nsquashfs: \n", 0)
    loaded = ("loaded", b"==> /proc/modules\nuas 1 0 - Live 0x0\n", 0)
    found = _values(modules, loaded, ("builtin", b"kernel/fs/squashfs/squashfs.ko\n", 0))
    assert (found["module.uas"], found["module.squashfs"]) == ("loaded", "loaded")


def test_a_value_that_may_not_be_read_makes_the_look_incomplete() -> None:
    now = datetime(2026, 1, 15)
    data = write_sections([("values", b"kernel/sysrq ?\n", 0), ("modules", b"", 0)])
    assert not parse(data, Context("linux.kernel", now, now, privileged=False)).looks[0].complete


@pytest.mark.parametrize(
    ("values", "forwards", "missing"),
    [
        ("net/ipv4/ip_forward = 1\n", True, ()),
        ("net/ipv4/ip_forward = 0\nnet/ipv4/conf/eth0/forwarding = 0\n", False, ()),
        ("net/ipv4/ip_forward = 0\nnet/ipv4/conf/eth0/forwarding = 1\n", True, ()),
        ("net/ipv4/ip_forward = 0\n", False, ("forwards",)),  # an interface may be switched on alone: nobody looked
        ("kernel/sysrq = 0\n", None, ("forwards",)),
    ],
)
def test_a_machine_passes_packets_on_where_the_whole_or_one_interface_is_told_to(
    values: str, forwards: bool | None, missing: tuple[str, ...]
) -> None:
    now = datetime(2026, 1, 15)
    named = f"kernel/hostname = gw\nkernel/osrelease = 6.1.0\n{values}"
    parsed = parse(write_sections([("values", named.encode(), 0), ("modules", b"", 0)]), Context("linux.kernel", now, now))
    (fact,) = [row for row in parsed.rows if isinstance(row, DeviceFact)]
    assert (fact.system, fact.hostname, fact.version, fact.forwards) == ("linux", "gw", "6.1.0", forwards)
    assert {look.table: look.missing for look in parsed.looks}["device_facts"] == missing
