"""Products that Microsoft's table names besides Windows and that are not judged by it: they are told, so that nobody takes them for seen to.

SQL Server, Exchange, Office and Flash Player are updated outside Windows' list of updates, or may be absent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from omamori.analyze.windows_updates.series import Series
from omamori.analyze.windows_updates.table import Update, Updates
from omamori.analyze.windows_updates.verdict import Lack, Shown
from omamori.analyze.windows_updates.words import doubt_text
from omamori.model.patching import MissingPatch
from omamori.snapshot.database import Database

NOT_JUDGED = "not_judged"
"""`kind` of such a row."""
FLASH = "Adobe Flash Player"
FLASH_REMOVAL = "4577586"
"""The update that removes the Flash Player of Windows 8 and later."""
_FLASH_REMOVED = date(2021, 7, 13)
"""Since this day the cumulative updates remove it too (Microsoft: Update on Adobe Flash Player End of Support)."""
_PRODUCTS = """
select asset, family, name, version, evidence
from (
  select *, case
      when regexp_matches(lower(name), '^(microsoft )?sql server 20[0-9][0-9]')
        and not regexp_matches(lower(name), 'client|management|setup|polic|odbc|ole db|data-tier|clr types|browser|compact|report|writer|books|shared|tools|objects')
        then 'SQL Server'
      when regexp_matches(lower(name), '^microsoft exchange server') then 'Exchange Server'
      when regexp_matches(lower(name), '^microsoft (365|office) ')
        and not regexp_matches(lower(name), 'web components|viewer|compatib|proof|language|mui|click-to-run|shared|converter|interop|runtime')
        then 'Office'
      when lower(name) like 'adobe flash player%' then 'Adobe Flash Player'
    end as family
  from software where name not like '%(KB%' and asset in (select unnest($assets::varchar[]))
)
where family is not null
qualify row_number() over (partition by asset, family order by length(name), name, version, evidence) = 1
order by asset, family
"""


def unjudged_products(database: Database, source: str, assets: Collection[str]) -> Iterator[MissingPatch]:
    """Yield a row for each such product among the programs of these Windows machines."""
    doubt = doubt_text(("product_update",))
    for asset, family, name, version, evidence in database.select(_PRODUCTS, {"assets": sorted(assets)}):
        yield MissingPatch(
            asset=asset,
            product=name,
            component=family,
            kind=NOT_JUDGED,
            title=f"{name} {version}" if version else None,
            lacking=0,
            basis="none",
            undecided=True,
            doubt=doubt.en if doubt else None,
            doubt_ja=doubt.ja if doubt else None,
            source=source,
            evidence=evidence or "",
        )


def of_flash(update: Update) -> bool:
    """Whether the table names the update for the Flash Player that Windows brings along, and for nothing else."""
    parts = [part.lower() for part in update.components if part]
    return bool(parts) and all(part.startswith(FLASH.lower()) for part in parts)


def flash_player(flash: Updates, windows: Series, held: frozenset[str], shown: Shown) -> Lack | None:
    """Return the row of the Flash Player of Windows itself; None where the table knows none, or it was removed.

    `held`: the updates of Windows that are there.
    """
    removed = FLASH_REMOVAL in shown.installed or any(
        number in windows.cumulative and windows.updates.known[number].posted >= _FLASH_REMOVED for number in held
    )
    known = [one for one in flash.known.values() if one.posted <= windows.until]
    if removed or not known:
        return None
    last = max(known, key=lambda one: (one.posted, int(one.number)))
    return Lack(
        update=Update("", last.posted),
        kind=NOT_JUDGED,
        lacking=(),
        flaws=frozenset(),
        behind_since=None,
        chain="",
        basis="none",
        doubts=("flash_player",),
        fact=f"{last.feed}: KB{last.number} {last.place}",
        component=FLASH,
    )
