"""Truth by packets of `omamori plan bastion`: its text applied in the sick lab, what comes of it held against what it predicted."""

from __future__ import annotations

import secrets
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from omamori.lab.description import Shape
from omamori.lab.inside import enter
from omamori.lab.reader import built_in
from omamori.lab.serving import ports_of
from omamori.model.declared import DesignedFlow
from omamori.pipeline.lab_ledger import STATES, ledger_rows
from omamori.report.ledger import ledger_bytes
from omamori.respond.bastion.facts import read_facts
from omamori.respond.bastion.plan import make_plan
from omamori.respond.bastion.text import configurations
from omamori.snapshot.database import Database
from truth.compare import Predictor, hold_against, predictor
from truth.evidence import collect, snapshot_of
from truth.field import Field
from truth.lab import clear, ground_of, machines_of, must, stand, with_places
from truth.ports import TCP, UDP

pytestmark = pytest.mark.system


def ledger(shape: Shape, *flows: DesignedFlow) -> bytes:
    designed = built_in("healthy")
    rows = {**ledger_rows(built_in(shape), designed, ports_of(designed), "en"), "designed_flows": flows}
    return ledger_bytes("en", rows=rows, states={**STATES, "designed_flows": "filled"})


def test_after_the_plan_packets_do_what_it_predicted(tmp_path: Path) -> None:
    hospital = with_places(built_in("sick"))
    with stand(hospital, f"r{secrets.token_hex(3)}") as state:
        book = tmp_path / "ledger.xlsx"
        book.write_bytes(ledger("sick"))
        before = snapshot_of(tmp_path / "site", [*collect(machines_of(hospital, state), tmp_path / "kit"), book])
        # The machine that was put up in the DMZ is the jump server; it answers on every port that is tried.
        with Database(before, read_only=True) as database:
            plan = make_plan(database, "at-dmz")
            written = configurations(plan.edits, read_facts(database))
        hosts = predictor(before).assets
        named = {asset: host for host, asset in hosts.items()}
        for one in written:
            assert one.apply is not None and one.tried
            must([*enter(state.holders[named[one.device]], ()), "nft", "-f", "-"], said=one.apply)
        ground = ground_of(hospital, state)
        with Field(ground.places, TCP, UDP) as standing:
            tries = standing.tries(ground.ways, ground.addresses)
            found = hold_against(Predictor(plan.after, hosts), standing, tries)
        print(f"\nplan bastion, sick lab: {found.told()}", file=sys.__stderr__)
        assert not found.wrong, found.differences()
        lines = {way for way in ground.ways if way.device in {named[side.device] for side in plan.sides} and not way.network}
        got = {(one.address, one.protocol, one.port) for one in found.good if one.way in lines}
        assert got == {(plan.target.address, "tcp", port) for port in plan.target.ports}
        clear(hospital, state)
        again = snapshot_of(tmp_path / "site-after", [*collect(machines_of(hospital, state), tmp_path / "kit-after"), book])
        with Database(again, read_only=True) as database:
            then = make_plan(database, "at-dmz")
        assert {one.name: one.state for one in then.standing} == dict.fromkeys((one.name for one in plan.standing), "done")
        assert then.edits == ()
        for one in written:
            must([*enter(state.holders[named[one.device]], ()), "nft", "-f", "-"], said=one.undo or "")
        undone = snapshot_of(tmp_path / "site-undone", [*collect(machines_of(hospital, state), tmp_path / "kit-undone"), book])
        with Database(undone, read_only=True) as database:
            back = make_plan(database, "at-dmz")
        assert {one.state for one in back.standing} == {"open"}
        assert [replace(edit, rules=edit.rules) for edit in back.edits] == list(plan.edits)


def test_in_the_healthy_lab_the_move_is_done_and_there_is_nothing_to_do(tmp_path: Path) -> None:
    hospital = built_in("healthy")
    catering = DesignedFlow(asset="public web server", peer="10.202.1.0/27", direction="in", port=443, protocol="tcp", needed="yes")
    for name, flows, states in (("designed", (catering,), {"done"}), ("not designed", (), {"done", "open"})):
        with stand(hospital, f"r{secrets.token_hex(3)}") as state:
            book = tmp_path / f"{name}.xlsx"
            book.write_bytes(ledger("healthy", *flows))
            tables = snapshot_of(tmp_path / name / "site", [*collect(machines_of(hospital, state), tmp_path / name / "kit"), book])
        with Database(tables, read_only=True) as database:
            plan = make_plan(database)
        assert plan.target.asset == "jump server"
        assert {one.state for one in plan.standing} == states and bool(plan.edits) == ("open" in states)
        still = {leak.services for one in plan.standing for leak in one.leaks}
        assert still == (set() if flows else {"tcp/443"}), "the catering company's orders, which the ledger has to name"
