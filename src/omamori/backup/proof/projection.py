"""What a measured restore says about the day itself: the time for the whole generation, and until a machine is back. Pure.

It is a lower bound by nature: what nobody measured or wrote down is named, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from omamori.model.backup import RestoreProof
from omamori.model.declared import LedgerAsset, RecoveryNeed
from omamori.model.text import Text

_USABLE = frozenset({"whole", "differs"})


@dataclass(frozen=True, slots=True)
class Projection:
    """`seconds`: until the machine is back, as far as it is known; `rests_on` and `leaves_out` say so in words; `wanted`: hours of the ledger."""

    machine: str
    seconds: float | None
    rests_on: tuple[Text, ...]
    leaves_out: tuple[Text, ...]
    wanted_hours: int | None


def whole_seconds(seconds: float, restored: tuple[int, int], whole: tuple[int, int]) -> float | None:
    """Return how long the whole generation takes at the measured speed. In: (files, bytes) restored, and of all of it; None when nothing came.

    Many small files and few large ones have speeds of their own: the slower of both is taken.
    """
    shares = [done / there for done, there in zip(restored, whole, strict=True) if there > 0]
    if not shares or min(shares) <= 0:
        return None
    return round(seconds / min(1.0, *shares), 1)


def project(
    machine: str, own_seconds: float | None, assets: Sequence[LedgerAsset], needs: Sequence[RecoveryNeed], proofs: Sequence[RestoreProof]
) -> Projection:
    """Return the time until `machine` is back, by the order of the ledger. `own_seconds`: the restore that was just measured."""
    rests: list[Text] = []
    out: list[Text] = []
    mine = next((one for one in assets if one.asset == machine), None)
    if mine is None:
        out.append(
            Text(
                "台帳にこの機器がないため、先に戻す機器が分かりません",
                "the ledger does not know this machine: what has to come back before it is not known",
            )
        )
    elif mine.recovery_order is None:
        out.append(
            Text(
                "台帳に復旧の順番がないため、先に戻す機器は数えていません",
                "the ledger gives it no place in the order of recovery: machines before it are not counted",
            )
        )
    seconds = _prepared(needs, rests, out)
    for name in _before(machine, mine, assets):
        told = _measured(name, proofs)
        if told is None:
            out.append(Text(f"「{name}」の復元は測っていません", f"the restore of {name} was never measured"))
        else:
            seconds += told
            rests.append(Text(f"「{name}」の復元: {time_words(told).ja}", f"restore of {name}: {time_words(told).en}"))
    if own_seconds is None:
        out.append(Text("この機器の復元の速さが測れていません", "the speed of its own restore was not measured"))
    else:
        seconds += own_seconds
        rests.append(
            Text(
                f"「{machine}」の復元(測った速さで): {time_words(own_seconds).ja}",
                f"restore of {machine} at the speed measured: {time_words(own_seconds).en}",
            )
        )
    out.append(
        Text(
            "機器の調達・OSの再導入・動作の確認・入れ直し(紙の記録の入力)、本番のディスクとネットワークの速さの違いは入っていません",
            "not in it: getting machines, installing systems, trying them out, entering what was kept on paper, and other speeds of the real disks and network",
        )
    )
    return Projection(
        machine, seconds if own_seconds is not None else None, tuple(rests), tuple(out), mine.recovery_hours if mine else None
    )


def _prepared(needs: Sequence[RecoveryNeed], rests: list[Text], out: list[Text]) -> float:
    """What has to be at hand first is got side by side: the longest counts."""
    hours = [need.hours for need in needs if need.hours is not None]
    if hours:
        rests.append(
            Text(f"要るものがそろうまで: {max(hours)} 時間(台帳)", f"until what is needed is at hand: {max(hours)} hours (ledger)")
        )
    lacking = sum(need.hours is None for need in needs)
    if not needs:
        out.append(Text("台帳に「復旧に要るもの」がありません", "the ledger names nothing that a recovery needs"))
    elif lacking:
        out.append(
            Text(f"そろうまでの時間が書かれていないもの {lacking} 件", f"{lacking} needed things whose hours the ledger does not give")
        )
    apart = sum(need.apart != "yes" for need in needs)
    if apart:
        out.append(
            Text(
                f"サーバがなくても使えると書かれていないもの {apart} 件(当日に手に入らないかもしれません)",
                f"{apart} needed things that are not said to be had without the servers: they may be lacking on the day",
            )
        )
    return max(hours, default=0) * 3600.0


def _before(machine: str, mine: LedgerAsset | None, assets: Sequence[LedgerAsset]) -> list[str]:
    if mine is None or mine.recovery_order is None:
        return []
    order: Mapping[str, int] = {one.asset: one.recovery_order for one in assets if one.recovery_order is not None}
    return sorted(
        (name for name, place in order.items() if place < mine.recovery_order and name != machine), key=lambda name: (order[name], name)
    )


def _measured(machine: str, proofs: Sequence[RestoreProof]) -> float | None:
    """Return the whole time by the newest proofs of a machine, the sum of its repositories' own."""
    newest: dict[tuple[str, str], RestoreProof] = {}
    for proof in proofs:
        key = (proof.repository, proof.job)
        if proof.asset != machine or proof.whole_seconds is None or proof.result not in _USABLE or proof.ended is None:
            continue
        held = newest.get(key)
        if held is None or held.ended is None or held.ended < proof.ended:
            newest[key] = proof
    # Several copies of one machine: it comes back from one of them, and the slowest is what can be counted on.
    return max((proof.whole_seconds for proof in newest.values() if proof.whole_seconds is not None), default=None)


def time_words(seconds: float) -> Text:
    """Return a time for people."""
    if seconds < 90:
        return Text(f"{seconds:.0f} 秒", f"{seconds:.0f} s")
    if seconds < 90 * 60:
        return Text(f"{seconds / 60:.0f} 分", f"{seconds / 60:.0f} minutes")
    return Text(f"{seconds / 3600:.1f} 時間", f"{seconds / 3600:.1f} hours")
