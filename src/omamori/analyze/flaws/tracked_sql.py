"""The SELECTs that hold packages against the distributions' trackers, step by step; `tracked` runs them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TABLES: Mapping[str, str] = MappingProxyType(
    {
        "tracked_hosts": "asset varchar, release varchar, running varchar",
        "tracked_packages": (
            "manager varchar, name varchar, source_package varchar, source_version varchar, version varchar, origin varchar,"
            " product varchar, tracker_source varchar, compared varchar, sort_key varchar, by_name boolean, kernel boolean, guessed boolean"
        ),
        "tracked_installed": (
            "asset varchar, release varchar, product varchar, tracker_source varchar, by_name boolean, compared varchar,"
            " sort_key varchar, guessed boolean, running_only boolean, evidence varchar"
        ),
        "tracked_versions": (
            "release varchar, product varchar, tracker_source varchar, by_name boolean, compared varchar, sort_key varchar"
        ),
        "tracked_open": (
            "release varchar, product varchar, by_name boolean, compared varchar, flaw varchar, fixed varchar, fixed_key varchar, state varchar,"
            " undecided boolean, reason varchar, note varchar, needs varchar, fact varchar, confidence varchar"
        ),
    }
)
"""Temporary tables and their columns."""

_SAME = " and ".join(
    f"p.{name} is not distinct from s.{name}" for name in ("manager", "source_package", "source_version", "version", "origin")
)
_OF_ITS_HOST = f"tracked_packages p join software s on p.name = s.name and {_SAME} join tracked_hosts h on h.asset = s.asset"

INSTALLED = f"""
insert into tracked_installed
-- Of several packages of one source the oldest counts: each may lack the repair.
select h.asset, h.release, p.product, min(p.tracker_source), p.by_name,
       coalesce(min_by(p.compared, p.sort_key || chr(1) || p.compared), min(p.compared)), min(p.sort_key), bool_or(p.guessed), false,
       coalesce(min_by(s.evidence, p.sort_key || chr(1) || s.name || chr(1) || coalesce(s.architecture, '')), min(s.evidence))
from {_OF_ITS_HOST}
where not p.kernel
-- One whose version cannot be compared does not hide behind those that can.
group by h.asset, h.release, p.product, p.by_name, p.sort_key is null
union all
-- Of kernels older ones stay installed: the newest is started next, and the running one is what attackers meet.
select asset, release, product, tracker_source, by_name, compared, sort_key, guessed, not newest, evidence
from (
    select h.asset, h.release, p.product, p.tracker_source, p.by_name, p.compared, p.sort_key, p.guessed, s.evidence,
           row_number() over of_product = 1 as newest,
           s.name in ('linux-image-' || h.running, 'linux-image-unsigned-' || h.running)
               or h.running in (regexp_replace(s.version, '^[0-9]+:', '') || '.' || s.architecture, regexp_replace(s.version, '^[0-9]+:', ''))
               as runs
    from {_OF_ITS_HOST}
    where p.kernel
    window of_product as (partition by h.asset, p.product, p.by_name order by p.sort_key desc nulls last, s.name)
)
where newest or runs
qualify row_number() over (partition by asset, product, by_name, sort_key order by newest desc) = 1
"""  # noqa: S608 - our own names
"""What is installed where, as it is compared: one row per machine and source package (two of a kernel that waits for a restart, or where
one version cannot be compared)."""

DISTINCT = """
insert into tracked_versions
select distinct release, product, tracker_source, by_name, compared, sort_key from tracked_installed
"""
"""Every version once, however many machines have it."""

OPEN = """
insert into tracked_open
with spoken as (
    select v.release, v.product, v.by_name, v.compared, f.flaw, f.status, f.fixed, f.feed, f.place, f.note, f.needs, f.confidence,
           f.before_key, f.since, f.before, f.before_in,
           case f.feed when 'debsecan' then 1 when 'osv' then 2 else 0 end as distance,
           case when f.since <> '' and (f.since_key is null or v.sort_key is null) then null
                else f.since = '' or v.sort_key > f.since_key or (v.sort_key = f.since_key and not f.since_out) end as begun,
           case when f.before <> '' and (f.before_key is null or v.sort_key is null) then null
                else f.before = '' or v.sort_key < f.before_key or (v.sort_key = f.before_key and f.before_in) end as not_ended,
           coalesce(contains(v.compared, f.undecided_if), false) as cannot_tell
    from tracked_versions v join facts.affected f on f.release = v.release and f.product = v.product
    where f.kind = 'package' and coalesce(f.target = 'binary', false) = v.by_name
      -- A module's repair says nothing of the package outside the module.
      and (f.needs is null or not starts_with(f.needs, 'module ') or contains(v.compared, '.module'))
      -- Where the tracker speaks of the source, its word on single packages adds nothing.
      and not (v.by_name and exists (
          select 1 from facts.affected of_source where of_source.release = v.release and of_source.product = v.tracker_source
          and of_source.flaw = f.flaw and of_source.kind = 'package' and of_source.target is null))
),
-- Of several publishers the nearest to the distribution decides: its own tracker, then what is made of it.
nearest as (
    select *, begun and not_ended as inside from spoken
    qualify distance = min(distance) over (partition by release, product, by_name, flaw)
),
grouped as (
    select release, product, by_name, compared, flaw,
           bool_or(status = 'not_affected' and coalesce(inside, false) and not cannot_tell) as spared,
           bool_or(status in ('affected', 'no_fix') and coalesce(inside, false) and needs is null and not cannot_tell) as sure,
           bool_or(status in ('affected', 'no_fix') and inside is null) as unreadable,
           bool_or(status not in ('affected', 'no_fix', 'not_affected') and coalesce(inside, true)) as undetermined,
           bool_or(status in ('affected', 'no_fix') and coalesce(inside, true) and needs is not null) as needing,
           bool_or(status in ('affected', 'no_fix') and coalesce(inside, true) and cannot_tell) as untold,
           max_by(fixed, before_key || chr(1) || fixed) filter (status = 'affected' and coalesce(inside, true) and fixed is not null) as repaired,
           max_by(before, before_key || chr(1) || fixed) filter (status = 'affected' and coalesce(inside, true) and fixed is not null) as ends,
           max(before_key) filter (status = 'affected' and coalesce(inside, true) and fixed is not null) as repaired_key,
           min(fixed) filter (status = 'affected' and coalesce(inside, true)) as any_repaired,
           bool_and(status = 'no_fix') filter (status in ('affected', 'no_fix') and coalesce(inside, true)) as without,
           min(note) filter (coalesce(inside, true)) as note,
           min(needs) filter (coalesce(inside, true)) as needs,
           min(feed || coalesce(' ' || place, '')) filter (coalesce(inside, true) and status <> 'not_affected') as fact,
           min(confidence) filter (coalesce(inside, true)) as confidence
    from nearest
    group by release, product, by_name, compared, flaw
)
select release, product, by_name, compared, flaw, coalesce(repaired, any_repaired),
       case when repaired = ends then repaired_key end, case when without then 'no_fix' else 'affected' end,
       not sure,
       case when sure then null when undetermined then 'undetermined' when unreadable then 'unreadable' when untold then 'untold' else 'needs' end,
       note, needs, fact, confidence
