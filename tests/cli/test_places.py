"""Where the site lies when nobody says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from omamori.cli.places import can_write, documents, portable_site, unused
from omamori.snapshot.site import Site

READ_ONLY = Path("/proc")  # nobody makes files there, not even root


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "Documents"
    folder.mkdir()
    return folder


def test_beside_the_program_where_it_can_be_written(tmp_path: Path, papers: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    # omamori.cmd names its folder with the separator at the end.
    assert portable_site({"OMAMORI_PORTABLE": f"{stick / 'omamori'}{os.sep}"}, papers) == stick / "omamori-site"


def test_among_the_documents_beside_a_read_only_share(papers: Path) -> None:
    assert not can_write(READ_ONLY)
    assert portable_site({"OMAMORI_PORTABLE": str(READ_ONLY / "omamori")}, papers) == papers / "omamori-site"


def test_a_site_that_is_there_is_found_again(tmp_path: Path, papers: Path) -> None:
    Site(papers / "omamori-site").create()
    assert portable_site({"OMAMORI_PORTABLE": str(tmp_path / "omamori")}, papers) == papers / "omamori-site"
    Site(tmp_path / "omamori-site").create()
    assert portable_site({"OMAMORI_PORTABLE": str(tmp_path / "omamori")}, papers) == tmp_path / "omamori-site"


def test_who_names_a_site_or_has_no_portable_edition_is_left_alone(tmp_path: Path, papers: Path) -> None:
    assert portable_site({}, papers) is None
    assert portable_site({"OMAMORI_PORTABLE": str(tmp_path), "OMAMORI_SITE": "mine"}, papers) is None


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    first = tmp_path / "daicho.xlsx"
    assert unused(first) == first
    first.touch()
    assert unused(first).name == "daicho-2.xlsx"
    unused(first).touch()
    assert unused(first).name == "daicho-3.xlsx"


def test_documents_are_the_users(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(papers.parent))
    assert documents() == papers
    papers.rmdir()
    assert documents() == papers.parent
