"""The record of a look: what is written is what is read, and no redactor breaks it."""

from __future__ import annotations

import json
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from omamori.backup.look.record import write_record
from omamori.parse.backup.look_record import (
    BUCKETS,
    CanaryState,
    Compared,
    Gone,
    Harm,
    Lock,
    LookRecord,
    Place,
    Reading,
    Run,
    Sign,
    read_record,
)  # fmt: skip
from omamori.parse.redact import redact

MOMENTS = st.none() | st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)).map(lambda one: one.replace(microsecond=0))
SECRETS = ["password: hunter2", "$1$abcdefgh$ijklmnopqrstuvwxyz01", "-----BEGIN RSA PRIVATE KEY-----", "sftp://user:pw@nas/x", "psk", "token = abc",
           "Authorization: Basic QWxhZGRpbjpvcGVu", "パスワード:x", "wrong-password", '"', "\\", "電子カルテDB", "a\nb"]  # fmt: skip
WORDS = (
    st.text(st.characters(codec="utf-8"), max_size=20)
    | st.sampled_from(SECRETS)
    | st.tuples(st.sampled_from(SECRETS), st.sampled_from(SECRETS)).map("".join)
)
NAMES = st.text("abcdef0123456789", min_size=1, max_size=8)
NUMBERS = st.none() | st.integers(0, 2**50)
FLAGS = st.none() | st.booleans()
RECORDS = st.builds(
    LookRecord,
    made=st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)).map(lambda one: one.replace(microsecond=0)),
    version=st.just("1.0"),
    machine=WORDS,
    job=WORDS,
    place=st.builds(Place, NAMES, NAMES, WORDS, st.just("unknown"), st.none() | WORDS, st.none() | WORDS, st.none() | NAMES, FLAGS, FLAGS,
                    st.none() | WORDS, st.lists(WORDS, max_size=2).map(tuple)),
    opened=st.booleans(),
    code=st.none() | st.just("wrong-password"),
    structure_ok=FLAGS,
    said=st.lists(WORDS, max_size=2).map(tuple),
    locks=st.lists(st.builds(Lock, MOMENTS, WORDS, st.booleans()), max_size=2).map(tuple),
    runs=st.lists(
        st.builds(Run, NAMES, MOMENTS, WORDS, WORDS, NUMBERS, NUMBERS, NUMBERS, FLAGS, st.none() | st.builds(Compared, NAMES, *[st.integers(0, 9)] * 4)),
        max_size=3,
    ).map(tuple),
    gone=st.lists(st.builds(Gone, NAMES, MOMENTS, WORDS), max_size=2).map(tuple),
    reading=st.builds(
        Reading, NUMBERS, NUMBERS, NUMBERS, NUMBERS, MOMENTS,
        st.lists(st.none() | st.just(date(2026, 5, 1)), min_size=BUCKETS, max_size=BUCKETS).map(tuple),
        st.lists(st.sampled_from([b"", b"abcd", b"abcdefgh"]), min_size=BUCKETS, max_size=BUCKETS).map(tuple),
    ),
    damage=st.lists(st.builds(Harm, NAMES, WORDS, st.none() | st.lists(NAMES, max_size=2).map(tuple), NUMBERS), max_size=2).map(tuple),
    signs=st.lists(st.builds(Sign, NAMES, MOMENTS, NAMES, WORDS, st.none() | st.just(0.5), st.booleans(), WORDS), max_size=2).map(tuple),
    canary_set=st.booleans(),
    canary=st.lists(st.builds(CanaryState, NAMES, st.just("same")), max_size=2).map(tuple),
    looked_into=st.booleans(),
    clean=st.none() | st.tuples(NAMES, MOMENTS),
)  # fmt: skip


@given(RECORDS)
def test_what_is_written_stays_json_and_is_read_back(record: LookRecord) -> None:
    written = write_record(record)
    assert redact(written).data == written
    read, lost = read_record(written)
    assert lost == 0
    again, _ = read_record(write_record(read))
    assert again == read
    for name in ("made", "opened", "code", "structure_ok", "reading", "canary_set", "canary", "looked_into", "clean"):
        assert getattr(read, name) == getattr(record, name)
    assert [one.id for one in read.runs] == [one.id for one in record.runs]
    assert [(one.part, one.generations, one.files) for one in read.damage] == [
        (one.part, one.generations, one.files) for one in record.damage
    ]


def test_the_form_is_the_one_described() -> None:
    record = LookRecord(
        made=datetime(2026, 5, 1, 1, 2, 3),
        version="0.8",
        machine="電子カルテDB",
        runs=(Run("a1", datetime(2026, 4, 30), "ehr", files=2), Run("b2", None)),
        damage=(Harm("data/0/1", "hash differs", ("a1",), 3),),
    )
    written = write_record(record)
    assert written.startswith(b'{"omamori_backup_look": 1,\n "made": "2026-05-01T01:02:03",\n')
    top = json.loads(written)
    assert list(top) == ["omamori_backup_look", "made", "version", "of", "repository", "opened", "structure", "locks", "generations", "gone",
                         "reading", "damage", "signs", "canary", "looked_into", "clean"]  # fmt: skip
    assert top["of"] == {"machine": "電子カルテDB", "job": ""}
    assert list(top["generations"][0]) == ["id", "finished", "host", "account", "files", "size", "added", "complete", "compared"]
    assert len(top["reading"]["buckets"]) == BUCKETS and top["clean"] is None


def test_a_secret_in_a_word_is_taken_out() -> None:
    record = LookRecord(made=datetime(2026, 5, 1), version="1", said=("Fatal: password=hunter2secret", "sftp://u:hunter2secret@nas/x"))
    written = write_record(record)
    assert b"hunter2secret" not in written
    assert read_record(written)[0].said[0].startswith("Fatal: password=[secret")
