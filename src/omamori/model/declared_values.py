"""Value lists that several declared tables share."""

from __future__ import annotations

from omamori.model.text import values

YES_NO = values(("yes", "はい", "yes"), ("no", "いいえ", "no"), ("unknown", "分からない", "not known"))
