"""What `aws s3api` prints of the lock of a bucket or an object. COMPLIANCE: nobody can delete; GOVERNANCE: whoever has the right can."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from omamori.model.backup import BackupRepository
from omamori.parse.backup.form import NAMED, REPOSITORIES, REPOSITORY_COLUMNS, Form, Gathering, Heard, Listing, looks_of, part, read_json
from omamori.parse.backup.values import moment, one_line, whole

PRODUCT = "object-storage"
_SOURCE = "AWS CLI Command Reference, s3api: get-object-lock-configuration, get-object-retention"


def _content(listing: Listing) -> Any:
    start = listing.text.find("{")
    return read_json(listing.text[start:]) if start >= 0 else None


def _bucket(listing: Listing) -> Heard:
    lock = part(_content(listing), "ObjectLockConfiguration")
    gathering = Gathering()
    enabled = one_line(part(lock, "ObjectLockEnabled")) == "Enabled"
    mode = one_line(part(lock, "Rule", "DefaultRetention", "Mode"))
    days, years = whole(part(lock, "Rule", "DefaultRetention", "Days")), whole(part(lock, "Rule", "DefaultRetention", "Years"))
    long = f"{days} days" if days else f"{years} years" if years else ""
    if lock is None:
        gathering.wrong(1, "ObjectLockConfiguration: the output is cut off", "ObjectLockConfiguration(途中で切れています)")
    only, because = None, None
    if enabled and mode == "COMPLIANCE" and long:
        only, because = True, f"object lock COMPLIANCE for {long} from the moment of writing"
    elif enabled and mode == "GOVERNANCE" and long:
        because = f"object lock GOVERNANCE for {long}: accounts with the right to bypass it can delete"
    elif enabled:
        because = "object lock is enabled, without a default: each copy has to ask for it"
    return _heard(BackupRepository(asset=NAMED, append_only=only, append_only_because=because), gathering)


def _object(listing: Listing) -> Heard:
    retention = part(_content(listing), "Retention")
    gathering = Gathering()
    mode, until = one_line(part(retention, "Mode")), moment(one_line(part(retention, "RetainUntilDate")))
    if until is None:
        gathering.wrong(1, "Retention with Mode and RetainUntilDate", "Mode と RetainUntilDate のある Retention")
    because = (
        None if mode == "COMPLIANCE" else f"object lock {mode or 'of an unknown mode'}: accounts with the right to bypass it can delete"
    )
    row = BackupRepository(asset=NAMED, locked_until=until if mode == "COMPLIANCE" else None, append_only_because=because)
    return _heard(row, gathering)


def _heard(row: BackupRepository, gathering: Gathering) -> Heard:
    row = replace(row, target_kind="object-storage", evidence="1")
    return Heard(PRODUCT, (row,), looks_of(REPOSITORIES, [row], REPOSITORY_COLUMNS, complete=True), tuple(gathering.problems))


FORMS = (
    Form(
        "s3_object_lock", "aws s3api get-object-lock-configuration", lambda text: re.match(r'\s*\{\s*"ObjectLockConfiguration"\s*:', text) is not None,
        _bucket, about="lock", source=_SOURCE,
    ),
    Form(
        "s3_retention", "aws s3api get-object-retention", lambda text: re.match(r'\s*\{\s*"Retention"\s*:', text) is not None, _object,
        about="retention", source=_SOURCE,
    ),
)  # fmt: skip
