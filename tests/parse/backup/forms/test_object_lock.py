from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from omamori.parse.backup.form import Listing, forms


def bucket(**rule: Any) -> str:
    return json.dumps({"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": rule}}})


@pytest.mark.parametrize(
    ("text", "only", "word"),
    [
        (bucket(Mode="COMPLIANCE", Days=30), True, "30 days"),
        (bucket(Mode="COMPLIANCE", Years=1), True, "1 years"),
        (bucket(Mode="COMPLIANCE"), None, "without a default"),
        (bucket(Mode="GOVERNANCE", Days=30), None, "bypass"),
        ('{"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled"}}', None, "without a default"),
        ('{"ObjectLockConfiguration": {}}', None, ""),
        ('{"ObjectLockConfiguration": {"ObjectLockEnabled": "Ena', None, ""),
    ],
)
def test_buckets(text: str, only: bool | None, word: str) -> None:
    assert forms()["s3_object_lock"].recognise(text)
    (row,) = forms()["s3_object_lock"].read(Listing(text)).rows
    assert row.append_only is only and word in (row.append_only_because or "")


@pytest.mark.parametrize(("mode", "until"), [("COMPLIANCE", datetime(2027, 1, 31, 2)), ("GOVERNANCE", None)])
def test_objects(mode: str, until: datetime | None) -> None:
    text = json.dumps({"Retention": {"Mode": mode, "RetainUntilDate": "2027-01-31T02:00:00+00:00"}})
    (row,) = forms()["s3_retention"].read(Listing(text)).rows
    assert row.locked_until == until and row.append_only is None
