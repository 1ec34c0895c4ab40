"""A small judged hospital: PCs whose antivirus has features switched off, one of them a vendor's, one nobody looked at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from omamori.model.access import SecurityProduct
from omamori.model.declared import LedgerAsset
from omamori.model.derived import Asset
from omamori.model.host import Host
from omamori.model.look import Collected, Verdict
from omamori.pipeline.check import CheckRequest, run_check
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.respond.harden.facts import Facts, read_facts
from omamori.snapshot.database import Database
from omamori.snapshot.manifest import snapshots
from omamori.snapshot.site import Site

LEDGER = Path(__file__).resolve().parents[3] / "src/omamori/example/sick/2026-06-01/daicho.xlsx"
NOW = datetime(2026, 6, 1)
BEHAVIOUR = "protection.behaviour_off"


def pc(asset: str, *, vendor: str | None = None, zone: str = "office", observed: bool = True, **more: Any) -> list[Any]:
    return [
        Asset(asset=asset, role="client", platform="windows", zone=zone, vendor=vendor, observed=observed, **{"declared": True, **more}),
        LedgerAsset(asset=asset, vendor=vendor, owner="hospital"),
        Host(asset=asset, platform="windows", role="client", domain="hospital.local", os_build="10.0.19045"),
    ]


def behaviour_off(asset: str, verdict: str = "fail", product: str = "ExampleAV") -> Verdict:
    return Verdict(
        check_id=BEHAVIOUR, subject=asset, finding_key=f"{asset} | {product}" if verdict == "fail" else "", verdict=verdict,
        message_ja=f"{asset}: ふるまい", message_en=f"{asset}: behaviour", evidence=f"{asset}:7",
    )  # fmt: skip


def product(asset: str, **more: Any) -> SecurityProduct:
    return SecurityProduct(asset=asset, name="ExampleAV", kind="antivirus", running=True, **more)


def look(asset: str, seen: datetime = NOW) -> Collected:
    return Collected(asset=asset, table_name="hosts", source="windows.registry", seen=seen, complete=True)


def rows() -> list[Any]:
    known = {"real_time": True, "tamper_protected": True}
    return [
        *pc("pc-1"), product("pc-1", behaviour=False, **known), behaviour_off("pc-1"), look("pc-1"),
        *pc("pc-2", zone="ward"), product("pc-2", behaviour=False, **known), behaviour_off("pc-2"), look("pc-2"),
        *pc("ct-pc", vendor="Imaging Ltd", hands_off=True, medical=True), product("ct-pc", behaviour=False, **known),
        behaviour_off("ct-pc"), look("ct-pc"),
        *pc("dark"), product("dark"), look("dark"),
        *pc("unseen", observed=False),
    ]  # fmt: skip


@contextmanager
def filled(given: list[Any]) -> Iterator[Database]:
    with Database() as database:
        database.insert(given)
        yield database


@contextmanager
def facts(given: list[Any]) -> Iterator[Facts]:
    with filled(given) as database:
        yield read_facts(database, NOW)


def judged_site(folder: Path) -> Path:
    """Judge a ledger, then put the rows above in place of what it told of machines."""
    take_in(folder, [LEDGER], Silent())
    run_check(CheckRequest(site=folder, out=folder / "out", language="ja", formats=("json",)), Silent())
    show(folder, rows())
    return folder


def show(folder: Path, given: list[Any]) -> None:
    """Let the newest judgement of a site tell these rows."""
    tables = snapshots(Site(folder))[-1].tables
    tables.chmod(0o600)
    with Database(tables) as database:
        for table in ("assets", "hosts", "verdicts", "collected", "security_products", "ledger_assets"):
            database.delete(table)
        database.insert(given)
