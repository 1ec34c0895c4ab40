"""Where a copy lies, as programs and people write it."""

from __future__ import annotations

import pytest

from omamori.analyze.backups.places import Names, Place, family, medium_of, place_of


@pytest.mark.parametrize(
    ("target", "host", "share", "path"),
    [
        ("\\\\NAS1\\backup\\ehr", "nas1", "backup", None),
        ("ネットワーク共有 ラベル付き \\\\bumon\\ad1-backup", "bumon", "ad1-backup", None),
        ("//nas/b", "nas", "b", None),
        ("rest:https://backup.hospital.example:8000/store", "backup.hospital.example", None, "/store"),
        ("sftp:writer@bk:/srv/restic", "bk", None, "/srv/restic"),
        ("writer@10.1.2.3:/srv", "10.1.2.3", None, "/srv"),
        ("bk::module", "bk", None, "module"),
        ("ssh://borg@bk:2222/srv/borg", "bk", None, "/srv/borg"),
        ("/mnt/nas/ehr", None, None, "/mnt/nas/ehr"),
        ("固定ディスク ラベル付き E:", None, None, "e:"),
        ("D:\\backup", None, None, "d:\\backup"),
        ("別棟の金庫", None, None, None),
        (None, None, None, None),
    ],
)
def test_a_target_is_taken_apart(target, host, share, path):
    place = place_of(target)
    assert (place.host, place.share, place.path) == (host, share, path)


def test_the_same_place_has_one_text_however_it_is_written():
    assert place_of("Network Share labeled \\\\BK\\ehr").text == place_of("//bk/ehr/").text == place_of("\\\\bk\\ehr").text
    assert place_of("rest:http://user@bk:8000/a/").text == place_of("rest:http://bk:8000/a").text
    assert place_of("") == Place()


def test_object_storage_is_no_machine_by_a_colon():
    assert place_of("s3:bucket/ehr").host is None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Windows Serverバックアップ", "windows-backup"),
        ("wbadmin", "windows-backup"),
        ("restic.timer", "restic"),
        ("LTO", "tape"),
        ("手作業", None),
        ("pg_dump", "postgresql"),
    ],
)
def test_products_go_by_one_name(words, name):
    assert family(words) == name


def test_kinds_of_targets_are_media():
    assert [medium_of(kind) for kind in ("same-host", "remote-host", "removable", "tape", "object-storage", "unknown", None)] == [
        "same-server", "other-server", "disk", "tape", "cloud", None, None,
    ]  # fmt: skip


def test_machines_are_found_by_name_host_name_and_address():
    called = {"バックアップサーバ": {"a"}, "nas1": {"n"}, "nas10": {"m"}, "bk": {"a"}, "10.8.0.11": {"a"}, "twice": {"x", "y"}}
    names = Names({word: frozenset(found) for word, found in called.items()}, frozenset("anmxy"))
    assert names.machine("BK.hospital.example") == names.machine("10.8.0.11") == "a"
    assert names.machine("twice") is None and names.machine(None) is None
    assert names.in_text("NAS1の共有フォルダ") == "n" and names.in_text("NAS10") == "m"
    assert names.in_text("バックアップサーバ2") is None
    assert names.in_text("NAS1 と NAS10") is None
