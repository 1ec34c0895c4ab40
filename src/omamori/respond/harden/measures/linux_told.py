"""Sentences that several Linux measures say."""

from __future__ import annotations

from collections.abc import Iterable

from omamori.analyze.addresses import Network
from omamori.model.text import Text
from omamori.respond.harden.flows import Allowed
from omamori.respond.harden.measures.linux_gate import Door

_MOST = 6


def days_told(found: Allowed) -> tuple[Text, ...]:
    """Say how long the machine was watched."""
    one = found.observed
    if found.enough:
        return (Text(f"通信を見た日数: {one.days}日", f"Its traffic was watched on {one.days} days"),)
    return (
        Text(
            f"通信を見た日数が{one.days}日と短いので、設計か台帳で決まったポートだけを絞っています",
            f"Its traffic was watched on {one.days} days only: just the ports that a design or the ledger decides are narrowed",
        ),
    )


def doors_told(doors: Iterable[Door]) -> tuple[str, str]:
    """Return ports and who may use them, in Japanese and English."""
    ja, en = [], []
    for door in doors:
        names = [_named(one) for one in door.sources or ()]
        more = len(names) - _MOST
        said = ", ".join(names[:_MOST])
        ja.append(f"{door.port}/{door.protocol} ← {said + (f' ほか{more}件' if more > 0 else '') if names else '相手なし(閉じます)'}")
        en.append(f"{door.port}/{door.protocol} ← {said + (f' and {more} more' if more > 0 else '') if names else 'nobody (closed)'}")
    return "、".join(ja), "; ".join(en)


def _named(network: Network) -> str:
    return str(network.first) if network.size == 1 else f"{network.first}-{network.last}"
