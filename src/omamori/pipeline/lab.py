"""The lab hospital as a whole: up with its papers, its state, and down again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from omamori.lab.description import Shape
from omamori.lab.down import take_down
from omamori.lab.fields import LabError
from omamori.lab.needs import need_root
from omamori.lab.papers import approval, ssh_targets
from omamori.lab.reader import built_in
from omamori.lab.serving import ports_of
from omamori.lab.state import LABS, State, load, names
from omamori.lab.up import Listener, bring_up
from omamori.model.text import Language, Text
from omamori.pipeline.lab_ledger import STATES, ledger_rows
from omamori.pipeline.observer import Observer
from omamori.report.ledger import ledger_bytes
from omamori.snapshot.files import write_whole


@dataclass(frozen=True, slots=True)
class LabPapers:
    """What lies in the folder of a lab for those who look at its hospital: the files, where to stand, whom to collect from."""

    approval: Path
    ledger: Path
    key: Path
    known_hosts: Path
    scanner: str
    ssh: tuple[str, ...]


def lab_up(name: str, shape: Shape, now: datetime, language: Language, observer: Observer, labs: Path = LABS) -> tuple[State, LabPapers]:
    """Bring a lab up and write its papers into its folder. Raises LabError; nothing is left then."""
    hospital = built_in(shape)
    state, access = bring_up(hospital, name, Listener(observer.step, observer.progress), labs)
    try:
        observer.step(Text("台帳と承認書を書いています", "Writing the ledger and the approval"))
        papers = LabPapers(
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
    return state, papers


def lab_down(name: str | None, labs: Path = LABS) -> list[str]:
    """Take a lab down, or all of them where no name is given; returns their names."""
    need_root()
    chosen = names(labs) if name is None else [name]
    for one in chosen:
        take_down(load(one, labs))
    return chosen


def namespace_of(name: str, host: str, labs: Path = LABS) -> tuple[State, str]:
    """Return the state of a lab and the namespace of one of its hosts; LabError names the hosts when there is no such."""
    need_root()
    state = load(name, labs)
    if host not in state.namespaces:
        known = " ".join(state.namespaces)
        raise LabError(f"ラボ「{name}」に機器 {host} はありません。あるもの: {known}", f"the lab {name} has no host {host}; there are {known}")
    return state, state.namespaces[host]
