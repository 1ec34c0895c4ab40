"""The table of updates: its rows as facts, what is no update, and rows nobody can read."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.facts import Advisory, AdvisoryFlaw, Broken, WindowsFix, WindowsReplaced
from omamori.parse.feeds.interface import AsOf, FeedError
from omamori.parse.feeds.microsoft_table import read, recognise

HEADER = '"DatePosted","CVE","BulletinKB","Title","AffectedProduct","AffectedComponent","Severity","Impact","Supersedes","Exploits"\n'
ROW = '"20240109","CVE-2024-20674","5034122","Windows Kerberos Security Feature Bypass","Windows 10 Version 22H2  for x64-based Systems","Kerberos","Critical","Security Feature Bypass","5033372;5034122",""\n'  # noqa: E501 - a row of the file
DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "feeds"
GOLDEN = DATA / "vuls-data-update" / "extract" / "microsoft" / "bulletin" / "testdata" / "golden" / "microsoftkb"
WHOLE = DATA / "wesng-msrc" / "definitions_2026-06-28.zip"


def facts(text: str | bytes, name: str = "CVEs_20260628.csv") -> list[object]:
    return list(read(io.BytesIO(text.encode() if isinstance(text, str) else text), name))


def test_a_row() -> None:
    fix, advisory, about, replaced, as_of = facts(HEADER + ROW)
    assert fix == WindowsFix(
        flaw="CVE-2024-20674",
        feed="microsoft",
        update="5034122",
        product="Windows 10 Version 22H2 for x64-based Systems",
        component="Kerberos",
        posted=date(2024, 1, 9),
        severity="Critical",
        impact="Security Feature Bypass",
        place="line 2",
    )
    assert isinstance(advisory, Advisory) and advisory.title == "Windows Kerberos Security Feature Bypass"
    assert isinstance(about, AdvisoryFlaw) and (about.advisory, about.flaw) == ("CVE-2024-20674", "CVE-2024-20674")
    assert isinstance(replaced, WindowsReplaced) and (replaced.update, replaced.replaces) == ("5034122", "5033372")
    assert as_of == AsOf(date(2026, 6, 28))


def test_what_is_no_update_is_kept_and_never_a_match() -> None:
    rows = ROW.replace('"5034122","W', '"","W') + ROW.replace('"5034122","W', '"CBL-Mariner Releases","W')
    empty, mariner = [row for row in facts(HEADER + rows) if isinstance(row, WindowsFix)]
    assert (empty.update, empty.kind) == (None, None) and (mariner.update, mariner.kind) == (None, "CBL-Mariner Releases")
    assert not any(isinstance(row, WindowsReplaced) for row in facts(HEADER + rows))


def test_comments_and_service_packs() -> None:
    pack = '"20110315","SP7X64SP1","976932","Windows 7 Service Pack 1 (KB976932)","Windows 7 for x64-based Systems","","Critical","No more updates","",""\n'
    found = facts(HEADER + "# Service Packs\n\n" + pack, "Custom_20190321.csv")
    (fix,) = [row for row in found if isinstance(row, WindowsFix)]
    assert (fix.flaw, fix.update, fix.title) == (None, "976932", "Windows 7 Service Pack 1 (KB976932)")
    assert found[-1] == AsOf(date(2019, 3, 21)) and not any(isinstance(row, Broken) for row in found)


@pytest.mark.parametrize(
    "bad",
    [
        ROW.replace("20240109", "soon"),
        ROW.replace("Windows 10 Version 22H2  for x64-based Systems", " "),
        '"20240109","CVE-2024-1"\n',
        f'"{"x" * 70_000}"\n',
    ],
    ids=["day", "product", "columns", "length"],
)
def test_a_bad_row_never_loses_the_good_ones(bad: str) -> None:
    found = facts(HEADER + ROW + bad + ROW.replace("20674", "20675"))
    assert [row.flaw for row in found if isinstance(row, WindowsFix)] == ["CVE-2024-20674", "CVE-2024-20675"]
    (broken,) = [row for row in found if isinstance(row, Broken)]
    assert broken.place == "line 3" and broken.reason.startswith("expected")


def test_without_its_columns_it_is_not_the_table() -> None:
    assert recognise("CVEs_20260628.csv", HEADER.encode()) and not recognise("CVEs.csv", b'"CVE","Title"\n')
    with pytest.raises(FeedError, match="lacks the columns"):
        facts("a,b\n1,2\n")
    with pytest.raises(FeedError):
        facts(b"")


@given(st.binary(max_size=300))
def test_no_bytes_stop_it(data: bytes) -> None:
    found = facts(HEADER.encode() + data + b"\n" + ROW.encode(), "CVEs.csv")
    assert all(isinstance(row, (WindowsFix, WindowsReplaced, Advisory, AdvisoryFlaw, Broken, AsOf)) for row in found)


def test_the_whole_table_and_the_bulletins_of_vuls_data_update() -> None:
    if not WHOLE.exists():
        pytest.skip(f"real captures are not here: {WHOLE}")
    kinds: Counter[str] = Counter()
    updates = without = 0
    replaces: dict[str, set[str]] = defaultdict(set)
    known: set[str] = set()
    with zipfile.ZipFile(WHOLE) as archive, archive.open("CVEs_20260628.csv") as stream:
        for row in read(stream, "CVEs_20260628.csv"):  # type: ignore[arg-type]
            kinds[type(row).__name__] += 1
            if isinstance(row, WindowsFix):
                updates += row.update is not None
                without += row.update is None and row.kind is None
                known.add(row.update or "")
            elif isinstance(row, WindowsReplaced):
                replaces[row.update].add(row.replaces)
    assert kinds["WindowsFix"] == 608_740 and kinds["Broken"] == 0
    assert without == 128_851, "rows with an empty BulletinKB"
    assert updates == 608_740 - 128_851 - 41_724, "rows whose BulletinKB is a word (CBL-Mariner Releases …), counted with grep"
    compare_bulletins(known, replaces)


def compare_bulletins(known: set[str], replaces: dict[str, set[str]]) -> None:
    """What that tool made of the bulletins of 2001 to 2017: every update from 2008 on is in the table.

    The table begins in November 2008, so that older updates are missing; and of what they replace it holds less, because it names for a
    product only what that product had (that tool joins the bulletins' lists of all products).
    """
    if not GOLDEN.exists():
        pytest.skip(f"real captures are not here: {GOLDEN}")
    expected = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLDEN.glob("*/*.json"))]
    newer = [kb for kb in expected if int(kb["kb_id"]) >= 955_000]
    assert len(newer) > 100
    absent = [kb["kb_id"] for kb in newer if kb["kb_id"] not in known and not any(kb["kb_id"] in held for held in replaces.values())]
    assert absent == []
    named = [kb for kb in newer if kb.get("supersedes") and kb["kb_id"] in known]
    same = [kb for kb in named if {one["kb_id"] for one in kb["supersedes"]} <= replaces[kb["kb_id"]]]
    assert len(same) >= 0.6 * len(named)