from grouped
where not spared and (sure or unreadable or undetermined or needing or untold)
"""
"""Which flaws are open in which version, each with the repair and where it is said."""

_ROWS = """
select i.asset as asset, 'asset' as subject_kind, o.flaw as flaw, i.tracker_source as product, o.compared as version, o.fixed as fixed,
       o.fixed_key as fixed_key,
       f.exploited as exploited, f.ransomware as ransomware, o.undecided as undecided, f.name as name, 'package' as kind,
       f.title as title, f.title_ja as title_ja, f.cvss as cvss, f.likelihood as likelihood, f.published as published,
       o.state as state, 'package:' || i.tracker_source as repair,
       o.release || ': ' || o.product || ' ' || o.compared || coalesce(' < ' || o.fixed, '')
           || case when o.state = 'no_fix' then coalesce(' (' || o.note || ')', ' (no fix)') else '' end
           || case when i.running_only then ' (running; a newer one is installed)' else '' end as matched,
       case when i.guessed then 'medium' else o.confidence end as confidence,
       case o.reason
           when 'undetermined' then 'The distribution has not yet looked into whether it is affected.'
           when 'unreadable' then 'The version cannot be compared.'
           when 'untold' then 'The version alone does not tell whether the repair is in it.'
           when 'needs' then 'It holds only with ' || o.needs || '; nobody has looked whether that is there.' end as doubt,
       case o.reason
           when 'undetermined' then '影響するかを配布元がまだ調べていません。'
           when 'unreadable' then 'バージョンを比べられません。'
           when 'untold' then '修正が入っているかは、バージョンだけではわかりません。'
           when 'needs' then o.needs || 'がある場合だけ当てはまります。あるかはまだ調べていません。' end as doubt_ja,
       o.fact as fact, $source as source, i.evidence as evidence
from tracked_installed i
join tracked_open o on o.release = i.release and o.product = i.product and o.compared = i.compared and o.by_name = i.by_name
join flaw_details f on f.flaw = o.flaw
-- The newest kernel says it where both have the flaw, a version that can be compared where another cannot.
where {which} and ((not i.running_only and i.sort_key is not null) or not exists (
    select 1 from tracked_installed n join tracked_open t
    on t.release = n.release and t.product = n.product and t.compared = n.compared and t.by_name = n.by_name
    where n.asset = i.asset and n.product = i.product and n.by_name = i.by_name and not n.running_only and n.sort_key is not null
    and t.flaw = o.flaw))
"""
ROWS = (
    _ROWS.format(which="not i.by_name")
    + "union all\n"
    # A tracker that names single packages names many of one source: one of them says it.
    + _ROWS.format(which="i.by_name")
    + "qualify row_number() over (partition by i.asset, i.tracker_source, o.flaw order by o.undecided, i.running_only, o.product) = 1"
    # The same rows in the same order in every run.
    + "\norder by asset, product, flaw"
)
"""The rows of `vulnerabilities`."""
