"""The block of a site that was really judged: files, JSON and the picture; nothing is told where a judgement is too old."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from datetime import UTC
from pathlib import Path

import pytest
from tests.respond.isolate.ward import prepared_site

from omamori.pipeline.error import UserError
from omamori.pipeline.isolate_paper import prepared_cuts
from omamori.pipeline.isolate_prepare import IsolateRequest, block_json, file_names, prepare_block, write_block
from omamori.pipeline.observer import Silent


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared_site(tmp_path_factory.mktemp("site"))


def test_the_folder_holds_what_is_read_what_is_loaded_and_what_takes_it_back(site: Path, tmp_path: Path) -> None:
    out = tmp_path / "block"
    block, paths = write_block(IsolateRequest(site, "en", out=out, zone=UTC, machines=("nurses",)), Silent())
    names = {path.name for path in paths}
    assert {"isolate.md", "isolate.json", "paper.html", "stages.svg"} <= names and all(path.is_file() for path in paths)
    ET.fromstring((out / "stages.svg").read_text())  # noqa: S314 - our own
    told = json.loads((out / "isolate.json").read_text())
    assert told["stages"][0]["state"] == "ready" and told["never_blocked"][0]["name"] == "alarms"
    for cut in told["cuts"]:
        assert bool(cut["apply"]) == bool(cut["undo"]) == bool(cut["files"])
        for kind, name in cut["files"].items():
            assert (out / name).read_bytes().decode() == cut[kind]
    assert len({name for files in file_names(block).values() for name in files.values()}) == len(names) - 4
    assert out.stat().st_mode & 0o777 == 0o700 and "1-backup" in (out / "isolate.md").read_text()


def test_a_site_is_only_read(site: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    assert json.loads(block_json(prepare_block(site, Silent())))["cuts"]
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == before


def test_the_page_for_the_day_names_the_cuts(site: Path) -> None:
    found = prepared_cuts(site)
    assert found[0].stage == 1 and found[0].decides == "deputy" and found[0].clinical == 1 and found[0].ready


def test_an_unknown_machine_and_a_judgement_that_is_too_old_are_told(site: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no machine is called nobody"):
        prepare_block(site, Silent(), ("nobody",))
    with pytest.raises(UserError, match="omamori check"):
        prepare_block(tmp_path / "none", Silent())
