"""`omamori menu`: the few things most people do, by number, in plain words. omamori.cmd of the portable edition opens it."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from omamori import __version__
from omamori.cli.check import show_result
from omamori.cli.checklist import show_sheet
from omamori.cli.errors import TOLD, line_of
from omamori.cli.evidence import show_outcomes
from omamori.cli.language import help_text, language_of
from omamori.cli.options import Lang, SiteDir, screen_for
from omamori.cli.places import unused
from omamori.cli.screen import DONE, Screen
from omamori.gate.browser import show_file
from omamori.model.text import Text
from omamori.pipeline.check import CheckRequest, CheckResult, run_check
from omamori.pipeline.checklist import SheetRequest, make_sheet, write_sheet_file
from omamori.pipeline.example import run_example
from omamori.pipeline.gather import make_kit, take_in
from omamori.pipeline.ledger import export_ledger, new_ledger
from omamori.snapshot.manifest import snapshots
from omamori.snapshot.site import Site

HELP = help_text(
    "番号で選ぶメニューを開きます(日本語。英語は --lang en)。番号か言葉を渡すと、それだけをします。\n\n例: omamori menu import ./kit",
    "Open a menu to choose from by number (Japanese; --lang en for English). Given a number or word, do only that.\n\n"
    "Example: omamori menu import ./kit",
)


@dataclass(frozen=True, slots=True)
class Work:
    """One choice to carry out: where the site is, what was named, and whether to open what is made. `ask` None: nobody answers."""

    screen: Screen
    site: Path
    paths: tuple[Path, ...]
    show: bool
    ask: Callable[[Text], str | None] | None

    def open(self, path: Path) -> None:
        """Open a file for the person, if wanted."""
        if self.show:
            show_file(path)


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the menu."""

    number: str
    word: str
    title: Text
    hint: Text
    run: Callable[[Work], int]


def menu(
    choice: Annotated[
        str | None,
        typer.Argument(help=help_text("番号か言葉(example, import, check, ledger, kit, checklist)", "number or word (example, import, …)")),
    ] = None,
    paths: Annotated[list[Path] | None, typer.Argument(help=help_text("そのためのファイルやフォルダ", "files or folders for it"))] = None,
    site: SiteDir = Path("omamori-site"),
    lang: Lang = None,
    no_open: Annotated[bool, typer.Option("--no-open", help=help_text("できたものを開かない", "do not open what was made"))] = False,
    stay: Annotated[bool, typer.Option("--stay", help=help_text("その後メニューを開く", "open the menu afterwards"))] = False,
) -> int:
    """Carry out one choice, or ask until the person ends it; returns the exit code."""
    asked = lang or language_of({"OMAMORI_LANG": os.environ.get("OMAMORI_LANG") or "ja"})
    screen = screen_for(asked)
    place = site.absolute()
    if choice is not None:
        chosen = find(choice)
        if chosen is None:
            raise typer.BadParameter(", ".join(one.word for one in CHOICES))
        work = Work(screen, place, tuple(paths or ()), not no_open, screen.ask if stay else None)
        if not stay:
            return chosen.run(work)
        _attempt(chosen, work)
    return _loop(Work(screen, place, (), not no_open, screen.ask))


def _loop(work: Work) -> int:
    screen = work.screen
    while True:
        screen.line("")
        screen.line(Text(f"お守り {__version__}", f"Omamori {__version__}").say(screen.language), "bold")
        screen.line(
            Text(f"サイト(集めた情報と報告書): {work.site}", f"site (what was collected, reports): {work.site}").say(screen.language)
        )
        for one in CHOICES:
            screen.line(f"  {one.number}  {one.title.say(screen.language)}  {one.hint.say(screen.language)}".rstrip())
        typed = screen.ask(Text("番号を入れて Enter:", "Number, then Enter:"))
        if typed is None:
            return DONE
        chosen = find(typed)
        if chosen is None:
            if typed.strip():
                screen.error(Text("0 から 6 の番号を入れてください", "type a number from 0 to 6"))
        elif chosen.number == END:
            return DONE
        else:
            _attempt(chosen, work)


def _attempt(chosen: Choice, work: Work) -> None:
    """Carry out a choice; what goes wrong is one line, and the menu goes on."""
    try:
        chosen.run(work)
    except TOLD as error:
        work.screen.error(line_of(error))


def _example(work: Work) -> int:
    with work.screen:
        result = run_example(_folder(work, "omamori-example"), work.screen.language, work.screen)
    return _shown(work, result)


