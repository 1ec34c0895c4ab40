from __future__ import annotations

import json

import sbom


def test_the_bill_of_materials_is_not_stale() -> None:
    assert sbom.TARGET.read_text(encoding="utf-8") == sbom.current(), "run `make sbom` and commit what it writes"


def test_it_lists_what_the_program_needs_and_not_its_tools() -> None:
    bill = json.loads(sbom.current())
    names = {component["name"] for component in bill["components"]}
    assert {"duckdb", "sqlglot", "asyncssh", "typer", "jinja2"} <= names
    assert not names & {"pytest", "ruff", "mypy", "hatchling", "omamori"}
    assert all(len(item["content"]) == 64 for component in bill["components"] for item in component["hashes"])
    references = {component["bom-ref"] for component in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    assert all(entry["ref"] in references and set(entry["dependsOn"]) <= references for entry in bill["dependencies"])


def test_what_only_an_extra_needs_is_marked() -> None:
    scopes = {component["name"]: component.get("scope") for component in json.loads(sbom.current())["components"]}
    assert (scopes["pypsrp"], scopes["requests"], scopes["cryptography"]) == ("optional", "optional", None)
