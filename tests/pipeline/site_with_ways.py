"""A judged site of the sick hospital's ledger, with ways in and reach as devices would have shown them."""

from __future__ import annotations

from pathlib import Path

from omamori.analyze.attack_paths import ANALYZER as PATHS
from omamori.analyze.crown_jewels import ANALYZER as JEWELS
from omamori.analyze.interface import Moment
from omamori.knowledge.pack import starter_pack
from omamori.model.host import ServerSetting
from omamori.model.look import Collected
from omamori.model.ways_in import CrownJewel, Entry, ReachedService
from omamori.pipeline.check import CheckRequest, run_check
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.snapshot.database import Database
from omamori.snapshot.manifest import snapshots
from omamori.snapshot.site import Site

LEDGER = Path(__file__).resolve().parents[2] / "src/omamori/example/sick/2026-06-01/daicho.xlsx"
RULE = "fw forward: images in"


def site_with_ways(folder: Path) -> Path:
    """Judge the ledger, then write the rows: the images' line reaches the image server, which asks for no password, and the records' server."""
    take_in(folder, [LEDGER], Silent())
    run_check(CheckRequest(site=folder, out=folder / "out", language="ja", formats=("json",)), Silent())
    tables = snapshots(Site(folder))[-1].tables
    tables.chmod(0o600)
    with Database(tables) as database:
        for table in ("entries", "reachability", "reached_services", "crown_jewels"):
            database.delete(table)
        database.insert(
            [
                Entry(
                    entry="PACS保守VPN", kind="line", line="PACS保守VPN", vendor="画像テック", zone="DMZ", observed=True, evidence="fw:1"
                ),
                Entry(entry="予備の壁口", kind="wall-port", zone="モニタLAN", observed=True, evidence="sw:1"),
                ServerSetting(asset="PACSサーバ", service="orthanc", name="AuthenticationEnabled", value="false", evidence="pacs:5"),
                _reach("PACSサーバ", 8042),
                _reach("電子カルテDBサーバ", 5432),
            ]
        )
        database.insert(
            row
            for row in JEWELS.run(database, Moment(snapshots(Site(folder))[-1].manifest.moment, starter_pack()))
            if isinstance(row, CrownJewel)
        )
        for table in ("attack_paths", "attack_steps", "path_changes"):
            database.delete(table)
        moment = Moment(snapshots(Site(folder))[-1].manifest.moment, starter_pack())
        database.insert(row for row in list(PATHS.run(database, moment)) if not isinstance(row, Collected))
    return folder


def _reach(asset: str, port: int) -> ReachedService:
    return ReachedService(
        origin="PACS保守VPN", origin_kind="entry", asset=asset, address="10.1.0.9", protocol="tcp", port=port, rules=RULE, evidence="fw:9"
    )
