"""Make what is shown in the report harmless to look at: texts (`omamori.model.clean`), and verdicts as a whole."""

from __future__ import annotations

import dataclasses
from typing import Any

from omamori.model.clean import clean as clean
from omamori.model.look import Verdict
from omamori.model.moments import plain_utc


def clean_verdict(verdict: Verdict) -> Verdict:
    """Return it fit to be shown. Nearly all are: of a large site that saves a second copy of every one."""
    fit: dict[str, Any] = {
        "subject": clean(verdict.subject),
        "finding_key": clean(verdict.finding_key),
        "message_ja": clean(verdict.message_ja),
        "message_en": clean(verdict.message_en),
        "reason": clean(verdict.reason) if verdict.reason else None,
        "since": plain_utc(verdict.since) if verdict.since else None,
        "accepted_since": plain_utc(verdict.accepted_since) if verdict.accepted_since else None,
        "came_back": plain_utc(verdict.came_back) if verdict.came_back else None,
    }
    return verdict if all(getattr(verdict, name) == value for name, value in fit.items()) else dataclasses.replace(verdict, **fit)
