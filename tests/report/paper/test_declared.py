"""What the papers are filled from."""

from __future__ import annotations

from collections.abc import Callable

from omamori.model.declared import Site, Vendor
from omamori.report.paper.declared import Declared


def test_the_workbook_is_read_with_its_source(declared: Declared) -> None:
    assert declared.site.officer == "副院長" and len(declared.machines) == 4
    [source] = declared.sources
    assert (source.kind, source.evidence) == ("ledger.workbook", "ed9dbf980fab8044")
    assert [row.product for row in declared.undeclared] == ["anydesk"], "a shell is no way in from outside"
    assert declared.answer("who-may-cut") is not None and declared.answer("alerts-looked-at") is None and declared.answer("?") is None


def test_nothing_is_nothing(read: Callable[..., Declared]) -> None:
    empty = read()
    assert empty.site == Site() and empty.sources == () and empty.machines == ()


def test_control_characters_are_made_visible(read: Callable[..., Declared]) -> None:
    [vendor] = read(Vendor(vendor="a\x1b[31m\u202eb", contact="c" * 5000)).vendors
    assert "\x1b" not in vendor.vendor and "\u202e" not in vendor.vendor and len(str(vendor.contact)) <= 300
