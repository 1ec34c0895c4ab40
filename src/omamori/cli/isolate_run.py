"""`omamori isolate run`, `confirm`, `undo`, `status`: the block on the devices, within an approval. Without `--apply` nothing is sent."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import typer

from omamori.cli.isolate_options import (
    CONFIRM_HELP,
    RUN_HELP,
    STATUS_HELP,
    UNDO_HELP,
    Apply,
    ApprovalFile,
    AsJson,
    Ask,
    By,
    Cuts,
    Devices,
    Draft,
    Key,
    Maybe,
    Minutes,
    Prepared,
    Rely,
    What,
    Yes,
)
from omamori.cli.isolate_shown import show_back, show_before, show_run, show_status, show_steps
from omamori.cli.options import Lang, SiteDir, screen_for
from omamori.cli.screen import DONE, NOT_FINISHED, Screen
from omamori.gate.ssh import SshOptions
from omamori.model.clean import clean
from omamori.model.text import Text
from omamori.pipeline.isolate_approval import Approved, read_approved, write_block_draft
from omamori.pipeline.isolate_back import BackRequest, back_json, take_back
from omamori.pipeline.isolate_run import RunRequest, run_block, run_json
from omamori.pipeline.isolate_steps import Step, chosen, steps_json, steps_of
from omamori.pipeline.scan_prepare import ApprovalRefused, reasons
from omamori.respond.isolate.names import plainly


def mount(app: typer.Typer, prepared: Prepared) -> None:
    """Add the commands to the group `omamori isolate`. In: what gives the prepared block."""

    @app.command("run", help=RUN_HELP)
    def run(
        context: typer.Context,
        what: What,
        approval: Maybe = None,
        form: Draft = None,
        apply: Apply = False,
        yes: Yes = False,
        minutes: Minutes = None,
        rely_on_timer: Rely = False,
        key: Key = None,
        ask_password: Ask = False,
        by: By = None,
        as_json: AsJson = False,
        site: SiteDir = Path("omamori-site"),
        lang: Lang = None,
    ) -> int:
        """Show what would be sent, or put it on; 3 when a cut the tool was to send is not on."""
        screen = screen_for(lang, quiet=as_json)
        with screen:
            block = prepared(site, screen, tuple(context.obj or ()))
        written = chosen(block, what)
        if form is not None:
            return _draft(screen, write_block_draft(form, written, "real", screen.language))
        approved = approved_or_told(screen, approval)
        if approved is None and (approval is not None or apply):
            return NOT_FINISHED if approval is not None else _needs_approval(screen)
        steps = steps_of(written, approved, "real")
        if not as_json:
            show_before(screen, block, steps)
        if not apply or approved is None:
            return _dry(screen, steps, as_json=as_json)
        request = RunRequest(
            site=site, approved=approved, steps=steps, options=ssh_options(key, ask_password=ask_password), said_by=who(by), minutes=minutes,
            rely_on_timer=rely_on_timer, never=block.never, go=always if yes or as_json else asked(screen),
        )  # fmt: skip
        return _applied(screen, request, as_json=as_json)

    for step, words in (("confirm", CONFIRM_HELP), ("undo", UNDO_HELP), ("status", STATUS_HELP)):
        _mount_back(app, step, words)


def _dry(screen: Screen, steps: Sequence[Step], *, as_json: bool) -> int:
    if as_json:
        screen.raw(steps_json(steps))
    else:
        show_steps(screen, steps, sent=False)
    return DONE


def _applied(screen: Screen, request: RunRequest, *, as_json: bool) -> int:
    if not as_json:
        show_steps(screen, request.steps, sent=True)
    with screen:
        result = run_block(request, screen)
    if as_json:
        screen.raw(run_json(result))
    else:
        show_run(screen, result)
    return DONE if result.whole else NOT_FINISHED


def _mount_back(app: typer.Typer, step: str, words: str) -> None:
    @app.command(step, help=words)
    def back(
        approval: ApprovalFile,
        cuts: Cuts = None,
        devices: Devices = None,
        key: Key = None,
        ask_password: Ask = False,
        by: By = None,
        as_json: AsJson = False,
        site: SiteDir = Path("omamori-site"),
        lang: Lang = None,
    ) -> int:
        """Run the step on the devices of the approval; 3 when one did not answer or did not do it, or nothing is cut that could be confirmed."""
        screen = screen_for(lang, quiet=as_json)
        approved = approved_or_told(screen, approval)
        if approved is None:
            return NOT_FINISHED
        request = BackRequest(
            site=site, approved=approved, step=step, options=ssh_options(key, ask_password=ask_password), said_by=who(by),
            cuts=tuple(cuts or ()) if step != "status" else (), devices=tuple(devices or ()),
        )  # fmt: skip
        with screen:
            result = take_back(request, screen)
        if as_json:
            screen.raw(back_json(result))
        elif step == "status":
            show_status(screen, result)
        else:
            show_back(screen, result)
        # Nothing was there to be kept: its clock was faster.
        late = step == "confirm" and not result.backs
        return DONE if result.whole and not late else NOT_FINISHED


def approved_or_told(screen: Screen, path: Path | None) -> Approved | None:
    """Return the approval; None where none was named, or where it does not stand (then every reason is shown)."""
    if path is None:
        return None
    try:
        return read_approved(path)
    except ApprovalRefused as error:
        screen.error(error.text)
        for line in reasons(error.mistakes, screen.language):
            screen.line(f"  {clean(line)}")
        return None


def ssh_options(key: Path | None, *, ask_password: bool) -> SshOptions:
    """Return how to log in."""
    typed = getpass.getpass() if ask_password else None
    return SshOptions(key=key, password=(lambda _target: typed or "") if typed else None)


def who(by: str | None) -> str:
    """Return who does it: as typed, else the user of this machine."""
    return (by or "").strip() or getpass.getuser()


def asked(screen: Screen) -> Callable[[int, Sequence[Step]], bool]:
    """Return what asks the person before each stage; anything but the stage's number ends the run."""

    def go(stage: int, steps: Sequence[Step]) -> bool:
        names, said = clean(", ".join(step.cut.name for step in steps), 400), None
        with screen.paused(), suppress(KeyboardInterrupt):
            said = screen.ask(
                Text(
                    f"段階 {stage}({names})を切ります。よければ {stage} と入力してください(ほかは中止):",
                    f"Stage {stage} ({names}) is cut now. Type {stage} to go on (anything else ends):",
                )
            )
        return plainly(said or "") == str(stage)

    return go


def always(stage: int, steps: Sequence[Step]) -> bool:
    """Go on without asking."""
    del stage, steps
    return True


def _draft(screen: Screen, path: Path) -> int:
    screen.line(
        Text(
            f"{path} に承認の用紙を書きました。記入し、決める立場の人の承認を得てください",
            f"{path}: a form of the approval. Fill it in and have it approved",
        ).say(screen.language)
    )
    return DONE


def _needs_approval(screen: Screen) -> int:
    screen.error(
        Text(
            "--apply には承認のファイル(--approval)が要ります。用紙は omamori isolate run … --draft FILE で作れます。何も送っていません",
            "--apply needs an approval (--approval); omamori isolate run … --draft FILE makes the form. Nothing was sent",
        )
    )
    return NOT_FINISHED
