"""The page of the kit that names the machines to visit first, to print and walk with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from omamori.model.text import Language, Text
from omamori.report import words
from omamori.report.labels import LABELS
from omamori.report.moments import shown
from omamori.report.shape import Visit

NAMES = {"ja": "Visit-first.ja.html", "en": "Visit-first.en.html"}
"""Names of the pages in the kit, by language."""


def visit_page(visits: Sequence[Visit], *, language: Language, site: str, moment: datetime, zone: tzinfo, known: int) -> str:
    """Return the page as self-contained HTML without script.

    `site` is the hospital's name (empty: not known), `moment` that of the snapshot (UTC), shown in `zone`; `known` is the number of
    machines that were not looked at.
    """

    def say(text: Text) -> str:
        return text.say(language)

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = files("omamori.report").joinpath("templates", "visit_page.html.j2").read_text(encoding="utf-8")
    return environment.from_string(template).render(
        visits=visits, language=language, site=site, when=shown(moment, zone), known=known, say=say, L=LABELS, roles=words.ROLE
    )
