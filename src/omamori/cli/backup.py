"""`omamori backup verify|canary`: reads backups, and shows that they come back. Other commands of the group are registered at the end."""

from __future__ import annotations

import json
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.backup_prove import MANIFEST_HELP, PROVE_HELP, SCRATCH_HELP, manifest, prove_command, scratch
from omamori.cli.backup_shown import canary_lines, verified_lines
from omamori.cli.language import help_text
from omamori.cli.options import Lang, SiteDir, screen_for
from omamori.cli.screen import DONE, NOT_FINISHED
from omamori.model.clean import clean
from omamori.pipeline.backup_canary import CanaryRequest, set_canary
from omamori.pipeline.backup_verify import VerifyRequest, verify_backup
from omamori.pipeline.backup_verify_json import verified_json

app = typer.Typer(
    no_args_is_help=True,
    help=help_text(
        "バックアップを読み取り専用で確かめる(保存先は1バイトも変えません)",
        "Look at backups, read only: not a byte of them is changed",
    ),
)
Machine = Annotated[
    str, typer.Option("--machine", help=help_text("何の控えか(台帳の機器名)", "whose copy it is: the machine's name in the ledger"))
]
Job = Annotated[str, typer.Option("--job", help=help_text("バックアップの名前(台帳の名前)", "name of the backup in the ledger"))]
AsJson = Annotated[bool, typer.Option("--json", help=help_text("結果をJSONで", "result as JSON"))]
Kind = Annotated[
    str, typer.Option("--kind", help=help_text("種類(restic、borgなど)。ふつうは要りません", "restic, borg …; mostly found by itself"))
]
PasswordFile = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        help=help_text(
            "保存先のパスワードが入ったファイル(なければ RESTIC_PASSWORD などの環境変数)",
            "file with the repository's password; else RESTIC_PASSWORD and the like",
        ),
    ),
]
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)\s*[%％]?")

VERIFY_HELP = help_text(
    "バックアップの保存先(restic、borgなど)を読み、壊れていないか、攻撃者がもう書き込んでいないかを調べます。"
    "一度に読むのは一部で、実行するたびに続きを読み、すべてを読み終えると最初に戻ります。世代どうしを比べ、いっせいの名前の変更、"
    "ランサムウエアの語尾と脅迫文、中身の暗号化、確認用ファイル(omamori backup canary)を見ます。保存先は変えません。\n\n"
    "中身を見るために少数のファイルを一時的に取り出します。置き場所は、Linuxではメモリー上の /dev/shm、余裕がなければサイトのフォルダの "
    "unfinished-looks(本人だけが開けます)で、見たらすぐに消します。ファイル名と中身は記録しません。\n\n"
    "例: omamori backup verify /mnt/nas/restic --machine 電子カルテDB --job 毎晩NASへ --password-file /root/restic.txt\n\n"
    "例: omamori backup verify /mnt/nas/restic --share all(すべて読む)",
    "Read a repository of backups (restic, borg …): is it whole, and did an attacker already write into it? A part is read in each run, the "
    "next one in the next, and after the last it begins anew. Generations are compared: many files renamed at once, endings and notes of "
    "ransomware, contents that became encrypted, the canary file (omamori backup canary). The repository is not changed.\n\n"
    "To see contents a few files are taken out for a moment: on Linux into memory (/dev/shm), else, or where there is no room, into the folder "
    "unfinished-looks of the site, which only its owner can open; they are wiped at once. Neither names nor contents of files are kept.\n\n"
    "Example: omamori backup verify /mnt/nas/restic --machine ehr-db --job nightly --password-file /root/restic.txt\n\n"
    "Example: omamori backup verify /mnt/nas/restic --share all (reads everything)",
)
CANARY_HELP = help_text(
    "バックアップされるフォルダに、小さな確認用ファイルを1つ書きます。omamori backup verify が、それが各世代から1バイトも違わずに"
    "戻るかを調べます。上書きはしません。患者さんの情報は入りません。\n\n例: omamori backup canary /srv/karte --machine 電子カルテDB --job 毎晩NASへ",
    "Write one small canary file into a folder that is backed up: omamori backup verify looks whether it comes back from every generation, byte for "
    "byte. Nothing is overwritten; it holds no patient data.\n\nExample: omamori backup canary /srv/karte --machine ehr-db --job nightly",
)


