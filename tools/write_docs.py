"""Write the generated pages of `docs/` anew (`make docs`), or tell which are stale (`--check`).

The pages come from the model, the checks, the command line and the standards, so that the documents
cannot say something else than the program. `tests/docs/test_generated.py` fails on a stale page.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
sys.path.insert(0, str(Path(__file__).resolve().parent))

from pages import checks, commands, editions, glossary, lynis, standards, tables, unverified  # noqa: E402 - found beside this file

SOURCES = (tables, checks, commands, glossary, standards, editions, lynis, unverified)


def all_pages() -> Mapping[str, str]:
    """Return every generated page: path below `docs/` → text."""
    pages: dict[str, str] = {}
    for source in SOURCES:
        pages |= source.pages()
    return pages


def stale(pages: Mapping[str, str]) -> tuple[str, ...]:
    """Return the pages whose copy in `docs/` differs or is missing, and generated files nobody writes any more."""
    differ = [path for path, text in pages.items() if not (DOCS / path).is_file() or (DOCS / path).read_text(encoding="utf-8") != text]
    orphans = [str(path.relative_to(DOCS)) for path in (DOCS / "generated").glob("*.md")]
    return tuple(sorted(set(differ) | {path for path in orphans if path not in pages}))


def main(arguments: list[str]) -> int:
    """Write the pages, or with `--check` only name the stale ones; return the exit code."""
    pages = all_pages()
    names = stale(pages)
    if "--check" in arguments:
        for name in names:
            print(f"docs/{name} is stale: run `make docs`")
        return 1 if names else 0
    for name in names:
        path = DOCS / name
        if name not in pages:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages[name], encoding="utf-8")
        print(f"docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
