from __future__ import annotations

import json

from omamori.parse.backup.form import Heard, Listing, forms


def read(name: str, text: str) -> Heard:
    assert forms()[name].recognise(text)
    return forms()[name].read(Listing(text))


def snapshot(number: int, **more: object) -> dict[str, object]:
    return {"time": f"2026-09-0{number}T02:00:00Z", "tree": "a" * 64, "paths": ["/srv"], "hostname": "emr", "id": str(number) * 64, **more}


def test_newer_versions_tell_sizes() -> None:
    summary = {"total_files_processed": 5, "total_bytes_processed": 6, "data_added": 7}
    (row,) = read("restic_snapshots", json.dumps([snapshot(1, summary=summary)])).rows
    assert (row.files, row.size, row.added, row.ok) == (5, 6, 7, True)


def test_groups_and_a_list_cut_off() -> None:
    text = json.dumps([{"group_key": {"hostname": "emr"}, "snapshots": [snapshot(1), snapshot(2)]}])
    assert len(read("restic_snapshots", text).rows) == 2
    cut = read("restic_snapshots", text[:-30])
    assert not cut.rows and not cut.looks[0].complete and cut.problems


def test_a_snapshot_without_a_host_is_told() -> None:
    heard = read("restic_snapshots", json.dumps([snapshot(1), snapshot(2, hostname=5)]))
    assert len(heard.rows) == 1 and heard.problems and not heard.looks[0].complete


def test_a_table_without_its_last_line_is_not_all() -> None:
    text = "ID        Time                 Host        Tags        Paths\n0ffff745  2026-08-20 03:00:00  pacs01      weekly      /srv\n"
    assert not read("restic_table", text).looks[0].complete
    assert read("restic_table", text + "1 snapshots\n").looks[0].complete
    assert not read("restic_table", text + "2 snapshots\n").looks[0].complete


def test_a_run_that_was_broken_off_failed() -> None:
    status = '{"message_type":"status","percent_done":0}\n'
    (row,) = read("restic_backup", status).rows
    assert row.ok is False and row.generation == ""
    error = '{"message_type":"error","error":{"message":"open /srv/yamada.pdf: permission denied"},"item":"/srv/yamada.pdf"}\n'
    summary = '{"message_type":"summary","files_new":1,"snapshot_id":"abcd1234","backup_end":"2026-09-01T02:10:00Z"}\n'
    (row,) = read("restic_backup", status + error + summary).rows
    assert row.ok is False and row.finished is not None  # a snapshot that lacks files
    clean = forms()["restic_backup"].clean
    assert clean is not None and "yamada" not in clean(status + error + summary)


def test_the_size_of_a_restore_is_not_that_of_the_repository() -> None:
    (row,) = read("restic_stats", '{"total_size":5,"total_file_count":1,"snapshots_count":1}').rows
    assert row.bytes_total is None
    (row,) = read("restic_stats", '{"total_size":5,"total_file_count":0,"total_blob_count":2,"snapshots_count":1}').rows
    assert row.bytes_total == 5
