"""`omamori backup manifest`, `scratch` and `prove`: shows, by restoring, that a backup comes back."""

from __future__ import annotations

import json
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from omamori.backup.proof.manifest import NAME
from omamori.backup.proof.postgres import Question
from omamori.cli import backup_prove_options as options
from omamori.cli.language import help_text
from omamori.cli.options import Lang, SiteDir, moment_of, screen_for
from omamori.cli.screen import DONE, NOT_FINISHED, Screen
from omamori.model.clean import clean
from omamori.model.text import Text
from omamori.pipeline.backup_manifest import make_manifest
from omamori.pipeline.backup_place import key_of
from omamori.pipeline.backup_prove import Proved, ProveRequest, prove
from omamori.pipeline.backup_prove_shown import proof_words, sections, whole_picture, write_page
from omamori.pipeline.backup_scratch import approve_scratch
from omamori.pipeline.clock import local_zone

MANIFEST_HELP = help_text(
    "フォルダの全ファイルのハッシュ(SHA-256)の一覧を作ります。バックアップの直前に作り、いっしょに控えに入れると、omamori backup prove が1つずつ比べます。"
    "形は sha256sum と同じで、sha256sum だけでも作れます。\n\n例: omamori backup manifest /srv/ehr --out /srv/ehr/omamori-manifest.sha256",
    "Make the list of hashes (SHA-256) of all files of a folder. Made right before a backup and backed up along with it, omamori backup prove compares "
    "with it file by file. Its form is that of sha256sum, which can make it too.\n\n"
    "Example: omamori backup manifest /srv/ehr --out /srv/ehr/omamori-manifest.sha256",
)
SCRATCH_HELP = help_text(
    "戻したデータを一時的に置くフォルダを、人が承認します。戻したデータは患者の情報です: 取り外せる媒体、ネットワークの共有、保存先の中は使えません。"
    "\n\n例: omamori backup scratch /var/lib/omamori/modosu --protection on-server --approved-by 医療情報部長",
    "A person approves a folder that may hold restored data for a while. Restored data are patients' data: no medium that can be taken out, no share of "
    "the network, no place inside a repository.\n\n"
    "Example: omamori backup scratch /var/lib/omamori/scratch --protection on-server --approved-by 'H. Fukui'",
)
PROVE_HELP = help_text(
    "バックアップを実際に戻して確かめ、日付の入った記録を残します。承認した作業場所だけに戻し、比べ、時間を測り、消します。--sample では毎回ちがう部分を順に戻します。"
    "Ctrl-C で止まり、次の実行は続きから始めます。\n\n"
    "例: omamori backup prove /mnt/nas/restic --password-file pw --scratch /var/lib/omamori/modosu --by 福井\n\n"
    "例: omamori backup prove /mnt/nas/restic --all --scratch /dev/shm/modosu --postgres /dump/ehr.dump --query 'select count(*) > 0 from patients' --expect t",
    "Show by really restoring that a backup comes back, and keep a dated record. It restores only into the approved scratch place, compares, measures and "
    "wipes. With --sample each run takes another part, in turn. Ctrl-C stops it, and the next run goes on.\n\n"
    "Example: omamori backup prove /mnt/nas/restic --password-file pw --scratch /var/lib/omamori/scratch --by 'H. Fukui'\n\n"
    "Example: omamori backup prove /mnt/nas/restic --all --scratch /dev/shm/scratch --postgres /dump/ehr.dump "
    "--query 'select count(*) > 0 from patients' --expect t",
)
_DAY = len("2026-01-31")
_UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?(?:/s)?", re.IGNORECASE)


def bytes_of(text: str, option: str) -> int:
    """Return the bytes of `10GiB`, `500M` or `1000`; a usage error when it is none of these."""
    found = _SIZE.fullmatch(text.strip())
    size = int(float(found[1]) * _UNITS[found[2].upper()]) if found else 0
    if size <= 0:
        raise typer.BadParameter(f"{option}: 10GiB | 500MiB")
    return size


def share_of(text: str) -> float:
    """Return the share of `5%` or `0.05`; a usage error when it is none."""
    try:
        share = float(text.strip().removesuffix("%")) / (100 if text.strip().endswith("%") else 1)
    except ValueError:
        share = 0.0
    if not 0 < share <= 1:
        raise typer.BadParameter("--sample: 5% | 0.05")
    return share


