"""Configuration text of a plan's edits in the language of each device, and the text that undoes it. A person reads and runs it.

Names of interfaces and chains come from machines that may be compromised: what is not plainly a name is not written into a command.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from omamori.model.text import Text
from omamori.respond.bastion import text_cisco, text_fortios, text_nft, text_yamaha
from omamori.respond.bastion.parts import Edit, Facts

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@ -]{0,60}")
_VALUE = re.compile(r"[0-9A-Za-z.,/:-]{1,4000}")
Writer = Callable[[Sequence[Edit], Facts], tuple[str, str] | None]
"""Returns the text that makes the edits and the text that undoes them; None where it cannot be said in this language."""
WRITERS: Mapping[str, Writer] = {
    "linux": text_nft.write,
    "fortios": text_fortios.write,
    "yamaha-rtx": text_yamaha.write,
    "cisco-ios": text_cisco.write,
}
SUFFIX = {"linux": ".nft"}


@dataclass(frozen=True, slots=True)
class Configuration:
    """The text for one device. `apply` is None where it has to be written by hand, `why` says the reason."""

    device: str
    system: str
    apply: str | None
    undo: str | None
    tried: bool
    why: Text | None = None

    @property
    def suffix(self) -> str:
        """Ending of its files."""
        return SUFFIX.get(self.system, ".txt")


def configurations(edits: Sequence[Edit], facts: Facts) -> list[Configuration]:
    """Return the text for every device that is edited."""
    return [
        _one(device, [edit for edit in edits if edit.device == device], facts) for device in dict.fromkeys(edit.device for edit in edits)
    ]


def _one(device: str, edits: Sequence[Edit], facts: Facts) -> Configuration:
    system = facts.systems.get(device, "")
    writer = WRITERS.get(system)
    if writer is None:
        why = Text(
            f"この機器({system or '種類不明'})の書き方は持っていません。下の規則を業者と一緒に書いてください",
            f"the language of this device ({system or 'not known'}) is not one Omamori writes: set the rules below with whoever keeps it",
        )
        return Configuration(device, system, None, None, tried=False, why=why)
    if not all(_plain(edit) for edit in edits):
        why = Text(
            "インターフェースやチェーンの名前に、設定に書くと危ない文字があります。手で書いてください",
            "a name of an interface or chain has characters that must not go into a command: write it by hand",
        )
        return Configuration(device, system, None, None, tried=False, why=why)
    written = writer(edits, facts)
    if written is None:
        why = Text(
            "今の設定の読み取りが足りず、順番の決まる文を書けません。下の規則を業者と一緒に書いてください",
            "too little of its configuration was read to say where rules must stand: set the rules below with whoever keeps it",
        )
        return Configuration(device, system, None, None, tried=False, why=why)
    return Configuration(device, system, *written, tried=system == "linux")


def _plain(edit: Edit) -> bool:
    names = [edit.at, *(rule.interface_in for rule in edit.rules)]
    values = [
        value
        for rule in edit.rules
        for value in (rule.sources, rule.destinations, rule.destination_ports, rule.source_ports, rule.protocol)
    ]
    return all(_NAME.fullmatch(name) for name in names if name) and all(_VALUE.fullmatch(value) for value in values if value)
