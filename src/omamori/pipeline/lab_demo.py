"""The whole job on the lab hospital in one command: up, ledger, collect over SSH, scan, judge and report, down again."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from omamori.gate.attached import run_attached
from omamori.lab.description import Shape
from omamori.model.text import Language, Text
from omamori.pipeline.error import UserError
from omamori.pipeline.lab import LabPapers, lab_down, lab_run, lab_up
from omamori.pipeline.observer import Observer

_STOPPED = 128
"""An exit code above is that of a program a signal ended."""


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
class DemoStep:
    """One command a person would type: what it is for, its words after `omamori`, and whether it is run where the scanner stands."""

    text: Text
    words: tuple[str, ...]
    from_scanner: bool = False


@dataclass(frozen=True, slots=True)
class Took:
    """How long a part of the demonstration took."""

    text: Text
    seconds: float


def demo_steps(request: DemoRequest, papers: LabPapers) -> tuple[DemoStep, ...]:
    """Return what is done between up and down, in order."""
    site = ("--site", str(request.site))
    hosts = tuple(word for target in papers.ssh for word in ("--ssh", target))
    login = ("--key", str(papers.key), "--known-hosts", str(papers.known_hosts))
    return (
        DemoStep(Text("台帳を取り込む", "Take in the ledger"), ("import", str(papers.ledger), *site)),
        DemoStep(
            Text(f"SSHで {len(papers.ssh)} 台を調べる", f"Look at {len(papers.ssh)} machines over SSH"),
            ("collect", *hosts, *login, *site),
            True,
        ),
        DemoStep(Text("承認書の範囲でスキャンする", "Scan within the approval"), ("scan", "--approval", str(papers.approval), *site), True),
        DemoStep(Text("判定して報告書を書く", "Judge and write the report"), ("check", "--out", str(request.report), *site)),
    )


def run_demo(request: DemoRequest, watch: Callable[[], AbstractContextManager[Observer]], tell: Callable[[Text], None]) -> list[Took]:
    """Run the demonstration and return how long each part took; the lab is taken down however it ends.

    In: `watch` opens the display of progress for what is done here; the commands between have the terminal for themselves.
    `tell` is given the heading of each part. Raises UserError when a command could not finish, LabError when there can be no lab.
    """
    took = []
    tell(Text("ラボの病院を作る", "Bring the lab hospital up"))
    began = time.monotonic()
    with watch() as observer:
        papers = lab_up(request.name, request.shape, request.now, request.language, observer)
    took.append(Took(Text("ラボの病院を作る", "Bring the lab hospital up"), time.monotonic() - began))
    try:
        for step in demo_steps(request, papers):
            tell(step.text)
            began = time.monotonic()
            _run(request, papers, step)
            took.append(Took(step.text, time.monotonic() - began))
    finally:
        tell(Text("ラボを片付ける", "Take the lab down"))
        began = time.monotonic()
        lab_down(request.name)
    took.append(Took(Text("ラボを片付ける", "Take the lab down"), time.monotonic() - began))
    return took


def _run(request: DemoRequest, papers: LabPapers, step: DemoStep) -> None:
    argv = [sys.executable, "-P", "-m", "omamori", *step.words, "--lang", request.language]
    code = lab_run(request.name, papers.scanner, argv, inside=False) if step.from_scanner else run_attached(argv)
    if code > _STOPPED:
        raise KeyboardInterrupt
    if code != 0:
        command = f"omamori {step.words[0]}"
        raise UserError(
            f"「{step.text.ja}」が終わりませんでした({command}、終了コード {code})。理由は上の行にあります",
            f"“{step.text.en}” could not finish ({command}, exit code {code}); the lines above say why",
        )
