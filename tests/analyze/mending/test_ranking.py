"""The words of the order of work: every sentence in both languages, and what to ask where a machine is not ours to change."""

from __future__ import annotations

import duckdb
import pytest

from omamori.analyze.mending.ranking import BECAUSE, BECAUSE_JA, LABEL, LABEL_JA


def said(**given):
    row = {
        "repair": "application:7-zip", "product": "7-Zip", "target": None, "ask": False, "cannot": None, "exploited": 0, "ransomware": 0,
        "undecided_exploited": 0, "distance": 3, "reached_from": None, "likelihood": None, "cvss": None, "important": False,
    } | given  # fmt: skip
    typed = {"likelihood": "double", "cvss": "double"}
    values = ", ".join(f"${name}::{typed[name]} as {name}" if name in typed else f"${name} as {name}" for name in row)
    query = f"select {LABEL}, {LABEL_JA}, {BECAUSE}, {BECAUSE_JA} from (select {values})"
    return duckdb.execute(query, row).fetchone()


@pytest.mark.parametrize("repair", ["update:KB1", "package:p", "application:p", "component:p", "firmware:p", "os:p"])
@pytest.mark.parametrize("ask", [False, True])
@pytest.mark.parametrize("target", [None, "KB1"])
@pytest.mark.parametrize("cannot", [None, "no_fix", "exception"])
def test_every_label_is_said_in_both_languages(repair, ask, target, cannot) -> None:
    target = "KB1" if repair.startswith("update:") else target
    en, ja, *_ = said(repair=repair, ask=ask, target=target, cannot=cannot)
    assert en and ja and "  " not in en + ja
    assert ("sk the vendor" in en) is ask and ("業者に確認する" in ja) is ask
    assert target is None or cannot == "no_fix" or target in en


def test_why_in_plain_words() -> None:
    *_, en, ja = said(exploited=3, ransomware=1, distance=1, reached_from="VPN", likelihood=0.944, cvss=9.8, important=True)
    assert en == "3 known to be exploited (1 by ransomware); reached from an entry point (VPN); EPSS 94.4%; CVSS 9.8; care depends on it"
    assert ja == ("悪用が確認された弱点 3(うちランサムウエアが使うもの 1)、入口から届く(VPN)、EPSS 94.4%、CVSS 9.8、止まると診療に響く")
    *_, en, ja = said()
    assert en == "not known to be reached" and ja == "届くかどうかは分かっていない"
