"""The steps of a scan that are allowed by name only: versions of servers (nmap), one DICOM echo."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from functools import partial
from typing import Any

from omamori import __version__
from omamori.gate.approval import Permission, Refused
from omamori.gate.dicom import CALLING_TITLE, echo
from omamori.gate.error import GateError
from omamori.gate.knocked import Ended
from omamori.gate.nmap import probe
from omamori.model.permission import IpAddress
from omamori.model.sightings import NetworkPort
from omamori.model.text import Text
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.redact import redact_for
from omamori.parse.registry import parsers
from omamori.parse.scan import dicom as dicom_record
from omamori.parse.scan.run import SERVICE
from omamori.pipeline.clock import utc_now
from omamori.pipeline.observer import Observer
from omamori.scan.journal import Done, Record, moment_json
from omamori.snapshot.evidence import EvidenceStore, Item, Visit

_XML = "nmap.xml"


def ask_servers(
    permission: Permission,
    open_ports: Mapping[IpAddress, tuple[int, ...]],
    done: Done,
    record: Record,
    store: EvidenceStore,
    observer: Observer,
    *,
    stop: threading.Event,
    until: float,
    scan: str,
) -> tuple[Ended, int, list[Text]]:
    """Ask the named servers for versions, one after the other, each once; returns how it ended, how many were asked, what is missing."""
    servers = [address for address in permission.servers if permission.file.profile == "servers" and address not in done.probed]
    asked = 0
    missing: list[Text] = []
    if servers:
        observer.step(Text("名指しのサーバに版を尋ねています", "Asking the named servers for versions"))
    for number, address in enumerate(servers, 1):
        if stop.is_set():
            return "stopped", asked, missing
        if time.monotonic() >= until:
            return "minutes", asked, missing
        services: list[dict[str, Any]] = []
        try:
            result = probe(
                permission, address, open_ports.get(address, ()), stop=stop, seconds=until - time.monotonic(),
                begun=partial(record.begun_probe, address),
            )  # fmt: skip
        except Refused:
            return "until", asked, missing
        except GateError as error:
            return "done", asked, [*missing, error.text]
        if result is None:
            missing.append(
                Text(
                    f"{address}: 版を尋ねてよい開いたポートがありませんでした", f"{address}: no open port that may be asked for its version"
                )
            )
        else:
            if result.stdout:
                kept = _keep(store, _XML, result.stdout, f"{scan}-{address}.xml".replace(":", "_"), complete=result.exit_code == 0)
                services = _services(kept)
            if result.exit_code:
                said = result.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["?"]
                missing.append(
                    Text(f"{address}: nmap が途中で終わりました({said[0][:120]})", f"{address}: nmap ended early ({said[0][:120]})")
                )
            asked += 1
        # Written after the XML is stored, and also where it was stopped: what was sent once is not sent again in this round.
        if address in done.said:
            record.write(done.said[address])  # what an earlier run found there, so that this record speaks of the server as a whole
        record.write({"probed": str(address), "services": services})
        observer.progress(number, len(servers))
        if result is not None and result.stopped:
            return "stopped", asked, missing
    return "done", asked, missing


def ask_dicom(
    permission: Permission, done: Done, record: Record, store: EvidenceStore, *, stop: threading.Event, until: float, scan: str
) -> tuple[Ended, int, list[Text]]:
    """Send the C-ECHOs the approval names, each once; returns how it ended, how many were sent, what is missing."""
    sent = 0
    missing: list[Text] = []
    for target in permission.file.dicom:
        name = f"{target.address}|{target.port}|{target.called_title}"
        if name in done.echoed or permission.file.profile == "passive":
            continue
        if stop.is_set():
            return "stopped", sent, missing
        if time.monotonic() >= until:
            return "minutes", sent, missing
        try:
            answer = echo(permission, target, stop=stop, seconds=until - time.monotonic(), begun=partial(record.begun_echo, name))
        except Refused:
            return "until", sent, missing
        except GateError as error:
            return "done", sent, [*missing, error.text]
        sent += 1
        record.write({"echoed": name})
        content = {
            "omamori": dicom_record.KIND,
            "format": dicom_record.FORMAT,
            "scan": scan,
            "seen": moment_json(answer.seen),
            "address": str(target.address),
            "port": target.port,
            "called_title": target.called_title,
            "calling_title": CALLING_TITLE,
            "connected": answer.connected,
            "accepted": answer.accepted,
            "status": answer.status,
            "implementation": answer.implementation,
            "said": answer.said,
        }
        data = json.dumps(content, ensure_ascii=False).encode() + b"\n"
        _keep(store, dicom_record.KIND, data, f"{scan}-{target.address}-{target.port}.json".replace(":", "_"))
    return "done", sent, missing


def _services(xml: bytes) -> list[dict[str, Any]]:
    """Return what nmap told of each port: the record of the look says it beside what it found itself."""
    try:
        rows = parsers()[_XML].parse(xml, Context(_XML, utc_now(), utc_now())).rows
    except EvidenceError:
        return []
    return [{name: getattr(row, name) for name in SERVICE} for row in rows if isinstance(row, NetworkPort) and row.method == "probed"]


def _keep(store: EvidenceStore, kind: str, data: bytes, name: str, *, complete: bool = True) -> bytes:
    """Store an output without its secrets; returns it as it was stored."""
    clean = redact_for(parsers()[kind], data)
    item = Item(kind=kind, data=clean.data, seen=utc_now(), file_name=name, complete=complete, secrets=clean.secrets)
    store.add(Visit(how="file", host="", started=None, version=__version__), [item], utc_now())
    return clean.data
