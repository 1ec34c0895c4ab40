"""The folder of a machine's files leads nowhere else, on no file system, and no two machines share one."""

from __future__ import annotations

from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.respond.harden.write.folder import folder_of


@pytest.mark.parametrize("name", ["pacs-01", "医事課PC", "srv.example.lan"])
def test_a_plain_name_stays(name: str) -> None:
    assert folder_of(name) == name


@pytest.mark.parametrize("name", ["..", ".", "", "../x", "a/b", "a\\b", "nul", "COM1.x", "Linux", "plan", "c:", "a b", "x.", "y" * 300])
def test_what_had_to_be_changed_carries_letters_of_its_own(name: str) -> None:
    folder = folder_of(name)
    assert folder != name and len(folder) <= 70
    assert folder not in {".", ".."} and not set(folder) & set('/\\:*?"<>| ')
    assert not PureWindowsPath(folder).is_reserved() and folder.casefold() not in {"linux", "plan"}


@given(st.text(max_size=80), st.text(max_size=80))
def test_two_machines_never_share_a_folder(one: str, other: str) -> None:
    assert one == other or folder_of(one) != folder_of(other)
