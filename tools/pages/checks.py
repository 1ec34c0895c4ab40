"""docs/generated/checks: every built-in check by topic, with why it matters and what to do."""

from __future__ import annotations

from importlib.resources import files
from itertools import groupby

import yaml

from omamori.evaluate.check import Check
from omamori.evaluate.load import load_checks
from omamori.model.text import LANGUAGES, Language, Text
from pages.markdown import code, name, one_line, page, table

INTRO = Text(
    "重さは、放置したときの害の大きさです。費用は、直すのにかかる費用の目安です。業者・リース・医療機器では、変更ではなく業者に尋ねることを示します。",
    "Severity is how much harm it can do if left; cost is what mending costs, roughly. On a vendor's, leased or medical machine "
    "the report does not tell anybody to change something but what to ask.",
)
SEVERITIES = {
    "critical": Text("最優先", "critical"),
    "high": Text("高", "high"),
    "medium": Text("中", "medium"),
    "low": Text("低", "low"),
}
COSTS = {"none": Text("なし", "none"), "low": Text("小", "low"), "medium": Text("中", "medium"), "high": Text("大", "high")}
SUBJECTS = {
    "asset": Text("機器", "asset"),
    "site": Text("病院", "site"),
    "zone": Text("ゾーン", "zone"),
    "line": Text("外部接続", "line"),
    "vendor": Text("業者", "vendor"),
}
WHY = Text("なぜ", "Why")
FIX = Text("すること", "What to do")
ASK = Text("業者に尋ねること", "What to ask the vendor")
FACTS = Text("重さ: {}、費用: {}、対象: {}", "Severity: {}; cost: {}; subject: {}")


def pages() -> dict[str, str]:
    """Return the page in both languages."""
    checks = load_checks()
    topics = yaml.safe_load((files("omamori.checks") / "topics.yaml").read_text(encoding="utf-8"))
    return {f"generated/{name('checks', language)}": _page(checks, topics, language) for language in LANGUAGES}


def _page(checks: tuple[Check, ...], topics: dict[str, dict[str, str]], language: Language) -> str:
    ordered = sorted(checks, key=lambda check: (list(topics).index(check.topic), check.id))
    count = Text(f"{len(checks)} のチェックがあります。", f"There are {len(checks)} checks.")
    blocks = [f"{count.say(language)} {INTRO.say(language)}"]
    for topic, members in groupby(ordered, key=lambda check: check.topic):
        listed = list(members)
        head = Text("ID|見るもの|重さ", "ID|What it looks for|Severity").say(language).split("|")
        rows = [(code(check.id), check.title.say(language), SEVERITIES[check.severity].say(language)) for check in listed]
        blocks += [f"## {topics[topic][language]}", table(head, rows), *(_check(check, language) for check in listed)]
    return page(language, Text("チェック", "Checks").say(language), *blocks)


def _check(check: Check, language: Language) -> str:
    words = [SEVERITIES[check.severity], COSTS[check.fix.cost], SUBJECTS[check.subject]]
    lines = [
        f"### {code(check.id)} {check.title.say(language)}",
        FACTS.say(language).format(*(word.say(language) for word in words)),
        f"**{WHY.say(language)}** {one_line(check.why.say(language))}",
        f"**{FIX.say(language)}** {one_line(check.fix.text.say(language))}",
    ]
    if check.fix.run:
        lines.append(f"```\n{check.fix.run.strip()}\n```")
    if check.ask is not None:
        lines.append(f"**{ASK.say(language)}** {one_line(check.ask.say(language))}")
    return "\n\n".join(lines)
