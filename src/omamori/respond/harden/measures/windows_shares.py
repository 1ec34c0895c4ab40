"""Shares of Windows machines: closed where nobody uses them, and Everyone taken out of rights; nobody gets more than he had."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from omamori.model.text import Text
from omamori.parse.windows.registry.descriptor import CHANGE, FULL, READ, Entry
from omamori.respond.harden.changes import ShareClosed, ShareRights
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.flows import Allowed, FlowFact, allowed
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.measures.windows_firewall import observed_notes_of, told_flow
from omamori.respond.harden.parts import Left, Machine, Measure, Menu, Promise

NAME = "windows-shares"
EVERYONE, SIGNED_IN = "S-1-1-0", "S-1-5-11"
"""Authenticated Users: all who logged in with an account, guests and nameless ones left out."""
_BROAD = frozenset({EVERYONE, SIGNED_IN, "S-1-5-32-545"})
Right = Literal["read", "change", "full"]
_RIGHTS: Mapping[int, Right] = MappingProxyType({READ: "read", CHANGE: "change", FULL: "full"})
_CLOSE = ("sharing.client_shares", "sharing.drive_shared")
_READS, _WRITES = "sharing.windows_everyone_reads", "sharing.windows_everyone_writes"
_MENU = Menu(
    Text(
        "fsmgmt.msc(共有フォルダー)→ 共有 → 対象のプロパティ →「共有のアクセス許可」。やめるときは右クリック →「共有の停止」",
        "fsmgmt.msc (Shared Folders) > Shares > properties of the share > Share Permissions. To end it: right click > Stop Sharing",
    ),
    Text(
        "コンピューターの構成 → 基本設定 → Windows の設定 → ネットワーク共有(作成と削除)。アクセス許可はファイルサーバで設定する",
        "Computer Configuration > Preferences > Windows Settings > Network Shares (create, delete); rights are set on the server itself",
    ),
)


def propose(facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    """Yield the closing of shares nobody uses, then the narrowing of rights of the others."""
    found = facts.open(machine, *_CLOSE, _READS, _WRITES)
    if not found:
        return
    flows = allowed(facts, machine)
    closed: set[str] = set()
    for share in dict.fromkeys(_share(one) for one in found if one.check in _CLOSE):
        one = _closed(facts, machine, flows, share, tuple(each for each in found if _share(each) == share))
        closed |= {share} if isinstance(one, Measure) else set()
        yield one
    for share in dict.fromkeys(_share(one) for one in found if one.check not in _CLOSE):
        if share not in closed:
            yield _narrowed(facts, machine, flows, share, tuple(one for one in found if _share(one) == share and one.check not in _CLOSE))


def _share(one: Promise) -> str:
    return one.key.partition(" | ")[2]


def _guests(flows: Allowed) -> tuple[FlowFact, ...]:
    """Who connects to the machine's shares: which share, nobody can tell."""
    return tuple(dict.fromkeys((*flows.to("tcp", 445), *flows.to("tcp", 139))))


def _closed(facts: Facts, machine: Machine, flows: Allowed, share: str, promises: tuple[Promise, ...]) -> Measure | Left:
    users = _guests(flows)
    if users:
        told = "; ".join(told_flow(one) for one in users[:4])
        return Left(
            NAME,
            machine,
            Text(
                f"共有「{share}」: この機器の共有につないだ相手がいます({told})。使うフォルダーをファイルサーバに移してから閉じてください",
                f'share "{share}": somebody connected to the shares of this machine ({told}): move what they use to the file server first',
            ),
        )
    if not flows.enough:
        return Left(
            NAME,
            machine,
            Text(
                f"共有「{share}」: 誰も使っていないと言えるほど見ていません。使う人がいないかを尋ねるか、もう何日か見てください",
                f'share "{share}": not watched long enough to say that nobody uses it: ask around, or watch on',
            ),
        )
    return Measure(
        kind=NAME,
        machine=machine,
        what=Text(f"共有「{share}」をやめる(フォルダーは残る)", f'Stop sharing "{share}"; the folder stays'),
        why=Text(
            "端末の共有は、ランサムウエアが隣の機器を暗号化する道になります",
            "A share on a PC is a way by which ransomware encrypts the neighbours",
        ),
        stops=Text("この共有を開いている人と、そこへ送る装置", "People who open this share, and devices that send to it"),
        menu=_MENU,
        changes=(ShareClosed(share),),
        promises=promises,
        notes=observed_notes_of(flows),
        evidence=tuple(dict.fromkeys(one.evidence for one in promises if one.evidence)),
    )


