"""The page a person types from, who may not run a script: one sheet of A4, Japanese or English."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, StrictUndefined, select_autoescape

from omamori.collect.windows.commands import commands
from omamori.model.text import Language


def guide_page(language: Language) -> str:
    """Return the page as self-contained HTML. The same commands give the same text."""
    environment = Environment(autoescape=select_autoescape(default=True), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = files(__package__).joinpath(f"guide.{language}.html.j2").read_text(encoding="utf-8")
    listed = [one for one in commands() if one.by_hand]
    groups = {
        "everyone": [one for one in listed if not one.administrator and one.only_on is None],
        "administrator": [one for one in listed if one.administrator and one.only_on is None],
        "server": [one for one in listed if one.only_on == "server"],
        "client": [one for one in listed if one.only_on == "client"],
    }
    return environment.from_string(template).render(groups=groups, language=language)
