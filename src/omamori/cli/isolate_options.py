"""Options and words that the commands of the applied block share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.language import help_text
from omamori.pipeline.observer import Observer
from omamori.respond.isolate.parts import Block

Prepared = Callable[[Path, Observer, tuple[str, ...]], Block]
"""Gives the prepared block of a site, with the machines that stage 5 is prepared for: from its newest judgement."""

What = Annotated[
    list[str], typer.Argument(metavar="STAGE|CUT", help=help_text("段階の番号か、切る所の名前", "number of a stage, or name of a cut"))
]
ApprovalFile = Annotated[Path, typer.Option("--approval", help=help_text("承認のファイル(YAML)", "approval file (YAML)"))]
Maybe = Annotated[Path | None, typer.Option("--approval", help=help_text("承認のファイル(YAML)", "approval file (YAML)"))]
Key = Annotated[Path | None, typer.Option("--key", help=help_text("SSHの秘密鍵", "SSH private key"))]
Ask = Annotated[bool, typer.Option("--ask-password", help=help_text("SSHのパスワードを尋ねる", "ask for the SSH password"))]
By = Annotated[str | None, typer.Option("--by", help=help_text("操作する人の名前(記録に残る)", "who does it (kept in the record)"))]
AsJson = Annotated[bool, typer.Option("--json", help=help_text("結果をJSONで", "result as JSON"))]
Apply = Annotated[
    bool,
    typer.Option(
        "--apply", help=help_text("本当に送る(なければ、何を送るかだけを示す)", "really send (without it: only show what would be sent)")
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help=help_text("段階ごとに尋ねない", "do not ask before each stage"))]
Rely = Annotated[
    bool,
    typer.Option(
        "--rely-on-timer",
        help=help_text("この端末からの道も切れてよい(機器が時間で戻す)", "it may cut off the way from here; the device's clock undoes it"),
    ),
]
Devices = Annotated[list[str] | None, typer.Option("--device", help=help_text("この機器だけ", "only this device"))]
Cuts = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="STAGE|CUT", help=help_text("段階の番号か、切った所の名前(なければ全部)", "number of a stage, or name of a cut; none: all")
    ),
]

RUN_HELP = help_text(
    "準備した遮断を機器に入れます(SSHで入れる Linux nftables)。承認のファイルと --apply があるときだけ送り、ほかは何を送るかを示すだけです。"
    "確認(confirm)がなければ、機器が自分で戻します。ほかの種類の機器とケーブルは、印刷した手順で人が切ります。"
    "\n\n例: omamori isolate run 1 --draft shounin.yaml(承認の用紙を作る)\n\n例: omamori isolate run 1 --approval shounin.yaml(何を送るかを見る)"
    "\n\n例: omamori isolate run 1 2 --approval shounin.yaml --apply --minutes 10",
    "Put the prepared block on the devices (Linux nftables over SSH). It sends only with an approval and --apply; else it shows what would be sent. "
    "Unless confirmed, the device undoes it by itself. Other devices and cables are cut by a person, as printed."
    "\n\nExample: omamori isolate run 1 --draft approval.yaml (makes the form)\n\nExample: omamori isolate run 1 --approval approval.yaml (shows what would be sent)"
    "\n\nExample: omamori isolate run 1 2 --approval approval.yaml --apply --minutes 10",
)
CONFIRM_HELP = help_text("切ったままにします(機器の時計を止めます)。\n\n例: omamori isolate confirm --approval shounin.yaml",
                         "Let the cuts stay: the devices' clocks are stopped.\n\nExample: omamori isolate confirm --approval approval.yaml")  # fmt: skip
UNDO_HELP = help_text("切ったものを一度で戻します。承認の期限が過ぎていても戻せます。機器の画面からは sh /var/lib/omamori-block/block.sh undo all"
                      "\n\n例: omamori isolate undo --approval shounin.yaml\n\n例: omamori isolate undo 2 --approval shounin.yaml",
                      "Take the cuts back in one step; also after the approval has ended. At the device itself: sh /var/lib/omamori-block/block.sh undo all"
                      "\n\nExample: omamori isolate undo --approval approval.yaml\n\nExample: omamori isolate undo 2 --approval approval.yaml")  # fmt: skip
STATUS_HELP = help_text("いま何が切られているかを機器に尋ね、機器が自分で戻したことも記録に加えます。\n\n例: omamori isolate status --approval shounin.yaml",
                        "Ask the devices what is cut now, and keep in the record what they undid by themselves."
                        "\n\nExample: omamori isolate status --approval approval.yaml")  # fmt: skip
Draft = Annotated[Path | None, typer.Option("--draft", help=help_text("承認の用紙を書く", "write an approval to fill in"))]
Minutes = Annotated[
    int | None,
    typer.Option(
        "--minutes", min=1, help=help_text("確認がないまま切っておく分(承認の上限まで)", "minutes until it is undone unless confirmed")
    ),
]
