"""The pages of the kit for Windows: how to run it, what its owner and the staff should know, and what to type where no script may run."""

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


def pages(version: str) -> dict[str, bytes]:
    """Return the pages about the kit by file name; texts end their lines as Windows wants it, with a byte-order mark for old notepads."""
    found = {}
    for one in sorted(files(__package__).joinpath("pages").iterdir(), key=lambda page: page.name):
        text = one.read_text(encoding="utf-8").replace("@VERSION@", version)
        plain = one.name.endswith(".txt")
        # cmd reads the example itself, once it is renamed: no mark there.
        found[one.name] = (
            text.replace("\n", "\r\n").encode("utf-8-sig" if plain and text.isascii() is False else "utf-8") if plain else text.encode()
        )
    return found
