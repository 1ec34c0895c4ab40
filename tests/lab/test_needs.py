"""What is missing is told at once and with what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from omamori.lab import needs
from omamori.lab.fields import LabError
from omamori.lab.reader import built_in


def test_every_program_names_its_package() -> None:
    found = needs.programs_of(built_in("sick"))
    assert found["nft"] == "nftables"
    assert found["smbd"] == "samba"
    assert all(found.values())


def test_programs_that_are_missing_come_with_the_command_that_installs_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("omamori.lab.programs._ALSO", ())
    monkeypatch.setattr("omamori.lab.programs._POSTGRES", tmp_path)
    told = needs.missing(built_in("sick"))[-1]
    for text in (told.ja, told.en):
        assert "apt install" in text
        assert "nftables" in text
        assert "wireguard-go" in text
    with pytest.raises(LabError, match=r"the lab cannot be made: .*samba"):
        needs.need(built_in("sick"))


def test_who_is_not_root_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(LabError, match="run it as root"):
        needs.need_root()
    assert "root" in needs.missing(built_in("healthy"))[0].ja


def test_a_kernel_without_tun_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "_KERNEL", {"/dev/net/none": needs.Text("なし", "nothing of the kind")})
    assert any("the kernel has no nothing of the kind" in one.en for one in needs.missing(built_in("healthy")))
