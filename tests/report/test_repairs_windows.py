"""The chain of a missing update can be followed step by step, to the rows of the pack."""

from __future__ import annotations

from tests.report.conftest import read_evidence
from tests.report.repair_rows import CHAIN, FACT, insert

from omamori.model.patching import MissingPatch
from omamori.report.repairs_windows import LINES_READ, STEPS, read_missing, steps_of
from omamori.snapshot.database import Database


def test_machines_with_the_same_chain_stand_together_in_the_order_of_work() -> None:
    with Database() as database:
        insert(database)
        first, unsure = read_missing(database, read_evidence)
    assert first.machines == ("医事サーバ", "外来端末1", "電子カルテサーバ2") and first.fact == FACT
    assert [step.en for step in first.steps] == CHAIN.replace("; ", " → ").split(" → ")
    assert [step.ja for step in first.steps] == [
        "ビルド 10.0.19045.3930 は 10.0.19045.5854(KB5058379)より古い",
        "KB5034122 (導入済み、2024-01-09 公開)",
        "KB5034763 (2024-02-13)",
        "…",
        "KB5058379 (2025-05-13 公開、必要)",
        "サポート終了(2025-04-30)の後に公開 (ESU)",
    ]
    assert first.evidence is not None and first.evidence.reference == "aaaaaaaaaaaaaa01:4"
    assert unsure.undecided and unsure.doubt.ja == "更新の一覧が途中で切れている" and unsure.component == ".NET Framework 4.8"
    assert first.basis_label.en == "the build number proves it" and "一覧" in unsure.basis_label.ja


def test_another_chain_is_another_entry_and_only_some_lines_are_read() -> None:
    asked: list[set[str]] = []
    with Database() as database:
        database.insert(
            MissingPatch(asset=f"a{number}", patch_id="KB1", chain=f"KB0 > {number}", evidence=f"e:{number}") for number in range(300)
        )
        found = read_missing(database, lambda references: asked.append(set(references)) or {})
    assert len(found) == 300 and len(asked[0]) == LINES_READ


def test_a_chain_without_end_keeps_its_ends() -> None:
    steps = steps_of(" → ".join(f"KB{number}" for number in range(1000)))
    assert len(steps) == STEPS + 1 and steps[0].ja == "KB0" and steps[-1].en == "KB999" and "960" in steps[STEPS // 2].ja
    assert steps_of("") == () and [step.en for step in steps_of("a > (none)")] == ["a", "(none)"]


def test_a_product_that_is_not_judged_stands_last_and_says_so() -> None:
    with Database() as database:
        insert(database)
        said = {"kind": "not_judged", "basis": "none", "undecided": True, "doubt": "look at the version", "doubt_ja": "版を見る"}
        database.insert(
            MissingPatch(asset=name, product="Microsoft SQL Server 2019 (64-bit)", component="SQL Server", lacking=0, **said)
            for name in "ab"
        )
        last = read_missing(database, None)[-1]
    assert (last.update, last.component, last.machines, last.steps, last.doubt.ja) == ("", "SQL Server", ("a", "b"), (), "版を見る")
    assert (last.basis_label.en, last.basis_label.ja) == ("not judged by the table of updates", "更新の表では判定していない")


def test_a_build_that_is_exactly_an_updates_is_said_in_both_languages() -> None:
    (step, _) = steps_of("10.0.19045.3803 = KB5033372; KB5033372 (held, 2023-12-12)")
    assert step.ja == "ビルド 10.0.19045.3803 は KB5033372 のもの" and step.en == "10.0.19045.3803 = KB5033372"
