"""Checks every row of the starter pack's flaws.csv against published facts; prints agrees, within, differs or not covered.

Two kinds of witnesses. Feeds below OMAMORI_DATA (default ~/.cache/omamori-data): NVD 1.1 (versions), CISA KEV
(exploited, ransomware) and the update guide of Windows. And `flaws_records.csv` beside this file: facts read out of
the publishers' own records (CVE records of the makers, the trackers of Debian and Ubuntu, Red Hat's security data),
written down by hand with the record and its day. A row agrees when a witness names the same repaired version, or
an affected version right before it, and the row starts no earlier and leaves no affected version out. It is within
when every version of it is affected by a witness's word, but the witness does not name the repaired version of that branch.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from omamori.knowledge.facts import Flaw
from omamori.knowledge.pack import starter_pack
from omamori.knowledge.version import key

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data"))
RECORDS = Path(__file__).with_name("flaws_records.csv")
STANDS = ("agrees", "within")
"""What a row of high confidence needs."""
NVD_NAMES = {
    # product of the pack: a piece of the vendor and product that NVD names it by
    "fortios": "fortinet:fortios",
    "pan-os": "paloaltonetworks:pan-os",
    "cisco-asa": "cisco:adaptive_security_appliance_software",
    "sma100": "sonicwall:sma_210_firmware|sonicwall:sma_100_firmware",
    "sma1000": "sonicwall:sma8200v",
    "connect-secure": "ivanti:connect_secure|pulsesecure:pulse_connect_secure",
    "routeros": "mikrotik:routeros",
    "sudo": "sudo_project:sudo",
    "samba": "samba:samba",
    "openssl": "openssl:openssl",
    "linux": "linux:linux_kernel",
}


@dataclass(frozen=True, slots=True)
class Witness:
    """Affected versions as one source states them: from `first` (empty: all) to `last` (affected) or before `fixed`; `0`: none."""

    first: str
    last: str
    fixed: str
    source: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What the witnesses say of one row: `agrees`, `within`, `differs` or `not covered`, and who said what."""

    flaw: Flaw
    said: str
    why: str


Witnesses = Mapping[tuple[str, str, str], Sequence[Witness]]


def records() -> Witnesses:
    """Return the written-down records by flaw, product and release."""
    found: dict[tuple[str, str, str], list[Witness]] = defaultdict(list)
    with RECORDS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            witness = Witness(row["first"], row["last"], row["fixed"], f"{row['source']} {row['stated']}")
            found[row["flaw"], row["product"], row["release"]].append(witness)
    return found


