"""What a device's answer means, in words for the operator."""

from __future__ import annotations

from omamori.gate.ssh_words import refused_sudo
from omamori.model.clean import clean
from omamori.model.text import Text
from omamori.respond.isolate.device import Answer

_ERRORS = {
    "not_root": Text("管理者ではないため切れません。root でログインするか、承認の devices に sudo: yes と書いてください",
                     "only root may do it: log in as root, or write sudo: yes under `devices` of the approval"),
    "folder": Text("機器に状態を残すフォルダを作れません", "no folder for its state can be made on the device"),
    "room": Text("機器に空きがなく、状態を残せません。機器の画面で空きを作ってください",
                 "the device has no room left to keep its state: make some at its own screen"),
    "lacks": Text("必要な道具が機器にありません", "the device lacks a tool that is needed"),
    "busy": Text("別の操作が動いています。少し待ってもう一度", "another step runs on the device: wait a little and try again"),
    "on": Text("すでに切られています", "is cut already"),
    "taken": Text("同じ名前の表が、この道具の外で置かれています。機器の管理者に確かめてください",
                  "a table of this name stands there that the tool did not put: ask whoever keeps the device"),
    "clock": Text("時計(タイマー)を動かせないため、切りませんでした", "its clock could not be started, so nothing was cut"),
    "syntax": Text("機器が内容を受け付けません。何も変わっていません", "the device does not take the text; nothing was changed"),
}  # fmt: skip
_NOTHING = Text("機器から答えが返りませんでした", "no answer came from the device")


def because(answer: Answer, stderr: bytes, device: str) -> Text | None:
    """Return why a step was not done; None where it was."""
    if answer.whole and not answer.error:
        return None
    if not answer.whole:
        said = clean(stderr.decode("utf-8", "replace").strip(), 200)
        if "sudo" in said and "password" in said:
            return refused_sudo(device).text
        return Text(f"{device}: {_NOTHING.ja}({said or '出力なし'})", f"{device}: {_NOTHING.en} ({said or 'no output'})")
    known = _ERRORS.get(answer.error, Text(clean(answer.error, 40), clean(answer.error, 40)))
    detail = clean(answer.detail, 200)
    return Text(f"{device}: {known.ja}" + (f"({detail})" if detail else ""), f"{device}: {known.en}" + (f" ({detail})" if detail else ""))


def cut_off(cut: str, client: str) -> Text:
    """The cut would take away the operator's own way to the device."""
    return Text(
        f"「{cut}」: この端末({client or '?'})から機器へのログインも切れ、戻せなくなるため、切りません。"
        "この端末を「決して止めない通信」に入れるか、自動で戻ることに任せるなら --rely-on-timer を付けてください",
        f"{cut}: not cut: it would also cut off the login from here ({client or '?'}) to the device, and with it the way back. "
        "Put this machine on the never-block list, or rely on the device's clock with --rely-on-timer",
    )


def unreachable(cut: str, why: Text) -> Text:
    """The connection broke while a cut was ordered."""
    return Text(
        f"「{cut}」: 切れたかどうか分かりません。{why.ja} omamori isolate status で確かめてください。切れていれば、確認がない限り機器が自分で戻します",
        f"{cut}: whether it is cut is not known. {why.en} See omamori isolate status; if it is, the device undoes it unless it is confirmed",
    )
