"""`papers`: from the newest judgement to the papers the workbook already answers, as PDF and to edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from pathlib import Path

from omamori.knowledge.editions import edition_for
from omamori.model.text import Language, Text
from omamori.pipeline.clock import local_zone
from omamori.pipeline.error import UserError
from omamori.pipeline.isolate_paper import prepared_cuts
from omamori.pipeline.newest import read_newest
from omamori.pipeline.observer import Observer
from omamori.pipeline.writing import need_paper
from omamori.report.moments import plain_utc
from omamori.report.paper.declared import Declared, read_declared
from omamori.report.paper.papers import FILES, PAPERS, build, paper_data, render_paper
from omamori.report.paper.render import PaperError
from omamori.report.paper.word import render_word
from omamori.snapshot.files import private_folder, write_whole
from omamori.snapshot.manifest import Snapshot

NAMES = tuple(PAPERS)
FORMATS = ("pdf", "docx")


@dataclass(frozen=True, slots=True)
class PapersRequest:
    """Whose papers, which of `NAMES`, in which of `FORMATS`, and where they go."""

    site: Path
    out: Path
    language: Language
    names: tuple[str, ...] = NAMES
    formats: tuple[str, ...] = FORMATS
    zone: tzinfo = field(default_factory=local_zone)


def write_papers(request: PapersRequest, observer: Observer) -> tuple[Path, ...]:
    """Write the papers, each whole, readable by its owner only; returns the files. Raises `UserError`.

    A file that is there already is never replaced: somebody may have worked in it.
    """
    if "pdf" in request.formats:
        need_paper(("pdf",))
    paths = [
        (name, form, request.out / f"{FILES[name].say(request.language)}.{form}") for name in request.names for form in request.formats
    ]
    _refuse_existing([path for _, _, path in paths])
    observer.step(Text("書類の下書きを書いています", "Writing the drafts"))
    snapshot, declared = read_newest(request.site, read_declared)
    if "day" in request.names:
        # What the devices' configurations tell of cutting stands beside the ledger's cables.
        declared = replace(declared, prepared=prepared_cuts(request.site))
    private_folder(request.out)
    for name, form, path in paths:
        write_whole(path, _content(name, form, declared, snapshot, request))
    return tuple(path for _, _, path in paths)


def _refuse_existing(paths: Sequence[Path]) -> None:
    for path in paths:
        if path.exists():
            raise UserError(
                f"「{path}」はすでにあります。書き込みがあるかもしれないので置き換えません。--out で別の場所を指定してください",
                f"{path} is there already and may hold somebody's work: choose another place with --out",
            )


def _content(name: str, form: str, declared: Declared, snapshot: Snapshot, request: PapersRequest) -> bytes:
    moment = plain_utc(snapshot.manifest.moment)
    # The edition of the day as the hospital counts days.
    choice = edition_for("checklist", "hospital", moment.replace(tzinfo=UTC).astimezone(request.zone).date())
    paper = build(name, declared, snapshot.id, moment, request.zone, choice)
    data = paper_data(paper, declared, moment, request.zone, request.language)
    try:
        if form == "docx":
            return render_word(data, request.language, moment)
        return render_paper(data, request.language, moment)
    except PaperError as error:
        raise UserError(error.text.ja, error.text.en) from error
