from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

from omamori.backup.proof.record import Proof, proof_json

NOW = datetime(2026, 6, 1, 3)
PLAIN = Proof(
    machine="", job="", repository_kind="folder", repository_id="x", repository_target="/b", generation="g", generation_finished=None,
    generation_host="", began=NOW, ended=NOW, result="failed", because="gone", compared_with="nothing", manifest_sha256=None, scope="all", files=0,
    files_same=None, files_differ=None, files_lacking=0, uncompared=0, bytes=0, share=None, seconds=0.0, restore_seconds=0.0, whole_seconds=None,
    whole_files=0, whole_bytes=0, begun_at=0.0, done_to=0.0, round_began=NOW, database=None, protection="memory", seen="tmpfs", approved_by="A",
    wiped=True, said_by="",
)  # fmt: skip


def test_each_key_has_a_line_and_what_is_not_known_is_null() -> None:
    data = proof_json(PLAIN)
    assert data.startswith(b'{"omamori_backup_proof": 1,\n')
    said = json.loads(data)
    assert len(data.splitlines()) == len(said)
    for name in ("files_same", "files_differ", "share", "whole_seconds", "database", "manifest_sha256"):
        assert name in said
        assert said[name] is None


def test_a_name_that_is_no_utf8_can_be_written_and_read() -> None:
    said = json.loads(proof_json(replace(PLAIN, generation_host="caf\udce9")))
    assert said["generation"]["host"] == "caf\udce9"
