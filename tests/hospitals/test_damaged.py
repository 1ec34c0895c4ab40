"""Kit results of the sick hospital damaged on their way: what is said to the person, what is kept, and that no verdict gets better by it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from omamori.parse.sealed import key_id, seal
from omamori.pipeline.check import checks_for
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.outcome import Outcome
from omamori.pipeline.take import take_snapshot
from omamori.snapshot.evidence import EvidenceStore
from omamori.snapshot.keys import KitKeys
from omamori.snapshot.site import Site

NOW = datetime(2026, 6, 1, 9)
KITS = Path(__file__).parents[2] / "src" / "omamori" / "example" / "sick" / "2026-06-01"


def kit(host: str) -> bytes:
    return (KITS / f"omamori-windows-{host}.kit").read_bytes()


@dataclass(frozen=True)
class Taken:
    """What became of the files, and the verdicts by machine, check and key."""

    outcomes: Mapping[str, Outcome]
    verdicts: Mapping[str, Mapping[tuple[str, str], str]]
    kept: int
    notes: tuple[str, ...]


def taken(place: Path, files: Mapping[str, bytes], *, site: Path | None = None) -> Taken:
    """Take files in, in their order, and judge."""
    site, stick = site or place / "site", place / "stick"
    shutil.rmtree(stick, ignore_errors=True)
    stick.mkdir(parents=True)
    outcomes = {}
    for name, data in files.items():
        (stick / name).write_bytes(data)
        (outcome,) = take_in(site, [stick / name], Silent(), received=NOW)
        outcomes[name] = outcome
        assert (stick / name).read_bytes() == data, "what was handed over is never touched"
    found = take_snapshot(Site(site), checks_for(()), NOW, Silent())
    verdicts: dict[str, dict[tuple[str, str], str]] = {}
    for one in found.verdicts:
        verdicts.setdefault(one.subject, {})[one.check_id, one.finding_key] = one.verdict
    notes = tuple(note.text.en for note in found.snapshot.manifest.notes)
    return Taken(outcomes, verdicts, len(EvidenceStore(site).receipts()), notes)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """Three machines as they came."""
    return taken(tmp_path_factory.mktemp("whole"), {f"{host}.kit": kit(host) for host in ("FS01", "TS01", "LAB-OLD")})


def no_better(before: Mapping[tuple[str, str], str], after: Mapping[tuple[str, str], str]) -> None:
    passed = {check for check, _ in before} - {check for (check, _), verdict in before.items() if verdict != "pass"}
    assert {check for (check, _), verdict in after.items() if verdict == "pass"} <= passed
    assert {check for (check, _), verdict in before.items() if verdict == "fail"} <= {check for check, _ in after}, "none vanishes"


def test_half_a_file_and_an_altered_one_are_told_and_nothing_gets_better_beside_a_whole_one(tmp_path: Path, whole: Taken) -> None:
    half, altered = kit("FS01"), kit("TS01").replace(b"Never\r\nLockout duration", b"10\r\nLockout duration")
    assert altered != kit("TS01")
    found = taken(tmp_path, {"FS01.kit": half[: len(half) // 2], "TS01.kit": altered, "LAB-OLD.kit": kit("LAB-OLD")})
    assert [one.status for one in found.outcomes.values()] == ["stored"] * 3 and found.kept == 3
    cut = found.outcomes["FS01.kit"].text
    assert "places cut off or not understood, the rest was taken" in cut.en and "途切れ" in cut.ja
    changed = found.outcomes["TS01.kit"].text
    assert "its sum does not fit" in changed.en and "キットが書いた後に内容が変わっています" in changed.ja
    no_better(whole.verdicts["fs01"], found.verdicts["fs01"])
    no_better(whole.verdicts["ts01"], found.verdicts["ts01"])
    assert not [check for (check, _), verdict in found.verdicts["ts01"].items() if verdict == "pass" and check.startswith("accounts.")]
    assert "fail" in found.verdicts["fs01"].values(), "what is whole in the half is judged"
    assert found.verdicts["lab-old"] == whole.verdicts["lab-old"], "the machine beside them is judged as ever"


def test_brought_again_whole_the_damage_is_mended(tmp_path: Path, whole: Taken) -> None:
    taken(tmp_path, {"FS01.kit": kit("FS01")[:40_000]})
    found = taken(tmp_path, {"FS01.kit": kit("FS01"), "TS01.kit": kit("TS01"), "LAB-OLD.kit": kit("LAB-OLD")})
    assert found.verdicts == whole.verdicts and found.kept == 4, "the half stays in the evidence"


def test_a_wrong_key_and_another_sites_key_are_told_and_the_sealed_file_opens_where_it_belongs(tmp_path: Path, whole: Taken) -> None:
    ours, theirs = KitKeys(tmp_path / "site").public(), KitKeys(tmp_path / "theirs").public()
    foreign = seal(kit("FS01"), theirs)
    # The name of our key over what was sealed for another: a key that does not fit.
    wrong = foreign.replace(key_id(theirs).encode(), key_id(ours).encode(), 1)
    files = {"wrong.omamori": wrong, "foreign.omamori": foreign, "LAB-OLD.omamori": seal(kit("LAB-OLD"), ours), "TS01.kit": kit("TS01")}
    found = taken(tmp_path, files)
    assert [one.status for one in found.outcomes.values()] == ["refused", "refused", "stored", "stored"]
    assert (
        "the key does not open it" in found.outcomes["wrong.omamori"].text.en and "鍵が合わない" in found.outcomes["wrong.omamori"].text.ja
    )
    told = found.outcomes["foreign.omamori"].text
    assert (
        key_id(theirs) in told.en
        and "of another site; import it into the site folder that made this kit" in told.en
        and "別のサイトの鍵" in told.ja
    )
    assert set(found.verdicts) - {"site"} == {"lab-old", "ts01"}
    assert found.verdicts["lab-old"] == whole.verdicts["lab-old"], "sealed and opened it is the same machine"
    there = taken(tmp_path, {"foreign.omamori": foreign}, site=tmp_path / "theirs")
    assert there.outcomes["foreign.omamori"].status == "stored" and there.verdicts["fs01"] == whole.verdicts["fs01"]


def test_two_runs_and_a_new_name_stay_one_machine_and_both_results_are_kept(tmp_path: Path, whole: Taken) -> None:
    later = kit("TS01").replace(b"started=2026-06-01T07:38", b"started=2026-06-01T08:38")
    renamed = kit("FS01").replace(b"started=2026-06-01T07:34", b"started=2026-06-01T08:34").replace(b"FS01", b"FS99")
    # Its shadow copies too, so that nothing but the hardware says that it is the same machine.
    renamed = renamed.replace(b"fs01", b"fs99").replace("FS01".encode("utf-16-le"), "FS99".encode("utf-16-le"))
    assert len({later, renamed, kit("TS01"), kit("FS01")}) == 4
    found = taken(tmp_path, {"a.kit": kit("TS01"), "b.kit": resealed(later), "c.kit": kit("FS01"), "d.kit": resealed(renamed)})
    assert [one.status for one in found.outcomes.values()] == ["stored"] * 4 and found.kept == 4
    assert set(found.verdicts) - {"site"} == {"ts01", "fs99"}
    assert found.verdicts["ts01"] == whole.verdicts["ts01"]
    assert {check for check, _ in found.verdicts["fs99"]} == {check for check, _ in whole.verdicts["fs01"]}
    assert any("fs01" in note for note in found.notes), found.notes


def resealed(data: bytes) -> bytes:
    """The result with its sum made anew: as the kit would have written it."""

    start = data.rindex(b"#@")
    line = data[start:].partition(b"=")[0]
    return data[:start] + line + b"=" + hashlib.sha256(data[:start]).hexdigest().encode() + b"\r\n"
