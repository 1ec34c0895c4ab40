"""The lab hospital as a whole: up with its papers, its state, a program inside it, and down again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from omamori import __version__
from omamori.collect.linux.script import collection_script
from omamori.gate.attached import run_attached
from omamori.gate.process import run
from omamori.lab.description import Shape
from omamori.lab.down import take_down
from omamori.lab.fields import LabError
from omamori.lab.inside import enter, on_the_network_of
from omamori.lab.needs import need_root
from omamori.lab.papers import approval, ssh_targets
from omamori.lab.reader import built_in
from omamori.lab.serving import ports_of
from omamori.lab.state import LABS, load, names
from omamori.lab.status import HostStatus as HostStatus
from omamori.lab.status import LineStatus, status_of
from omamori.lab.up import Listener, bring_up
from omamori.model.text import Language, Text
from omamori.pipeline.error import UserError
from omamori.pipeline.lab_ledger import STATES, ledger_rows
from omamori.pipeline.observer import Observer
from omamori.report.ledger import ledger_bytes
from omamori.snapshot.files import write_whole

_KIT = 300.0
"""Seconds the kit may take."""


@dataclass(frozen=True, slots=True)
class LabPapers:
    """A lab that stands and what lies in its folder: its files, the host to scan from, whom to collect from over SSH."""

    name: str
    shape: Shape
    hosts: int
    folder: Path
    approval: Path
    ledger: Path
    key: Path
    known_hosts: Path
    scanner: str
    ssh: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabStatus:
    """What of a lab is up."""

    name: str
    shape: Shape
    folder: Path
    hosts: tuple[HostStatus, ...]
    lines: tuple[LineStatus, ...]

    @property
    def all_up(self) -> bool:
        """Whether every host, service and line is."""
        return all(one.up and all(service.up for service in one.services) for one in self.hosts) and all(one.up for one in self.lines)


def lab_up(name: str, shape: Shape, now: datetime, language: Language, observer: Observer, labs: Path = LABS) -> LabPapers:
    """Bring a lab up and write its papers into its folder. Raises LabError; nothing is left then."""
    hospital = built_in(shape)
    state, access = bring_up(hospital, name, Listener(observer.step, observer.progress), labs)
    try:
        observer.step(Text("台帳と承認書を書いています", "Writing the ledger and the approval"))
        papers = LabPapers(
            name=name,
            shape=shape,
            hosts=len(hospital.hosts),
            folder=state.folder,
            approval=state.folder / "approval.yaml",
            ledger=state.folder / "ledger.xlsx",
            key=access.key,
            known_hosts=access.known_hosts,
            scanner=hospital.scanner().id,
            ssh=tuple(ssh_targets(hospital, ports_of(hospital))),
        )
        write_whole(papers.approval, approval(hospital, now, language).encode())
        designed = built_in("healthy")
        rows = ledger_rows(hospital, designed, ports_of(designed), language)
        write_whole(papers.ledger, ledger_bytes(language, rows=rows, states=STATES))
    except BaseException:
        take_down(state)
        raise
    return papers


def lab_down(name: str | None, labs: Path = LABS) -> list[str]:
    """Take a lab down, or all of them where no name is given; returns their names."""
    need_root()
    chosen = names(labs) if name is None else [name]
    for one in chosen:
        take_down(load(one, labs))
    return chosen


def lab_names(labs: Path = LABS) -> list[str]:
    """Return the labs there are."""
    need_root()
    return names(labs)


def lab_status(name: str, labs: Path = LABS) -> LabStatus:
    """Return what of a lab is up."""
    need_root()
    state = load(name, labs)
    hosts, lines = status_of(built_in(state.shape), state)
    return LabStatus(name, state.shape, state.folder, hosts, lines)


def lab_look(name: str, host: str, labs: Path = LABS) -> bytes:
    """Run the collection kit inside a host, as somebody who stands before it would, and return its result. UserError when it did not end well."""
    need_root()
    script = collection_script(__version__, date.today().isoformat())
    done = run([*enter(load(name, labs).holders[host], ["sh", "-s", "--", "-"])], input=script, timeout=_KIT)
    if done.exit_code != 0:
        said = done.stderr.decode("utf-8", "replace").strip()[-300:]
        raise UserError(f"機器 {host} のキットが終わりませんでした: {said}", f"the kit on {host} did not end: {said}")
    return done.stdout


def lab_run(name: str, host: str, argv: Sequence[str], *, inside: bool, labs: Path = LABS) -> int:
    """Run a program from where a host stands; returns its exit code.

    It has the host's network and the files of this machine, so that what it writes is found afterwards; `inside`: it has the
    host's processes, name, /run and /tmp as well.
    """
    need_root()
    state = load(name, labs)
    holder = state.holders.get(host)
    if holder is None:
        known = " ".join(state.holders) or "-"
        raise LabError(
            f"ラボ「{name}」に機器 {host} はありません。あるもの: {known}", f"the lab {name} has no host {host}; there are {known}"
        )
    return run_attached(enter(holder, argv) if inside else on_the_network_of(state.namespaces[host], argv))
