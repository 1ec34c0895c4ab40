"""Several outputs about one machine: one row per thing, and nothing counts as read that some row lacks."""

from __future__ import annotations

import dataclasses
import time

from hypothesis import given
from hypothesis import strategies as st

from omamori.model.host import Host, Service
from omamori.model.look import Look, Parsed
from omamori.model.network import FirewallRule, Interface, Listener
from omamori.model.windows import AuditSetting
from omamori.parse.windows.merge import merge

STATES = Parsed(
    rows=(Service(name="Spooler", state="running", evidence="1"), Service(name="W32Time", state="stopped", evidence="2")),
    looks=(Look("services", missing=("start", "account"), reason="not_collected"),),
)
STARTS = Parsed(
    rows=(
        Service(name="Spooler", start="automatic", account="LocalSystem", evidence="3"),
        Service(name="w32TIME", start="manual", evidence="4"),
    ),
    looks=(Look("services", missing=("state",), reason="not_collected"),),
)
ONE = Parsed(
    rows=(Service(name="Spooler", account="LocalSystem", evidence="5"),),
    looks=(Look("services", complete=False, missing=("state", "start"), reason="not_collected"),),
)


def test_columns_of_two_whole_lists_are_joined() -> None:
    found = merge([STATES, STARTS])
    assert [(row.name, row.state, row.start, row.account) for row in found.rows] == [
        ("Spooler", "running", "automatic", "LocalSystem"),
        ("w32TIME", "stopped", "manual", None),
    ]
    assert found.looks == (Look("services"),)


def test_the_build_with_the_number_of_its_update_counts() -> None:
    known = Parsed(rows=(Host(hostname="PC01", os_build="10.0.19045", evidence="1"),), looks=(Look("hosts"),))
    finer = Parsed(
        rows=(Host(os_build="10.0.19045.4412", evidence="2"),), looks=(Look("hosts", missing=("hostname",), reason="not_collected"),)
    )
    other = Parsed(
        rows=(Host(os_build="10.0.190455", evidence="3"),), looks=(Look("hosts", missing=("hostname",), reason="not_collected"),)
    )
    assert merge([known, finer]).rows[0].os_build == "10.0.19045.4412"
    assert merge([known, other]).rows[0].os_build == "10.0.19045"


def test_details_of_one_thing_do_not_speak_for_the_others() -> None:
    found = merge([STATES, ONE])
    assert [(row.name, row.account) for row in found.rows] == [("Spooler", "LocalSystem"), ("W32Time", None)]
    (look,) = found.looks
    assert (look.complete, look.missing, look.reason) == (True, ("start", "account"), "not_collected")


def test_a_row_only_one_list_has_keeps_its_columns_unread() -> None:
    more = Parsed(rows=(*STARTS.rows, Service(name="New", start="automatic", evidence="9")), looks=STARTS.looks)
    (look,) = merge([STATES, more]).looks
    assert look.missing == ("state",)


def test_only_parts_are_no_whole_list() -> None:
    (look,) = merge([ONE, ONE]).looks
    assert (look.complete, look.reason) == (False, "not_collected")


def test_of_lists_in_order_the_best_whole_one_counts_alone() -> None:
    plain = Parsed(
        rows=(FirewallRule(rule_name="a", position=0, decision="accept"),),
        looks=(Look("firewall_rules", missing=("program",), reason="not_collected"),),
    )
    verbose = Parsed(rows=(FirewallRule(rule_name="a", position=0, decision="accept", program="a.exe"),), looks=(Look("firewall_rules"),))
    part = Parsed(
        rows=(FirewallRule(rule_name="b", position=0, decision="drop"),),
        looks=(Look("firewall_rules", complete=False, reason="not_collected"),),
    )
    assert merge([plain, part, verbose]) == merge([verbose])
    assert len(merge([part, part]).rows) == 2


def test_subcategories_of_auditing_count_without_the_categories() -> None:
    fine = Parsed(rows=(AuditSetting(name="0cce9215", failure=True, evidence="1"),), looks=(Look("audit_settings"),))
    rough = Parsed(
        rows=(AuditSetting(name="AuditLogonEvents", success=True, evidence="2"),),
        looks=(Look("audit_settings", complete=False, missing=("failure",), reason="not_collected"),),
    )
    assert merge([rough, fine]) == merge([fine])
    cut = Parsed(rows=fine.rows, looks=(Look("audit_settings", complete=False, reason="not_understood"),))
    assert [row.name for row in merge([rough, cut]).rows] == ["0cce9215", "AuditLogonEvents"]


