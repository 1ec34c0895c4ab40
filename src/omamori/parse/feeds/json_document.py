"""Reads a file that is one JSON object, whole. Pure."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from omamori.model.text import Text
from omamori.parse.feeds.interface import FeedError

MAX_BYTES = 64 << 20
"""Bytes of one document that is read whole."""


def document(stream: BinaryIO) -> dict[str, Any]:
    """Return the one JSON object of a file; FeedError says what is wrong with it."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise FeedError(
            Text("64 MiBを超えています。1件の情報のファイルではありません", "larger than 64 MiB: this is not the file of one advisory")
        )
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        said = str(error).split("\n")[0][:200]
        raise FeedError(Text(f"JSONとして読めません（{said}）。もう一度入手してください", f"not JSON ({said}): fetch it again")) from error
    if not isinstance(found, dict):
        raise FeedError(Text("JSONのオブジェクトではありません。ファイルを確かめてください", "not a JSON object: check which file this is"))
    return found
