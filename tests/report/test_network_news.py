from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import jsonschema

from omamori.analyze.changes.kinds import KINDS, UNTOLD, NetworkChange, NetworkChanges, Uncompared
from omamori.report.html import render_html
from omamori.report.json import render_json
from omamori.report.network_news import network_json, network_news
from omamori.report.summary import summarise

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text(encoding="utf-8"))
DAY, NEXT = datetime(2026, 5, 1), datetime(2026, 6, 1)
CHANGES = NetworkChanges(
    DAY,
    NEXT,
    (
        NetworkChange(
            "new", "10.9.0.9", since=DAY, declared=False, evidence_before="aaaaaaaaaaaaaa01:2", evidence_after="bbbbbbbbbbbbbb01:9"
        ),
        NetworkChange("opened", "PACS", zone="画像系LAN", item="3389/tcp", after="<script>alert(1)</script>", evidence_after="gone:1"),
    ),
    (Uncompared("not_asked", ("CT",)),),
    DAY,
    NEXT,
)


def test_news_are_told_zone_by_zone_with_the_lines_of_both_sides(hospital) -> None:  # type: ignore[no-untyped-def]
    news = hospital.report(network=CHANGES).network
    assert news is not None
    assert [(zone.zone, [line.change.kind for line in zone.lines]) for zone in news.zones] == [("画像系LAN", ["opened"]), ("", ["new"])]
    (new,) = news.zones[1].lines
    assert new.before is not None and new.after is not None and new.before.text == "permitrootlogin yes"
    assert news.zones[0].lines[0].after is None, "evidence that is gone is left out"
    assert network_news(None) is None and network_json(None) is None


def test_the_json_has_the_form_the_docs_promise(hospital) -> None:  # type: ignore[no-untyped-def]
    told = json.loads(render_json(hospital.report(network=CHANGES)))
    jsonschema.validate(told, SCHEMA)
    part = told["network_changes"]
    assert [one["kind"] for one in part["changes"]] == ["opened", "new"]
    assert told["evidence"][part["changes"][1]["evidence"]["after"]]["text"] == "permitrootlogin yes"
    assert json.loads(render_json(hospital.report()))["network_changes"] is None
    form = SCHEMA["properties"]["network_changes"]["anyOf"][0]["properties"]
    assert form["changes"]["items"]["properties"]["kind"]["enum"] == [kind.code for kind in KINDS]
    assert form["uncompared"]["items"]["properties"]["reason"]["enum"] == [reason.code for reason in UNTOLD]


def test_the_page_shows_them_and_nothing_of_a_banner_acts(hospital) -> None:  # type: ignore[no-untyped-def]
    page = render_html(hospital.report(network=CHANGES))
    assert "2026-05-01 からのネットワークの変化" in page and "10.9.0.9: 新しく応答しました" in page
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page
    calm = render_html(hospital.report(network=NetworkChanges(DAY, NEXT)))
    assert "ネットワークに変化はありません" in calm
    assert "network-changes" not in render_html(hospital.report()).partition("</style>")[2].partition("<script")[0]


def test_a_page_holds_a_few_hundred_and_says_how_many_more(hospital) -> None:  # type: ignore[no-untyped-def]
    many = NetworkChanges(DAY, NEXT, tuple(NetworkChange("new", f"10.9.{n // 250}.{n % 250}", zone="EHR") for n in range(450)))
    page = render_html(hospital.report(network=many), "en")
    assert page.count("answers for the first time") == 400
    assert "and more (all of them are in report.json and report.xlsx):</span> 50" in page


def test_the_terminal_names_a_few(hospital) -> None:  # type: ignore[no-untyped-def]
    said = "\n".join("".join(span.text.en for span in line) for line in summarise(hospital.report(network=CHANGES)))
    assert "Changes on the network since 2026-05-01  2" in said and "10.9.0.9: answers for the first time" in said
    assert "Changes on the network" not in "\n".join("".join(span.text.en for span in line) for line in summarise(hospital.report()))
