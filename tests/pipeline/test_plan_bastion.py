"""The plan of a judged site as files: the person's paper, the program's document, texts with their undo, the picture before and after."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.respond.bastion.small import JUMP, LINE, filled, judged_site, rows, show

from omamori.map.hospital import Door, Hospital, Line
from omamori.pipeline.error import UserError
from omamori.pipeline.observer import Silent
from omamori.pipeline.plan_bastion import BastionRequest, after_the_move, bastion_json, markdown, plan_bastion
from omamori.respond.bastion.edits import applied
from omamori.respond.bastion.plan import make_plan


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return judged_site(tmp_path_factory.mktemp("site"))


def test_the_files_are_there_for_their_owner_only_and_the_site_is_as_it_was(site: Path, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    result = plan_bastion(BastionRequest(site, "ja", out=tmp_path / "plan"), Silent())
    assert {path.name for path in result.written} == {
        "plan.md", "plan.json", "1-fw.apply.nft", "1-fw.undo.nft", "2-vpn.apply.nft", "2-vpn.undo.nft", "before.svg", "after.svg",
    }  # fmt: skip
    assert all(path.stat().st_mode & 0o077 == 0 for path in result.written)
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()} == before
    told = (tmp_path / "plan/plan.md").read_text(encoding="utf-8")
    assert told.startswith("# 入口を一つにする計画") and "2-vpn.undo.nft" in told


def test_a_program_gets_lines_rules_losses_and_order(site: Path) -> None:
    told = json.loads(bastion_json(plan_bastion(BastionRequest(site, "en"), Silent())))
    assert told["door"]["address"] == JUMP and {one["line"]: one["state"] for one in told["standing"]}[LINE] == "open"
    (line,) = [one for one in told["lines"] if one["line"] == LINE]
    assert (line["before"]["services"], line["after"]["services"], line["after"]["door"], line["after"]["not_certain"]) == (
        2,
        0,
        "open",
        [],
    )
    assert any(one["entry"] == LINE and one["ask"] for one in told["lost"]) and all(one["test"]["ja"] for one in told["order"])
    vpn = next(one for one in told["devices"] if one["device"] == "vpn")
    assert "omamori_bastion" in vpn["apply"] and vpn["coming"] and vpn["tried_on_a_real_device"] is True


def test_the_paths_of_an_intruder_go_with_the_lines(site: Path) -> None:
    paths = plan_bastion(BastionRequest(site, "en"), Silent()).paths
    assert paths is not None and paths.after <= paths.before


def test_after_the_move_and_a_new_look_every_line_is_done(tmp_path: Path) -> None:
    folder = judged_site(tmp_path / "site")
    with filled(rows()) as database:
        plan = make_plan(database)
    show(folder, applied(rows(), plan.edits))
    result = plan_bastion(BastionRequest(folder, "en", out=tmp_path / "plan"), Silent())
    assert {one.state for one in result.plan.standing} == {"done"}
    assert {path.name for path in result.written} == {"plan.md", "plan.json"} and "done: records VPN" in markdown(result, "en").replace(
        "\\", ""
    )


def test_a_door_that_means_nothing_is_one_sentence(site: Path) -> None:
    with pytest.raises(UserError, match="nobody is no zone"):
        plan_bastion(BastionRequest(site, "en", to="nobody"), Silent())


def test_without_a_judgement_there_is_no_plan(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="omamori check"):
        plan_bastion(BastionRequest(tmp_path, "en"), Silent())


def test_on_the_map_the_lines_land_at_the_door_and_undeclared_doors_become_lines() -> None:
    with filled(rows()) as database:
        plan = make_plan(database)
    doors = (Door("vpn", "WireGuard", "vpn"), Door("ehr", "VNC", "remote"))
    after = after_the_move(Hospital(lines=(Line("other line", lands_in="records"),), doors=doors), plan)
    assert {line.name: (line.lands_in, line.machine) for line in after.lines} == {"other line": ("records", ""), LINE: ("DMZ", "vpn")}
    assert [door.machine for door in after.doors] == ["ehr"]
    known = after_the_move(Hospital(lines=(Line(LINE, lands_in="records", machine="vpn"),)), plan)
    assert [(line.name, line.lands_in) for line in known.lines] == [(LINE, "DMZ")]


def test_what_a_machine_said_is_no_markup_in_the_paper(site: Path) -> None:
    result = plan_bastion(BastionRequest(site, "en"), Silent())
    hostile = replace(result.told[1], text=replace(result.told[1].text, en="![x](http://198.51.100.1/a) <script>"))
    told = markdown(replace(result, told=(hostile,)), "en")
    assert "<script>" not in told.replace("\\<", "") and "![x]" not in told
