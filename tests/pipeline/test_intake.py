"""Bad input: each file gets one clear line, the others are still taken in, nothing is lost or executed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from omamori.pipeline.gather import take_in
from omamori.pipeline.intake import Outcome
from omamori.pipeline.observer import Silent
from omamori.snapshot.evidence import EvidenceStore

KitMaker = Callable[..., bytes]


def take(site: Path, *files: Path, received: datetime) -> list[Outcome]:
    return take_in(site, files, Silent(), received=received)


def test_good_files_are_taken_in_beside_every_kind_of_bad_one(tmp_path: Path, make_kit: KitMaker, received: datetime) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    whole = make_kit()
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.kit", bytes(64 * 1024**2))
        archive.writestr("../../up.kit", make_kit("up01", "b" * 32))
    (folder / "a.kit").write_bytes(whole)
    (folder / "b-cut.kit").write_bytes(make_kit("cut01", "c" * 32, services={"units": "x\n"})[:-120])
    (folder / "c-empty").write_bytes(b"")
    (folder / "d-utf16.kit").write_bytes(whole.decode().encode("utf-16"))
    (folder / "e-noise").write_bytes(bytes(range(256)) * 20)
    (folder / "f.zip").write_bytes(bomb.getvalue())
    (folder / "g-wrong.kit").write_bytes(b"OMAMORI-KIT-RESULT 99 zz\n")
    outcomes = {outcome.name.removeprefix("in/"): outcome for outcome in take(tmp_path / "site", folder, received=received)}
    status = {name: outcome.status for name, outcome in outcomes.items()}
    assert status["a.kit"] == status["b-cut.kit"] == status["f.zip:../../up.kit"] == "stored"
    assert status["f.zip:bomb.kit"] == status["g-wrong.kit"] == status["d-utf16.kit"] == "refused"
    assert status["c-empty"] == status["e-noise"] == "unknown"
    assert all("\n" not in outcome.text.ja + outcome.text.en for outcome in outcomes.values())
    store = EvidenceStore(tmp_path / "site")
    assert {receipt.visit.host for receipt in store.receipts()} == {"web01", "cut01", "up01"}
    assert store.verify() == ()


def test_the_same_file_twice_changes_nothing(tmp_path: Path, make_kit: KitMaker, received: datetime) -> None:
    kit = tmp_path / "a.kit"
    kit.write_bytes(make_kit())
    first = take(tmp_path / "site", kit, received=received)
    again = take(tmp_path / "site", kit, received=datetime(2026, 6, 1))
    assert [one.status for one in first + again] == ["stored", "already"]
    assert len(EvidenceStore(tmp_path / "site").receipts()) == 1


def test_secrets_never_reach_the_site(tmp_path: Path, make_kit: KitMaker, received: datetime) -> None:
    secret = "Tr0ub4dor-and-3"
    kit = tmp_path / "a.kit"
    kit.write_bytes(make_kit(outbound={"environment": f"http_proxy=http://user:{secret}@10.1.1.1:8080\npassword={secret}\n"}))
    take(tmp_path / "site", kit, received=received)
    store = EvidenceStore(tmp_path / "site")
    (receipt,) = store.receipts()
    assert not any(secret.encode() in store.read(item.sha256) for item in receipt.items)
    assert any(item.secrets for item in receipt.items)


def test_evidence_is_readable_by_its_owner_only(tmp_path: Path, make_kit: KitMaker, received: datetime) -> None:
    kit = tmp_path / "a.kit"
    kit.write_bytes(make_kit())
    take(tmp_path / "site", kit, received=received)
    modes = {path.stat().st_mode & 0o077 for path in (tmp_path / "site").rglob("*")}
    assert modes == {0}
