"""Write SVG elements: numbers short, every text and attribute escaped. Nothing a machine said is ever markup."""

from __future__ import annotations

from collections.abc import Mapping

from omamori.map.letters import fitted, width
from omamori.map.rooms import Rect

_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}


def escaped(text: str) -> str:
    """Return `text` safe as content and as a quoted attribute."""
    return "".join(_ESCAPED.get(letter, letter) for letter in text)


def number(value: float) -> str:
    """Return a length in its shortest form, to a hundredth."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


class Pen:
    """Collects elements. `prefix` begins the names of symbols, so that two drawings on one page do not mix."""

    def __init__(self, prefix: str) -> None:
        """Begin with nothing drawn."""
        self._parts: list[str] = []
        self._prefix = prefix

    def raw(self, element: str) -> None:
        """Add an element of ours as it is."""
        self._parts.append(element)

    def open(self, **attributes: str) -> None:
        """Begin a group; an underscore in a name stands for a hyphen, one at its end is dropped."""
        self._parts.append(f"<g{_attributes(attributes)}>")

    def link(self, target: str, **attributes: str) -> None:
        """Begin a group that is a link inside the page."""
        self._parts.append(f'<a href="{escaped(target)}"{_attributes(attributes)}>')

    def close(self, *, link: bool = False) -> None:
        """End the group, or the link."""
        self._parts.append("</a>" if link else "</g>")

    def title(self, text: str) -> None:
        """Add what is told when one rests on the group."""
        self._parts.append(f"<title>{escaped(text)}</title>")

    def box(self, box: Rect, kind: str, radius: float = 0) -> None:
        """Draw a rectangle."""
        rounded = f' rx="{number(radius)}"' if radius else ""
        self._parts.append(
            f'<rect class="{kind}" x="{number(box.x)}" y="{number(box.y)}" width="{number(box.w)}" height="{number(box.h)}"{rounded}/>'
        )

    def text(self, x: float, y: float, words: str, size: float, kind: str = "", *, anchor: str = "", room: float = 0) -> float:
        """Write a line of words, cut to `room` where that is given; returns about how wide it is."""
        if not words:
            return 0.0
        shown = fitted(words, size, room) if room else words
        at = f' text-anchor="{anchor}"' if anchor else ""
        kinds = f"m-t {kind}".strip()
        self._parts.append(f'<text class="{kinds}" x="{number(x)}" y="{number(y)}" font-size="{number(size)}"{at}>{escaped(shown)}</text>')
        return width(shown, size)

    def symbol(self, name: str, x: float, y: float, size: float, kind: str = "") -> None:
        """Draw a symbol (`i-server`, `m-critical`) with its corner at x, y."""
        kinds = f' class="{kind}"' if kind else ""
        self._parts.append(
            f'<use{kinds} href="#{self._prefix}{name}" x="{number(x)}" y="{number(y)}" width="{number(size)}" height="{number(size)}"/>'
        )

    def path(self, d: str, kind: str) -> None:
        """Draw a path."""
        self._parts.append(f'<path class="{kind}" d="{d}"/>')

    def halo(self, points: tuple[tuple[float, float], ...]) -> None:
        """Draw what parts a line from those it crosses."""
        self.path(_rounded(points, 5), "m-halo")

    def line(self, points: tuple[tuple[float, float], ...], kind: str) -> None:
        """Draw a line through points, its corners rounded."""
        self.path(_rounded(points, 5), kind)

    def done(self) -> str:
        """Return all that was drawn."""
        return "".join(self._parts)


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name.rstrip("_").replace("_", "-")}="{escaped(value)}"' for name, value in attributes.items() if value)


def _rounded(points: tuple[tuple[float, float], ...], radius: float) -> str:
    parts = [f"M{number(points[0][0])} {number(points[0][1])}"]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        near, far = _toward(here, before, radius), _toward(here, after, radius)
        parts.append(f"L{number(near[0])} {number(near[1])}Q{number(here[0])} {number(here[1])} {number(far[0])} {number(far[1])}")
    parts.append(f"L{number(points[-1][0])} {number(points[-1][1])}")
    return "".join(parts)


def _toward(here: tuple[float, float], there: tuple[float, float], far: float) -> tuple[float, float]:
    dx, dy = there[0] - here[0], there[1] - here[1]
    length = abs(dx) + abs(dy)
    share = min(far, length / 2) / length if length else 0.0
    return here[0] + dx * share, here[1] + dy * share
