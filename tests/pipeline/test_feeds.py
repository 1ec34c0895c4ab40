"""From a publisher's files to a verdict: build, import, check; a run killed anywhere leaves the pack that was there."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.feeds.packs import ROWS, table

from omamori.feeds.held import PACKS, pack_folders, site_pack
from omamori.feeds.take import Agreed
from omamori.pipeline.check import CheckRequest, run_check
from omamori.pipeline.error import UserError
from omamori.pipeline.feeds import BuildRequest, broken_lines, build, key_page, make_key, shown_key, status, take_in
from omamori.pipeline.gather import take_in as take_evidence
from omamori.pipeline.observer import Silent
from omamori.pipeline.rebuild import rebuild_snapshot
from omamori.pipeline.take import verdicts_of
from omamori.snapshot.manifest import snapshots
from omamori.snapshot.site import Site

TIMES = int(os.environ.get("OMAMORI_TORTURE", "3"))
KitMaker = Callable[..., bytes]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a key, a pack, and a later one."""
    folder = tmp_path_factory.mktemp("maker")
    make_key(folder / "key", "")
    for name in ("one", "two"):
        (folder / name).mkdir()
        (folder / name / "CVEs_20260601.csv").write_bytes(table(*ROWS))
        build(BuildRequest((folder / name,), folder / f"{name}.omamori-pack", folder / "key", maker="S"), Silent())
    return folder


def accepting(made: Path) -> Agreed:
    return Agreed(fingerprint=shown_key(made, made / "key", "").fingerprint)


def test_a_check_judges_with_the_imported_pack_and_says_so(made: Path, tmp_path: Path, make_kit: KitMaker, received: datetime) -> None:
    site = tmp_path / "site"
    (tmp_path / "x.kit").write_bytes(make_kit())
    take_evidence(site, [tmp_path / "x.kit"], Silent(), received=received)
    run_check(CheckRequest(site=site, language="en", moment=datetime(2026, 6, 2), out=tmp_path / "a", formats=()), Silent())
    take_in(site, made / "one.omamori-pack", accepting(made), Silent())
    run_check(CheckRequest(site=site, language="en", moment=datetime(2026, 6, 3), out=tmp_path / "b", formats=()), Silent())
    first, second = snapshots(Site(site))
    told = {
        snapshot.id: {one.check_id: one.verdict for one in verdicts_of(snapshot) or () if one.check_id.startswith("updates.knowledge_")}
        for snapshot in (first, second)
    }
    assert told[first.id]["updates.knowledge_only_starter"] == "fail"
    assert told[second.id] == {"updates.knowledge_only_starter": "pass", "updates.knowledge_old": "pass"}
    held = site_pack(Site(site))
    assert held.signed is not None and second.manifest.versions["pack"] == held.signed.id != first.manifest.versions["pack"]
    facts = pack_folders(Site(site))[0] / "facts.duckdb"
    facts.write_bytes(facts.read_bytes()[:-100])
    third = rebuild_snapshot(site, None, Silent())
    (snapshot,) = [one for one in snapshots(Site(site)) if one.id == third]
    assert snapshot.manifest.versions["pack"] == first.manifest.versions["pack"], "a harmed pack is not judged with"
    assert [note.kind for note in snapshot.manifest.notes if note.code == "damaged"] == ["knowledge.pack"]


def test_the_status_tells_ages_and_whose_key_it_is(made: Path, tmp_path: Path) -> None:
    before = status(tmp_path / "site", date(2026, 6, 2))
    assert before.as_json()["imported"] is False and [one.feed.feed for one in before.sources] == ["starter"]
    take_in(tmp_path / "site", made / "one.omamori-pack", accepting(made), Silent())
    found = status(tmp_path / "site", date(2026, 6, 11))
    microsoft, _ = found.sources
    assert (microsoft.feed.feed, microsoft.age_days, microsoft.old, microsoft.feed.records) == ("microsoft", 10, False, 3)
    assert found.pinned == shown_key(tmp_path / "site", None, "").fingerprint and found.as_json()["maker"] == "S"
    assert [one.old for one in status(tmp_path / "site", date(2027, 6, 11)).sources] == [True, True]


