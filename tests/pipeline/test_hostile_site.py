"""A site folder somebody tampered with or uses twice at once: one clear line for what is lost, the rest is judged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from omamori.parse.registry import parsers
from omamori.pipeline.check import CheckRequest, CheckResult, note_line, run_check
from omamori.pipeline.compare import compare
from omamori.pipeline.error import UserError
from omamori.pipeline.gather import take_in
from omamori.pipeline.ledger import export_ledger
from omamori.pipeline.observer import Silent
from omamori.pipeline.take import verdicts_of
from omamori.snapshot.assemble import assemble
from omamori.snapshot.database import Database
from omamori.snapshot.evidence import EvidenceStore
from omamori.snapshot.manifest import begin, finish, snapshots, unreadable_snapshots
from omamori.snapshot.site import Site, SiteError

KitMaker = Callable[..., bytes]
HOSTS = ("good", "hurt")
MOMENT = datetime(2026, 5, 2)


@pytest.fixture
def site(tmp_path: Path, make_kit: KitMaker, received: datetime) -> Path:
    """A site with two machines, each in a receipt and in outputs of its own."""
    for number, host in enumerate(HOSTS):
        (tmp_path / f"{host}.kit").write_bytes(make_kit(host, f"{number + 1:x}" * 32))
    take_in(tmp_path / "site", [tmp_path / f"{host}.kit" for host in HOSTS], Silent(), received=received)
    return tmp_path / "site"


def check(site: Path, moment: datetime = MOMENT) -> CheckResult:
    return run_check(CheckRequest(site=site, out=None, language="en", formats=("json",), moment=moment), Silent())


def read(site: Path) -> tuple[set[str], list[str]]:
    """The machines whose description could be read, and the notes in English; each note is one line in both languages."""
    with Database() as database:
        notes = assemble(EvidenceStore(site), parsers(), database, now=MOMENT, max_age_days=90).notes
        known = {row.asset for row in database.rows("hosts")}
    assert all(note.text.ja and note.text.en and "\n" not in note.text.ja + note.text.en for note in notes)
    return known, [note_line(note).en for note in notes]


def receipt_of(site: Path, host: str) -> Path:
    (found,) = (one.id for one in EvidenceStore(site).receipts() if one.visit.host == host)
    return site / "evidence" / "receipts" / f"{found}.json"


def blob_of(site: Path, host: str) -> Path:
    digest: str = json.loads(receipt_of(site, host).read_text(encoding="utf-8"))["items"][0]["sha256"]
    return site / "evidence" / "blobs" / digest[:2] / f"{digest}.gz"


def altered(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def another(path: Path) -> None:
    """Valid JSON of another shape."""
    path.write_text('[{"format": 1}]', encoding="utf-8")


def nested(path: Path) -> None:
    path.write_bytes(b"[" * 200_000)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_link(path: Path) -> None:
    """A link to a file of ours that never came in."""
    secret = path.parent / "elsewhere"
    secret.write_text("root:x:0:0:nothing of this may be read:/root:/bin/sh\n", encoding="utf-8")
    path.unlink()
    path.symlink_to(secret)


def a_dangling_link(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.parent / "nowhere")


@pytest.mark.parametrize("harm", [altered, truncated, emptied, Path.unlink, a_folder, a_link, a_dangling_link])
def test_a_harmed_output_is_told_in_one_line_and_the_rest_read(site: Path, harm: Callable[[Path], None]) -> None:
    harm(blob_of(site, "hurt"))
    known, (line,) = read(site)
    assert line.startswith("hurt [linux.host]: stored evidence ")
    assert known == {"good"}


@pytest.mark.parametrize("harm", [altered, truncated, emptied, Path.unlink, a_link, a_dangling_link])
def test_importing_the_file_again_heals_a_harmed_output(site: Path, tmp_path: Path, harm: Callable[[Path], None]) -> None:
    blob = blob_of(site, "hurt")
    harm(blob)
    (outcome,) = take_in(site, [tmp_path / "hurt.kit"], Silent(), received=MOMENT)
    assert outcome.status == "already"
    assert EvidenceStore(site).verify() == () and not blob.is_symlink()
    assert read(site) == (set(HOSTS), [])


@pytest.mark.parametrize("harm", [altered, truncated, emptied, another, nested, a_folder, a_link, a_dangling_link])
def test_a_harmed_receipt_is_told_in_one_line_and_the_rest_read(site: Path, harm: Callable[[Path], None]) -> None:
    path = receipt_of(site, "hurt")
    harm(path)
    known, (line,) = read(site)
    assert line.startswith(path.name) and "the receipt cannot be read or was altered" in line
    assert known == {"good"}


@pytest.mark.parametrize("harm", [truncated, emptied, another, nested, a_folder, a_link])
def test_a_harmed_manifest_is_told_and_the_other_snapshots_stay(site: Path, harm: Callable[[Path], None]) -> None:
    place = Site(site)
    for day in (2, 3):
        moment = datetime(2026, 5, day)
        finish(begin(place, moment=moment, made=moment, evidence=(), versions={}))
    hurt, good = snapshots(place)
    assert unreadable_snapshots(place) == ()
    harm(hurt.folder / "manifest.json")
    (note,) = unreadable_snapshots(place)
    assert note.origin == hurt.id
    assert [one.id for one in snapshots(place)] == [good.id]


def test_a_site_harmed_everywhere_is_judged_with_one_line_for_each_harm(site: Path, tmp_path: Path, make_kit: KitMaker) -> None:
    (tmp_path / "third.kit").write_bytes(make_kit("third", "f" * 32))
    take_in(site, [tmp_path / "third.kit"], Silent(), received=datetime(2026, 5, 1, 10))
    first, second = check(site).snapshot_id, check(site, datetime(2026, 5, 2, 1)).snapshot_id
    truncated(blob_of(site, "hurt"))
    altered(receipt_of(site, "third"))
    emptied(site / "snapshots" / first / "manifest.json")
    (site / "snapshots" / second / "tables.duckdb").write_bytes(b"\xff" * 20_000)
    result = check(site, datetime(2026, 5, 3))
    said = [note.en for note in result.report.notes]
    for words in ("stored evidence was altered", "the receipt cannot be read", "the record of an earlier check cannot be read"):
        assert len([line for line in said if words in line]) == 1, (words, said)
    assert {machine.name for machine in result.report.machines} == set(HOSTS)
    assert any(verdict.subject == "good" for verdict in result.report.verdicts)
    assert [one.id for one in snapshots(Site(site))] == [second, result.snapshot_id]


@pytest.mark.parametrize("harm", [truncated, emptied, a_folder, a_dangling_link])
def test_harmed_tables_are_as_good_as_deleted(site: Path, harm: Callable[[Path], None]) -> None:
    place = Site(site)
    draft = begin(place, moment=MOMENT, made=MOMENT, evidence=(), versions={})
    Database(draft.tables).close()
    snapshot = finish(draft)
    assert verdicts_of(snapshot) == ()
    harm(snapshot.tables)
    assert verdicts_of(snapshot) is None
    with pytest.raises(UserError, match=f"omamori rebuild {snapshot.id}"):
        compare(site, snapshot.id, snapshot.id)


def test_a_ledger_is_not_exported_from_harmed_tables_until_they_are_made_anew(site: Path, tmp_path: Path) -> None:
    snapshot = check(site).snapshot_id
    (site / "snapshots" / snapshot / "tables.duckdb").write_bytes(b"\xff" * 20_000)
    with pytest.raises(UserError, match=f"omamori rebuild {snapshot}"):
        export_ledger(site, tmp_path / "ledger.xlsx", "en", Silent(), replace=False)
    assert ended(omamori("rebuild", "--site", site, snapshot)) == 0
    export_ledger(site, tmp_path / "ledger.xlsx", "en", Silent(), replace=False)
    assert (tmp_path / "ledger.xlsx").stat().st_size


def omamori(*arguments: str | Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "omamori", *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> int:
    out, error = process.communicate(timeout=300)
    assert "Traceback" not in out + error
    return process.returncode


def test_two_imports_at_once_lose_nothing(site: Path, tmp_path: Path, make_kit: KitMaker) -> None:
    folders = [tmp_path / "left", tmp_path / "right"]
    for number, folder in enumerate(folders):
        folder.mkdir()
        for one in range(15):
            # Ten machines are in both folders, so both imports write the same blobs and receipts.
            place = one if one < 10 else one + number * 100
            (folder / f"{one}.kit").write_bytes(make_kit(f"host{place}", f"{place + 1000:032x}"))
    running = [omamori("import", "--site", site, folder) for folder in folders]
    assert [ended(one) for one in running] == [0, 0]
    store = EvidenceStore(site)
    assert store.verify() == ()
    hosts = sorted(receipt.visit.host for receipt in store.receipts())
    assert set(hosts) == {*HOSTS, *(f"host{n}" for n in [*range(15), *range(110, 115)])}


def test_an_import_beside_a_check_loses_nothing(site: Path, tmp_path: Path, make_kit: KitMaker) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number}.kit").write_bytes(make_kit(f"host{number}", f"{number + 1000:032x}"))
    running = [omamori("check", "--site", site, "--out", tmp_path / "out"), omamori("import", "--site", site, folder)]
    assert [ended(one) for one in running] == [0, 0]
    assert EvidenceStore(site).verify() == ()
    assert json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    (snapshot,) = snapshots(Site(site))
    assert len(snapshot.manifest.evidence) >= 2
    assert len(EvidenceStore(site).receipts()) == 22


def test_a_file_that_may_not_be_read_is_told_beside_the_good_one(tmp_path: Path, make_kit: KitMaker, received: datetime) -> None:
    for name in ("shut.kit", "open.kit"):
        (tmp_path / name).write_bytes(make_kit())
    (tmp_path / "shut.kit").chmod(0)
    # Root may read every file, but not the memory at address 0.
    shut = Path("/proc/self/mem") if os.access(tmp_path / "shut.kit", os.R_OK) else tmp_path / "shut.kit"
    outcomes = take_in(tmp_path / "site", [shut, tmp_path / "open.kit"], Silent(), received=received)
    assert [one.status for one in outcomes] == ["refused", "stored"]
    assert outcomes[0].text.en.startswith("could not be read (")


@pytest.mark.parametrize("below", [(), ("deeper",)], ids=["a file", "below a file"])
def test_a_site_that_is_a_file_is_refused_in_one_line(tmp_path: Path, make_kit: KitMaker, below: tuple[str, ...]) -> None:
    (tmp_path / "a.kit").write_bytes(make_kit())
    (tmp_path / "taken").write_text("somebody's own words", encoding="utf-8")
    site = (tmp_path / "taken").joinpath(*below)
    with pytest.raises(SiteError, match="name a folder you can write to"):
        take_in(site, [tmp_path / "a.kit"], Silent())
    for command in (["check"], ["import", str(tmp_path / "a.kit")], ["diff"], ["rebuild"]):
        done = subprocess.run(
            [sys.executable, "-m", "omamori", *command, "--site", str(site), "--lang", "en"], capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 3, (command, done.stderr)
        assert "Traceback" not in done.stderr and done.stderr.strip().splitlines()
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "somebody's own words"
