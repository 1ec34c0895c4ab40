"""The content is whole, and what decides a setting."""

from __future__ import annotations

import pytest

from omamori.collect.windows.commands import commands
from omamori.parse.windows.registry.decide import build_of, content, decide
from omamori.parse.windows.registry.part import columns
from omamori.parse.windows.registry.tree import key_path

TERMINAL = 'SYSTEM\\CurrentControlSet\\Control\\Terminal Server\n"fDenyTSConnections"=dword:0000000{}'
POLICY = 'SOFTWARE\\Policies\\Microsoft\\Windows NT\\Terminal Services\n"fDenyTSConnections"=dword:0000000{}'


def rdp(tree):
    return decide(tree, content().settings["rdp_enabled"], None)


def test_every_setting_is_a_column_and_every_key_is_used() -> None:
    assert set(content().settings) <= set(columns("windows_settings"))
    used = {key.path for setting in (*content().settings.values(), *content().parts.values()) for key, _ in setting.places}
    by_name = {"smb1_driver", "usbstor", "current_version", "policy_update", "defender", "policy_defender"}
    assert {name for name, key in content().keys.items() if key.path not in used} <= by_name


def test_every_key_is_asked_for() -> None:
    asked = [(key_path(one.run[2]), one.run[1] == "export" or "/s" in one.run) for one in commands() if one.run[0] == "reg"]
    for key in content().keys.values():
        path = key_path(key.path)
        assert any(path == root or (deep and path.startswith(root + "\\")) for root, deep in asked), key.path


def test_a_policy_wins_and_must_have_been_looked_at(tree) -> None:
    assert not rdp(tree(TERMINAL.format(0))).known
    assert rdp(tree("SOFTWARE\\Policies", TERMINAL.format(0))).meaning is True
    assert rdp(tree(POLICY.format(1), TERMINAL.format(0))).meaning is False
    assert rdp(tree(POLICY.format(0))).meaning is True
    assert not rdp(tree("SOFTWARE\\Policies", TERMINAL.format(7))).known


def test_an_absence_counts_only_in_a_key_that_was_shown_whole(tree) -> None:
    setting = content().settings["uac_remote_full"]
    key = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System\n"
    assert decide(tree(key + '"EnableLUA"=dword:00000001'), setting, None).meaning is False
    assert not decide(tree(key + '"other"=dword:00000001'), setting, None).known
    # Nor does a value in a file that somebody wrote to set it.
    assert not decide(tree(key + '"LocalAccountTokenFilterPolicy"=dword:00000001'), setting, None).known


@pytest.mark.parametrize(("build", "meaning"), [(None, None), (7601, True), (9600, False), (19045, False)])
def test_a_default_may_depend_on_the_version(tree, build: int | None, meaning: bool | None) -> None:
    setting = content().settings["wdigest_plain"]
    assert decide(tree("SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\WDigest"), setting, build).meaning is meaning


def test_the_build(tree) -> None:
    key = "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\n"
    assert build_of(tree(key + '"CurrentBuildNumber"="2600"')) == 2600
    assert build_of(tree(key + '"CurrentBuild"="1.511.1 () (Obsolete data)"\n"CurrentBuildNumber"="2600"')) == 2600
    assert build_of(tree(key)) is None
