"""Moments as people read them, for every writer of the report: those of `omamori.model.moments`."""

from __future__ import annotations

from omamori.model.moments import iso as iso
from omamori.model.moments import offset_minutes as offset_minutes
from omamori.model.moments import plain_utc as plain_utc
from omamori.model.moments import shown as shown
