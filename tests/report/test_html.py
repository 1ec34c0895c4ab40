from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.map.page.closed import for_script
from omamori.model.look import Verdict
from omamori.model.text import Text
from omamori.report.data import Report
from omamori.report.html import both, payload, render_html
from omamori.report.labels import LABELS


@pytest.fixture
def page(report: Report) -> str:
    return render_html(report)


def _data(page: str) -> dict[str, object]:
    (block,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    return dict(json.loads(block))


def test_the_policy_allows_only_the_scripts_and_styles_that_are_inside(page: str) -> None:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src &#39;none&#39;") or policy.startswith("default-src 'none'")
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert re.search(rf"{directive} (&#39;|')sha256-{re.escape(digest)}(&#39;|')", policy)
    assert "unsafe" not in policy


def test_nothing_is_fetched_from_anywhere(page: str) -> None:
    without_data = re.sub(r'<script type="application/json".*?</script>', "", page, flags=re.S)
    assert not re.search(r"(?:src|href|action|url)\s*[=(]\s*[\"']?\s*(?:https?:)?//", without_data)
    assert not re.search(r"@import|<link|<img|<iframe|<object|\sstyle=|\son\w+=", without_data)


def test_both_languages_are_inside_and_page_one_needs_no_script(page: str) -> None:
    assert '<html lang="ja">' in page
    one = page[page.index('id="overview"') : page.index('id="findings"')]
    for words in (
        "見た範囲で見つかったもの <b>39</b>、見えなかったもの <b>10</b>",
        "まだ実機を見ていない 5 台については、ほかに 55 の点検で何も分かりません",
        "Found where it was looked: <b>39</b>",
        "Firewall not at work",
    ):
        assert words in one


def test_no_command_stands_beside_what_is_not_ours_to_change(report: Report) -> None:
    # The script shows `fix` only where a finding is not `ask_vendor`; page one is written here.
    page = render_html(report)
    ended = page[page.index("サポートが終わったOS", page.index("h-first")) :][:900]
    assert "PACS" in ended
    assert "更新を計画し" not in ended


def test_the_readers_zone_is_used(report: Report) -> None:
    japan = timezone(timedelta(hours=9))
    assert "2026-06-01 18:00" in render_html(report, "ja", japan)
    assert payload(report, "ja", japan)["offset"] == 540


def test_hostile_names_stay_text(hospital) -> None:  # type: ignore[no-untyped-def]
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}"
    verdict = Verdict(
        check_id="share.open_guest", subject=evil, finding_key=evil, verdict="fail", severity="high", message_ja=evil, message_en=evil
    )
    page = render_html(hospital.report(verdicts=(verdict,), notes=(Text(evil, evil),)))
    assert page.count("<script") == 2
    assert "<img" not in page
    assert "{{7*7}}" in page
    packed = _data(page)["packed"]
    assert isinstance(packed, dict) and packed["subjects"] == [evil]


@given(
    st.recursive(st.text() | st.none(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3))
)
def test_data_survives_the_way_through_a_script_element(value: object) -> None:
    packed = for_script(value)
    assert not set(packed) & set("<>&\u2028\u2029")
    assert json.loads(packed) == value


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_text_is_escaped_in_both_languages(ja: str, en: str) -> None:
    markup = re.sub(r"</?span[^<>]*>", "", both(Text(ja, en)))
    assert not set(markup) & set("<>\"'")


def test_every_label_is_said_in_both_languages() -> None:
    for name, label in LABELS.items():
        assert label.ja and label.en, name


def test_the_same_report_gives_the_same_page(hospital) -> None:  # type: ignore[no-untyped-def]
    backwards = hospital.report(verdicts=tuple(reversed(hospital.verdicts)))
    assert render_html(backwards) == render_html(hospital.report())
