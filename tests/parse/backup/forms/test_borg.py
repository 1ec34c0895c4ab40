from __future__ import annotations

import json

import pytest

from omamori.parse.backup.form import Listing, forms

FINE = ("Starting repository check", "Finished full repository check, no problems found.", "Starting archive consistency check...",
        "Archive consistency check complete, no problems found.")  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "ok"),
    [
        (FINE, True),
        (FINE[:2], None),
        (FINE[2:], None),
        (FINE[:3], None),
        ((FINE[0], "Finished partial repository check, no problems found.", *FINE[2:]), None),
        ((*FINE[:3], "Archive consistency check complete, problems found."), False),
        ((FINE[0], "Finished full repository check, errors found.", *FINE[2:]), False),
        ((*FINE[:3], "Finished cryptographic data integrity verification, verified 12 chunks with 1 integrity errors.", FINE[3]), False),
        ((*FINE, "rc=1"), False),
    ],
)
def test_both_halves_have_to_be_fine(lines: tuple[str, ...], ok: bool | None) -> None:
    text = "\n".join(lines)
    assert forms()["borg_check"].recognise(text)
    heard = forms()["borg_check"].read(Listing(text))
    assert heard.rows[0].structure_ok is ok
    assert [look.complete for look in heard.looks if look.table == "backup_damage"] == [ok is not None]


def test_a_checkpoint_is_no_whole_generation() -> None:
    archives = [{"name": name, "start": "2026-11-01T02:00:00.000000"} for name in ("emr-1", "emr-2.checkpoint")]
    content = {"archives": archives, "encryption": {"mode": "none"}, "repository": {"id": "a" * 64, "location": "ssh://nas1/./emr"}}
    text = json.dumps(content)
    assert forms()["borg"].recognise(text)
    first, second, store = forms()["borg"].read(Listing(text)).rows
    assert (first.ok, second.ok) == (True, False)
    assert (store.encrypted, store.kept_on, store.target_kind) == (False, "nas1", "remote-host")


def test_without_append_only_nothing_is_shown() -> None:
    text = "[repository]\nversion = 1\nsegments_per_dir = 1000\nappend_only = {}\nid = " + "a" * 64 + "\nkey = hqlh\n\tXu7X\n\n"
    form = forms()["borg_config"]
    told = [form.read(Listing(text.format(value))).rows[0].append_only for value in ("0", "1", "yes")]
    assert told == [None, True, None]
    clean = form.clean
    assert clean is not None and "Xu7X" not in clean(text) and clean(text).count("\n") == text.count("\n")
