"""Debian's own `debsecan` and ours on this machine, from one tracker: no missed entry, every difference has its reason (docs/debsecan.md).

The tracker is made here of this machine's own packages, each with flaws in every state the real one knows (the real file is not part of the
project); what `debsecan` reads is made of the same entries by the rule Debian's server follows (security-tracker, lib/python/security_db.py,
`calculateDebsecan1`).
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from omamori.analyze.flaws.tracked import judged
from omamori.analyze.interface import Moment
from omamori.analyze.vulnerabilities import ANALYZER
from omamori.knowledge.pack import starter_pack
from omamori.knowledge.store import Facts
from omamori.knowledge.version import compare, key
from omamori.model.derived import Asset
from omamori.model.facts import Broken
from omamori.model.host import Host, Software
from omamori.model.look import Collected
from omamori.parse.feeds.debian import read
from omamori.parse.interface import Context
from omamori.parse.linux.software import parse
from omamori.parse.sections import write_sections
from omamori.snapshot.database import Database

pytestmark = pytest.mark.system
NOW = datetime(2026, 11, 23)
_LISTED = (
    "${db:Status-Abbrev}\\t${binary:Package}\\t${Version}\\t${Architecture}\\t${source:Package}\\t${Maintainer}\\t${source:Version}\\n"
)
_FLAGS = {"low": "L", "medium": "M", "high": "H"}
STATES: Mapping[int, tuple[str, dict[str, Any]]] = {
    1: ("repaired later than what is here", {"status": "resolved", "fixed_version": "{version}.1"}),
    2: ("repaired in what is here", {"status": "resolved", "fixed_version": "{version}"}),
    3: ("repaired long ago", {"status": "resolved", "fixed_version": "0~~1"}),
    4: ("never in this release", {"status": "resolved", "fixed_version": "0"}),
    5: ("open", {"status": "open"}),
    6: ("no advisory planned", {"status": "open", "nodsa": "Minor issue", "nodsa_reason": ""}),
    7: ("postponed", {"status": "open", "nodsa": "Minor issue", "nodsa_reason": "postponed"}),
    8: ("without effect", {"status": "open", "urgency": "unimportant"}),
    9: ("nobody has looked", {"status": "undetermined"}),
    10: ("support has ended", {"status": "open", "urgency": "end-of-life"}),
    11: (
        "repaired in a version Debian serves no more than the one here",
        {"status": "resolved", "fixed_version": "0~~1", "repositories": {"bookworm": "0~~1"}},
    ),
}
"""Number of a flaw → what it stands for, what the tracker says of it."""


def tracker_of(packages: list[Software]) -> dict[str, Any]:
    """A tracker that has a flaw of every state for every source package here; sid has repaired all that are not open everywhere."""
    found: dict[str, Any] = {}
    for source, versions in sources_of(packages).items():
        newest = max(versions, key=lambda version: key("dpkg", version) or ())
        found[source] = {}
        for number, (_, said) in STATES.items():
            status = {name: text.format(version=newest) if isinstance(text, str) else text for name, text in said.items()}
            here = {"urgency": "low", "repositories": {"bookworm": newest}, **status}
            sid = {"status": "resolved", "fixed_version": "99:1-1", "repositories": {"sid": "99:1-1"}, "urgency": here["urgency"]}
            found[source][f"CVE-2030-{number:04}"] = {"description": f"flaw {number}", "releases": {"bookworm": here, "sid": sid}}
    return found


def sources_of(packages: list[Software]) -> dict[str, set[str]]:
    """Source package → versions of it here; the kernel under the tracker's own name."""
    found: dict[str, set[str]] = defaultdict(set)
    for package in packages:
        row = judged(package)
        found[row.product if row else package.source_package or package.name].add((row.version if row else package.source_version) or "0")
    return found


def debsecan_form(tracker: Mapping[str, Any], packages: Mapping[str, list[str]]) -> bytes:
    """What Debian's server makes of the same entries for `debsecan` (form 1), packed as it is served."""
    names = sorted({flaw for flaws in tracker.values() for flaw in flaws})
    lines = []
    for source, flaws in sorted(tracker.items()):
        for flaw, said in flaws.items():
            here, sid = said["releases"]["bookworm"], said["releases"]["sid"]
            if here["urgency"] in ("unimportant", "end-of-life") or sid["fixed_version"] == "0":
                continue
            fixed = here.get("fixed_version")
            held = here["repositories"]["bookworm"]
            others = [one for one in dict.fromkeys((fixed, held)) if fixed and compare("dpkg", one, fixed) >= 0]
            flags = f"S{_FLAGS[here['urgency']]}?{'F' if fixed else ' '}"
            lines.append(f"{source},{names.index(flaw)},{flags},{sid['fixed_version']},{' '.join(others)}")
    text = [
        "VERSION 1",
        *(f"{name},,flaw" for name in names),
        "",
        *lines,
        "",
        *(f"{name},{' '.join(held)}" for name, held in packages.items()),
        "",
    ]
    return zlib.compress(("\n".join(text) + "\n").encode())


