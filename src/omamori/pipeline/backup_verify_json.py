"""What `omamori backup verify` found, for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from omamori.backup.look.record import write_record
from omamori.backup.look.rotation import share_read
from omamori.pipeline.backup_verify import Verified


def verified_json(done: Verified) -> Mapping[str, Any]:
    """Return the record as it is stored, without the state of the rounds, and what this run did."""
    record: dict[str, Any] = json.loads(write_record(done.record))
    for key in ("buckets", "known"):
        del record["reading"][key]
    record["reading"]["share"] = share_read(done.record.reading)
    read, history = done.read, done.history
    record["now"] = {
        "parts_read": read.parts if read is not None else 0,
        "bytes_read": read.bytes if read is not None else 0,
        "generations_compared": history.now if history is not None else 0,
        "generations_left": history.left if history is not None else None,
        "finished": done.record.opened and done.ended is None,
        "ended": None if done.ended is None else {"ja": done.ended.ja, "en": done.ended.en},
        "stored": done.stored,
    }
    return record
