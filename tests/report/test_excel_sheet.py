from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omamori.report.excel_sheet import SheetNames

FORBIDDEN = set("[]:*?/\\")


@given(st.lists(st.text(max_size=60), max_size=20))
def test_every_name_is_one_excel_takes_and_none_comes_twice(wanted: list[str]) -> None:
    names = SheetNames(("やること",))
    given_names = [names.name(name) for name in [*wanted, "やること", "history"]]
    assert len({name.lower() for name in given_names}) == len(given_names)
    for name in given_names:
        assert 0 < len(name) <= 31
        assert not set(name) & FORBIDDEN
        assert not name.startswith("'") and not name.endswith("'")
        assert name.lower() not in {"history", "やること"}