def _import(work: Work) -> int:
    paths = work.paths
    if not paths and work.ask is not None:
        paths = paths_in(
            work.ask(Text("取り込むファイルかフォルダ(ここへドラッグして Enter):", "File or folder (drag it here, then Enter):")) or ""
        )
    if not paths:
        work.screen.error(Text("取り込むものがありません", "nothing to take in"))
        return DONE
    with work.screen:
        outcomes = take_in(work.site, paths, work.screen)
    return show_outcomes(work.screen, outcomes)


def _check(work: Work) -> int:
    with work.screen:
        result = run_check(CheckRequest(site=work.site, out=None, language=work.screen.language), work.screen)
    return _shown(work, result)


def _ledger(work: Work) -> int:
    path = work.paths[0] if work.paths else unused(work.site.parent / "daicho.xlsx")
    with work.screen:
        # After the first judgement the workbook comes filled with what is known; before, empty.
        if any(one.tables.exists() for one in snapshots(Site(work.site))):
            export_ledger(work.site, path, work.screen.language, work.screen, replace=False)
        else:
            new_ledger(path, work.screen.language, source=None, mapping={}, replace=False)
    work.screen.line(Text(f"台帳: {path}", f"ledger: {path}").say(work.screen.language), "green")
    work.screen.line(
        Text("記入して保存したら「2 取り込み」で取り込みます", "Fill it in, save it, then take it in with 2").say(work.screen.language)
    )
    work.open(path)
    return DONE


def _kit(work: Work) -> int:
    for path in make_kit(_folder(work, "omamori-kit"), site=work.site):
        work.screen.line(str(path), "green")
    work.screen.line(
        Text(
            "このフォルダを調べる機器へ運び、README.txt のとおりに動かします", "Carry this folder to the machines; README.txt says how"
        ).say(work.screen.language)
    )
    return DONE


def _checklist(work: Work) -> int:
    path = work.paths[0] if work.paths else unused(work.site.parent / "checklist.xlsx")
    request = SheetRequest(site=work.site)
    with work.screen:
        sheet = make_sheet(request, work.screen)
        write_sheet_file(sheet, path, work.screen.language, request.zone, replace_it=False)
    show_sheet(work.screen, sheet, path)
    work.open(path)
    return DONE


def _end(_: Work) -> int:
    return DONE


def _shown(work: Work, result: CheckResult) -> int:
    show_result(work.screen, result)
    for path in result.files:
        if path.suffix == ".html":
            work.open(path)
    return DONE


def _folder(work: Work, name: str) -> Path:
    """Return the folder named, else one beside the site."""
    return work.paths[0] if work.paths else work.site.parent / name


END = "0"
_NONE = Text("", "")
CHOICES: Sequence[Choice] = (
    Choice("1", "example", Text("見本を見る", "See an example"), Text("架空の病院の報告書", "report of a fictional hospital"), _example),
    Choice(
        "2",
        "import",
        Text("取り込み", "Take in"),
        Text("収集結果、手で打った出力、台帳、チェックリスト", "kit results, typed output, ledgers, checklists"),
        _import,
    ),
    Choice("3", "check", Text("判定と報告書", "Judge and report"), _NONE, _check),
    Choice("4", "ledger", Text("台帳", "Ledger"), Text("記入用のExcelを作る", "make the Excel workbook to fill in"), _ledger),
    Choice("5", "kit", Text("キット作成", "Make a kit"), Text("調べる機器へ運ぶ道具", "what is carried to other machines"), _kit),
    Choice(
        "6",
        "checklist",
        Text("チェックリスト", "Checklist"),
        Text("厚生労働省のチェックリストの下書き", "draft of the ministry's checklist"),
        _checklist,
    ),
    Choice(END, "end", Text("終わり", "End"), _NONE, _end),
)


def find(typed: str) -> Choice | None:
    """Return the choice a person means: its number (full width too), its word, or its title."""
    said = unicodedata.normalize("NFKC", typed).strip().lower()
    for one in CHOICES:
        if said in (one.number, one.word, one.title.ja, one.title.en.lower()):
            return one
    return None


_QUOTED = re.compile(r'"([^"]+)"|\'([^\']+)\'|([^\s"\']+)')


def paths_in(typed: str) -> tuple[Path, ...]:
    """Return the paths a person typed or dragged: with quotes or without, one or several."""
    text = typed.strip().removeprefix("& ")
    if not text:
        return ()
    if not text.startswith(('"', "'")):
        return (Path(text),)  # typed by hand: a blank belongs to the name
    return tuple(Path(next(part for part in found if part)) for found in _QUOTED.findall(text))
