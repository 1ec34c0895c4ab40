"""The whole job on the lab hospital in one command: up, ledger, collect over SSH, scan, judge and report, down again."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from omamori.lab.description import Shape
from omamori.lab.kept import Kept, kept_backup
from omamori.lab.reader import built_in
from omamori.model.text import Language, Text
from omamori.pipeline.check import CheckRequest, CheckResult, run_check
from omamori.pipeline.error import UserError
from omamori.pipeline.gather import take_in
from omamori.pipeline.lab import LabPapers, lab_down, lab_look, lab_run, lab_up
from omamori.pipeline.lab_ledger import JOB
from omamori.pipeline.observer import Observer
from omamori.snapshot.files import write_whole

_STOPPED = 128
"""An exit code above is that of a program a signal ended."""

Watch = Callable[[], AbstractContextManager[Observer]]


@dataclass(frozen=True, slots=True)
class DemoRequest:
    """What to show: the shape, a name for the lab, the folder for site and report, the moment and the language."""

    shape: Shape
    name: str
    out: Path
    now: datetime
    language: Language

    @property
    def site(self) -> Path:
        """The folder of the hospital's site."""
        return self.out / self.shape / "site"

    @property
    def report(self) -> Path:
        """The folder of the report."""
        return self.out / self.shape / "report"


@dataclass(frozen=True, slots=True)
class DemoResult:
    """How long each part took, in seconds, and what was judged in the end."""

    took: tuple[tuple[Text, float], ...]
    check: CheckResult


@dataclass(slots=True)
class _Clock:
    """Tells what is done and how long it took."""

    tell: Callable[[Text], None]
    took: list[tuple[Text, float]]

    @contextmanager
    def part(self, ja: str, en: str) -> Iterator[None]:
        text = Text(ja, en)
        self.tell(text)
        began = time.monotonic()
        yield
        self.took.append((text, time.monotonic() - began))


def run_demo(request: DemoRequest, watch: Watch, tell: Callable[[Text], None]) -> DemoResult:
    """Run the demonstration; the lab is taken down however it ends.

    In: `watch` opens the display of progress; what is run from the scanner's place has the terminal for itself. `tell` is given
    the heading of each part. Raises UserError when a part could not finish, LabError when there can be no lab.
    """
    clock = _Clock(tell, [])
    with clock.part("ラボの病院を作る", "Bring the lab hospital up"), watch() as observer:
        papers = lab_up(request.name, request.shape, request.now, request.language, observer)
    try:
        check = _between(request, papers, clock, watch)
    finally:
        with clock.part("ラボを片付ける", "Take the lab down"):
            lab_down(request.name)
    return DemoResult(tuple(clock.took), check)


def collect_words(request: DemoRequest, papers: LabPapers) -> list[str]:
    """Return what a person would type to look at the machines over SSH."""
    hosts = [word for target in papers.ssh for word in ("--ssh", target)]
    return ["collect", *hosts, "--key", str(papers.key), "--known-hosts", str(papers.known_hosts), "--site", str(request.site)]


def scan_words(request: DemoRequest, papers: LabPapers) -> list[str]:
    """Return what a person would type to scan."""
    return ["scan", "--approval", str(papers.approval), "--site", str(request.site)]


def verify_words(request: DemoRequest, papers: LabPapers, kept: Kept) -> list[str]:
    """Return what a person would type beside the backup server to read its repository."""
    named = ["--machine", kept.machine.name.say(request.language), "--job", JOB.say(request.language), "--kept-on", kept.keeper.id]
    return ["backup", "verify", kept.place, *named, "--password-file", str(papers.folder / kept.password), "--site", str(request.site)]


def kept_logs(papers: LabPapers) -> list[Path]:
    """Return the logs of firewalls that the lab's log server has, by sender; none where the hospital keeps none."""
    return sorted(papers.folder.glob("hosts/*/syslog/*.log"))


def _between(request: DemoRequest, papers: LabPapers, clock: _Clock, watch: Watch) -> CheckResult:
    """What a hospital does: the ledger, the machines it may log in to, the network, the report."""
    with clock.part("台帳を取り込む", "Take in the ledger"), watch() as observer:
        take_in(request.site, [papers.ledger], observer)
    with clock.part(f"SSHで{len(papers.ssh)}台を調べる", f"Look at {len(papers.ssh)} machines over SSH"):
        _from_scanner(request, papers, collect_words(request, papers))
    # A scan holds its approval against what the site knows to be medical or not the hospital's: that is what was judged.
    with clock.part("ここまでを判定する", "Judge what is known so far"), watch() as observer:
        _check(request, observer, request.report / "before-the-scan", ("json",))
    with clock.part("承認書の範囲でスキャンする", "Scan within the approval"):
        _from_scanner(request, papers, scan_words(request, papers))
    logs = kept_logs(papers)
    if logs:
        with (
            clock.part("ログサーバのファイアウォールの記録を取り込む", "Take in what the log server has of the firewalls"),
            watch() as observer,
        ):
            take_in(request.site, logs, observer)
    kept = kept_backup(built_in(request.shape))
    if kept is not None:
        with clock.part("バックアップサーバを見て、控えを読む", "Look at the backup server and read what it keeps"):
            _read_backup(request, papers, kept, watch)
    with clock.part("判定して報告書を書く", "Judge and write the report"), watch() as observer:
        return _check(request, observer, request.report, ("html", "json", "xlsx"))


def _read_backup(request: DemoRequest, papers: LabPapers, kept: Kept, watch: Watch) -> None:
    """Nobody reaches the backup server over the network where it is well kept: somebody goes there, runs the kit and reads the repository."""
    result = request.out / request.shape / f"{kept.keeper.id}.kit"
    write_whole(result, lab_look(request.name, kept.keeper.id))
    with watch() as observer:
        take_in(request.site, [result], observer)
    _from_place(request, kept.keeper.id, verify_words(request, papers, kept))


def _check(request: DemoRequest, observer: Observer, out: Path, formats: tuple[str, ...]) -> CheckResult:
    return run_check(CheckRequest(site=request.site, out=out, language=request.language, formats=formats), observer)


def _from_scanner(request: DemoRequest, papers: LabPapers, words: Sequence[str]) -> None:
    _from_place(request, papers.scanner, words)


def _from_place(request: DemoRequest, host: str, words: Sequence[str]) -> None:
    argv = [sys.executable, "-P", "-m", "omamori", *words, "--lang", request.language]
    code = lab_run(request.name, host, argv, inside=False)
    if code > _STOPPED:
        raise KeyboardInterrupt
    if code != 0:
        command = f"omamori {' '.join(words[:2])}" if words[0] == "backup" else f"omamori {words[0]}"
        raise UserError(
            f"{command} が終わりませんでした(終了コード {code})。理由は上の行にあります",
            f"{command} could not finish (exit code {code}); the lines above say why",
        )
