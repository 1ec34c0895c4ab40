"""The order of the move: one device at a time; open the new way, test, move, close the old one, and keep the way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from omamori.model.text import Text
from omamori.respond.bastion.parts import Plan, Side


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is done, the test that shows that it is, and how it is taken back."""

    device: str | None
    what: Text
    test: Text
    back: Text


def steps(plan: Plan) -> tuple[Step, ...]:
    """Return the steps in order; none where nothing is to be changed."""
    if not plan.edits:
        return ()
    return (
        _save(plan),
        *_door(plan),
        *_ask(plan),
        *(step for device in _devices(plan) for step in _device(plan, device)),
        _look(),
        _later(plan),
    )


def _devices(plan: Plan) -> list[str]:
    """The device whose lines lose the least comes first, so that a mistake costs little; the door's own last."""
    edited = dict.fromkeys(edit.device for edit in plan.edits if edit.chain is not None)
    lost = {device: sum(one.entry in _names(plan, device) for one in plan.lost) for device in edited}
    door = {side.device for side in plan.sides if side.door}
    return sorted(edited, key=lambda device: (device in door, lost[device], device))


def _names(plan: Plan, device: str) -> set[str]:
    return {side.name for side in plan.sides if side.device == device}


def _save(plan: Plan) -> Step:
    devices = "、".join(_devices(plan)), ", ".join(_devices(plan))
    return Step(
        None,
        Text(
            f"今の設定を機器ごとに保存し、別の場所にも置く: {devices[0]}",
            f"Save the configuration of each device, in another place too: {devices[1]}",
        ),
        Text("保存したファイルを開いて、中身があることを見る", "open the saved file and see that it holds something"),
        Text("いりません", "none needed"),
    )


def _door(plan: Plan) -> Iterator[Step]:
    target = plan.target
    name = target.asset or "踏み台サーバ", target.asset or "the jump server"
    ports = ",".join(map(str, target.ports))
    yield Step(
        None,
        Text(
            f"{name[0]}({target.address})を用意する。業者ごと・人ごとの利用者名、二要素、作業時間だけの許可。ログインの記録は別の機械へ送る",
            f"Make {name[1]} ({target.address}) ready: an account for every person of every vendor, a second factor, open only for the work; "
            "its log goes to another machine",
        ),
        Text(
            f"院内から {target.address} の {ports}/tcp にログインでき、記録がその別の機械に残る",
            f"a login from inside to {target.address} port {ports}/tcp works, and the other machine has it in its log",
        ),
        Text("その利用者名を止める", "disable the account"),
    )


def _ask(plan: Plan) -> Iterator[Step]:
    whom = list(dict.fromkeys(name for one in plan.lost for name in one.ask))
    vendors = list(dict.fromkeys([side.entry.vendor for side in plan.sides if side.line and side.entry.vendor] + whom))
    strangers = [side.name for side in plan.sides if side.line and not side.entry.declared]
    if vendors:
        yield Step(
            None,
            Text(
                f"日を決めて知らせ、なくなる通信(一覧)を確かめてもらう: {'、'.join(map(str, vendors))}",
                f"Agree on a day, and have the flows that end (list) confirmed by: {', '.join(map(str, vendors))}",
            ),
            Text("書面で返事がそろう", "all have answered in writing"),
            Text("いりません", "none needed"),
        )
    if strangers:
        yield Step(
            None,
            Text(
                f"台帳にない回線の持ち主を探す(機器の札、請求書、設置した業者): {'、'.join(strangers)}",
                f"Find whose the lines are that no ledger names (label on the device, bills, who put it there): {', '.join(strangers)}",
            ),
            Text(
                "持ち主が台帳に書かれる。分からなければ、次の手順で踏み台だけに絞られる",
                "the ledger names them; if not, the next steps limit them to the jump server as well",
            ),
            Text("いりません", "none needed"),
        )


