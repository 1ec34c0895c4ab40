"""Cuts of single machines: those that keep the copies, and the one that is hit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from omamori.analyze.reach.ranges import written
from omamori.model.text import Text
from omamori.respond.isolate.facts import Facts, Machine
from omamori.respond.isolate.names import typed
from omamori.respond.isolate.parts import Cable, Crossing, Cut, StageNumber
from omamori.respond.isolate.points import settled
from omamori.respond.isolate.zones import ONLY_IPV4, joins

_SYSTEMS = {"linux": "linux-nft", "windows": "windows"}
_NOT_TRUSTED = Text(
    "感染した機器の中の設定は、攻撃者が外せます。ケーブルを抜くのが確かです",
    "on a machine that is hit an intruder can take this away again: pulling its cable is what is certain",
)
_WINDOWS = Text(
    "Windowsのファイアウォールが無効な機器では効きません(netsh advfirewall show allprofiles state で確かめる)。止めない通信があると、IPv6は止まりません",
    "it does nothing where the firewall of Windows is off (netsh advfirewall show allprofiles state tells); where something is never blocked, IPv6 is "
    "not stopped",
)
_NO_PLUG = Text(
    "抜くケーブルが分かりません。機器の場所とLANの口を「切る場所」に書いてください",
    "its plug is not known: enter where it stands and its socket in the sheet of places to cut",
)


def copies_cuts(facts: Facts) -> list[Cut]:
    """Return a cut of each machine that keeps copies outside a backup network: by itself, it is not hit yet."""
    backup = {zone for zone, (kind, _) in facts.network.zones.items() if kind == "backup"}
    found = [facts.machines[asset] for asset in facts.copies if asset in facts.machines]
    return [_itself(facts, machine, StageNumber.BACKUP) for machine in found if machine.zone not in backup]


def machine_cuts(facts: Facts, asset: str) -> list[Cut]:
    """Return the cuts of a machine that may be hit: its plug and its own firewall, and every device that leads out of its network."""
    machine = facts.machines[asset]
    own = _itself(facts, machine, StageNumber.MACHINE)
    found = [replace(own, limits=(*own.limits, _NOT_TRUSTED)), *_at_devices(facts, machine)]
    return [replace(cut, needs=(*_moved(machine), *cut.needs)) if cut.device not in (None, asset) else cut for cut in found]


def _moved(machine: Machine) -> Iterator[Text]:
    """Cut where the ledger has it, a machine that moved goes on talking; and its new address may be another's by now."""
    if machine.elsewhere:
        where, known = written(machine.elsewhere), written(machine.addresses) or "-"
        yield Text(
            f"{machine.asset} は台帳({known})と違うアドレス {where} で見えました。アドレスで切る規則は台帳のアドレスを止めます。今のアドレスを確かめてください",
            f"{machine.asset} was seen at {where}, not at the address of the ledger ({known}): rules by address stop the ledger's. See which it has now",
        )


def _itself(facts: Facts, machine: Machine, stage: StageNumber) -> Cut:
    system = "" if machine.hands_off else system_of(machine)
    cable = _plug(machine)
    cut = Cut(
        stage=stage,
        name=typed(stage, machine.asset),
        subject=machine.asset,
        device=machine.asset if system else None,
        system=system,
        # Of everybody with everybody: all but what the machine says to itself. By its addresses where nothing can be written on it.
        crossings=(Crossing(None, None),) if system else ((Crossing(machine.addresses, None),) if machine.addresses else ()),
        evidence=(machine.evidence,) if machine.evidence else (),
        limits=(_WINDOWS,) if system == "windows" else (),
    )
    done = settled(facts, cut, [machine.asset, machine.hostname])
    if done.cable is None and cable is not None:
        done = replace(done, cable=cable)
    lacking = () if done.device or done.cable else (_NO_PLUG,)
    asked = tuple(ask_first(machine)) if stage != StageNumber.MACHINE else ()
    return replace(done, needs=(*lacking, *asked, *done.needs))


def _at_devices(facts: Facts, machine: Machine) -> Iterator[Cut]:
    for device in facts.network.network.devices:
        if device.name == machine.asset or not machine.addresses or not joins(device, machine.addresses):
            continue
        cut = Cut(
            stage=StageNumber.MACHINE,
            name=typed(StageNumber.MACHINE, machine.asset, device.name),
            subject=machine.asset,
            device=device.name,
            system=facts.network.systems.get(device.name, ""),
            crossings=(Crossing(machine.addresses, None),),
            limits=(
                ONLY_IPV4,
                Text(
                    "同じ区画の機器への通信は、この機器を通らないので止まりません",
                    "what it says to machines of its own zone passes no device and goes on",
                ),
            ),
        )
        yield settled(facts, cut, [machine.asset, machine.hostname])


def system_of(machine: Machine) -> str:
    """Return the language the machine's own firewall is written in; empty where it is not known."""
    return _SYSTEMS.get(machine.platform, "")


def ask_first(machine: Machine) -> Iterator[Text]:
    """Yield whom to ask before a machine is cut that is a medical device or run by others."""
    if machine.hands_off:
        whom = machine.vendor or "業者", machine.vendor or "its vendor"
        yield Text(
            f"{machine.asset} は医療機器か業者の機器です。通信を止めてよいか、止めると何が起きるかを {whom[0]} に聞いておいてください",
            f"{machine.asset} is a medical device or a vendor's: ask {whom[1]} whether it may be cut off, and what happens then",
        )


def _plug(machine: Machine) -> Cable | None:
    switch, _, port = machine.port.rpartition(" ")
    if switch:
        return Cable(switch, port, "", machine.room)
    return Cable(machine.asset, "LAN", "", machine.room) if machine.room else None