@pytest.fixture(scope="module")
def packages() -> list[Software]:
    """This machine's packages, as a kit brings them."""
    listed = subprocess.run(["dpkg-query", "-W", "-f", _LISTED], capture_output=True, check=True, timeout=120).stdout
    data = write_sections([("dpkg", listed, 0)])
    parsed = parse(data, Context(kind="linux.software", seen=NOW, received=NOW, exit_code=0, stderr="", privileged=True))
    assert not parsed.problems and parsed.looks[0].complete and not parsed.looks[0].missing
    return [replace(row, asset="here") for row in parsed.rows if isinstance(row, Software) and row.manager == "dpkg"]


def theirs(folder: Path, tracker: Mapping[str, Any], packages: list[Software]) -> set[tuple[str, str]]:
    """(binary package, flaw) that debsecan lists."""
    built: dict[str, list[str]] = defaultdict(list)
    for package in packages:
        built[package.source_package or package.name].append(package.name)
    (folder / "bookworm").write_bytes(debsecan_form(tracker, built))
    command = ["debsecan", "--suite", "bookworm", "--source", folder.as_uri(), "--format", "simple", "--config", str(folder / "none")]
    listed = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout
    return {(name, flaw) for flaw, name in (line.split()[:2] for line in listed.splitlines())}


def ours(tracker: Mapping[str, Any], packages: list[Software]) -> set[tuple[str, str]]:
    """(source package, flaw) that we list."""
    facts = list(read(io.BytesIO(json.dumps(tracker).encode()), "json"))
    assert not [row for row in facts if isinstance(row, Broken)]
    running = subprocess.run(["uname", "-r"], capture_output=True, text=True, check=True, timeout=60).stdout.strip()
    host = Host(asset="here", platform="linux", os_id="debian", os_version="12", os_build=running)
    looks = [Collected(asset="here", table_name=table, complete=True, source=f"linux.{table}", seen=NOW) for table in ("hosts", "software")]
    pack = replace(starter_pack(), facts=Facts(rows=tuple(facts)), flaws=())
    with Database() as database:
        database.insert([Asset(asset="here"), host, *packages, *looks])
        database.insert(ANALYZER.run(database, Moment(NOW, pack)))
        return {(row.product, row.flaw) for row in database.rows("vulnerabilities")}


def only_theirs(package: Software, flaw: str) -> Iterator[str]:
    """Why debsecan may list what we do not."""
    row = judged(package)
    if row is None and re.match(r"linux(-|$)", package.source_package or ""):
        yield "headers and tools built of the kernel's source run nothing of it"
    if row is None and not re.match(r"linux(-|$)", package.source_package or ""):
        yield "comes from another repository, which Debian does not repair"
    if flaw.endswith("0004"):
        yield "never in this release; debsecan knows that only of the versions Debian serves today, letter by letter"
    if flaw.endswith("0011"):
        yield "later than the repaired version; debsecan knows as repaired only the versions Debian serves today, letter by letter"


def only_ours(source: str, flaw: str) -> Iterator[str]:
    """Why we may list what debsecan does not."""
    if source == "linux":
        yield "the kernel is built of linux-signed-…, which debsecan does not take for linux"
    if flaw.endswith("0010"):
        yield "Debian has ended the support of the package: debsecan's data leave it out"


def test_nothing_debsecan_lists_is_missed(tmp_path: Path, packages: list[Software]) -> None:
    if shutil.which("debsecan") is None:
        pytest.fail("debsecan is not installed: tools/system_packages.sh installs it")
    tracker = tracker_of(packages)
    listed, found = theirs(tmp_path, tracker, packages), ours(tracker, packages)
    by_name = {package.name: package for package in packages}
    products = {name: row.product for name, package in by_name.items() if (row := judged(package)) is not None}
    assert len(listed) > 4 * len(by_name), "debsecan read the tracker"
    missed = {(name, flaw) for name, flaw in listed if (products.get(name, ""), flaw) not in found}
    assert {pair for pair in missed if not list(only_theirs(by_name[pair[0]], pair[1]))} == set()
    sources = {(products[name], flaw) for name, flaw in listed if name in products}
    assert {pair for pair in found - sources if not list(only_ours(*pair))} == set()
    flaws = {flaw for _, flaw in found}
    assert {flaw[-2:] for flaw in flaws} == {"01", "05", "06", "07", "09", "10"}, "states that are open here"
