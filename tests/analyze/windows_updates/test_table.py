"""The updates of some products out of the attached facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from small_table import TEN, month

from omamori.analyze.windows_updates.table import Numbers, read_updates
from omamori.knowledge.store import Facts
from omamori.snapshot.database import Database


def test_an_update_is_of_the_day_most_of_its_rows_are_of() -> None:
    rows = month("5034122", "2024-01-09", build="10.0.19045.3930", replaces="5033372")
    anew = replace(rows[0], flaw="CVE-2023-1", posted=date(2024, 5, 14), build="10.0.19044.3930")
    other = month("5034122", "2024-01-09", "Windows 10 Version 22H2 for 32-bit Systems", flaws=9, tag="5")
    with Database() as database, Facts(rows=(*rows, anew, *other)).attached(database.connection):
        found = read_updates(database, [TEN], ["Windows 10 Version 22H2 for 32-bit Systems"], "10.0.19045")
    update = found.known["5034122"]
    assert (update.posted, update.build, update.own, len(update.flaws)) == (date(2024, 1, 9), "10.0.19045.3930", True, 6)
    assert update.build_key == (10, 0, 19045, 3930)
    assert found.replaces == {"5034122": {"5033372"}} and found.places == {("5034122", "5033372"): "line 5034122"}


def test_what_is_known_only_of_other_products_is_marked() -> None:
    with Database() as database, Facts(rows=tuple(month("5034122", "2024-01-09", "other"))).attached(database.connection):
        found = read_updates(database, [TEN], ["other"], "10.0.19045")
        assert not found.known["5034122"].own and len(found.known["5034122"].flaws) == 5
        assert read_updates(database, [TEN]).known == {}


def test_numbers_of_the_whole_table() -> None:
    rows = (*month("5034122", "2024-01-09", replaces="5033372"), replace(month("1", "2024-02-13")[0], update=None, product="Azure Linux"))
    with Database() as database, Facts(rows=rows).attached(database.connection):
        found = Numbers.read(database, ["5034122", "5033372", "5099999"])
    assert found.numbers == {"5034122", "5033372"} and found.products.names == (TEN,) and found.newest == date(2024, 2, 13)
