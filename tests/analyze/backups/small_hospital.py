"""A small hospital with its backups: rows and looks, as the machines of a visit leave them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from omamori.analyze.backup_posture import ANALYZER
from omamori.analyze.backups.facts import Facts
from omamori.analyze.interface import Moment
from omamori.knowledge.pack import starter_pack
from omamori.model.access import Account, GroupMember, Share, ShareAccess
from omamori.model.backup import BackupGeneration, BackupRepository
from omamori.model.backup_posture import BackupChain, BackupPosture
from omamori.model.declared import DeclaredBackup, LedgerAddress, LedgerAsset, Zone, ZoneNetwork
from omamori.model.derived import Asset
from omamori.model.host import Host, Mount, ScheduledBackup, Service, Task
from omamori.model.look import EVERYWHERE, Collected
from omamori.model.network import Interface
from omamori.model.tables import TABLES, table_of
from omamori.model.ways_in import ReachedService
from omamori.snapshot.database import Database

NOW = datetime(2026, 6, 1, 9)
MACHINES = ("ehr", "bk")
SEEN = (
    "hosts", "interfaces", "mounts", "shares", "share_access", "accounts", "group_members", "services", "tasks", "scheduled_backups",
    "reached_services",
)  # fmt: skip
DECLARED = ("declared_backups", "zones", "zone_networks", "reachability", "backup_media")


def nights(count: int, **more: Any) -> list[BackupGeneration]:
    """Completed generations of the repository, one each night, the newest of last night."""
    last = datetime(2026, 6, 1, 1)
    whole = {"asset": "ehr", "job": "fetch", "repository": "restic:1", "size": 1000, "ok": True, **more}
    return [BackupGeneration(generation=f"g{place}", finished=last - timedelta(days=place), **whole) for place in range(count)]


def numbers(address: str) -> int:
    first, second, third, fourth = (int(part) for part in address.split("."))
    return (first << 24) + (second << 16) + (third << 8) + fourth


@dataclass
class Hospital:
    """Rows and looks that can be changed before they are judged."""

    rows: list[Any] = field(default_factory=list)
    looks: list[Collected] = field(default_factory=list)

    def add(self, *rows: Any) -> Hospital:
        """The same hospital with more rows."""
        return Hospital([*self.rows, *rows], list(self.looks))

    def without(self, table: str, asset: str | None = None) -> Hospital:
        """The same hospital without a look: its rows go, it is no longer whole, the machine stays listed."""
        kept = [row for row in self.rows if table_of(row).name != table or (asset is not None and row.asset != asset)]
        looks = [
            replace(one, complete=False, reason="not_collected") if one.table_name == table and asset in (None, one.asset) else one
            for one in self.looks
        ]
        return Hospital(kept, looks)

    def never(self, table: str) -> Hospital:
        """The same hospital where nobody ever looked at a table."""
        return Hospital([row for row in self.rows if table_of(row).name != table], [one for one in self.looks if one.table_name != table])

    def looked(self, asset: str, *tables: str, **more: Any) -> Hospital:
        """The same hospital with whole looks at some tables of a machine, in place of those before."""
        kept = [one for one in self.looks if one.asset != asset or one.table_name not in tables]
        return Hospital(list(self.rows), [*kept, *(look(asset, table, **more) for table in tables)])


def look(asset: str, table: str, **more: Any) -> Collected:
    """One whole look."""
    return Collected(
        asset=asset, table_name=table, source=TABLES[table].sources[0], complete=True, **{"seen": NOW, "evidence": "cafe:1", **more}
    )


@dataclass(frozen=True)
class Found:
    """What the analyzer says."""

    copies: list[BackupPosture]
    chains: dict[str, BackupChain]
    looks: dict[tuple[str, str], Collected]

    def one(self, asset: str = "ehr", job: str | None = None) -> BackupPosture:
        """The only copy of a machine (with that name)."""
        (found,) = [row for row in self.copies if row.asset == asset and job in (None, row.job)]
        return found

    def missing(self, asset: str = "ehr", table: str = "backup_posture") -> set[str]:
        """Columns that are not known of a machine."""
        return {name for name in self.looks[(asset, table)].missing.split(",") if name}


@cache
def _empty() -> Database:
    """A database with nothing in it, made once: making its tables takes longer than judging a small hospital."""
    return Database()


@contextmanager
def holding(hospital: Hospital) -> Iterator[Database]:
    """The tables of a hospital; afterwards they are empty again."""
    database = _empty()
    database.connection.execute("begin")
    try:
        database.insert(hospital.rows)
        database.insert(hospital.looks)
        yield database
    finally:
        database.connection.execute("rollback")


def posture(hospital: Hospital) -> Found:
    """Judge a hospital."""
    with holding(hospital) as database:
        return judged(database)


def judged(database: Database) -> Found:
    """Judge what the tables hold."""
    rows = list(ANALYZER.run(database, Moment(NOW, starter_pack())))
    return Found(
        [row for row in rows if isinstance(row, BackupPosture)],
        {row.asset: row for row in rows if isinstance(row, BackupChain)},
        {(row.asset, row.table_name): row for row in rows if isinstance(row, Collected)},
    )


_LISTED = ("assets", "ledger_assets", "ledger_addresses")
"""Who a machine is stays known: the names of the ledger are not what is taken away."""


def taken_away(hospital: Hospital) -> Iterator[tuple[str, Found]]:
    """Take every look and every row away in turn, and judge: what was taken, and what is then said.

    Of a look its rows go and it is no longer whole; a row goes with the wholeness of the look that covered it. Of generations one of
    each machine is enough.
    """
    tables = dict.fromkeys(table_of(row).name for row in hospital.rows)
    with Database() as database:
        database.insert(hospital.rows)
        database.insert(hospital.looks)
        run = database.connection.execute
        for table, asset in sorted({(one.table_name, one.asset) for one in hospital.looks}):
            run("begin")
            whose = "true" if asset == EVERYWHERE else "asset = $1"
            run(f"delete from {table} where {whose}", [] if asset == EVERYWHERE else [asset])
            run("update collected set complete = false, reason = 'not_collected' where table_name = $1 and asset = $2", [table, asset])
            yield f"without the look {table} of {asset}", judged(database)
            run("rollback")
        for table in tables:
            owner = "asset" if TABLES[table].per_asset else f"'{EVERYWHERE}'"
            chosen = run(f"select rowid, {owner}, row_number() over (partition by {owner}) from {table} order by 1").fetchall()
            for rowid, asset, place in chosen:
                if table in _LISTED or (table == "backup_generations" and place > 1):
                    continue
                looked = run("select 1 from collected where table_name = $1 and asset = $2", [table, asset]).fetchall()
                run("begin")
                run(f"delete from {table} where rowid = {rowid}")
                subject = asset if looked else EVERYWHERE
                run(
                    "update collected set complete = false, reason = 'not_collected' where table_name = $1 and asset = $2", [table, subject]
                )
                yield f"without row {rowid} of {table} of {asset}", judged(database)
                run("rollback")


def facts(hospital: Hospital) -> Facts:
    """Read the facts of a hospital, as the analyzer does."""
    with holding(hospital) as database:
        return Facts.of_backups(database, NOW).with_machines(database, MACHINES)


def machine(asset: str, address: str, zone: str, **more: Any) -> list[Any]:
    """A Linux machine that was looked at: its own rows and those of the ledger."""
    first = numbers(address) & ~255
    return [
        Asset(asset=asset, hostname=asset, role="server", zone=zone, important=asset == "ehr", declared=True, observed=True),
        LedgerAsset(asset=asset, hostname=asset, address=address, role="server", zone=zone),
        LedgerAddress(asset=asset, address=address, address_first=numbers(address), address_last=numbers(address)),
        Host(asset=asset, hostname=asset, **{"platform": "linux", **more}),
        Interface(
            asset=asset, name="eth0", kind="ethernet", up=True, address=address, prefix=24, network_first=first, network_last=first + 255
        ),
        Account(
            asset=asset, name=f"admin-{asset}", uid="1000", enabled=True, administrator=True, password_changed=date(2026, 1, len(asset))
        ),
        GroupMember(asset=asset, group_name="sudo", group_id="27", member=f"admin-{asset}"),
        Service(asset=asset, name="ssh", state="running", start="automatic", account="root", command="/usr/sbin/sshd -D"),
    ]


def fetched() -> Hospital:
    """The backup server stands in a zone of its own, nobody reaches it, it fetches: what a good copy looks like."""
    rows: list[Any] = [*machine("ehr", "10.1.0.11", "EHR"), *machine("bk", "10.8.0.11", "BACKUP")]
    for zone, kind, network in (
        ("EHR", "ehr", "10.1.0.0/24"),
        ("DEPARTMENT", "department", "10.2.0.0/24"),
        ("BACKUP", "backup", "10.8.0.0/24"),
    ):
        first = numbers(network.partition("/")[0])
        rows += [
            Zone(zone=zone, kind=kind, networks=network),
            ZoneNetwork(zone=zone, network=network, network_first=first, network_last=first + 255),
        ]
    rows += [
        DeclaredBackup(asset="ehr", job="nightly", method="restic", medium="other-server", target="bk", every_days=1, generations=7, offline="yes"),
        BackupRepository(
            asset="ehr", job="nightly", repository="restic:1", product="restic", target="/srv/restic", target_kind="same-host", kept_on="bk",
            readable=True, structure_ok=True, damaged_parts=0, whole_since=datetime(2026, 5, 20), looked_into=True, deleters="root,restic",
            evidence="beef:3",
        ),
        *nights(7),
        ReachedService(origin="BACKUP", asset="bk", address="10.8.0.11", protocol="tcp", port=22, service="remote-shell"),
    ]  # fmt: skip
    looks = [look(asset, table) for asset in MACHINES for table in SEEN]
    looks += [look(EVERYWHERE, table) for table in DECLARED]
    looks += [look("ehr", table) for table in ("backup_repositories", "backup_generations", "backup_damage", "backup_signs")]
    return Hospital(rows, looks)


def pushed() -> Hospital:
    """The server writes its copies itself, over the network, to a server every zone reaches."""
    before = fetched()
    rows = [row for row in before.never("backup_repositories").never("backup_generations").rows if not isinstance(row, ReachedService)]
    way = {
        "asset": "bk",
        "address": "10.8.0.11",
        "protocol": "tcp",
        "port": 8000,
        "service": "backup",
        "through": "FW",
        "rules": "FW forward: 7",
    }
    job = ScheduledBackup(
        asset="ehr", job="restic.timer", product="restic", enabled=True, target="rest:http://bk:8000/store", target_kind="remote-host"
    )
    rows += [job, *(ReachedService(origin=zone, **way) for zone in ("EHR", "DEPARTMENT"))]
    kept = ("backup_repositories", "backup_generations", "backup_damage", "backup_signs")
    return Hospital(rows, [one for one in before.looks if one.table_name not in kept])


def append_store(*, deletes: bool = False) -> Iterable[Any]:
    """The service that takes the copies on the backup server."""
    flag = "" if deletes else " --append-only"
    yield Service(
        asset="bk",
        name="rest-server",
        state="running",
        start="automatic",
        account="restic",
        command=f"/usr/bin/rest-server --path /srv/restic{flag}",
    )


def on_a_medium() -> Hospital:
    """The repository was read on a medium in the backup server, and the server looked at an hour later, when the medium was out."""
    before = fetched()
    rows = [
        replace(row, target="/media/rdx/restic", medium="RDX-1", target_kind="removable") if isinstance(row, BackupRepository) else row
        for row in before.rows
    ]
    rows += [Mount(asset="bk", path="/", device="/dev/sda2", filesystem="ext4", options="rw")]
    return Hospital(rows, before.looks).looked("bk", "mounts", seen=NOW + timedelta(hours=1))


def windows() -> Hospital:
    """Two servers of one domain: Windows Server Backup writes to a share of the second, as an account of its own; nobody shares a password."""
    rows: list[Any] = []
    for asset, address, role in (("ehr", "10.1.0.11", "member"), ("bk", "10.8.0.11", "member"), ("dc", "10.1.0.5", "controller")):
        own = machine(asset, address, "BACKUP" if asset == "bk" else "EHR", platform="windows", domain="hosp.example", domain_role=role)
        rows += [row for row in own if not isinstance(row, GroupMember | Account | Service)]
        rows.append(
            Account(
                asset=asset,
                name="Administrator",
                uid="S-1-5-21-1-500",
                enabled=True,
                administrator=True,
                password_changed=date(2026, 2, len(asset)),
            )
        )
        rows.append(GroupMember(asset=asset, group_name="Administrators", group_id="S-1-5-32-544", member="Administrator"))
    rows += [
        GroupMember(asset="dc", group_name="Domain Admins", group_id="S-1-5-21-1-512", member="Administrator"),
        GroupMember(asset="dc", group_name="Domain Admins", group_id="S-1-5-21-1-512", member="Operators"),
        GroupMember(asset="dc", group_name="Operators", group_id="S-1-5-21-1-1105", member="svc-old"),
        Task(asset="ehr", name="\\Nightly", account="HOSP\\svc-backup", command="wbadmin start backup -backupTarget:\\\\bk\\ehr$ -quiet", enabled=True),
        Share(asset="bk", name="ehr$", protocol="smb", path="E:\\ehr", writable=True),
        ShareAccess(asset="bk", share="ehr$", principal="HOSP\\svc-backup", access="change"),
        *(
            BackupGeneration(
                asset="ehr", job="windows-backup", generation=f"v{day}", finished=datetime(2026, 5, day, 18), ok=True,
                target="Network share labeled \\\\bk\\ehr$", target_kind="network-mount",
            )
            for day in (27, 28, 29, 30)
        ),
        DeclaredBackup(asset="ehr", job="nightly", method="Windows Serverバックアップ", medium="other-server", target="bk", generations=4),
        Zone(zone="EHR", kind="ehr"),
        Zone(zone="BACKUP", kind="backup"),
        ReachedService(origin="EHR", asset="bk", address="10.8.0.11", protocol="tcp", port=445, service="file-share", through="FW"),
    ]  # fmt: skip
    looks = [look(asset, table) for asset in ("ehr", "bk", "dc") for table in SEEN if table != "scheduled_backups"]
    return Hospital(rows, [*looks, *(look(EVERYWHERE, table) for table in DECLARED), look("ehr", "backup_generations")])


def windows_as(account: str) -> Hospital:
    """The same two servers; the task of the backup runs as another account."""
    before = windows()
    return Hospital([replace(row, account=account) if isinstance(row, Task) else row for row in before.rows], before.looks)


def shared_administrator() -> Hospital:
    """An append-only store nobody but the zones reaches, on a machine whose administrator has the password of the server's."""
    before = windows()
    rows = [row for row in before.rows if not isinstance(row, BackupGeneration)]
    rows += [*machine("pc", "10.1.0.60", "EHR", platform="windows"), *append_store()]
    rows += [
        Account(asset=asset, name="kanri", enabled=True, administrator=True, password_changed=date(2021, 4, 1))
        for asset in ("ehr", "bk", "pc")
    ]
    job = ScheduledBackup(
        asset="ehr", job="restic", product="restic", enabled=True, target="rest:http://bk:8000/store", target_kind="remote-host"
    )
    looks = [look("ehr", "scheduled_backups"), *(look("pc", table) for table in SEEN)]
    return Hospital([*rows, job], [*before.looks, *looks])


def in_two_networks() -> Hospital:
    """The fetched copy, and a machine that stands in the backup zone and in the department LAN."""
    first = numbers("10.8.0.0")
    leg = Interface(asset="pc", name="eth1", up=True, address="10.8.0.9", prefix=24, network_first=first, network_last=first + 255)
    return fetched().add(*machine("pc", "10.2.0.9", "DEPARTMENT"), leg).looked("pc", *SEEN)
