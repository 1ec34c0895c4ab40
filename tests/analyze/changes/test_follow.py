from __future__ import annotations

from omamori.analyze.changes.follow import follow
from omamori.model.look import Identity

MAC = "mac:00:1b:21:00:00:01"
OTHER = "mac:00:1b:21:00:00:02"


def rows(**assets: tuple[str, ...]) -> list[Identity]:
    return [Identity(asset=asset.replace("_", "."), identifier=one) for asset, identifiers in assets.items() for one in identifiers]


def followed(before: list[Identity], after: list[Identity]) -> tuple[dict[str, str], set[str]]:
    found = follow(before, after, {row.asset for row in before}, {row.asset for row in after})
    return dict(found.now), set(found.known)


def test_by_hardware_by_name_and_by_an_address_that_is_all_there_is() -> None:
    assert followed(rows(pc=(MAC, "name:pc")), rows(ward=(MAC, "name:ward"))) == ({"pc": "ward"}, {"ward"})
    assert followed(rows(pc=("name:pc",)), rows(CT=("name:pc", MAC))) == ({"pc": "CT"}, {"CT"})
    bare = [Identity(asset="10.1.0.5", identifier=one) for one in ("ip:10.1.0.5", "name:10.1.0.5")]
    assert followed(bare, rows(ward=("ip:10.1.0.5", "name:ward"))) == ({"10.1.0.5": "ward"}, {"ward"})


def test_an_address_with_hardware_of_its_own_is_not_followed_to_the_next_holder() -> None:
    before = [Identity(asset="10.1.0.5", identifier=one) for one in ("ip:10.1.0.5", MAC)]
    after = [Identity(asset="10.1.0.5", identifier=one) for one in ("ip:10.1.0.5", OTHER)]
    assert followed(before, after) == ({}, set())


def test_two_that_were_one_and_one_that_was_two_are_known() -> None:
    before = rows(a=(MAC, "name:a"), b=("name:b",))
    merged = follow(before, rows(a=(MAC, "name:a", "name:b")), ["a", "b"], ["a"])
    assert (dict(merged.now), dict(merged.was)) == ({"a": "a", "b": "a"}, {"a": ("a", "b")})
    split = followed(rows(a=(MAC, OTHER, "name:a")), rows(a=(MAC, "name:a"), x=(OTHER, "name:x")))
    assert split == ({"a": "a"}, {"a", "x"}), "the second half was known under the first's name: it is nothing new"


def test_what_is_in_neither_side_has_no_counterpart() -> None:
    assert followed(rows(a=("name:a",)), rows(b=("name:b",))) == ({}, set())
