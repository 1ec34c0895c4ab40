"""What is read of the real configurations and outputs of network devices: per platform, files, who takes them, rows, lines not understood.

    python tools/network_survey.py [FOLDER] [--missing]

FOLDER is the unpacked `netconfig` (default: the data folder of the tests). `--missing` names the files nobody takes.
Files that are no device's (answers of other tools, descriptions of hosts and clouds) are not counted.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from omamori.model.device import DeviceUnread
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.redact import redact_for
from omamori.parse.registry import RECOGNISE_BYTES, recognise

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "netconfig"
NO_DEVICE = {".yml", ".json", ".ref", ".png", ".md"}
NO_DEVICE_NAMES = {"LICENSE", "commands", "interface_blacklist", "README.md"}
MANAGED = "checkpoint_management"
"""The folder of what a Check Point management server answers: JSON, and yet rules of a device."""
_MOMENT = datetime(2026, 6, 1, 9)


@dataclass
class Platform:
    """What became of the files of one platform."""

    files: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    lines: int = 0
    unread: int = 0
    missing: list[Path] = field(default_factory=list)
    broken: list[Path] = field(default_factory=list)


def files_of(folder: Path) -> Iterator[Path]:
    """Yield the configurations and outputs below the folder."""
    for path in sorted(folder.rglob("*")):
        managed = path.suffix == ".json" and MANAGED in path.parts
        if path.is_file() and (managed or path.suffix not in NO_DEVICE) and path.name not in NO_DEVICE_NAMES:
            yield path


def platform_of(path: Path, folder: Path) -> str:
    """Return what a file is counted under: the maker's folder, of batfish also the kind of collection."""
    parts = path.relative_to(folder).parts
    return "/".join(parts[:3] if parts[0] == "batfish" else parts[:2] if len(parts) > 2 else parts[:1])


def survey(folder: Path) -> dict[str, Platform]:
    """Take in every file as an import does and return the counts per platform."""
    found: dict[str, Platform] = defaultdict(Platform)
    for path in files_of(folder):
        platform = found[platform_of(path, folder)]
        platform.files += 1
        data = path.read_bytes()
        parser = recognise(data[:RECOGNISE_BYTES], path.name)
        if parser is None:
            platform.missing.append(path)
            continue
        stored = redact_for(parser, data).data
        try:
            parsed = parser.parse(stored, Context(parser.kind, _MOMENT, _MOMENT, file_name=path.name))
        except EvidenceError:
            platform.broken.append(path)
            continue
        platform.kinds[parser.kind] += 1
        platform.rows += sum(not isinstance(row, DeviceUnread) for row in parsed.rows)
        platform.lines += sum(bool(line.strip()) for line in stored.split(b"\n"))
        facts = [row.lines_unread for row in parsed.rows if getattr(row, "lines_unread", None) is not None]
        platform.unread += sum(facts) if facts else len(parsed.problems)
    return dict(found)


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", nargs="?", type=Path, default=DATA)
    arguments.add_argument("--missing", action="store_true")
    told = arguments.parse_args()
    found = survey(told.folder)
    print(f"{'platform':44} {'files':>5} {'taken':>5} {'rows':>7} {'lines':>7} {'unread':>7}  kinds")
    for name, one in sorted(found.items()):
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(one.kinds.items()))
        print(f"{name:44} {one.files:5} {sum(one.kinds.values()):5} {one.rows:7} {one.lines:7} {one.unread:7}  {kinds}")
        if told.missing:
            for path in (*one.missing, *one.broken):
                print(f"    {path.relative_to(told.folder)}")
    files, taken = sum(one.files for one in found.values()), sum(sum(one.kinds.values()) for one in found.values())
    print(f"{files} files, {taken} taken in, {sum(one.unread for one in found.values())} lines counted as not understood")


if __name__ == "__main__":
    main()