def _narrowed(facts: Facts, machine: Machine, flows: Allowed, share: str, promises: tuple[Promise, ...]) -> Measure | Left:
    kept = next((one for one in facts.rights.get(machine.asset, ()) if one.share.casefold() == share.casefold()), None)
    writes = any(one.check == _WRITES for one in promises)
    if writes and (_guests(flows) or not flows.enough):
        users = "; ".join(told_flow(one) for one in _guests(flows)[:4])
        return Left(
            NAME,
            machine,
            Text(
                f"共有「{share}」: 誰が書き込むのかが分からないので、変えません。書く人のグループを決め、そのグループに「変更」を付けてから"
                f"Everyoneを「読み取り」にしてください{f'(つないだ相手: {users})' if users else ''}",
                f'share "{share}": it is not known who writes there, so it stays. Decide on the group that writes, give it Change, then put '
                f"Everyone down to Read{f' (who connected: {users})' if users else ''}",
            ),
        )
    rights = _rights(kept.entries) if kept is not None else None
    # The files hold what was seen against what stands there when they are run: without it they could give back what somebody took away.
    if rights is None or kept is None or not kept.data:
        return Left(
            NAME,
            machine,
            Text(
                f"共有「{share}」: 今の権利を全部は読めないか、細かい設定(拒否など)があるので、画面で変えてください",
                f'share "{share}": its present rights could not be read whole or are special (denials): change them in the window',
            ),
        )
    listed = ", ".join(f"{sid}: {right}" for sid, right in rights)
    return Measure(
        kind=NAME,
        machine=machine,
        what=Text(
            f"共有「{share}」を、ログインした人が読めるだけにする(管理者などの権利はそのまま)",
            f'Let only people who logged in read the share "{share}"; administrators and others keep their rights',
        ),
        why=Text(
            "「全員」に開いた共有からは、患者の情報がまとめて持ち出され、書ければまとめて壊されます",
            "From a share open to everyone patients' data is carried off as a whole, and what everyone may write, one virus destroys",
        ),
        stops=Text(
            "アカウントを使わずにつなぐ装置(スキャンの送り先など)" + ("と、ここへの書き込み" if writes else ""),
            "Devices that connect without an account, such as scanners" + (", and writing there" if writes else ""),
        ),
        menu=_MENU,
        changes=(ShareRights(share, rights, kept.data),),
        promises=promises,
        notes=(Text(f"共有の権利(SID): {listed}", f"Rights of the share by SID: {listed}"), *observed_notes_of(flows)),
        evidence=tuple(dict.fromkeys((*(one.evidence for one in promises if one.evidence), kept.evidence))),
    )


def _rights(entries: tuple[Entry, ...]) -> tuple[tuple[str, Right], ...] | None:
    """Return the rights with all broad groups down to reading by people who logged in; None where something cannot be written so.

    A denial cannot be written as a right, and without it somebody would get more than he had: then nothing is changed.
    """
    kept: dict[str, Right] = {}
    for one in entries:
        if not one.allow or one.mask not in _RIGHTS or one.sid in kept:
            return None
        kept[one.sid] = _RIGHTS[one.mask]
    if not _BROAD & set(kept):
        return None
    rest = {sid: right for sid, right in kept.items() if sid not in _BROAD}
    # Whoever logged in is one of Everyone; of Users he need not be.
    reader = SIGNED_IN if {EVERYONE, SIGNED_IN} & set(kept) else "S-1-5-32-545"
    return ((reader, "read"), *rest.items())


KINDS = (
    Kind(
        name=NAME,
        title=Text("共有を閉じる・絞る", "Shares: closed or narrowed"),
        system="windows",
        propose=propose,
        fixes=(*_CLOSE, _READS, _WRITES),
    ),
)
"""The measures of this module."""
