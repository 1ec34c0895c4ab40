"""The hardening plan of a judged site: its files, its words, and its promises after a new look."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from tests.respond.harden.small import BEHAVIOUR, judged_site, look, rows, show

from omamori.model.look import Verdict
from omamori.pipeline.error import UserError
from omamori.pipeline.harden import HardenRequest, harden, plan_json, verified_json, verify_plan
from omamori.pipeline.observer import Silent
from omamori.snapshot.manifest import snapshots
from omamori.snapshot.site import Site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return judged_site(tmp_path_factory.mktemp("site"))


def test_the_files_are_for_their_owner_only_and_the_site_is_as_it_was(site: Path, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    result = harden(HardenRequest(site, "ja", out=tmp_path / "plan"), Silent())
    assert {"plan.html", "plan.json"} <= {path.name for path in result.written}
    assert all(path.stat().st_mode & 0o077 == 0 for path in result.written)
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()} == before
    assert "費用をかけずに固める計画" in (tmp_path / "plan/plan.html").read_text(encoding="utf-8")


def test_an_earlier_plan_is_never_written_over(site: Path, tmp_path: Path) -> None:
    harden(HardenRequest(site, "ja", out=tmp_path / "plan"), Silent())
    before = {path: path.read_bytes() for path in (tmp_path / "plan").iterdir()}
    with pytest.raises(UserError, match="holds an earlier plan"):
        harden(HardenRequest(site, "en", group=("pcs",), out=tmp_path / "plan"), Silent())
    assert {path: path.read_bytes() for path in (tmp_path / "plan").iterdir()} == before


def test_a_program_gets_measures_promises_and_questions(site: Path) -> None:
    told = json.loads(plan_json(harden(HardenRequest(site, "en"), Silent())))
    assert [one["machines"] for one in told["measures"]] == [["pc-1", "pc-2"]] and told["unseen"] == ["unseen"]
    assert {one["subject"] for one in told["promises"]} == {"pc-1", "pc-2"}
    assert [(one["machine"], one["vendor"]) for one in told["questions"]] == [("ct-pc", "Imaging Ltd")]


def test_promises_are_held_against_a_new_look(tmp_path: Path) -> None:
    folder = judged_site(tmp_path / "site")
    harden(HardenRequest(folder, "en", out=tmp_path / "plan"), Silent())
    plan = tmp_path / "plan/plan.json"
    assert dict(verify_plan(folder, plan, Silent()).counts)["not-seen"] == 2
    planned = snapshots(Site(folder))[-1].manifest.moment
    mended = [row for row in rows() if not (isinstance(row, Verdict) and row.subject == "pc-1")]
    later = planned + timedelta(hours=1)
    show(folder, [*mended, Verdict(check_id=BEHAVIOUR, subject="pc-1", verdict="pass"), look("pc-1", later), look("pc-2", later)])
    found = verify_plan(folder, plan, Silent())
    assert {one.promise.subject: one.state for one in found.kept} == {"pc-1": "gone", "pc-2": "still"}
    told = json.loads(verified_json(found))
    assert told["counts"]["gone"] == 1 and told["promises"][1]["why"]["en"] == "pc-2: behaviour"


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"form": "omamori harden 1", "promises": [{}], "moment": ""}', b"[" * 100_000])
def test_a_file_that_is_no_plan_is_one_sentence(site: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "plan.json").write_bytes(content)
    with pytest.raises(UserError, match=r"plan\.json is no plan"):
        verify_plan(site, tmp_path / "plan.json", Silent())


def test_wrong_words_are_one_sentence(site: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nobody names no machine"):
        harden(HardenRequest(site, "en", group=("nobody",)), Silent())
    with pytest.raises(UserError, match="there are: own-antivirus"):
        harden(HardenRequest(site, "en", kinds=("magic",)), Silent())
    with pytest.raises(UserError, match="omamori check"):
        harden(HardenRequest(tmp_path, "en"), Silent())