def test_what_is_wrong_is_one_line_for_a_person(made: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there already"):
        build(BuildRequest((made / "one",), made / "one.omamori-pack", made / "key"), Silent())
    with pytest.raises(UserError, match="no knowledge pack"):
        take_in(tmp_path / "site", made / "key", accepting(made), Silent())
    with pytest.raises(UserError, match="imported no pack"):
        shown_key(tmp_path / "empty", None, "")
    with pytest.raises(FileNotFoundError):
        take_in(tmp_path / "never", tmp_path / "nothing", accepting(made), Silent())
    assert not (tmp_path / "never").exists()
    with pytest.raises(FileNotFoundError):
        build(BuildRequest((tmp_path / "nothing",), tmp_path / "x.omamori-pack", made / "key"), Silent())


def test_files_that_were_not_read_are_listed_and_the_list_ends(made: Path, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"notes{number}.txt").write_text("x")
    (tmp_path / "CVEs_20260601.csv").write_bytes(table(*ROWS, "never,x,,,,,,,,"))
    built, _ = build(BuildRequest((tmp_path,), tmp_path / "p.omamori-pack", made / "key"), Silent())
    lines = [line.en for line in broken_lines(built, 3)]
    assert len(lines) == 4 and lines[-1] == "3 more files"
    assert any("1 records could not be read" in line.en for line in broken_lines(built, 30))
    last = broken_lines(replace(built, thin=(2019, 2020)), 3)[-1]
    assert "2019, 2020" in last.ja and "Flaws of those years cannot be found" in last.en


def test_the_page_to_print_shows_the_fingerprint(made: Path) -> None:
    key = shown_key(made, made / "key", "")
    page = key_page(key, datetime(2026, 6, 1, tzinfo=UTC))
    for text in (page.ja, page.en):
        assert [group for group in text.split() if group in key.fingerprint.split()] == key.fingerprint.split()
        assert max(map(len, text.splitlines())) < 90


def test_a_folder_as_the_result_gets_a_file_named_after_the_day(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "CVEs_20260601.csv").write_bytes(table(*ROWS))
    make_key(tmp_path / "key", "")
    (tmp_path / "out").mkdir()
    built, fetched = build(BuildRequest((tmp_path / "in",), tmp_path / "out", tmp_path / "key"), Silent())
    assert (
        built.path.parent == tmp_path / "out" and re.fullmatch(r"omamori-20\d\d-\d\d-\d\d\.omamori-pack", built.path.name) and fetched == ()
    )


TAKE = "import sys; from pathlib import Path; from omamori.pipeline.feeds import take_in; from omamori.pipeline.observer import Silent; "
TAKE += "from omamori.feeds.take import Agreed; print('go', flush=True); "
TAKE += "[take_in(Path(sys.argv[1]), Path(sys.argv[2]), Agreed(), Silent()) for _ in range(1)]; print('done', flush=True)"


@pytest.fixture
def with_first(made: Path, tmp_path: Path) -> Iterator[Path]:
    take_in(tmp_path / "site", made / "one.omamori-pack", accepting(made), Silent())
    yield tmp_path / "site"


@pytest.mark.parametrize("number", range(TIMES))
def test_kill_while_a_pack_is_taken_in_leaves_one_that_works(made: Path, with_first: Path, number: int) -> None:
    process = subprocess.Popen([sys.executable, "-c", TAKE, str(with_first), str(made / "two.omamori-pack")], stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stdout.readline() == b"go\n"
    time.sleep(random.Random(number).uniform(0.0, 0.5))
    process.kill()
    process.wait()
    process.stdout.close()
    held = site_pack(Site(with_first))
    assert held.signed is not None and held.notes == ()
    take_in(with_first, made / "two.omamori-pack", Agreed(), Silent())
    after = site_pack(Site(with_first))
    assert after.signed is not None and after.signed.manifest.serial > 0 and len(pack_folders(Site(with_first))) == 2
    assert [path.name for path in (with_first / "knowledge" / PACKS).iterdir() if path.name.startswith(".")] == []
