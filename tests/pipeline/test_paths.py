"""The paths of a judged site, and what a supposed change takes away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.pipeline.site_with_ways import LEDGER, RULE, site_with_ways

from omamori.pipeline.check import CheckRequest, run_check
from omamori.pipeline.error import UserError
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.paths import PathsRequest, find_paths, paths_json


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_with_ways(tmp_path_factory.mktemp("site"))


def reached(found):
    return {(path.entry, path.asset): path.certain for path in found.paths}


def test_what_was_seen_is_certain_and_what_nobody_looked_at_is_not(site):
    result = find_paths(PathsRequest(site), Silent())
    assert reached(result.before)["PACS保守VPN", "PACSサーバ"] is True
    assert reached(result.before)["PACS保守VPN", "電子カルテDBサーバ"] is False
    assert result.after == result.before and result.removed == ()
    assert {one.entry for one in result.unreached} == {"PACS保守VPN", "予備の壁口"}
    assert all(one.reason for one in result.unreached), "nobody looked at any machine: nothing can be told"


@pytest.mark.parametrize("word", ["PACS保守VPN", "entry:PACS保守VPN", "bastion", RULE, f"rule:{RULE}", "images in"])
def test_a_line_its_rule_and_the_one_door_take_all_away(site, word):
    result = find_paths(PathsRequest(site, (word,)), Silent())
    assert result.after.paths == () and {path.asset for path in result.removed} >= {"PACSサーバ", "電子カルテDBサーバ"}


def test_a_password_takes_away_one_path_and_leaves_the_others(site):
    result = find_paths(PathsRequest(site, ("login:PACSサーバ:orthanc",)), Silent())
    before, after = reached(result.before), reached(result.after)
    assert after.items() <= before.items() | {(("PACS保守VPN", "PACSサーバ"), False)}
    assert not any(path.certain for path in result.after.paths)


def test_a_word_that_means_nothing_is_told_with_what_is_near(site):
    with pytest.raises(UserError, match="did you mean login:PACSサーバ:orthanc"):
        find_paths(PathsRequest(site, ("orthanc",)), Silent())


def test_a_program_gets_the_same(site):
    told = json.loads(paths_json(find_paths(PathsRequest(site, ("login:PACSサーバ:orthanc",)), Silent())))
    assert told["without"] == ["login:PACSサーバ:orthanc"]
    (line,) = [one for one in told["entries"] if one["entry"] == "PACS保守VPN"]
    for path in line["paths"]:
        assert path["steps"] and all(step["told"]["ja"] and step["told"]["en"] for step in path["steps"])
    assert {one["asset"]: one["recognised_by"] for one in told["jewels"]}["PACSサーバ"] == "purpose"
    assert all(one["could_not_be_told"] for one in told["not_reached"])
    assert told["cheapest"]["exact"] in (True, False)


def test_a_site_without_ways_in_says_so(tmp_path):
    with pytest.raises(UserError, match="omamori check"):
        find_paths(PathsRequest(tmp_path), Silent())
    take_in(tmp_path, [LEDGER], Silent())
    run_check(CheckRequest(site=tmp_path, out=tmp_path / "out", language="ja", formats=("json",)), Silent())
    assert find_paths(PathsRequest(tmp_path), Silent()).jewels
