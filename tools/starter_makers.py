"""Makes the starter pack's makers.csv from the registry of hardware addresses; run it when the registry is newer.

Reads (folder OMAMORI_DATA, default ~/.cache/omamori-data) `refdata/ieee-data/oui.csv`, `mam.csv` and `oui36.csv`: the public
listing of the IEEE Registration Authority, in which it asserts no copyright. Of a name only the legal form at its end is left out.
"""

from __future__ import annotations

import csv
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data"))
TARGET = Path(__file__).parents[1] / "src/omamori/knowledge/starter/makers.csv"
AS_OF = "2022-08-27"
"""Day of the listing (Debian's ieee-data 20220827.1)."""
LISTINGS = ("oui.csv", "mam.csv", "oui36.csv")
NOBODY = frozenset({"private", "ieee registration authority", "icann, iana department"})
"""Not makers: whoever keeps the name secret, and blocks that were handed out in smaller parts."""
_FORM = re.compile(
    r"[,.\s]+\(?(co|inc|ltd|llc|corp|corporation|corporate|limited|gmbh|ag|ab|bv|b\.v|nv|n\.v|kg|company|incorporated|oy|a/s|plc|pte|pty"
    r"|k\.k|sa|s\.a|spa|s\.p\.a|srl|s\.r\.l|sas|s\.a\.s)\.?\)?$",
    re.IGNORECASE,
)


def short(name: str) -> str:
    """Return a maker's name on one line, without its legal form."""
    left = " ".join("".join(char if char.isprintable() else " " for char in name).split())
    while (shorter := _FORM.sub("", left).strip(" ,.")) and shorter != left:
        left = shorter
    return left


def listed(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield prefix (6, 7 or 9 hexadecimal digits) and name of every assignment; of two for one prefix the first by name."""
    found: dict[str, str] = {}
    for listing in LISTINGS:
        with (folder / listing).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                prefix, name = row["Assignment"].strip().lower(), short(row["Organization Name"])
                if re.fullmatch(r"[0-9a-f]{6,9}", prefix) and name:
                    found[prefix] = min(found.get(prefix, name), name)
    yield from found.items()


def main() -> int:
    """Write makers.csv: one line per maker, its prefixes separated by spaces; what was kept secret has none."""
    by_maker: dict[str, list[str]] = defaultdict(list)
    for prefix, name in listed(DATA / "refdata/ieee-data"):
        by_maker["" if name.lower() in NOBODY else name].append(prefix)
    # A block that went to somebody unnamed must not count as its neighbour's: only longer prefixes inside it matter.
    nameless = [prefix for prefix in by_maker.pop("", []) if len(prefix) > 6]
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(f"# IEEE Registration Authority: MA-L, MA-M, MA-S. as of {AS_OF}\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("maker", "prefixes"))
        writer.writerows((name, " ".join(sorted(prefixes))) for name, prefixes in sorted(by_maker.items()))
        writer.writerow(("", " ".join(sorted(nameless))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
