"""`omamori scan`: looks at the network, within an approval."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.language import help_text
from omamori.cli.options import Lang, SiteDir, screen_for
from omamori.cli.screen import DONE, NOT_FINISHED, Screen
from omamori.model.text import Text
from omamori.pipeline.clock import local_zone
from omamori.pipeline.scan import Scanned, scan
from omamori.pipeline.scan_prepare import ApprovalRefused, Prepared, judged, known_passively, prepare_scan, reasons, write_draft
from omamori.report.clean import clean
from omamori.scan.passive import known_lines
from omamori.scan.plan import approval_lines, duration, plan_lines
from omamori.scan.stopping import ask_to_stop

HELP = help_text(
    "承認された範囲と上限の中で、ネットワークを調べます。有効な承認がなければ何も送りません。"
    "\n\n例: omamori scan --draft approval.yaml(用紙を作る)"
    "\n\n例: omamori scan --approval approval.yaml --plan(何を送るかだけを見る)"
    "\n\n例: omamori scan --approval approval.yaml",
    "Look at the network within what was approved. Without a valid approval nothing is sent."
    "\n\nExample: omamori scan --draft approval.yaml (makes the form)"
    "\n\nExample: omamori scan --approval approval.yaml --plan (only says what would be sent)"
    "\n\nExample: omamori scan --approval approval.yaml",
)
_EMPTY_FORM = Text(
    "このサイトにはまだ判定がないため、範囲・医療機器・業者の機器は書き入れていません。"
    "台帳を取り込んで omamori check を実行してから作り直すか、すべて自分で記入してください",
    "this site was not judged yet: no networks, medical devices or machines of vendors are filled in. "
    "Import the ledger, run omamori check and make the form anew, or fill all of it in yourself",
)
_ENDED = {
    "done": Text("最後まで調べました", "looked at everything"),
    "stopped": Text(
        "止めました。見つけたものは残っています。同じ承認でもう一度実行すると続きから始めます",
        "stopped; what was found is kept. Run it again with the same approval and it goes on",
    ),
    "minutes": Text(
        "承認された時間を使い切って止まりました。見つけたものは残っています",
        "stopped at the end of the minutes that are allowed; what was found is kept",
    ),
    "until": Text("承認の期限が来て止まりました。見つけたものは残っています", "stopped at the end of the approval; what was found is kept"),
}

_NO_WAY = Text(
    "この機器から経路のないアドレスがあり、そこは調べていません。配線と経路を確かめて、もう一度実行してください",
    "there is no route from here to some addresses, and they were not looked at: see the cable and the routes, and run it again",
)


def scan_command(
    approval: Annotated[Path | None, typer.Option("--approval", help=help_text("承認のファイル(YAML)", "approval file (YAML)"))] = None,
    stop: Annotated[
        bool, typer.Option("--stop", help=help_text("別の画面で動いているスキャンを止める", "stop a scan running in another window"))
    ] = False,
    form: Annotated[Path | None, typer.Option("--draft", help=help_text("承認の用紙を書く", "write an approval to fill in"))] = None,
    plan: Annotated[
        bool, typer.Option("--plan", help=help_text("何を送るかだけを言い、送らない", "say what would be sent, send nothing"))
    ] = False,
    again: Annotated[
        bool,
        typer.Option(
            "--again", help=help_text("続きからではなく初めから(接続の回数も数え直す)", "from the beginning (connections are counted anew)")
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=help_text("結果をJSONで", "result as JSON"))] = False,
    site: SiteDir = Path("omamori-site"),
    lang: Lang = None,
) -> int:
    """Plan, run or stop a scan; 3 when it could not finish."""
    if [approval is not None, stop, form is not None].count(True) != 1:
        raise typer.BadParameter("--approval FILE, --draft FILE, --stop")
    screen = screen_for(lang, quiet=as_json)
    if stop:
        return _stop(screen, site)
    if form is not None:
        written = write_draft(site, form, screen.language)
        if not judged(site):
            screen.line(f"! {_EMPTY_FORM.say(screen.language)}", "yellow")
        screen.line(
            Text(
                f"{written} に承認の用紙を書きました。記入し、決める立場の人の承認を得てから omamori scan --approval {written} --plan で確かめてください",
                f"{written}: a form of the approval. Fill it in, have it approved, then see omamori scan --approval {written} --plan",
            ).say(screen.language)
        )
        return DONE
    assert approval is not None  # noqa: S101 - exactly one of the three is given
    try:
        prepared = prepare_scan(site, approval, again=again)
    except ApprovalRefused as error:
        screen.error(error.text)
        for line in reasons(error.mistakes, screen.language):
            screen.line(f"  {clean(line)}")
        return NOT_FINISHED
    if plan:
        return _plan(screen, prepared, as_json=as_json)
    if prepared.permission.file.profile == "passive":
        return _passive(screen, site, prepared, as_json=as_json)
    return _scan(screen, site, prepared, again=again, as_json=as_json)


def _stop(screen: Screen, site: Path) -> int:
    ended = ask_to_stop(site)
    if ended is None:
        screen.line(Text("動いているスキャンはありません", "no scan is running").say(screen.language))
        return DONE
    if ended:
        screen.line(Text("止まりました。見つけたものは残っています", "it has stopped; what was found is kept").say(screen.language))
        return DONE
    screen.error(
        Text(
            "止まるよう伝えましたが、まだ動いています。その画面で Ctrl-C を押してください",
            "it was asked to stop but still runs: press Ctrl-C there",
        )
    )
    return NOT_FINISHED


def _passive(screen: Screen, site: Path, prepared: Prepared, *, as_json: bool) -> int:
    known = known_passively(site, prepared.permission)
    if as_json:
        screen.raw(json.dumps({"known": known.as_json(), "sent": False}, ensure_ascii=False, indent=1))
    else:
        for line in known_lines(known, screen.language):
            screen.line(clean(line))
    return DONE


def _told_before(screen: Screen, prepared: Prepared) -> list[str]:
    """Return what a person should read before anything is sent: by whose word, and what."""
    return [
        *approval_lines(prepared.permission.file, screen.language, local_zone()),
        *plan_lines(prepared.plan, screen.language),
    ]


def _plan(screen: Screen, prepared: Prepared, *, as_json: bool) -> int:
    if as_json:
        screen.raw(json.dumps({"plan": prepared.plan.as_json(), "sent": False}, ensure_ascii=False, indent=1))
        return DONE
    for line in _told_before(screen, prepared):
        screen.line(clean(line))
    for text in prepared.told:
        screen.line(f"! {clean(text.say(screen.language))}", "yellow")
    for text in prepared.where_else:
        screen.line(clean(text.say(screen.language)))
    return DONE


def _scan(screen: Screen, site: Path, prepared: Prepared, *, again: bool, as_json: bool) -> int:
    stopping = threading.Event()
    if not as_json:
        for line in _told_before(screen, prepared):
            screen.line(clean(line), "dim")
    for text in prepared.told:
        screen.told(text)
    with _interrupts(stopping), screen:
        scanned = scan(site, prepared, screen, again=again, stop=stopping)
    if as_json:
        screen.raw(json.dumps(scanned.as_json(), ensure_ascii=False, indent=1))
    else:
        for text in _result(scanned):
            screen.line(clean(text.say(screen.language)))
    whole = scanned.ended == "done" and not scanned.missing and not scanned.left
    return DONE if whole else NOT_FINISHED


def _result(scanned: Scanned) -> Iterator[Text]:
    yield _NO_WAY if scanned.ended == "done" and scanned.left else _ENDED[scanned.ended]
    took = duration(scanned.seconds)
    yield Text(
        f"調べ終えたアドレス {scanned.looked}、応答した機器のアドレス {scanned.answered}、開いているポート {scanned.open_ports}"
        f"({took.ja}、残り {scanned.left} アドレス)",
        f"{scanned.looked} addresses done, {scanned.answered} answered, {scanned.open_ports} open ports ({took.en}; {scanned.left} left)",
    )
    if scanned.servers or scanned.echoes:
        yield Text(
            f"版を尋ねたサーバ {scanned.servers}、DICOMの C-ECHO {scanned.echoes}",
            f"servers asked for versions: {scanned.servers}, DICOM C-ECHOs: {scanned.echoes}",
        )
    if scanned.lost:
        yield Text(
            f"前に途中で切れた {scanned.lost} アドレスは、回数の上限を守るため調べていません(--again で初めから)",
            f"{scanned.lost} addresses that a run broke off at were not asked again, to keep the limit (--again begins anew)",
        )
    yield from scanned.missing
    if scanned.ended == "done" and not scanned.looked and not scanned.left:
        yield Text(
            "この承認で調べるものはもう残っていません。初めから調べるには --again を付けてください",
            "nothing is left to look at under this approval; --again begins anew",
        )
    yield Text("omamori check で判定に加わります", "omamori check takes it into the judgement")


@contextmanager
def _interrupts(stop: threading.Event) -> Iterator[None]:
    """Let the first Ctrl-C end the scan in order; the second ends the program."""

    def asked(_number: int, _frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = signal.signal(signal.SIGINT, asked)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
