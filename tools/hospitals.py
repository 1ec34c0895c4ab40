"""Write the raw evidence of the two golden hospitals from their descriptions, or tell which files are stale (`--check`).

    python tools/hospitals.py            # writes src/omamori/example/sick and tests/hospitals/healthy/raw
    python tools/hospitals.py --check    # exit code 1 when a file differs from its description

Descriptions lie in `tests/hospitals/source`: machines, systems, services, ledger and real captures of commands.
The same descriptions give the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent))

import hospitals_backups
import hospitals_host
import hospitals_ledger
import hospitals_network
import hospitals_people
import hospitals_run
import hospitals_vendor
import hospitals_windows
from hospitals_kit import SOURCE, stream
from hospitals_machine import Machine, machine

ROOT = Path(__file__).resolve().parent.parent
PLACES = {"sick": ROOT / "src" / "omamori" / "example" / "sick", "healthy": ROOT / "tests" / "hospitals" / "healthy" / "raw"}
TEXTS = (".txt", ".inf", ".reg")


def build(hospital: str) -> Mapping[str, bytes]:
    """Return the raw files of a hospital: path in its folder → bytes."""
    said, systems, catalogue = (_read(f"{name}.yaml") for name in (hospital, "systems", "services"))
    found: dict[str, bytes] = {}
    visits = [("now", said["started"], {str(entry["file"]): entry for entry in said["machines"]})]
    if "earlier" in said:
        changed = said["earlier"]["machines"]
        then = {str(entry["file"]): {**entry, **changed[entry["file"]]} for entry in said["machines"] if entry["file"] in changed}
        visits.append(("earlier", said["earlier"]["started"], then))
    for visit, started, machines in visits:
        for number, (name, entry) in enumerate(machines.items()):
            moment = started + timedelta(minutes=4 * number)
            path = f"{moment:%Y-%m-%d}/{name}.kit" if "earlier" in said else f"{name}.kit"
            found[path] = kit(machine(entry, systems, catalogue, moment))
        found |= _texts(hospital, visit, started, dated="earlier" in said)
        found |= hospitals_windows.kit_results(hospital, visit, started, dated="earlier" in said)
        found |= hospitals_ledger.workbook(hospital, visit, started, dated="earlier" in said)
        found |= hospitals_network.evidence(hospital, visit, dated="earlier" in said)
        found |= hospitals_backups.evidence(hospital, visit, started, dated="earlier" in said)
    found |= hospitals_vendor.replies(hospital, said["started"]) if "earlier" not in said else {}
    if "earlier" in said:
        found["example.yaml"] = _order(found, [said["earlier"]["started"], said["started"]])
    return found


def kit(described: Machine) -> bytes:
    """Return the kit result of one machine at one visit."""
    probes = {
        **hospitals_host.probes(described),
        **hospitals_run.probes(described),
        **hospitals_people.probes(described),
    }
    return stream(described.hostname, described.moment, probes, uid=described.uid)


def _texts(hospital: str, visit: str, started: datetime, *, dated: bool) -> dict[str, bytes]:
    """What somebody typed on Windows machines, a folder per machine; the first line in the source names a file's encoding."""
    place = SOURCE / "windows" / hospital
    place = place / visit if dated else place
    found = {}
    for path in sorted(item for item in place.rglob("*") if item.suffix in TEXTS):
        first, _, text = path.read_text(encoding="utf-8").partition("\n")
        inside = path.relative_to(place).as_posix()
        name = f"{started:%Y-%m-%d}/{inside}" if dated else inside
        found[name] = text.replace("\n", "\r\n").encode(first.removeprefix("# ").strip())
    return found


def _order(files: Mapping[str, bytes], visits: list[datetime]) -> bytes:
    """The example's list of visits: when which files came in."""
    listed = []
    for started in visits:
        folder = f"{started:%Y-%m-%d}"
        # A machine's folder is handed over as a whole: one entry.
        inside = (name.removeprefix(f"{folder}/").split("/")[0] for name in files if name.startswith(f"{folder}/"))
        names = [f"{folder}/{name}" for name in sorted(set(inside))]
        received = started.replace(hour=9, minute=0)
        listed.append(
            {"moment": f"{received:%Y-%m-%dT%H:%M:%S}", "received": f"{received - timedelta(minutes=5):%Y-%m-%dT%H:%M:%S}", "files": names}
        )
    return yaml.safe_dump({"visits": listed}, sort_keys=False).encode()


def stale() -> list[str]:
    """Return the files that differ from their description."""
    wrong = []
    for hospital, place in PLACES.items():
        wanted = build(hospital)
        there = {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*") if path.is_file()} if place.exists() else {}
        wrong += [f"{hospital}/{name}" for name in sorted(wanted.keys() | there.keys()) if wanted.get(name) != there.get(name)]
    return wrong


def write(hospital: str) -> int:
    """Write a hospital's files, removing others from its folder; returns the bytes written."""
    place, wanted = PLACES[hospital], build(hospital)
    for path in sorted(place.rglob("*"), reverse=True) if place.exists() else ():
        if path.is_file() and str(path.relative_to(place)) not in wanted:
            path.unlink()
    for name, data in wanted.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return sum(len(data) for data in wanted.values())


def _read(name: str) -> Any:
    return yaml.safe_load((SOURCE / name).read_text(encoding="utf-8"))


def main(arguments: list[str]) -> int:
    """Run from the command line."""
    if arguments == ["--check"]:
        wrong = stale()
        print("\n".join(f"stale: {name}" for name in wrong) or "up to date")
        return 1 if wrong else 0
    for hospital in PLACES:
        if (SOURCE / f"{hospital}.yaml").exists():
            print(f"{hospital}: {write(hospital):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