@app.callback()
def _backup() -> None:
    """Keep `backup` a group, however many commands it has."""


@app.command("verify", help=VERIFY_HELP)
def verify(
    place: Annotated[str, typer.Argument(help=help_text("保存先(フォルダ、sftp:… など)", "the repository: a folder, sftp:…"))],
    machine: Machine = "",
    job: Job = "",
    kind: Kind = "",
    password_file: PasswordFile = None,
    kept_on: Annotated[
        str | None, typer.Option("--kept-on", help=help_text("保存先がある機器の名前", "machine the repository lies on"))
    ] = None,
    medium: Annotated[
        str | None, typer.Option("--medium", help=help_text("取り外せる媒体の名札", "label of the medium, if it can be taken out"))
    ] = None,
    share: Annotated[
        str | None,
        typer.Option(
            "--share",
            help=help_text(
                "今回読む割合(10%、all)。なければ 4GiB まではすべて、それより大きければ10%(4GiB以上)",
                "share to read in this run: 10%, all; else everything up to 4 GiB, of more 10 % (at least 4 GiB)",
            ),
        ),
    ] = None,
    as_json: AsJson = False,
    site: SiteDir = Path("omamori-site"),
    lang: Lang = None,
) -> int:
    """Look into a repository; 3 when it could not be opened or the look did not come to its end."""
    request = VerifyRequest(site, place, machine, job, kind, password_file, kept_on, medium, share_of(share))
    screen = screen_for(lang, quiet=as_json)
    stop = threading.Event()
    with interrupts(stop), screen:
        done = verify_backup(request, screen, stop)
    if as_json:
        screen.raw(json.dumps(verified_json(done), ensure_ascii=False, indent=1))
    else:
        for style, text in verified_lines(done, site):
            screen.line(clean(text.say(screen.language)), style)
    return DONE if done.record.opened and done.ended is None else NOT_FINISHED


@app.command("canary", help=CANARY_HELP)
def canary(
    folder: Annotated[Path, typer.Argument(help=help_text("バックアップされる元のフォルダ", "a folder that is backed up"))],
    machine: Annotated[
        str, typer.Option("--machine", help=help_text("そのフォルダがある機器(台帳の名前)", "machine the folder is of, as in the ledger"))
    ],
    job: Job = "",
    as_json: AsJson = False,
    site: SiteDir = Path("omamori-site"),
    lang: Lang = None,
) -> int:
    """Write a canary file; returns the exit code."""
    screen = screen_for(lang, quiet=as_json)
    told = set_canary(CanaryRequest(site, folder, machine, job))
    if as_json:
        screen.raw(json.dumps({"path": told.path, "sha256": told.sha256, "size": told.size}, ensure_ascii=False, indent=1))
    else:
        for text in canary_lines(told):
            screen.line(clean(text.say(screen.language)))
    return DONE


def share_of(said: str | None) -> float | None:
    """Return the share of `--share` from 0 to 1, None where it is not given; a usage error when it is none."""
    if said is None:
        return None
    if said.strip().lower() == "all":
        return 1.0
    found = _SHARE.fullmatch(said.strip())
    share = float(found[1]) / 100 if found is not None else 0.0
    if not 0 < share <= 1:
        raise typer.BadParameter("--share: 10%, all")
    return share


@contextmanager
def interrupts(stop: threading.Event) -> Iterator[None]:
    """Let the first Ctrl-C, or a request to end (SIGTERM), stop the work in order; the second Ctrl-C ends the program."""

    def asked(_number: int, _frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


app.command("manifest", help=MANIFEST_HELP)(manifest)
app.command("scratch", help=SCRATCH_HELP)(scratch)
app.command("prove", help=PROVE_HELP)(prove_command)
