"""Law 1 from raw evidence: what a kit result lost, or could not read, never becomes a pass.

One capture of a golden hospital is taken in whole, then with a probe or a section gone, emptied, cut or refused. Each variant is
a machine of its own name in one site, so that one judgement serves them all. `OMAMORI_TORTURE=1` tries every variant.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from omamori.pipeline.check import checks_for
from omamori.pipeline.intake import import_kit_result
from omamori.pipeline.observer import Silent
from omamori.pipeline.take import take_snapshot
from omamori.snapshot.site import Site

RAW = Path(__file__).parent.parent / "hospitals" / "healthy" / "raw" / "ehr-db.kit"
MOMENT = datetime(2026, 6, 1, 9)
SAMPLE = 24
_HEAD = re.compile(rb"OMAMORI-KIT-RESULT 1 (\w+)\n")
_MAC = re.compile(rb"\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b")


def variants(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every probe and section of a kit result, taken away or damaged."""
    found = _HEAD.match(data)
    assert found is not None
    marker = b"#@" + found[1] + b" "
    lines = data.split(b"\n")
    probe, begun, section = b"", 0, 0
    for at, line in enumerate(lines):
        word, _, rest = line.removeprefix(marker).partition(b" ") if line.startswith(marker) else (b"", b"", b"")
        if word == b"probe":
            probe, begun = rest, at
        elif word == b"section":
            section = at
        elif word == b"done":
            yield f"{probe.decode()} gone", b"\n".join(lines[:begun] + lines[at + 1 :])
            yield f"{probe.decode()} without sections", b"\n".join(lines[: begun + 1] + lines[at:])
        elif word == b"end" and not lines[section].endswith(b" stderr"):
            name, body = f"{probe.decode()} {lines[section].rpartition(b' ')[2].decode()}", lines[section + 1 : at]
            head, tail = lines[: section + 1], lines[at + 1 :]
            yield f"{name} gone", b"\n".join(lines[:section] + tail)
            for code in (0, 1, 13, 124, 127):
                yield f"{name} empty, exit {code}", b"\n".join([*head, marker + b"end %d" % code, *tail])
            yield f"{name} half, exit 1", b"\n".join([*head, *body[: len(body) // 2], marker + b"end 1", *tail])
            yield f"{name} cut inside", b"\n".join([*head, b"\n".join(body)[: len(b"\n".join(body)) // 2]])
            yield f"{name} UTF-16", b"\n".join([*head, b"\n".join(body).decode("utf-8", "replace").encode("utf-16"), *lines[at:]])
    yield "ordinary user", re.sub(rb" uid=\d+ ", b" uid=1000 ", data, count=1)


def named(data: bytes, host: bytes, machine: bytes, name: bytes) -> bytes:
    """The same machine under another name, machine-id and addresses of its cards."""
    digest = hashlib.sha256(name).hexdigest().encode()
    other = re.sub(rb"\b" + re.escape(host) + rb"\b", name, data)
    other = other.replace(machine, digest[:32]) if machine else other

    def card(found: re.Match[bytes]) -> bytes:
        if found[0] in (b"00:00:00:00:00:00", b"ff:ff:ff:ff:ff:ff"):
            return found[0]
        mixed = hashlib.sha256(name + found[0]).hexdigest()
        return b"02:" + ":".join(mixed[at : at + 2] for at in range(0, 10, 2)).encode()

    return _MAC.sub(card, other)


def test_evidence_taken_away_never_becomes_a_pass(tmp_path: Path) -> None:
    data = RAW.read_bytes()
    host = re.search(rb" host=(\S+)", data)
    machine = re.search(rb"\n([0-9a-f]{32})\n", data)
    assert host is not None
    tried = list(variants(data))
    if not os.environ.get("OMAMORI_TORTURE"):
        tried = random.Random(2).sample(tried, SAMPLE)
    site = Site(tmp_path / "site").create()
    for number, (_, stream) in enumerate([("whole", data), *tried]):
        stream = named(stream, host[1], machine[1] if machine else b"", b"zq%05d" % number)
        outcome = import_kit_result(site.evidence, "kit", stream, how="kit", received=MOMENT)
        assert outcome.status == "stored", outcome.text.en
    checks = checks_for(())
    by_machine = {check.id for check in checks if check.subject == "asset"}
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for verdict in take_snapshot(site, checks, MOMENT, Silent()).verdicts:
        if verdict.check_id in by_machine:
            said[verdict.subject][verdict.check_id].add(verdict.verdict)
    whole = said["zq00000"]
    assert {"pass", "unknown"} <= set().union(*whole.values())
    broken = []
    for number, (words, _) in enumerate(tried, 1):
        now = said[f"zq{number:05d}"]
        broken += [f"{words}: {check} vanished" for check in whole if check not in now]
        broken += [f"{words}: {check} became a pass" for check, was in whole.items() if was != {"pass"} and now.get(check) == {"pass"}]
    assert broken == []
