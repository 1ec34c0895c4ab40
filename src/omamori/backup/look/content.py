"""Whether the contents of a file look encrypted. Pure.

One file says little: a file may be encrypted or compressed on purpose. So a judgement is only made of the ending, the beginning and the spread of
the bytes together, and `omamori.backup.look.signs` speaks only when several files say the same.
"""

from __future__ import annotations

from omamori.backup.look.entropy import LEAST, is_even
from omamori.backup.look.kinds import HEAD, ending_of, is_known, is_meant, kind_of

FINE = "fine"
"""The beginning is that of a known kind of file, or the bytes are not even: not encrypted."""
ENCRYPTED = "encrypted"
"""The ending says what it should be, it is nothing that is known, and its bytes are even."""
EVEN = "even"
"""Nothing that is known, and even bytes; the ending does not say what it should be."""
UNTOLD = "untold"
"""Too small, or of a kind that is encrypted or compressed on purpose."""


def judge(path: str, data: bytes, *, whose: str = "") -> str:
    """Return FINE, ENCRYPTED, EVEN or UNTOLD for a file. In: its path, its bytes (the first 64 KiB suffice), and the path it had before.

    With `whose`, the ending it had before says what it should be.
    """
    head = data[:HEAD]
    ending = ending_of(whose or path)
    if kind_of(head):
        return FINE
    if len(head) < LEAST:
        return UNTOLD
    # The very beginning often stays plain in what was encrypted in part; the end of the piece may be padding.
    if not (is_even(head) or is_even(head[: len(head) // 2]) or is_even(head[len(head) // 4 :])):
        return FINE
    if is_meant(ending_of(path)) or is_meant(ending):
        return UNTOLD
    return ENCRYPTED if is_known(ending) else EVEN
