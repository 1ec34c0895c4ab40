"""What went wrong while a pack was made or taken in, in words for the user."""

from __future__ import annotations

import errno
from pathlib import Path

from omamori.model.text import Text

FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""What a system says when nothing more fits: on the disk, in one file, in what one person may use."""


class FeedsError(Exception):
    """A pack cannot be made or taken: one line that says what to do, in both languages."""

    def __init__(self, ja: str, en: str) -> None:
        """Keep the line in both languages."""
        super().__init__(en)
        self.text = Text(ja, en)


def no_room(place: Path) -> FeedsError:
    """Return what to say when the disk of `place` is full; what was there before is still there."""
    return FeedsError(
        f"「{place}」のディスクがいっぱいで、最後まで書けませんでした。前からあったものは変わっていません。空きを作るか、別のディスクの場所を指定してください",
        f"the disk of {place} is full, so it could not be finished. What was there before is unchanged: make room, or name a place on another disk",
    )