def _device(plan: Plan, device: str) -> Iterator[Step]:
    sides = [side for side in plan.sides if side.device == device]
    for side in sides:
        if side.line:
            yield _open(plan, side)
    lines = "、".join(side.name for side in sides), ", ".join(side.name for side in sides)
    tests = [_closed(plan, side) for side in sides if side.line]
    yield Step(
        device,
        Text(
            f"{device}: 横の入口を閉じる({lines[0]})。その機器のファイルを読み、担当者と一緒に、院内から入れる(外からの管理も閉じる)。"
            "試験が済んだら、再起動しても残るように保存する",
            f"{device}: close the side door ({lines[1]}). Read the file for this device and load it together with whoever keeps it, from inside "
            "(management from outside is closed too). When the test is done, save it so that it stays after a restart",
        ),
        Text(
            "業者に元の相手へつないでもらい、つながらない。踏み台へはつながる。" + "".join(one.ja for one in tests),
            "the vendor tries the old machine and does not get through, and does get to the jump server. "
            + "".join(one.en for one in tests),
        ),
        Text(
            "同じ機器の「戻す」ファイルを入れる。保存した設定と見比べる",
            "load the undo file of the same device, and compare with the configuration that was saved",
        ),
    )


def _open(plan: Plan, side: Side) -> Step:
    outcome = plan.outcome[side.name]
    others = sorted({edit.device for edit in plan.edits if edit.chain is None})
    what = Text(
        f"{side.name}: 新しい道を開ける({side.device} → {plan.target.address})",
        f"{side.name}: open the new way ({side.device} -> {plan.target.address})",
    )
    if outcome.to_door_before == "open":
        what = Text(f"{what.ja}。今の規則でもう通る", f"{what.en}; the rules of today let it through already")
    elif outcome.to_door == "open":
        what = Text(f"{what.ja}。規則を足す機器: {'、'.join(others)}", f"{what.en}; rules are added on {', '.join(others)}")
    elif outcome.to_door == "one-way":
        what = Text(
            f"{what.ja}。返事が戻らない: 踏み台に、業者のアドレスへの経路({side.device} の側)を足す",
            f"{what.en}; answers do not come back: give the jump server a route to the vendor's addresses, by way of {side.device}",
        )
    else:
        why = outcome.doubt or ""
        what = Text(
            f"{what.ja}。通るかどうかは、集めた設定だけでは分からない({why})",
            f"{what.en}; what was collected does not tell whether it passes ({why})",
        )
    return Step(
        None,
        what,
        Text(
            "業者が回線から踏み台にログインし、作業を一つ済ませる",
            "the vendor logs in to the jump server by the line and does one piece of work",
        ),
        Text("利用者名を止める。古い道はまだ開いている", "disable the account; the old way is still open"),
    )


def _closed(plan: Plan, side: Side) -> Text:
    outcome = plan.outcome[side.name]
    return Text(
        f"{side.name}: 届く機器 {outcome.machines_before} 台 → {outcome.machines_after} 台(踏み台のほか)。",
        f"{side.name}: machines within reach {outcome.machines_before} -> {outcome.machines_after} besides the door. ",
    )


def _look() -> Step:
    return Step(
        None,
        Text(
            "機器の設定をもう一度集め、omamori check と omamori plan bastion を実行する",
            "Collect the devices' configurations again, run omamori check and omamori plan bastion",
        ),
        Text("動かした回線がすべて「済み」と出る", "every line that was moved is told as done"),
        Text("いりません", "none needed"),
    )


def _later(plan: Plan) -> Step:
    devices = sorted({side.device for side in plan.sides if side.line and not side.door})
    return Step(
        None,
        Text(
            f"契約の更新のときに、回線の終わりをDMZのファイアウォールへ移してもらい、空いた機器を外す: {'、'.join(devices) or 'なし'}",
            f"When contracts are renewed, have the lines end on the firewall of the DMZ and take the freed devices away: {', '.join(devices) or 'none'}",
        ),
        Text("その機器を外しても、業者の作業が踏み台から済む", "with the device gone, the vendor's work is done by way of the jump server"),
        Text("機器をつなぎ直す", "connect the device again"),
    )
