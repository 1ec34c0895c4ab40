"""`omamori scan`: reads the approval, tells the plan, looks within it, and keeps what was found as evidence."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from omamori import __version__
from omamori.gate.approval import Permission, permit
from omamori.gate.knock import Ended, Knocked, knock
from omamori.gate.nmap import find_nmap, no_nmap, ports_to_probe, probe_arguments
from omamori.model.gentle import GENTLE_PORTS
from omamori.model.permission import IpAddress, Mistake, SiteFacts
from omamori.model.text import Language, Text
from omamori.parse.interface import EvidenceError
from omamori.parse.lined_yaml import LARGEST
from omamori.parse.redact import redact_for
from omamori.parse.registry import parsers
from omamori.parse.scan import run as run_record
from omamori.parse.scan.approval import KIND as APPROVAL
from omamori.parse.scan.approval import read_approval
from omamori.pipeline.clock import local_zone, utc_now
from omamori.pipeline.error import UserError
from omamori.pipeline.newest import read_newest
from omamori.pipeline.observer import Observer
from omamori.pipeline.scan_named import ask_dicom, ask_servers
from omamori.scan.draft import Filling, draft, known_for_draft
from omamori.scan.facts import site_facts
from omamori.scan.journal import Done, Journal, Record, knocked_json, moment_json
from omamori.scan.passive import Known, known_so_far
from omamori.scan.plan import Plan, duration, plan
from omamori.scan.stopping import heed, running
from omamori.snapshot.evidence import EvidenceStore, Item, Visit
from omamori.snapshot.manifest import snapshots
from omamori.snapshot.site import Site

_SAY_AGAIN = 20.0
"""Seconds after which the time left is told anew."""


class ApprovalRefused(UserError):
    """The approval does not stand: every reason is in `mistakes`."""

    def __init__(self, name: str, mistakes: tuple[Mistake, ...]) -> None:
        """`name` is the file's."""
        self.mistakes = mistakes
        super().__init__(
            f"{name}: 直すところが {len(mistakes)} か所あります。何も送っていません",
            f"{name}: {len(mistakes)} things to put right; nothing was sent",
        )


@dataclass(frozen=True, slots=True)
class Prepared:
    """An approval that stands, and what it would send."""

    data: bytes
    permission: Permission
    facts: SiteFacts
    told: tuple[Text, ...]
    plan: Plan
    done: Done
    name: str

    @property
    def where_else(self) -> tuple[Text, ...]:
        """What a person can type on a machine that has nmap, where this one has none."""
        if self.permission.file.profile != "servers" or find_nmap() is not None:
            return ()
        commands = [
            " ".join(["nmap", *probe_arguments(self.permission, address, ports_to_probe(GENTLE_PORTS), administrator=False)])
            for address in self.permission.servers[:20]
        ]
        lines = [no_nmap().text, Text("打ち込む行:", "what to type there:")]
        return (*lines, *(Text(f"  {one} > {number}.xml", f"  {one} > {number}.xml") for number, one in enumerate(commands, 1)))


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


def prepare_scan(site: Path, approval: Path, *, again: bool = False) -> Prepared:
    """Read an approval and say what it would send; nothing is sent. Raises ApprovalRefused with every mistake, UserError, OSError."""
    with approval.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    try:
        data = redact_for(parsers()[APPROVAL], data).data
    except EvidenceError as error:
        raise UserError(f"{approval.name}: {error.text.ja}", f"{approval.name}: {error.text.en}") from error
    file, mistakes = read_approval(data)
    if file is None or mistakes:
        raise ApprovalRefused(approval.name, mistakes)
    facts = _facts(site)
    permission, mistakes, told = permit(file, facts)
    if permission is None:
        raise ApprovalRefused(approval.name, mistakes)
    done = Done() if again else Journal(site, file.digest).done()
    left = sum(address not in done.whole and address not in done.lost for address in permission.addresses())
    return Prepared(data, permission, facts, told, plan(permission, facts, left), done, approval.name)


def write_draft(site: Path, path: Path, language: Language) -> Path:
    """Write an approval to fill in; a file that is there is not overwritten (UserError)."""
    known = read_newest(site, known_for_draft)[1] if _judged(site) else Filling()
    try:
        with path.open("x", encoding="utf-8-sig", newline="\r\n") as stream:
            stream.write(draft(known, language, utc_now(), local_zone()))
    except FileExistsError:
        raise UserError(f"{path} はすでにあります。別の名前にしてください", f"{path} is there already: choose another name") from None
    return path


def known_passively(site: Path, permission: Permission) -> Known:
    """Return what is known without a packet, within the ranges of the approval. Raises UserError where nothing was judged yet."""
    within = permission.allows if permission.count else None
    return read_newest(site, lambda database: known_so_far(database, within))[1]


def _facts(site: Path) -> SiteFacts:
    if not _judged(site):
        return SiteFacts()
    return read_newest(site, lambda database: site_facts(database, "newest"))[1]


def _judged(site: Path) -> bool:
    return any(snapshot.tables.exists() for snapshot in snapshots(Site(site)))


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
        record.write(_head(prepared, name, began))
        ended: Ended = "done"
        if permission.file.profile != "passive":
            observer.step(Text("ネットワークを調べています", "Looking at the network"))
            coming = (address for address in permission.addresses() if address not in done.whole and address not in done.lost)
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
            ended, echoes, told = ask_dicom(permission, done, record, store, stop=stop, scan=name)
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


def _head(prepared: Prepared, name: str, began: datetime) -> Mapping[str, Any]:
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
        "targets": " ".join(span.text for span, _ in file.ranges + file.own_public),
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


def reasons(mistakes: tuple[Mistake, ...], language: Language) -> Iterator[str]:
    """Yield every mistake of an approval, with its line."""
    for one in mistakes:
        place = Text(f"{one.line}行目: ", f"line {one.line}: ") if one.line else Text("", "")
        yield place.say(language) + one.text.say(language)
