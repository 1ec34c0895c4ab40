"""The pages of the kit that name the machines to visit first, from the site's newest snapshot."""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path

from omamori.model.text import LANGUAGES
from omamori.report.clean import clean
from omamori.report.visit_page import NAMES, visit_page
from omamori.report.visits import count_candidates, read_visits
from omamori.snapshot.database import UNREADABLE, Database
from omamori.snapshot.manifest import snapshots
from omamori.snapshot.site import Site


def visit_pages(site: Path, zone: tzinfo) -> dict[str, bytes]:
    """Return the pages by file name; empty when the site was not judged yet, by this version, or no machine waits."""
    taken = snapshots(Site(site))
    newest = taken[-1] if taken else None
    if newest is None or not newest.tables.is_file():
        return {}
    try:
        with Database(newest.tables, read_only=True) as database:
            visits, known = read_visits(database), count_candidates(database)
            name = next((clean(row.name or "", 200) for row in database.rows("site")), "")
    except UNREADABLE:
        return {}
    if not visits:
        return {}
    moment = newest.manifest.moment
    return {
        NAMES[language]: visit_page(visits, language=language, site=name, moment=moment, zone=zone, known=known).encode()
        for language in LANGUAGES
    }
