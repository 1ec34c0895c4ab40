"""The lists of what changes no answer."""

from __future__ import annotations

from omamori.parse.device.dialects.fortios.settings import KNOWN, NOTHING, POLICY_HARMLESS
from omamori.parse.device.dialects.fortios.unread import READ


def test_no_condition_of_a_policy_is_called_harmless() -> None:
    assert not POLICY_HARMLESS & {
        "srcaddr",
        "service",
        "groups",
        "schedule",
        "ztna-status",
        "tos",
        "vlan-filter",
        "application",
        "match-vip",
    }


def test_no_table_is_both_read_and_nothing() -> None:
    assert not {path.replace(" ", "/") for path in READ} & NOTHING


def test_lists_are_of_tables_that_are_read() -> None:
    assert set(KNOWN) - set(READ) - {"nothing", "log"} == set()
