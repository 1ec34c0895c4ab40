"""`omamori isolate drill`: the stages of the block with a stopwatch, and the times of earlier drills."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.isolate_options import Apply, AsJson, Ask, By, Draft, Key, Maybe, Prepared, Yes
from omamori.cli.isolate_run import always, approved_or_told, asked, ssh_options, who
from omamori.cli.isolate_shown import show_back, show_before, show_run, show_steps
from omamori.cli.language import help_text
from omamori.cli.options import Lang, SiteDir, screen_for
from omamori.cli.screen import DONE, NOT_FINISHED, Screen
from omamori.model.clean import clean
from omamori.model.text import Text
from omamori.pipeline.clock import local_zone
from omamori.pipeline.isolate_approval import write_block_draft
from omamori.pipeline.isolate_drill import Drill, DrillRequest, before, drill, drills, drills_json, walk
from omamori.pipeline.isolate_steps import Step, chosen, steps_of
from omamori.respond.isolate.write.written import cable_words

DRILL_HELP = help_text(
    "遮断の訓練。段階ごとに時間を測り、前の訓練と比べます。何も送らずに、切る所まで歩いて確かめる形(既定)と、訓練用の承認で実際に切ってすぐ戻す形(--apply)。"
    "\n\n例: omamori isolate drill 1 2(歩いて確かめる)\n\n例: omamori isolate drill 1 --approval kunren.yaml --apply\n\n例: omamori isolate drill --list",
    "A drill of the block: the time of each stage is taken and compared with earlier drills. Without sending anything, walking to each place (the default); "
    "or really cut and taken back at once, with an approval for drills (--apply)."
    "\n\nExample: omamori isolate drill 1 2 (walk)\n\nExample: omamori isolate drill 1 --approval drill.yaml --apply\n\nExample: omamori isolate drill --list",
)


def mount(app: typer.Typer, prepared: Prepared) -> None:
    """Add the command to the group `omamori isolate`. In: what gives the prepared block."""

    @app.command("drill", help=DRILL_HELP)
    def run_drill(
        context: typer.Context,
        what: Annotated[
            list[str] | None,
            typer.Argument(metavar="STAGE|CUT", help=help_text("段階の番号か、切る所の名前", "number of a stage, or name of a cut")),
        ] = None,
        approval: Maybe = None,
        form: Draft = None,
        apply: Apply = False,
        listed: Annotated[
            bool, typer.Option("--list", help=help_text("これまでの訓練と時間", "the drills so far and their times"))
        ] = False,
        yes: Yes = False,
        key: Key = None,
        ask_password: Ask = False,
        by: By = None,
        as_json: AsJson = False,
        site: SiteDir = Path("omamori-site"),
        lang: Lang = None,
    ) -> int:
        """Run or list drills; 3 when a stage was not done whole."""
        screen = screen_for(lang, quiet=as_json)
        if listed:
            return _list(screen, site, as_json=as_json)
        if not what:
            raise typer.BadParameter("STAGE | CUT | --list")
        with screen:
            block = prepared(site, screen, tuple(context.obj or ()))
        written = chosen(block, what)
        if form is not None:
            screen.line(str(write_block_draft(form, written, "drill", screen.language)), "green")
            return DONE
        approved = approved_or_told(screen, approval)
        if approval is not None and approved is None:
            return NOT_FINISHED
        steps = steps_of(written, approved, "drill")
        if not apply or approved is None:
            return _needs(screen) if apply else _walk(screen, site, steps, who(by), yes=yes, as_json=as_json)
        if not as_json:
            show_before(screen, block, steps)
        request = DrillRequest(
            site=site, approved=approved, steps=steps, options=ssh_options(key, ask_password=ask_password), said_by=who(by), never=block.never,
            go=always if yes or as_json else asked(screen),
        )  # fmt: skip
        with screen:
            run, back = drill(request, screen)
        if not as_json:
            show_run(screen, run)
            show_back(screen, back)
        return max(_list(screen, site, as_json=as_json, only=run.session), DONE if run.whole and back.whole else NOT_FINISHED)


def _walk(screen: Screen, site: Path, steps: Sequence[Step], said_by: str, *, yes: bool, as_json: bool) -> int:
    def ask(step: Step) -> bool:
        if yes:
            return True
        show_steps(screen, (step,), sent=True)
        with screen.paused():
            if step.cut.cable is not None:
                screen.line(f"  {clean(cable_words(step.cut.cable).say(screen.language), 400)}")
            said = screen.ask(
                Text(
                    "  その場所・画面まで行き、切れる状態になったら Enter(できなければ n と Enter):",
                    "  Go there, or to its screen; Enter when it could be cut now (n and Enter: not possible):",
                )
            )
        return said is not None and said.strip().lower() not in ("n", "no", "いいえ")

    walked = walk(site, steps, said_by, ask, screen)
    code = _list(screen, site, as_json=as_json, only=walked.session)
    return code if all(done for _, _, done in walked.stages) else NOT_FINISHED


def _list(screen: Screen, site: Path, *, as_json: bool, only: str = "") -> int:
    found = drills(site)
    shown = [one for one in found if only in ("", one.session)]
    if as_json:
        screen.raw(drills_json(found if not only else shown))
        return DONE
    for one in shown:
        _show(screen, found, one)
    if not found:
        screen.line(Text("訓練の記録はまだありません", "no drill was recorded yet").say(screen.language))
    else:
        screen.line(
            Text(
                "年に一度の訓練の証拠になります。台帳の「研修・訓練」にも、日付と参加人数を書いてください",
                "This proves the yearly drill. Enter the day and how many took part in the ledger's sheet of trainings, too",
            ).say(screen.language)
        )
    return DONE


def _show(screen: Screen, found: Sequence[Drill], one: Drill) -> None:
    day = f"{one.began.replace(tzinfo=UTC).astimezone(local_zone()):%Y-%m-%d %H:%M}"
    kind = (
        Text("歩いて確認(送っていない)", "walked, nothing was sent") if one.dry else Text("実際に切って戻した", "really cut and taken back")
    )
    head = Text(f"{day} {kind.ja}、{one.said_by}: 合計 {one.seconds:.1f} 秒", f"{day} {kind.en}, {one.said_by}: {one.seconds:.1f} s in all")
    screen.line(clean(head.say(screen.language), 300), "bold")
    for stage, seconds, done in one.stages:
        last, best = before(found, one, stage)
        than = (
            Text("(初めて)", " (first time)")
            if last is None
            else Text(f"(前回 {last:.1f} 秒、最短 {best:.1f} 秒)", f" (last time {last:.1f} s, best {best:.1f} s)")
        )
        missed = Text("" if done else "、できなかった所あり", "" if done else ", not all of it could be done")
        screen.line(
            Text(f"  段階 {stage}: {seconds:.1f} 秒{than.ja}{missed.ja}", f"  Stage {stage}: {seconds:.1f} s{than.en}{missed.en}").say(
                screen.language
            )
        )
    if one.undone_seconds is not None:
        screen.line(Text(f"  戻すのに {one.undone_seconds:.1f} 秒", f"  taken back in {one.undone_seconds:.1f} s").say(screen.language))


def _needs(screen: Screen) -> int:
    screen.error(
        Text(
            "--apply には訓練用の承認(--approval)が要ります。用紙は omamori isolate drill … --draft FILE で作れます。何も送っていません",
            "--apply needs an approval for drills (--approval); omamori isolate drill … --draft FILE makes the form. Nothing was sent",
        )
    )
    return NOT_FINISHED
