"""A small made-up hospital of 15 machines as rows of the model, with verdicts, for every test of the report."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from omamori.analyze.interface import Moment
from omamori.analyze.lookalikes import ANALYZER as LOOKALIKES
from omamori.analyze.visits import ANALYZER as VISITS
from omamori.knowledge.editions import Choice, load_edition
from omamori.knowledge.pack import starter_pack
from omamori.model.declared import Action, LedgerAsset, RemoteLine, RiskException, Site, Vendor, Zone
from omamori.model.derived import Asset, Exposure, Peer, WayOut
from omamori.model.host import Host, Software
from omamori.model.look import EVERYWHERE, Collected, Verdict
from omamori.model.network import FirewallProfile
from omamori.model.standard import ItemAnswer, ItemDecision, Proof
from omamori.model.text import Text
from omamori.model.windows import Consent
from omamori.report.data import CheckInfo, EvidenceLine, Report, build_report
from omamori.report.words import GROUPS
from omamori.snapshot.database import Database

NOW = datetime(2026, 6, 1, 9, 0)
BEFORE = NOW - timedelta(days=30)

_MADE_UP = yaml.safe_load((Path(__file__).parent / "hospital.yaml").read_text(encoding="utf-8"))


def _text(words: dict[str, str]) -> Text:
    return Text(words["ja"], words["en"])


def _check(made_up: dict[str, Any]) -> CheckInfo:
    title, subject = _text(made_up["title"]), made_up.get("subject", "asset")
    ask = Text(
        f"「{title.ja}」について、いつ、どのように直せますか。動作保証への影響も教えてください。",
        f"When and how can this be mended: {title.en}? Does it touch the warranty?",
    )
    return CheckInfo(
        id=made_up["id"],
        topic=made_up["id"].partition(".")[0],
        title=title,
        severity=made_up["severity"],
        why=Text(
            "ここから入られると、電子カルテが止まり、診療記録を失うことがあります。",
            "From here an intruder can stop the EHR and destroy records.",
        ),
        fix=_text(made_up["fix"]),
        fix_cost=made_up["cost"],
        fix_run=made_up.get("run", ""),
        ask=ask if subject in ("asset", "line") else None,
        subject=subject,
    )


TOPICS = {topic: _text(words) for topic, words in _MADE_UP["topics"].items()}
CHECKS = tuple(_check(made_up) for made_up in _MADE_UP["checks"])
FOUND = {made_up["id"]: tuple(made_up["found"]) for made_up in _MADE_UP["checks"] if "found" in made_up}
MACHINES = tuple(tuple(row) for row in _MADE_UP["machines"])


EDITION = "checklist/r7-hospital"
_SSH = Proof(
    "check",
    "account.root_login",
    "no",
    Text("rootで遠隔ログインできる: 8件のうち2件で見つかりました", "Root may log in: found on 2 of 8"),
    ("検査サーバ", "踏み台"),
    8,
    "aaaaaaaaaaaaaa03:6",
    NOW - timedelta(days=1),
)
_LEDGER = Proof(
    "ledger", "site.officer", "yes", Text("台帳の「病院」: 1行", "ledger, Hospital: 1 row"), (), 1, "bbbbbbbbbbbbbb02:病院!R6", NOW
)
_YES = ItemAnswer(standard=EDITION, item="2-4", answer="yes", answered_on=date(2026, 5, 1), answered_by="福井", evidence="s:R5")
_OPEN = Text("台帳の質問に答えてください", "answer the question")


def _decisions() -> Iterator[ItemDecision]:
    """One item differs, one agrees, one is a no; of the others nothing is known."""
    for item in load_edition(EDITION).items():
        if item.id == "2-4":
            problem = Text("1回目の記入がありません", "the first round is not filled in")
            yield ItemDecision(EDITION, item.id, "differs", "no", (_SSH,), (), (_YES,), (problem,), NOW - timedelta(days=1))
        elif item.id == "1-1":
            yield ItemDecision(EDITION, item.id, "agrees", "yes", (_LEDGER,), seen=NOW)
        elif item.id == "3-3":
            said = Proof("question", "plan-exists", "no", Text("質問「計画」: いいえ", "question “plan”: no"))
            yield ItemDecision(EDITION, item.id, "against", "no", (said,))
        else:
            yield ItemDecision(EDITION, item.id, "open", missing=(_OPEN,))


CHECKLIST = (Choice(load_edition(EDITION), Text("今年度の版ではありません", "not this year's edition")), tuple(_decisions()))


@dataclass(frozen=True)
class Hospital:
    """What `build_report` wants."""

    database: Database
    verdicts: tuple[Verdict, ...]
    previous: tuple[Verdict, ...]

    def report(self, **changes: Any) -> Report:
        given: dict[str, Any] = {
            "read_evidence": read_evidence,
            "moment": NOW,
            "version": "0.1.0",
            "previous": self.previous,
            "previous_moment": BEFORE,
            "checklists": (CHECKLIST,),
            "notes": (
                Text(
                    "kit-ct.txt: 途中で切れていました。読めた分は取り込みました。", "kit-ct.txt was cut off; what was whole was taken in."
                ),
            ),
        }
        checks = changes.pop("checks", CHECKS)
        verdicts = changes.pop("verdicts", self.verdicts)
        return build_report(self.database, verdicts, checks, TOPICS, **(given | changes))


def read_evidence(references: Collection[str]) -> Mapping[str, EvidenceLine]:
    """Return a line for every reference but the one that is gone."""
    return {reference: _line(reference) for reference in references if reference.partition(":")[0] != "gone"}


def _line(reference: str) -> EvidenceLine:
    blob, _, line = reference.partition(":")
    if "!R" in line:
        return EvidenceLine(reference, "ledger.workbook", "daicho.xlsx", line, None, "", NOW)
    return EvidenceLine(
        reference, "linux.ssh", "host-" + blob[-2:], "sshd -T", int(line or 1), "permitrootlogin yes", NOW - timedelta(days=1)
    )


def _verdicts() -> Iterator[Verdict]:
    observed = [row[0] for row in MACHINES if row[8]]
    for check in CHECKS:
        if check.subject != "asset":
            continue
        for number, (name, *_rest) in enumerate(MACHINES):
            found = name in FOUND.get(check.id, ())
            seen = name in observed
            state = "fail" if found else "pass" if seen else "unknown"
            if not found and seen and (number * 7 + len(check.id)) % 9 == 0:
                state = "unknown"
            reason = None
            if state == "unknown":
                reason = "needs_administrator" if seen else "vendor_machine" if number >= 12 else "declared_not_seen"
            yield Verdict(
                check_id=check.id,
                subject=name,
                finding_key="root" if found else "",
                verdict=state,
                severity=check.severity,
                reason=reason,
                message_ja=f"{name}: {check.title.ja}" if state != "pass" else "",
                message_en=f"{name}: {check.title.en}" if state != "pass" else "",
                evidence=f"aaaaaaaaaaaaaa{number:02d}:{number + 3}" if seen else "",
                since=NOW - timedelta(days=5 + number * 9) if found else None,
            )
    yield Verdict(
        check_id="remote.vpn_flaw",
        subject="PACS保守VPN",
        finding_key="CVE-2018-13379",
        verdict="fail",
        severity="critical",
        message_ja="PACS保守VPN: FortiOS 5.6.3 は悪用されている弱点があります(修正版 5.6.8)",
        message_en="PACS保守VPN: FortiOS 5.6.3 has an exploited flaw (fixed in 5.6.8)",
        evidence="bbbbbbbbbbbbbb01:4",
        since=NOW - timedelta(days=210),
    )
    yield Verdict(
        check_id="people.no_drill",
        subject="site",
        verdict="fail",
        severity="medium",
        message_ja="この1年の訓練が台帳にありません",
        message_en="No drill of the last year is in the ledger",
        evidence="bbbbbbbbbbbbbb02:9",
    )
    yield Verdict(
        check_id="people.contacts",
        subject="site",
        verdict="unknown",
        severity="medium",
        reason="to_confirm",
        message_ja="連絡先シートが空です",
        message_en="The sheet of contacts is empty",
    )
    yield Verdict(
        check_id="share.open_guest",
        subject="検査サーバ",
        finding_key="検査結果",
        verdict="accepted",
        severity="high",
        reason="2026-12-31",
        message_ja="検査サーバ: 共有「検査結果」にだれでも書けます",
        message_en="検査サーバ: anybody may write to the share 検査結果",
        evidence="gone:1",
    )


def _rows() -> Iterator[Any]:
    yield Site(name="おまもり市民病院(架空)", beds=199, officer="副院長", prepared_by="医療情報係")
    for vendor in ("つばめシステム", "みどり画像", "はなだ検査", "あおば給食", "しろがね医療"):
        yield Vendor(vendor=vendor, contact="保守窓口", phone="00-0000-0000", patches="no")
    for zone, kind in (
        ("電子カルテLAN", "ehr"),
        ("部門LAN", "department"),
        ("画像系LAN", "imaging"),
        ("医療機器系LAN", "medical"),
        ("情報系LAN", "office"),
        ("DMZ", "dmz"),
    ):
        yield Zone(zone=zone, kind=kind)
    yield RemoteLine(line="PACS保守VPN", kind="ssl-vpn", vendor="みどり画像", lands_in="画像系LAN")
    yield RiskException(
        check_id="share.open_guest",
        subject="検査サーバ",
        owner="院長",
        reason="検査装置が対応していないため",
        compensating="専用VLANに分離",
        expires=date(2026, 12, 31),
        paper="2026-12号",
    )
    yield Action(
        check_id="account.root_login",
        subject="検査サーバ",
        finding_key="root",
        owner="福井",
        due=date(2026, 7, 1),
        asked="はなだ検査",
        answer="7月の定期保守で対応",
    )
    yield WayOut(asset="医事サーバ", kind="connection", detail="198.51.100.7:443", strength="proof")
    yield Collected(asset=EVERYWHERE, table_name="ledger_assets", source="ledger.workbook", seen=NOW, complete=True)
    for number, row in enumerate(MACHINES):
        yield from _machine(number, *row)


def _machine(
    number: int,
    name: str,
    role: str,
    zone: str,
    vendor: str,
    hands_off: bool,
    medical: bool,
    important: bool,
    closed: bool,
    observed: bool,
    os: str,
) -> Iterator[Any]:
    platform = ("windows" if "Windows" in os else "linux") if observed else None
    yield Asset(
        asset=name,
        hostname=f"host{number:02d}",
        role=role,
        platform=platform,
        zone=zone,
        vendor=vendor or None,
        hands_off=hands_off,
        medical=medical,
        important=important,
        closed=closed,
        declared=True,
        observed=observed,
        last_seen=NOW - timedelta(days=number % 4) if observed else None,
    )
    yield LedgerAsset(
        asset=name, hostname=f"host{number:02d}", role=role, purpose="診療" if important else "業務", zone=zone, vendor=vendor, os=os
    )
    if not observed:
        return
    yield Host(asset=name, hostname=f"host{number:02d}", platform=platform or "other", os_name=os)
    for count in range(30 + number * 11):
        yield Software(asset=name, name=f"lib-example{count}", version=f"1.{count}.0-1", publisher="Debian", manager="dpkg")
    if platform == "windows":
        yield Consent(asset=name, machine="vendor", answered_by="福井", agreed="つばめシステム 2026-05-30", evidence="c:1")
    for port, process, inbound in (
        (22, "sshd", "open"),
        (445, "smbd", "restricted"),
        (5432, "postgres", "blocked"),
        (104, "storescp", "unknown"),
    ):
        yield Exposure(
            asset=name,
            protocol="tcp",
            port=port,
            process=process,
            inbound=inbound,
            allowed_from="10.1.0.0/16" if inbound == "restricted" else None,
            decided_by="ufw",
        )
    for peer in range(6):
        yield Peer(
            asset=name,
            direction="in",
            peer=f"10.1.2.{peer + 10}",
            peer_scope="private",
            protocol="tcp",
            port=445,
            process="smbd",
            designed=peer % 2 == 0,
        )
    yield Peer(
        asset=name, direction="out", peer="198.51.100.7", peer_scope="public", protocol="tcp", port=443, process="agent", designed=False
    )
    yield FirewallProfile(
        asset=name,
        product="ufw",
        profile="input",
        enabled=number % 2 == 0,
        inbound_default="drop",
        outbound_default="accept",
        logs_dropped=False,
    )
    tables = [table for _, group in GROUPS.values() for table in group] + ["exposures", "peers"]
    for place, table in enumerate(tables):
        partial = (place + number) % 7 == 0
        yield Collected(
            asset=name,
            table_name=table,
            source="linux.x",
            seen=NOW - timedelta(days=number % 4),
            received=NOW,
            complete=not partial,
            missing="process" if partial else "",
            reason="needs_administrator" if partial else None,
            needs="sudo omamori check" if partial else None,
        )


@pytest.fixture
def hospital() -> Iterator[Hospital]:
    """The made-up hospital with an open in-memory database."""
    with Database() as database:
        database.insert(_rows())
        for analyzer in (LOOKALIKES, VISITS):
            database.insert(list(analyzer.run(database, Moment(NOW, starter_pack()))))
        now = tuple(_verdicts())
        yield Hospital(database, now, _previous(now))


def _previous(now: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    """A month earlier: some findings were not there yet, two are gone since, one can no longer be seen."""
    old = [verdict for verdict in now if verdict.check_id != "account.no_lockout"]
    for check, subject in (
        ("account.root_login", "踏み台"),
        ("share.open_guest", "バックアップNAS"),
        ("log.not_forwarded", "コアスイッチ"),
    ):
        old.append(
            Verdict(
                check_id=check,
                subject=subject,
                finding_key="root",
                verdict="fail",
                severity="high",
                message_ja=f"{subject}: 以前の指摘",
                message_en=f"{subject}: an earlier finding",
            )
        )
    return tuple(old)


@pytest.fixture
def report(hospital: Hospital) -> Report:
    """The whole report of the made-up hospital."""
    return hospital.report()
