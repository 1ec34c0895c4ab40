"""Linux: USB storage is not loaded (modprobe.d(5))."""

from __future__ import annotations

from collections.abc import Iterator

from omamori.model.text import Text
from omamori.respond.harden.changes import FileText
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.measures.windows_settings import MEDIA
from omamori.respond.harden.parts import Left, Machine, Measure, Menu

NAME = "linux-usb"
_FILE = "/etc/modprobe.d/omamori-usb-storage.conf"
_TEXT = "install usb-storage /bin/false\ninstall uas /bin/false\n"


def propose(facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    """Yield the switch for USB storage where a finding asks for it; where sticks were used, the hospital decides first."""
    found = facts.open(machine, "protection.usb_storage_open")
    if not found:
        return
    if not facts.complete(machine, "usb_history"):
        yield Left(NAME, machine, Text("USBメモリが使われているかを見ていません", "Whether USB sticks are used was not seen"))
        return
    if machine.asset in facts.media:
        yield Left(NAME, machine, MEDIA)
        return
    used = len(facts.rows("usb_history", machine))
    yield Measure(
        kind=NAME,
        machine=machine,
        what=Text("USBの記憶装置を使えなくする", "USB storage can no longer be used"),
        why=Text("USBメモリはウイルスを運び、情報を持ち出す道になります", "Sticks carry viruses in and records out"),
        stops=Text(
            f"USBメモリ・外付けディスクが使えなくなります(この機器で見た記憶装置: {used})",
            f"Sticks and external disks stop working (storage seen on this machine: {used})",
        ),
        menu=Menu(Text(f"{_FILE} に install usb-storage /bin/false と書きます", f"Write install usb-storage /bin/false in {_FILE}")),
        # A disk for the backup or a device's stick: whose work it is, is decided before, by hand.
        changes=() if used else (FileText(_FILE, _TEXT, more=True),),
        promises=found,
        notes=(
            Text(
                "今つながっているものは、抜くか再起動するまで使えます",
                "What is plugged in works until it is pulled or the machine restarts",
            ),
        ),
        evidence=tuple(one.evidence for one in found if one.evidence),
    )


KIND = Kind(name=NAME, title=Text("USBの記憶装置", "USB storage"), system="linux", propose=propose, fixes=("protection.usb_storage_open",))
