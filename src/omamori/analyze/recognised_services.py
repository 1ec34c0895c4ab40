"""Fills `recognised_services`: what each machine offers to others, and how sure that is.

Of one port the surest sign counts: a DICOM C-ECHO it accepted, the program the machine itself names, the ledger, what answered a
scan, the number. What the number or an answer says stays "probably".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from omamori.analyze.coverage import NEVER, Coverage, Input, derived_look
from omamori.analyze.differences import ports_of
from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.service_signs import by_answer, by_number, by_program, is_ss_mix, said_by_ledger
from omamori.model.gentle import GENTLE_PORTS
from omamori.model.recognised import RecognisedService
from omamori.snapshot.database import Database

_NOT_OPEN = frozenset({"closed", "filtered", "closed|filtered"})
_RANKS = ("echo", "host", "ledger", "banner", "port")
_WHAT = ("service", "certainty", "basis", "detail")
_MOST_PORTS = 64
"""A range of ports in the ledger wider than this is no list of services."""

Place = tuple[str, int]
"""Protocol and port."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One reason to take a port for a service."""

    basis: str
    service: str
    certain: bool
    detail: str | None = None
    evidence: str = ""

    @property
    def rank(self) -> tuple[bool, bool, int, str, str]:
        """Certain first; then what says more than that there is a port; then by what it rests on."""
        return not self.certain, self.service == "other", _RANKS.index(self.basis), self.service, self.evidence


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield the services of every asset, and one look per asset."""
    coverage = Coverage.read(database)
    seen = _Seen.read(database)
    signs: dict[str, dict[Place, list[Sign]]] = defaultdict(lambda: defaultdict(list))
    for asset, place, sign in (*_of_hosts(database), *_of_ledger(database), *seen.signs()):
        signs[asset][place].append(sign)
    for (asset,) in database.select("select asset from assets order by asset"):
        ports = coverage.view("network_ports", asset)
        for place, found in sorted(signs.get(asset, {}).items()):
            best = min(found, key=lambda one: one.rank)
            addresses = sorted(seen.open.get((asset, place), ()))
            yield from _rows(asset, place, best, addresses, None if addresses else _not_open(asset, place, seen, whole=ports.complete))
        yield from _shares(database, asset) if asset in seen.sharing else ()
        listeners = coverage.view("listeners", asset)
        looked = [view for view in (ports, listeners) if view.looked]
        yield derived_look(
            asset,
            "recognised_services",
            ANALYZER.name,
            [
                *(Input(view, ("protocol", "port")) for view in looked or [NEVER]),
                *([Input(listeners, ("process",), _WHAT)] if listeners.looked else ()),
                Input(coverage.view("ledger_assets", asset), ("ports",), _WHAT),
            ],
        )


def _rows(asset: str, place: Place, sign: Sign, addresses: Iterable[str], closed: bool | None) -> Iterator[RecognisedService]:
    for address in addresses or (None,):
        yield RecognisedService(
            asset=asset,
            address=address,
            protocol=place[0],
            port=place[1],
            service=sign.service,
            certainty="certain" if sign.certain else "probable",
            basis=sign.basis,
            detail=sign.detail,
            open_to_network=True if address is not None else closed,
            source=ANALYZER.name,
            evidence=sign.evidence,
        )


def _not_open(asset: str, place: Place, seen: _Seen, *, whole: bool) -> bool | None:
    """Return False where a scan asked and found it not open, None where none asked."""
    asked = (asset, place) in seen.shut or (whole and place[0] == "tcp" and place[1] in GENTLE_PORTS and asset in seen.scanned)
    return False if asked else None


@dataclass(frozen=True, slots=True)
class _Seen:
    """What scans saw: rows of open ports with their service, where each port is open, where it is not, and who has shares."""

    rows: list[tuple[str, Place, str | None, str | None, str | None, str | None, str | None, str]]
    answers: list[tuple[str, Place, str | None, str]]
    open: dict[tuple[str, Place], set[str]]
    shut: set[tuple[str, Place]]
    scanned: frozenset[str]
    sharing: frozenset[str]

    @classmethod
    def read(cls, database: Database) -> _Seen:
        rows, where, shut = [], defaultdict(set), set()
        query = "select asset, protocol, port, state, address, service, method, product, version, banner, evidence from network_ports where port is not null order by all"
        for asset, protocol, port, state, address, service, method, product, version, banner, evidence in database.select(query):
            place = str(protocol), int(port)
            if state == "open":
                rows.append((str(asset), place, service, method, product, version, banner, str(evidence or "")))
                where[str(asset), place].add(str(address))
            elif state in _NOT_OPEN:
                shut.add((str(asset), place))
        answers = []
        query = "select asset, port, address, implementation, evidence from dicom_answers where accepted and status = 0 and port is not null order by all"
        for asset, port, address, implementation, evidence in database.select(query):
            answers.append((str(asset), ("tcp", int(port)), implementation, str(evidence or "")))
            where[str(asset), ("tcp", int(port))].add(str(address))
        scanned = frozenset(str(asset) for (asset,) in database.select("select distinct asset from network_hosts"))
        sharing = frozenset(str(asset) for (asset,) in database.select("select distinct asset from shares"))
        return cls(rows, answers, dict(where), shut, scanned, sharing)

    def signs(self) -> Iterator[tuple[str, Place, Sign]]:
        for asset, place, service, method, product, version, banner, evidence in self.rows:
            detail = " ".join(part for part in (product, version) if part) or None
            answered = by_answer(service, product, banner) if method == "probed" else None
            if answered is not None:
                yield asset, place, Sign("banner", answered, False, detail, evidence)
            else:
                yield asset, place, Sign("port", by_number(*place), False, detail, evidence)
        for asset, place, implementation, evidence in self.answers:
            yield asset, place, Sign("echo", "dicom", True, implementation, evidence)


def _of_hosts(database: Database) -> Iterator[tuple[str, Place, Sign]]:
    """Yield what the machines themselves list, with their configuration where it names the port."""
    query = "select asset, value, evidence from server_settings where service = 'orthanc' and name = 'DicomPort' order by all"
    dicom = {(str(asset), str(value).strip()): str(evidence or "") for asset, value, evidence in database.select(query)}
    query = "select asset, protocol, port, process, evidence from listeners where loopback is not true and port is not null order by all"
    for asset, protocol, port, process, evidence in database.select(query):
        place = str(protocol), int(port)
        service = by_program(*place, process)
        if place[0] == "tcp" and (str(asset), str(port)) in dicom and (process is None or service == "dicom"):
            yield str(asset), place, Sign("host", "dicom", True, process or "Orthanc", dicom[str(asset), str(port)])
        elif service is not None:
            # Orthanc's other port is its web page.
            found = "web" if service == "dicom" and by_number(*place) == "web" else service
            yield str(asset), place, Sign("host", found, True, process, str(evidence or ""))
        else:
            yield str(asset), place, Sign("port", by_number(*place), False, process, str(evidence or ""))


def _of_ledger(database: Database) -> Iterator[tuple[str, Place, Sign]]:
    query = "select asset, ports, purpose, software, role, evidence from ledger_assets where ports is not null order by all"
    for asset, ports, purpose, software, role, evidence in database.select(query):
        for first, last, protocol in ports_of(ports):
            for port in range(first, last + 1) if last - first < _MOST_PORTS else ():
                place = protocol or "tcp", port
                service = by_number(*place)
                said = service != "other" and (
                    said_by_ledger(service, purpose, software, asset) or (service == "dicom" and role == "medical")
                )
                yield str(asset), place, Sign("ledger", service, said, None, str(evidence or ""))


def _shares(database: Database, asset: str) -> Iterator[RecognisedService]:
    for share in database.rows("shares", asset=asset):
        if is_ss_mix(share.name, share.path):
            port = 2049 if share.protocol == "nfs" else 445
            sign = Sign("host", "ssmix2", True, share.name, share.evidence)
            yield from _rows(asset, ("tcp", port), sign, (), None)


ANALYZER = Analyzer(
    name="analyze.recognised_services",
    reads=(
        "assets",
        "network_ports",
        "network_hosts",
        "dicom_answers",
        "listeners",
        "server_settings",
        "shares",
        "ledger_assets",
        "collected",
    ),
    fills=("recognised_services",),
    run=run,
)
"""The analyzer of this module."""
