"""`omamori scan`: reads the approval, tells the plan, looks within it, and keeps what was found as evidence."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from omamori import __version__
from omamori.gate.knock import knock
from omamori.gate.knocked import Ended, Knocked
from omamori.model.gentle import GENTLE_PORTS
from omamori.model.permission import IpAddress
from omamori.model.text import Text
from omamori.parse.redact import redact_for
from omamori.parse.registry import parsers
from omamori.parse.scan import run as run_record
from omamori.parse.scan.approval import KIND as APPROVAL
from omamori.pipeline.clock import utc_now
from omamori.pipeline.error import UserError
from omamori.pipeline.observer import Observer
from omamori.pipeline.scan_named import ask_dicom, ask_servers
from omamori.pipeline.scan_prepare import Prepared
from omamori.scan.journal import Done, Journal, Record, knocked_json, moment_json, spans_text
from omamori.scan.plan import Plan, duration
from omamori.scan.stopping import heed, running
from omamori.snapshot.evidence import EvidenceStore, Item, Visit
from omamori.snapshot.site import Site

_SAY_AGAIN = 20.0
"""Seconds after which the time left is told anew."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """How a scan ended. `left`: addresses not ended with; `lost`: begun before a power cut and not asked again."""

    ended: Ended
    plan: Plan
    looked: int
    answered: int
    open_ports: int
    left: int
    lost: int
    seconds: float
    servers: int
    echoes: int
    missing: tuple[Text, ...]

    def as_json(self) -> Mapping[str, Any]:
        """The same for programs."""
        rest = {name: getattr(self, name) for name in self.__slots__ if name not in ("plan", "missing")}
        return rest | {"plan": self.plan.as_json(), "missing": [{"ja": text.ja, "en": text.en} for text in self.missing]}


def scan(site: Path, prepared: Prepared, observer: Observer, *, again: bool, stop: threading.Event) -> Scanned:
    """Look at what the approval allows and store what was found; a stop keeps what was found. Raises Refused, SiteError, UserError."""
    permission, file = prepared.permission, prepared.permission.file
    permission.check_time()
    place = Site(site).create()
    store = place.evidence
    with running(site):
        journal = Journal(site, file.digest)
        for record in journal.unstored():
            _keep_record(store, journal, record)
        _keep_approval(store, prepared)
        if again:
            journal.new_round()
        used, began = journal.used_seconds(), time.monotonic()
        if used >= file.minutes * 60:
            raise UserError(
                f"承認された {file.minutes} 分を使い切りました。続けるには新しい承認をもらってください",
                f"the {file.minutes} minutes of the approval are used up; to go on, get a new approval",
            )
        until = began + file.minutes * 60 - used
        try:
            return _look(site, prepared, journal, store, observer, stop, until)
        finally:
            journal.use(used + time.monotonic() - began)


def _look(
    site: Path, prepared: Prepared, journal: Journal, store: EvidenceStore, observer: Observer, stop: threading.Event, until: float
) -> Scanned:
    permission, done = prepared.permission, journal.done()
    began, clock = utc_now(), time.monotonic()
    name = f"{permission.file.digest[:8]}-{began:%Y%m%dT%H%M%SZ}"
    count = _Count(observer, prepared.plan.left, clock, lambda: heed(site, stop))
    with journal.begin(name) as record:
        record.write(_head(prepared, name, began, done))
        ended: Ended = "done"
        if permission.file.profile != "passive":
            observer.step(Text("ネットワークを調べています", "Looking at the network"))
            coming = done.left(permission.addresses())
            ended = knock(
                permission, coming, GENTLE_PORTS, stop=stop, until=until, tell=lambda one: _told(record, count, one), begun=record.begun,
                before=done.partly, idle=count.idle,
            )  # fmt: skip
        opened = done.open_ports | count.open
        missing: list[Text] = []
        servers = echoes = 0
        if ended == "done":
            watch = _watch(count.heed, stop)
            ended, servers, told = ask_servers(permission, opened, done, record, store, observer, stop=watch, until=until, scan=name)
            missing += told
        if ended == "done":
            ended, echoes, told = ask_dicom(permission, done, record, store, stop=_watch(count.heed, stop), until=until, scan=name)
            missing += told
        left = prepared.plan.left - count.looked
        record.write({"ended": moment_json(utc_now()), "why": ended, "finished": ended == "done" and not left, "left": left})
    _keep_record(store, journal, record.path)
    return Scanned(
        ended=ended,
        plan=prepared.plan,
        looked=count.looked,
        answered=count.answered,
        open_ports=sum(map(len, count.open.values())),
        left=left,
        lost=len(done.lost),
        seconds=round(time.monotonic() - clock, 1),
        servers=servers,
        echoes=echoes,
        missing=tuple(missing),
    )


def _watch(look: Callable[[], None], stop: threading.Event) -> threading.Event:
    """Heed the stop button also while another program runs."""

    def watching() -> None:
        while not stop.wait(0.2):
            look()

    threading.Thread(target=watching, daemon=True).start()
    return stop


class _Count:
    """Counts what comes in, and tells how far it is and how long it still takes."""

    def __init__(self, observer: Observer, total: int, began: float, look: Callable[[], None]) -> None:
        self._observer, self._total, self._began, self.heed = observer, total, began, look
        self.looked = self.answered = 0
        self.open: dict[IpAddress, tuple[int, ...]] = {}
        self._said = began

    def take(self, one: Knocked) -> None:
        """Count an address."""
        self.looked += one.whole
        self.answered += one.answer in run_record.ANSWERS
        ports = tuple(sorted(port for port, state in one.states.items() if state == "open"))
        if ports:
            self.open[one.address] = ports

    def idle(self) -> None:
        """Heed the stop button; tell how far it is."""
        self.heed()
        self._observer.progress(self.looked, self._total)
        now = time.monotonic()
        if now - self._said > _SAY_AGAIN and self.looked:
            self._said = now
            left = duration((now - self._began) / self.looked * (self._total - self.looked))
            self._observer.step(
                Text(
                    f"ネットワークを調べています: {self.looked}/{self._total}、応答 {self.answered}、残り約{left.ja}(Ctrl-C で止まり、続きから再開できます)",
                    f"Looking at the network: {self.looked} of {self._total}, {self.answered} answered, about {left.en} left (Ctrl-C stops; the next run goes on)",
                )
            )


def _told(record: Record, count: _Count, one: Knocked) -> None:
    if one.whole or one.asked:
        record.write(knocked_json(one))
    count.take(one)


def _head(prepared: Prepared, name: str, began: datetime, done: Done) -> Mapping[str, Any]:
    file = prepared.permission.file
    active = file.profile != "passive"
    return {
        "omamori": run_record.KIND,
        "format": run_record.FORMAT,
        "scan": name,
        "tool": f"omamori {__version__}",
        "began": moment_json(began),
        "profile": file.profile,
        "approval": file.identifier,
        # What this run asks: not what is left alone, nor what an earlier run ended with. Who is not asked has not failed to answer.
        "targets": spans_text(done.left(prepared.permission.addresses())) if active else "",
        "ports": run_record.write_ports(GENTLE_PORTS) if active else "",
        "connections_allowed": file.connections_per_port,
        "packets_per_second": file.packets_per_second,
        "payload_bytes": 0,
        "addresses": prepared.plan.addresses,
        "hands_off": prepared.plan.hands_off,
    }


def _keep_approval(store: EvidenceStore, prepared: Prepared) -> None:
    item = Item(kind=APPROVAL, data=prepared.data, seen=None, file_name=prepared.name)
    store.add(Visit(how="file", host="", started=None, version=""), [item], utc_now())


def _keep_record(store: EvidenceStore, journal: Journal, path: Path) -> None:
    """Store the record of a run; also of one that was cut off, when it is found by the next."""
    data = path.read_bytes()
    seen = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None, microsecond=0)
    item = Item(kind=run_record.KIND, data=redact_for(parsers()[run_record.KIND], data).data, seen=seen, file_name=path.name)
    store.add(Visit(how="file", host="", started=None, version=__version__), [item], utc_now())
    journal.stored(path)
