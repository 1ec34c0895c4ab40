"""What the commands of the applied block show on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from omamori.cli.screen import Screen
from omamori.model.clean import clean
from omamori.model.text import Text
from omamori.pipeline.clock import local_zone
from omamori.pipeline.isolate_back import Back, BackResult
from omamori.pipeline.isolate_run import Outcome, RunResult
from omamori.pipeline.isolate_steps import Step
from omamori.respond.isolate.device import OnDevice, undo_text
from omamori.respond.isolate.document import care_words
from omamori.respond.isolate.parts import Block

_CARE = 12
"""Machines whose care stops that are named before a cut."""
_RESULTS = {
    "done": Text("切れました", "is cut"),
    "failed": Text("切れませんでした", "was not cut"),
    "refused": Text("切りませんでした", "was not cut"),
    "unknown": Text("切れたか分かりません", "whether it is cut is not known"),
    "by hand": Text("人が切ります", "is cut by a person"),
}
_BACKS = {
    "off": Text("戻しました", "was undone"),
    "gone": Text("もう切れていませんでした(再起動か、ほかの人の操作)。記録だけ片付けました",
                 "did not stand any more (a restart, or somebody else): only what was remembered of it is gone"),
    "kept": Text("切ったままにします。戻すときは omamori isolate undo。機器が再起動すると切れた状態は消えます",
                 "stays cut now; omamori isolate undo takes it back. A restart of the device takes it away"),
    "lost": Text("機器にはもう切れた状態がありません(再起動か、ほかの人の操作)。必要なら切り直してください",
                 "is no longer cut on the device (a restart, or somebody else): cut it again if it is needed"),
    "failed": Text("戻せませんでした。機器の画面で確かめてください", "could not be undone: look at the device's own screen"),
    "none": Text("この名前・段階で、いま切られているものはありません", "nothing of this name or stage is cut now"),
    "unknown": Text("答えた機器では切られていません。答えなかった機器で切られているかは分かりません",
                    "is not cut on the devices that answered; whether it is on those that did not is not known"),
}  # fmt: skip


def show_steps(screen: Screen, steps: Sequence[Step], *, sent: bool) -> None:
    """Show each cut, whole text included: what a person approves is what he read."""
    say = screen.language
    for step in steps:
        stage, cut = int(step.cut.stage), clean(step.cut.name, 120)
        device = clean(step.cut.device or "-", 120)
        head = Text(f"段階 {stage}: {cut}(機器 {device})", f"Stage {stage}: {cut} (device {device})")
        screen.line(head.say(say), "bold")
        if not step.sent:
            why = step.why or Text("-", "-")
            screen.line(f"  ! {clean(Text(f'道具からは送りません: {why.ja}', f'not sent by the tool: {why.en}').say(say), 600)}", "yellow")
        if sent:
            continue
        target = clean(step.device.ssh, 120) if step.device else ""
        if step.written.apply:
            screen.line(
                Text(f"  送る内容 {target}(SHA-256 {step.digest[:16]}):", f"  what is sent {target} (SHA-256 {step.digest[:16]}):").say(say)
            )
            for line in step.written.apply.splitlines():
                screen.line(f"    {clean(line, 400)}")
        back = undo_text(step.table) if step.table else step.written.undo
        if back:
            screen.line(Text("  戻す内容:", "  what undoes it:").say(say))
            for line in back.splitlines():
                screen.line(f"    {clean(line, 400)}")
    if not sent:
        screen.line(Text("何も送っていません(--apply を付けると送ります)", "nothing was sent (--apply sends it)").say(say))


def show_before(screen: Screen, block: Block, steps: Sequence[Step]) -> None:
    """Show, before anybody gives his word, what is not settled and what care stops with each cut."""
    for doubt in block.doubts:
        screen.line(clean(f"! {doubt.say(screen.language)}", 600), "yellow")
    for step in steps:
        care, name = care_words(block.preview_of(step.cut), _CARE), clean(step.cut.name, 120)
        screen.line(clean(Text(f"{name} で止まる診療: {care.ja}", f"care that {name} stops: {care.en}").say(screen.language), 600), "bold")
        for need in step.cut.needs:
            if need not in block.doubts:
                screen.line(clean(f"  ! {need.say(screen.language)}", 600), "yellow")


def show_run(screen: Screen, result: RunResult) -> None:
    """Show what came of each cut, and what comes next."""
    for text, style in _run_lines(result):
        screen.line(clean(text.say(screen.language), 600), style)


def _run_lines(result: RunResult) -> Iterator[tuple[Text, str | None]]:
    for one in result.outcomes:
        yield _outcome(one), None if one.result == "done" else "yellow"
    for stage in result.stages:
        yield (
            Text(
                f"段階 {stage.stage}: {stage.seconds:.2f} 秒({stage.cuts} か所)",
                f"Stage {stage.stage}: {stage.seconds:.2f} s ({stage.cuts} cuts)",
            ),
            None,
        )
    if result.ended:
        yield Text("ここで中止しました。切ったものはそのままです", "ended here; what was cut stays cut"), "yellow"
    if any(one.result == "done" for one in result.outcomes):
        yield (
            Text(
                "続けるなら omamori isolate confirm、戻すなら omamori isolate undo(どちらも --approval)。何もしなければ機器が自分で戻します。"
                "この端末から届かなくなったら、機器の画面で: sh /var/lib/omamori-block/block.sh undo all",
                "To go on: omamori isolate confirm; to take it back: omamori isolate undo (both with --approval). Else the devices undo it by themselves. "
                "Where nothing reaches the device any more, at its own console: sh /var/lib/omamori-block/block.sh undo all",
            ),
            "bold",
        )


def _outcome(one: Outcome) -> Text:
    said, name, device = _RESULTS[one.result], clean(one.step.cut.name, 120), clean(one.step.cut.device or "-", 120)
    why = one.because
    until = f"、{_clock(one.reverts)} に自動で戻る" if one.reverts and one.result == "done" else ""
    until_en = f", undone by itself at {_clock(one.reverts)}" if one.reverts and one.result == "done" else ""
    took = f"({one.seconds:.2f} 秒{until})" if one.result == "done" else ""
    took_en = f" ({one.seconds:.2f} s{until_en})" if one.result == "done" else ""
    return Text(
        f"{name}(機器 {device}): {said.ja}{took}" + (f" — {why.ja}" if why else ""),
        f"{name} (device {device}): {said.en}{took_en}" + (f": {why.en}" if why else ""),
    )


def show_back(screen: Screen, result: BackResult) -> None:
    """Show what came of a confirmation or an undo."""
    for one in result.backs:
        screen.line(clean(_back(one).say(screen.language), 600), None if one.outcome in ("off", "kept") else "yellow")
    for device, same in result.as_before:
        if same:
            text = Text(f"{device}: 規則は、切る前とまったく同じです", f"{device}: its rule set is exactly the one from before")
        else:
            text = Text(f"{device}: 規則は、切る前と同じではありません。その間に、ほかから変えられた所があります",
                        f"{device}: its rule set is not the one from before: something else was changed meanwhile")  # fmt: skip
        screen.line(clean(text.say(screen.language), 400), None if same else "yellow")
    if not result.backs and not result.failures:
        screen.line(Text("切られている所はありません", "nothing is cut").say(screen.language))
    if any(one.outcome in ("none", "unknown") for one in result.backs):
        names = clean(", ".join(dict.fromkeys(one.cut for _, one in result.blocks)), 600) or "-"
        screen.line(Text(f"切られていたもの: {names}", f"what was cut: {names}").say(screen.language), "yellow")
    _failures(screen, result)


def _back(one: Back) -> Text:
    said, device = _BACKS[one.outcome], clean(one.device, 120)
    cut = clean(one.cut or (one.on.id if one.on else "-"), 120)
    return Text(f"{cut}(機器 {device}): {said.ja}({one.seconds:.2f} 秒)", f"{cut} (device {device}): {said.en} ({one.seconds:.2f} s)")


def show_status(screen: Screen, result: BackResult) -> None:
    """Show what is cut on each device."""
    for device, one in result.blocks:
        screen.line(clean(_standing(device, one).say(screen.language), 600), "bold" if one.present else "yellow")
    if not result.blocks and not result.failures:
        screen.line(Text("どの機器でも、切られている所はありません", "nothing is cut on any of the devices").say(screen.language))
    if result.heard:
        screen.line(
            Text(f"機器の記録から {result.heard} 件を加えました", f"{result.heard} entries of the devices' own logs were added").say(
                screen.language
            )
        )
    _failures(screen, result)


def _standing(device: str, one: OnDevice) -> Text:
    since, stage = _clock(one.since), one.stage or "?"
    ja, en = f"段階 {stage}「{one.cut}」(機器 {device}): {since} から", f"Stage {stage}, {one.cut} (device {device}): since {since}, "
    if one.restarted and not one.present:
        return Text(
            f"{ja}切られていましたが、機器が再起動したため、いまは切れていません",
            f"{en}but the device was restarted: it is not cut any more",
        )
    if not one.present:
        return Text(
            f"{ja}切られていましたが、いまは機器にありません(ほかの操作で消えています)", f"{en}but it does not stand on the device any more"
        )
    if one.state == "confirmed":
        return Text(f"{ja}切られています(確認済み。戻すまで続きます)", f"{en}confirmed: it stays until it is undone")
    if not one.ticking:
        return Text(f"{ja}切られています。機器の時計が動いておらず、自分では戻りません。undo で戻してください",
                    f"{en}its clock does not run: it does not go by itself. Take it back with undo")  # fmt: skip
    return Text(f"{ja}切られています({_clock(one.until)} に自動で戻ります)", f"{en}undone by itself at {_clock(one.until)}")


def _failures(screen: Screen, result: BackResult) -> None:
    for failure in result.failures:
        screen.error(failure)


def _clock(moment: datetime | None) -> str:
    return f"{moment.replace(tzinfo=UTC).astimezone(local_zone()):%m-%d %H:%M:%S}" if moment else "?"
