"""Facts of several files put together: the newer word wins, texts only an older one has stay, nothing of another file is lost."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.feeds.merge import add_sources, held, merge, thin_years
from omamori.feeds.reading import FileRead, Laid
from omamori.knowledge.store import Facts, keyed
from omamori.model.facts import Advisory, AdvisoryFlaw, Affected, Broken, EndDate, Exploited, Feed, Likelihood, WindowsFix, WindowsReplaced
from omamori.model.tables_pack import pack_table_of

DAY = date(2026, 5, 1)
LATER = date(2026, 5, 20)


def lay(folder: Path, files: Sequence[tuple[date | None, Sequence[Any]]]) -> Path:
    """Write facts as the reading does, file by file, and merge them."""
    laid = folder / "laid"
    laid.mkdir(parents=True)
    with ExitStack() as stack:
        writer = Laid(laid, 0, stack)
        for number, (_, rows) in enumerate(files):
            for row in rows:
                writer.add(number, row)
    told = [FileRead(number, f"file {number}", feed="x", as_of=as_of) for number, (as_of, _) in enumerate(files)]
    target = folder / "facts.duckdb"
    merge(laid, target, told, scratch=folder)
    return target


def rows_of(target: Path, kind: type) -> list[Any]:
    names = [one.name for one in fields(kind)]
    with duckdb.connect() as connection, Facts(target).attached(connection):
        table = pack_table_of(kind()).name
        return [
            kind(**dict(zip(names, row, strict=True)))
            for row in connection.execute(f"select {', '.join(names)} from facts.{table}").fetchall()
        ]


def test_of_one_record_in_two_files_the_newer_one_stands_with_all_its_rows(tmp_path: Path) -> None:
    old = [
        Advisory(advisory="CVE-1", feed="nvd", title="old", title_ja="題", modified=DAY),
        AdvisoryFlaw(advisory="CVE-1", feed="nvd", flaw="CVE-1"),
        Affected(flaw="CVE-1", advisory="CVE-1", feed="nvd", product="a", before="1"),
        Affected(flaw="CVE-1", advisory="CVE-1", feed="nvd", product="b", before="1"),
        Affected(flaw="CVE-2", advisory="CVE-2", feed="nvd", product="other", before="9"),
    ]
    new = [
        Advisory(advisory="CVE-1", feed="nvd", title="new", modified=LATER),
        AdvisoryFlaw(advisory="CVE-1", feed="nvd", flaw="CVE-1"),
        Affected(flaw="CVE-1", advisory="CVE-1", feed="nvd", product="a", before="2"),
    ]
    for number, files in enumerate(((old, new), (new, old))):
        target = lay(tmp_path / str(number), [(DAY, rows) for rows in files])
        (advisory,) = rows_of(target, Advisory)
        assert (advisory.title, advisory.title_ja, advisory.modified) == ("new", "題", LATER)
        assert {(row.product, row.before) for row in rows_of(target, Affected)} == {("a", "2"), ("other", "9")}
        assert len(rows_of(target, AdvisoryFlaw)) == 1


def test_a_newer_record_without_ranges_keeps_the_older_ones_unless_it_takes_them_back(tmp_path: Path) -> None:
    old = [Advisory(advisory="A", feed="jvn", modified=DAY), Affected(flaw="CVE-1", advisory="A", feed="jvn", product="p")]
    title = Advisory(advisory="A", feed="jvn", title_ja="題", modified=LATER)
    assert len(rows_of(lay(tmp_path / "1", [(DAY, old), (LATER, [title])]), Affected)) == 1
    assert rows_of(lay(tmp_path / "2", [(DAY, old), (LATER, [replace(title, withdrawn=True)])]), Affected) == []


def test_two_releases_of_one_flaw_in_two_files_both_stay(tmp_path: Path) -> None:
    files = [
        (DAY, [Affected(flaw="CVE-1", advisory="R-1", feed="rhel", kind="package", product="p", release="rhel 8", before="1")]),
        (LATER, [Affected(flaw="CVE-1", advisory="R-1", feed="rhel", kind="package", product="p", release="rhel 9", before="2")]),
    ]
    assert {row.release for row in rows_of(lay(tmp_path, files), Affected)} == {"rhel 8", "rhel 9"}


def test_catalogues_of_two_days_count_once_and_the_newer_one_counts(tmp_path: Path) -> None:
    def files(ransomware: bool, chance: float, end: date) -> list[Any]:
        return [
            Exploited(flaw="CVE-1", feed="kev", ransomware=ransomware),
            Likelihood(flaw="CVE-1", feed="epss", probability=chance, as_of=end),
            EndDate(product="debian", feed="eol", cycle="12", ends=end),
            WindowsFix(flaw="CVE-1", feed="ms", update="1", product="W", component="", severity=str(end)),
            WindowsReplaced(update="2", replaces="1", feed="ms", product="W"),
        ]

    target = lay(tmp_path, [(LATER, files(True, 0.9, LATER)), (DAY, files(False, 0.1, DAY))])
    assert [row.ransomware for row in rows_of(target, Exploited)] == [True]
    assert [row.probability for row in rows_of(target, Likelihood)] == [0.9]
    assert [row.ends for row in rows_of(target, EndDate)] == [LATER]
    assert [row.severity for row in rows_of(target, WindowsFix)] == [str(LATER)]
    assert len(rows_of(target, WindowsReplaced)) == 1


def test_rows_lie_in_the_order_they_are_looked_up(tmp_path: Path) -> None:
    rows = [Affected(flaw=f"CVE-{n % 7}", feed="nvd", vendor="v", product=f"p{n * 37 % 100:02d}", place=str(n)) for n in range(500)]
    products = [row.product for row in rows_of(lay(tmp_path, [(DAY, rows)]), Affected)]
    assert products == sorted(products) and len(products) == 500


def test_what_is_held_is_counted_and_a_day_to_come_is_not_believed(tmp_path: Path) -> None:
    rows = [
        Advisory(advisory="1", feed="a", modified=DAY),
        Advisory(advisory="2", feed="a", published=date(2031, 1, 1)),
        Affected(flaw="CVE-1", feed="b", product="p"),
        Affected(flaw="CVE-1", feed="b", product="q"),
    ]
    assert dict(held(lay(tmp_path, [(DAY, rows)]), LATER)) == {"a": (2, DAY), "b": (1, None)}


def test_years_of_which_next_to_nothing_is_told_are_named(tmp_path: Path) -> None:
    many = {2018: 20, 2019: 21, 2022: 1, 2023: 2, 2024: 22}
    rows = [Advisory(advisory=f"CVE-{year}-{n:04d}", feed="nvd") for year, count in many.items() for n in range(count)]
    rows += [Advisory(advisory=f"CVE-2021-{n:04d}", feed="jvn") for n in range(50)] + [Advisory(advisory="CVE-none", feed="nvd")]
    target = lay(tmp_path, [(DAY, rows)])
    assert thin_years(target) == (2020, 2021, 2022)
    assert thin_years(target, "kev") == () and thin_years(target, "jvn") == ()


def test_sources_and_broken_records_are_added(tmp_path: Path) -> None:
    target = lay(tmp_path, [(DAY, [Exploited(flaw="CVE-1", feed="kev")])])
    add_sources(target, [Feed(feed="kev", as_of=DAY, records=1)], [Broken(feed="kev", file="f", place="x", reason="y")])
    assert rows_of(target, Feed)[0].as_of == DAY and rows_of(target, Broken)[0].reason == "y"


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
NULLABLE = st.none() | TEXTS.filter(bool)
FACTS = st.one_of(
    st.builds(
        Advisory,
        advisory=TEXTS,
        feed=st.just("x"),
        title=NULLABLE,
        summary_ja=NULLABLE,
        published=st.none() | st.dates(),
        withdrawn=st.just(False),
        cvss=st.none() | st.floats(0, 10),
    ),
    st.builds(
        Affected,
        flaw=TEXTS,
        product=TEXTS,
        scheme=st.sampled_from(["dpkg", "rpm", "dotted"]),
        since=TEXTS,
        before=st.sampled_from(["", "1.0", "2:1.0-3", "x"]),
        before_in=st.booleans(),
        fixed=NULLABLE,
    ),
    st.builds(Exploited, flaw=TEXTS, ransomware=st.none() | st.booleans(), name=NULLABLE),
    st.builds(WindowsFix, flaw=NULLABLE, update=NULLABLE, product=TEXTS, build=st.sampled_from([None, "10.0.17763.5329", "?"])),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=12)
@given(
    st.lists(
        FACTS, max_size=12, unique_by=lambda row: (type(row), getattr(row, "advisory", None), row.flaw if hasattr(row, "flaw") else "")
    )
)
def test_facts_come_out_as_they_went_in(tmp_path_factory: pytest.TempPathFactory, rows: list[Any]) -> None:
    """Quotes, commas, line ends, NUL and every letter included; sort keys are those of `keyed`."""
    target = lay(tmp_path_factory.mktemp("any"), [(DAY, rows)])
    for kind in (Advisory, Affected, Exploited, WindowsFix):
        wanted = [keyed(row) for row in rows if type(row) is kind]
        assert sorted(map(repr, rows_of(target, kind))) == sorted(map(repr, wanted))