def test_one_machine_has_one_row() -> None:
    left = Parsed(
        rows=(Host(hostname="pc1", platform="windows", evidence="1"),),
        looks=(Look("hosts", missing=("os_build", "domain"), reason="not_collected"),),
    )
    right = Parsed(
        rows=(Host(platform="windows", os_build="10.0.1", evidence="7"),),
        looks=(Look("hosts", missing=("hostname", "domain"), reason="not_collected"),),
    )
    found = merge([left, right])
    assert [(row.hostname, row.os_build) for row in found.rows] == [("pc1", "10.0.1")]
    assert found.looks[0].missing == ("domain",)


NAMES = st.sampled_from("abcd")
COLUMNS = ("display_name", "state", "start", "account", "command")


@st.composite
def outputs(draw: st.DrawFn) -> Parsed:
    missing = tuple(sorted(draw(st.sets(st.sampled_from(COLUMNS)))))
    complete = draw(st.booleans())
    rows = tuple(
        Service(name=name, **{column: "x" for column in COLUMNS if column not in missing}) for name in sorted(draw(st.sets(NAMES)))
    )
    reason = None if complete and not missing else "not_collected"
    return Parsed(rows=rows, looks=(Look("services", complete=complete, missing=missing, reason=reason),))


@given(st.lists(outputs(), min_size=1, max_size=4))
def test_a_column_that_counts_as_read_was_read_for_every_row(parts: list[Parsed]) -> None:
    found = merge(parts)
    (look,) = found.looks
    assert look.complete == any(part.looks[0].complete for part in parts)
    for column in set(COLUMNS) - set(look.missing):
        assert all(getattr(row, column) == "x" for row in found.rows)
    assert {row.name for row in found.rows} == {row.name for part in parts for row in part.rows}


def test_cards_without_their_addresses_join_the_addresses() -> None:
    addresses = Parsed(
        rows=(
            Interface(name="イーサネット", address="10.1.0.21"),
            Interface(name="イーサネット", address="fe80::1"),
            Interface(name="Wi-Fi"),
        ),
        looks=(Look("interfaces", missing=("kind",), reason="not_collected"),),
    )
    cards = Parsed(
        rows=(Interface(name="イーサネット", kind="ethernet"), Interface(name="Wi-Fi", kind="wireless")),
        looks=(Look("interfaces", complete=False, missing=("address", "prefix"), reason="not_collected"),),
    )
    for parts in ((addresses, cards), (cards, addresses)):
        found = merge(parts)
        assert sorted((row.name, row.kind, row.address) for row in found.rows if row.address) == [
            ("イーサネット", "ethernet", "10.1.0.21"),
            ("イーサネット", "ethernet", "fe80::1"),
        ]
        assert [(row.name, row.kind) for row in found.rows if not row.address] == [("Wi-Fi", "wireless")]
        assert found.looks == (Look("interfaces"),)


def test_a_card_of_its_own_stays_a_row_and_its_address_is_not_known() -> None:
    addresses = Parsed(rows=(Interface(name="a", address="10.1.0.21"),), looks=(Look("interfaces"),))
    cards = Parsed(rows=(Interface(name="b"),), looks=(Look("interfaces", complete=False, missing=("address",), reason="not_collected"),))
    found = merge((addresses, cards))
    assert [row.name for row in found.rows] == ["a", "b"]
    assert found.looks == (Look("interfaces", missing=("address",), reason="not_collected"),)


def test_ports_without_process_numbers_are_the_ports_with_them() -> None:
    plain = Parsed(
        rows=(Listener(protocol="tcp", address="::", port=445),), looks=(Look("listeners", missing=("pid",), reason="not_collected"),)
    )
    numbered = Parsed(rows=(Listener(protocol="tcp", address="::", port=445, pid=4),), looks=(Look("listeners"),))
    found = merge((plain, numbered))
    assert [row.pid for row in found.rows] == [4]
    assert found.looks == (Look("listeners"),)


def test_a_part_of_the_key_never_joins_two_rows_of_one_list() -> None:
    twice = Parsed(
        rows=(Listener(protocol="tcp", address="::", port=445), Listener(protocol="tcp", address="::", port=446)),
        looks=(Look("listeners", missing=("pid",), reason="not_collected"),),
    )
    assert [row.port for row in merge((twice, twice)).rows] == [445, 446]


def test_many_rows_without_the_whole_key_do_not_multiply() -> None:
    rows = tuple(Listener(protocol="udp", address="::", port=53, pid=number) for number in range(1500))
    whole = Parsed(rows=rows, looks=(Look("listeners"),))
    part = Parsed(
        rows=tuple(dataclasses.replace(row, pid=None) for row in rows),
        looks=(Look("listeners", missing=("pid",), reason="not_collected"),),
    )
    started = time.process_time()
    assert len(merge([whole, *[part] * 20]).rows) == 1500
    assert time.process_time() - started < 10, "each of 30000 rows was put to each of 1500 others"