def nvd(flaws: Iterable[Flaw], data: Path = DATA) -> Witnesses:
    """Return what NVD states about the makers' own versions of `flaws`; empty when the feed is not there."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for flaw in flaws:
        if flaw.product in NVD_NAMES and not flaw.release:
            wanted[flaw.flaw].add(flaw.product)
    found: dict[tuple[str, str, str], list[Witness]] = defaultdict(list)
    for year in sorted({name.split("-")[1] for name in wanted}):
        path = data / f"feeds/nvd-1.1/nvdcve-1.1-{year}.json.gz"
        for item in json.loads(gzip.decompress(path.read_bytes()))["CVE_Items"] if path.is_file() else ():
            name = item["cve"]["CVE_data_meta"]["ID"]
            for product in wanted.get(name, ()):
                source = f"NVD {item['lastModifiedDate'][:10]}"
                found[name, product, ""] += _of_nodes(item["configurations"]["nodes"], NVD_NAMES[product], source)
    return found


def _of_nodes(nodes: Iterable[Mapping[str, Any]], names: str, source: str) -> Iterator[Witness]:
    for node in nodes:
        yield from _of_nodes(node.get("children", ()), names, source)
        for match in node.get("cpe_match", ()):
            part = match["cpe23Uri"].split(":")
            if not match["vulnerable"] or f"{part[3]}:{part[4]}" not in names.split("|") or part[5] == "-":
                continue
            single = "" if part[5] == "*" else part[5] + _update(part[6])
            last = match.get("versionEndIncluding", single)
            yield Witness(match.get("versionStartIncluding", single), last, match.get("versionEndExcluding", ""), source)


def _update(text: str) -> str:
    return "" if text in "*-" else f"-{text}" if text.startswith("h") else text.replace("patch", "p")


def judge(flaw: Flaw, siblings: Sequence[Flaw], witnesses: Sequence[Witness]) -> Finding:
    """Compare one row with what the witnesses say; `siblings` are all rows of the same flaw, product and release."""
    if not witnesses:
        return Finding(flaw, "not covered", "")
    agreeing = [witness for witness in witnesses if _same_end(flaw, witness)]
    within = next((witness for witness in witnesses if _within(flaw, siblings, witness)), None)
    if not agreeing and within is not None:
        return Finding(flaw, "within", within.source)
    if not agreeing:
        said = ", ".join(sorted({witness.fixed or f"up to {witness.last}" for witness in witnesses})[:8])
        return Finding(flaw, "differs", f"{witnesses[0].source}: {said}")
    for witness in agreeing:
        if _starts_well(flaw, siblings, witness, witnesses):
            return Finding(flaw, "agrees", witness.source)
    return Finding(flaw, "differs", f"{agreeing[0].source}: from {agreeing[0].first or 'the first version'}")


def _same_end(flaw: Flaw, witness: Witness) -> bool:
    end, low = key(flaw.scheme, flaw.before), key(flaw.scheme, flaw.since)
    if witness.fixed and key(flaw.scheme, witness.fixed) == end:
        return True
    last = key(flaw.scheme, witness.last)
    if end is None or last is None or not (low is None or low <= last) or last >= end:
        return False
    return not flaw.fixed_in or any(key(flaw.scheme, text) == end for text in _next(witness.last))


def _within(flaw: Flaw, siblings: Sequence[Flaw], witness: Witness) -> bool:
    first, fixed = key(flaw.scheme, witness.first), key(flaw.scheme, witness.fixed) or key(flaw.scheme, witness.last)
    since, end = key(flaw.scheme, flaw.since), key(flaw.scheme, flaw.before)
    starts = first is None or (since is not None and (since >= first or _branch(flaw.since) == _branch(witness.first)))
    # What the witness calls affected beyond the row must not pass for repaired: another row speaks about it.
    kept = any(row.affects(flaw.before) is not False for row in siblings)
    return starts and kept and end is not None and fixed is not None and end <= fixed


def _next(version: str) -> tuple[str, ...]:
    """Return what makers call the version right after this one: 6.0.4 → 6.0.5, 10.2.12-h1 → 10.2.12-h2, 11.0.6 → 11.0.6-h1, 17.9.4 → 17.9.4a."""
    counted = re.sub(r"\d+$", lambda found: str(int(found[0]) + 1), version)
    release = re.sub(r"(\d+)-h\d+$", lambda found: str(int(found[1]) + 1), version)
    build = re.sub(r"(\d+)([a-z]+)$", lambda found: f"{int(found[1]) + 1}{found[2]}", version)
    letter = re.sub(r"\d([a-y])$", lambda found: found[0][0] + chr(ord(found[1]) + 1), version)
    return tuple(text for text in (counted, release, build, letter, f"{version}-h1", f"{version}a", f"{version}.1") if text != version)


def _starts_well(flaw: Flaw, siblings: Sequence[Flaw], witness: Witness, witnesses: Sequence[Witness]) -> bool:
    if witness.first and witness.first == witness.last:
        # The source lists version by version: none may be left out, and the row starts where its list does.
        listed = {text for other in witnesses if other.source == witness.source for text in (other.first, other.last) if text}
        kept = all(any(row.affects(text) is not False for row in siblings) for text in listed)
        return kept and any(text.lower().startswith(flaw.since.lower()) for text in listed)
    first, since = key(flaw.scheme, witness.first), key(flaw.scheme, flaw.since)
    if first is None:
        return any(not row.since for row in siblings)
    if since is None:
        return False
    lower = any(row.affects(witness.first) is not False for row in siblings)
    return _branch(flaw.since) == _branch(witness.first) or (since >= first and lower)


def _branch(version: str) -> str:
    return re.sub(r"(\.0)+$", "", version)


def exploited(data: Path = DATA) -> Mapping[str, bool] | None:
    """Return flaw → whether ransomware is known to use it, of every flaw in CISA KEV; None when the feed is not there."""
    path = data / "feeds/cisa-kev/known_exploited_vulnerabilities.json"
    if not path.is_file():
        return None
    entries = json.loads(path.read_text(encoding="utf-8"))["vulnerabilities"]
    return {entry["cveID"]: entry["knownRansomwareCampaignUse"] == "Known" for entry in entries}


def wrong_flags(flaws: Iterable[Flaw], catalog: Mapping[str, bool]) -> list[str]:
    """Return the flaws whose `exploited` or `ransomware` is not what the catalog says."""
    told = {flaw.flaw: (flaw.exploited, flaw.ransomware) for flaw in flaws}
    return sorted(name for name, flags in told.items() if flags != (name in catalog, catalog.get(name, False)))


def audit(data: Path = DATA) -> list[Finding]:
    """Return what the witnesses say of every row that is not about Windows (its rows are made, see windows_patches.py)."""
    flaws = [flaw for flaw in starter_pack().flaws if flaw.scheme != "windows"]
    written, feed = records(), nvd(flaws, data)
    groups: dict[tuple[str, str, str], list[Flaw]] = defaultdict(list)
    for flaw in flaws:
        groups[flaw.flaw, flaw.product, flaw.release].append(flaw)
    return [
        judge(flaw, group, [*feed.get(place, ()), *written.get(place, ())]) for place, group in groups.items() for flaw in group
    ]  # fmt: skip


def main() -> int:
    """Print what was found, row by row; 1 when a row of high confidence does not agree or a flag is wrong."""
    findings = audit()
    for item in findings:
        row = item.flaw
        print(
            f"{item.said:<11} {row.confidence:<6} {row.flaw:<14} {row.product:<14} {row.release:<12} {row.since}–{row.before}  {item.why}"
        )
    print(*(f"{said}: {count}" for said, count in sorted(Counter(item.said for item in findings).items())), sep="\n")
    catalog = exploited()
    wrong = wrong_flags(starter_pack().flaws, catalog) if catalog is not None else []
    print("CISA KEV is not there: exploited and ransomware not checked" if catalog is None else f"flags that differ from CISA KEV: {wrong}")
    return 1 if wrong or any(item.said not in STANDS and item.flaw.confidence == "high" for item in findings) else 0


if __name__ == "__main__":
    sys.exit(main())
