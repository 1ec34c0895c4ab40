"""The text of a cut in the language of its device; where there is none, the cable."""

from __future__ import annotations

from collections.abc import Sequence

from omamori.analyze.reach.ranges import Ranges, address_number, joined
from omamori.model.text import Text
from omamori.respond.bastion.parts import Facts
from omamori.respond.isolate.parts import Cable, Cut, NeverBlocked, Written
from omamori.respond.isolate.write import cisco, fortios, nft, windows, yamaha
from omamori.respond.isolate.write.places import interfaces_at

SECONDS = 600
"""A timed cut goes by itself after so long, unless somebody confirms it."""
LANGUAGES = {"linux": "nft", "linux-nft": "nft", "fortios": "fortios", "yamaha-rtx": "yamaha", "cisco-ios": "cisco", "windows": "windows"}
SUFFIX = {"nft": ".nft", "windows": ".cmd"}


def written(cut: Cut, never: Sequence[NeverBlocked], facts: Facts, seconds: int = SECONDS, slot: int = 0) -> Written:
    """Return the text of a cut; `apply` None with the reason where nobody can write it, then the cable is what there is.

    In: `slot`, another for each cut of a preparation: rules that go by numbers must not take those of another cut, which would lift it.
    """
    language = LANGUAGES.get(cut.system)
    # A side without addresses is nobody; written out it would be everybody.
    empty = any(side == () for one in cut.crossings for side in (one.one, one.other))
    if cut.device is None or not cut.crossings or empty:
        return Written(cut, None, None, why=cable_words(cut.cable))
    if language == "nft":
        return nft.write(cut, never, seconds)
    if language == "fortios":
        return fortios.write(cut, never, facts, slot)
    if language == "yamaha":
        return yamaha.write(cut, never, facts, slot)
    if language == "cisco":
        return cisco.write(cut, never, facts, seconds)
    if language == "windows":
        return windows.write(cut, never, own_addresses(facts, cut.device), seconds)
    told = cable_words(cut.cable)
    name = cut.system
    return Written(
        cut,
        None,
        None,
        why=Text(
            f"この機器の言葉({name or '種類不明'})は書けません。{told.ja}",
            f"the language of this device ({name or 'not known'}) is not one Omamori writes. {told.en}",
        ),
    )


def hung_at(cut: Cut, facts: Facts) -> frozenset[tuple[str, str]]:
    """Return the interfaces (device, name) a cut binds a list of its own to: there a second one takes the place of the first."""
    if LANGUAGES.get(cut.system) not in ("yamaha", "cisco") or cut.device is None:
        return frozenset()
    return frozenset((cut.device, name) for crossing in cut.crossings for name in interfaces_at(facts, cut.device, crossing))


def suffix(system: str) -> str:
    """Return the ending of the files of a device."""
    return SUFFIX.get(LANGUAGES.get(system, ""), ".txt")


def own_addresses(facts: Facts, asset: str) -> Ranges:
    """Return the IPv4 addresses of a machine."""
    numbers = [number for address in facts.addresses.get(asset, ()) if (number := address_number(address)) is not None]
    return joined((number, number) for number in numbers)


def cable_words(cable: Cable | None) -> Text:
    """Return which plug to pull; where nobody described one, what to write down."""
    if cable is None:
        return Text(
            "抜くケーブルが決まっていません。その場所まで歩いてケーブルをたどり、札を付け、台帳の「切る場所」に書いてください",
            "no cable is named: walk there, follow it, tie a label to it and enter it in the ledger's sheet of places to cut",
        )
    ja = [("部屋", cable.room), ("機器", cable.device), ("ポート", cable.port), ("ケーブル", cable.cable)]
    en = [("room", cable.room), ("device", cable.device), ("port", cable.port), ("cable", cable.cable)]
    return Text(
        "ケーブルを抜く: " + "、".join(f"{word} {value}" for word, value in ja if value),
        "pull the cable: " + ", ".join(f"{word} {value}" for word, value in en if value),
    )