def manifest(
    folder: Annotated[Path, typer.Argument(help=help_text("ハッシュを取るフォルダ", "folder to hash"))],
    out: Annotated[
        Path | None,
        typer.Option(help=help_text(f"書くファイル(なければフォルダの中の {NAME})", f"file to write; by default {NAME} in the folder")),
    ] = None,
    lang: Lang = None,
) -> int:
    """Write the list; 3 when some files could not be read."""
    screen = screen_for(lang)
    target = out or folder / NAME
    stopping = threading.Event()
    with interrupts(stopping), screen:
        made = make_manifest(folder, target, screen, stop=stopping)
    screen.line(Text(f"{target}: {made.files:,} ファイル", f"{target}: {made.files:,} files").say(screen.language), "green")
    if made.unreadable:
        screen.error(
            Text(
                f"{made.unreadable:,} 個は読めず、一覧に入っていません。管理者の権限で実行してください",
                f"{made.unreadable:,} could not be read and are not in the list: run it with administrator's rights",
            )
        )
        return NOT_FINISHED
    return DONE


def scratch(
    folder: Annotated[Path, typer.Argument(help=help_text("作業場所にするフォルダ(空)", "folder for it, empty"))],
    protection: Annotated[
        str,
        typer.Option(help=help_text("守り方: encrypted 暗号化, on-server このサーバの中, memory メモリ上", "encrypted, on-server, memory")),
    ],
    approved_by: Annotated[str, typer.Option(help=help_text("承認した人", "who approves"))],
    until: Annotated[str | None, typer.Option(help=help_text("期限(例 2027-03-31)", "last day, such as 2027-03-31"))] = None,
    site: SiteDir = Path("omamori-site"),
    lang: Lang = None,
) -> int:
    """Approve the folder and say what is seen of it."""
    screen = screen_for(lang)
    approval = approve_scratch(site, folder, protection, approved_by, _end_of(until))
    for text in approval.lines():
        screen.line(clean(text.say(screen.language)))
    return DONE


def _end_of(until: str | None) -> datetime | None:
    """Return the end of a day, or the moment where one is given."""
    moment = moment_of(until)
    return moment + timedelta(days=1, seconds=-1) if moment is not None and until is not None and len(until.strip()) == _DAY else moment


def prove_command(
    place: options.Place,
    scratch: options.Scratch,
    machine: options.Machine = "",
    job: options.Job = "",
    kind: options.KindOf = "",
    password_file: options.PasswordFile = None,
    generation: options.GenerationOf = "latest",
    sample: options.Sample = "5%",
    everything: options.Everything = False,
    manifest: options.Manifest = None,
    space: options.Space = None,
    rate: options.Rate = None,
    postgres: options.Postgres = "",
    query: options.Query = "",
    expect: options.Expect = None,
    min_rows: options.MinRows = None,
    by: options.By = "",
    out: options.Out = None,
    site: SiteDir = Path("omamori-site"),
    as_json: options.AsJson = False,
    lang: Lang = None,
) -> int:
    """Restore, compare, tell; 3 when it is not whole."""
    if (expect is not None or min_rows is not None) and not query:
        raise typer.BadParameter("--expect, --min-rows: --query SQL")
    request = ProveRequest(
        site=site,
        place=place,
        scratch=scratch,
        key=key_of(password_file),
        kind=kind,
        machine=machine.strip(),
        job=job.strip(),
        generation=generation,
        sample=None if everything else share_of(sample),
        manifest=manifest,
        space=bytes_of(space, "--space") if space else None,
        rate=bytes_of(rate, "--rate") if rate else None,
        dump=postgres,
        question=Question(query, expect, min_rows) if query else None,
        said_by=by.strip(),
    )
    screen = screen_for(lang, quiet=as_json)
    stopping = threading.Event()
    with interrupts(stopping), screen:
        proved = prove(request, screen, stop=stopping)
    return _show(screen, site, proved, out, as_json=as_json)


def _show(screen: Screen, site: Path, proved: Proved, out: Path | None, *, as_json: bool) -> int:
    proof = proved.proof
    projection = whole_picture(site, proof)
    zone = local_zone()
    parts = sections(proof, projection, proved.told, zone)
    page = write_page(out, proof, parts, screen.language, zone) if out is not None else None
    if as_json:
        screen.raw(json.dumps(proof_words(proof, projection, proved.told), ensure_ascii=False, indent=1))
    else:
        for section in parts:
            screen.line(f"■ {section.title.say(screen.language)}", "bold")
            for label, text in section.rows:
                words = clean(text.say(screen.language))
                screen.line(f"  {label.say(screen.language)}: {words}" if label else f"  ・{words}")
        if page is not None:
            screen.line(str(page), "green")
        screen.line(
            Text("記録は omamori check で判定に加わります", "omamori check takes the record into the judgement").say(screen.language), "dim"
        )
    if proved.broken is not None:
        screen.error(proved.broken)
    good = proof.result == "whole" and proof.wiped and (proof.database is None or proof.database.ok)
    return DONE if good else NOT_FINISHED


@contextmanager
def interrupts(stop: threading.Event) -> Iterator[None]:
    """Let the first Ctrl-C or request to end stop the work in order, so that the scratch place is wiped; the second ends the program."""

    def asked(_number: int, _frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, asked) for number in signals]
    try:
        yield
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)
