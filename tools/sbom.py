"""Write the bill of materials, `docs/sbom.cdx.json` (CycloneDX 1.6), from the pinned versions (`make sbom`).

It lists what the program itself needs, with hashes and who needs what, not the tools of its developers.
It holds no date and no random number, so that it changes only when a version does.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "sbom.cdx.json"
PROJECT = "omamori"


def bill_of_materials(lock: Mapping[str, Any], version: str) -> dict[str, Any]:
    """Return the bill of the project in `lock` (a parsed uv.lock) as CycloneDX data."""
    packages = {package["name"]: package for package in lock["package"]}
    required = _reached(packages, [PROJECT])
    extras = packages[PROJECT].get("optional-dependencies", {})
    needed = required | _reached(packages, [entry["name"] for entries in extras.values() for entry in entries])
    versions = {name: version if name == PROJECT else packages[name]["version"] for name in needed}
    references = {name: f"pkg:pypi/{name}@{versions[name]}" for name in needed}
    components = [
        {
            "type": "library",
            "bom-ref": references[name],
            "name": name,
            "version": versions[name],
            "purl": references[name],
            # What only an extra needs; the portable edition for Windows carries it too.
            **({} if name in required else {"scope": "optional"}),
            "hashes": [{"alg": "SHA-256", "content": digest} for digest in _hashes(packages[name])],
        }
        for name in sorted(needed - {PROJECT})
    ]
    graph = [{"ref": references[name], "dependsOn": sorted({references[other] for other in _needs(packages[name])})} for name in needed]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": _project(references[PROJECT], version)},
        "components": components,
        "dependencies": sorted(graph, key=lambda entry: str(entry["ref"])),
    }


def _reached(packages: Mapping[str, Any], todo: list[str]) -> set[str]:
    """Return these packages and all that they need."""
    found: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += _needs(packages[name])
    return found


def _project(reference: str, version: str) -> dict[str, Any]:
    licence = [{"license": {"id": "Apache-2.0"}}]
    return {"type": "application", "bom-ref": reference, "name": PROJECT, "version": version, "purl": reference, "licenses": licence}


def _needs(package: Mapping[str, Any]) -> list[str]:
    return [entry["name"] for entry in package.get("dependencies", [])]


def _hashes(package: Mapping[str, Any]) -> list[str]:
    files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
    return sorted(item["hash"].removeprefix("sha256:") for item in files)


def current() -> str:
    """Return the text the committed file must have."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    source = (ROOT / "src" / PROJECT / "__init__.py").read_text(encoding="utf-8")
    version = source.split('__version__ = "')[1].split('"')[0]
    return json.dumps(bill_of_materials(lock, version), indent=1) + "\n"


def main() -> int:
    """Write the file, check it against the schema of the standard, and return the exit code."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = current()
    problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if problem is not None:
        print(f"not valid CycloneDX: {problem}", file=sys.stderr)
        return 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
