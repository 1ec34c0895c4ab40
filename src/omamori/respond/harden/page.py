"""The plan as a page to read, print and tick: for people who run no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, tzinfo
from importlib.resources import files as resources

from jinja2 import Environment, FunctionLoader, StrictUndefined

from omamori.model.clean import clean
from omamori.model.text import Language, Text
from omamori.respond.harden.document import Folded, document, few, folded
from omamori.respond.harden.parts import File, Plan
from omamori.respond.told import Line

WORDS = {
    "title": Text("費用をかけずに固める計画", "Hardening at no cost: the plan"),
    "made": Text("作成の時点", "Made from the judgement of"),
    "hand": Text("手で行う場所", "By hand"),
    "policy": Text("グループポリシー", "Group policy"),
    "why": Text("なぜ", "Why"),
    "stops": Text("止まるかもしれないもの", "What could stop"),
    "machines": Text("機器", "Machines"),
    "evidence": Text("根拠", "Evidence"),
    "goes": Text("なくなる指摘", "Findings that go"),
    "signed": Text("記録", "Record"),
    "step": Text("すること", "Step"),
    "day": Text("日時", "Day and time"),
    "who": Text("行った人", "Done by"),
    "approved": Text("認めた人", "Signed off by"),
    "remark": Text("気付いたこと", "Remarks"),
    "trial": Text("1台で試した(機器名)", "Tried on one machine (which)"),
    "applied": Text("残りに入れた", "Applied to the others"),
    "verified": Text("確かめた(もう一度集めて照らした)", "Verified (looked at again)"),
    "undone": Text("戻した(戻したときだけ)", "Undone (only if it was)"),
    "done": Text("済", "Done"),
    "notes": Text("知っておくこと", "Also to know"),
    "empty": Text(
        "この範囲で、計画できるものはありませんでした。見ていない機器と、下の「この計画にないもの」を見てください",
        "Nothing could be planned here. See the machines nobody looked at, and below what this plan does not hold",
    ),
}


def render_page(plan: Plan, titles: Mapping[str, Text], files: Sequence[File], language: Language, zone: tzinfo) -> str:
    """Return the page as one HTML file that needs nothing else. What machines said is escaped, and without control characters."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, loader=FunctionLoader(_template), trim_blocks=True)
    environment.filters["say"] = lambda text: clean(text.say(language))
    kinds: dict[str, list[Folded]] = {}
    for one in folded(plan.measures):
        kinds.setdefault(one.kind, []).append(one)
    lines = document(plan, titles, files)
    return environment.get_template("plan.html.j2").render(
        plan=plan,
        language=language,
        words=WORDS,
        kinds=[(titles.get(kind, Text(kind, kind)), found) for kind, found in kinds.items()],
        moment=plan.moment.replace(tzinfo=UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M"),
        # Questions, watching, what is left: the same words as on the screen.
        parts=_parts(lines, {titles.get(kind, Text(kind, kind)) for kind in kinds}),
        few=few,
        clean=clean,
    )


def _parts(lines: Sequence[Line], measures: set[Text]) -> list[tuple[Line, list[Line]]]:
    """Return the headings with their lines, but for the measures: those are shown as cards."""
    parts: list[tuple[Line, list[Line]]] = []
    for line in lines:
        if line.level == 1:
            parts.append((line, []))
        else:
            parts[-1][1].append(line)
    return [(head, rest) for head, rest in parts if head.text not in measures]


def _template(name: str) -> str:
    return resources("omamori.respond.harden").joinpath(name).read_text(encoding="utf-8")
