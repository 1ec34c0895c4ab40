"""Flaws and missing updates put together by what repairs them: the first parts of the SELECT of `repairs`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from omamori.knowledge.version import sort_key

_SCHEME_OF = """case
      when v.kind in ('package', 'os') and h.os_id in ('debian', 'ubuntu', 'raspbian', 'linuxmint', 'kali') then 'dpkg'
      when v.kind in ('package', 'os') and h.os_id = 'alpine' then 'apk'
      when v.kind in ('package', 'os') and h.os_id not like 'windows%' then 'rpm'
      when v.product ilike 'fortios%' then 'fortios'
      else 'dotted' end"""

REPAIR = """coalesce(nullif(v.repair, ''), case
      when regexp_full_match(v.fixed, 'KB[0-9]+') then 'update:' || v.fixed
      when v.kind = 'os' then 'os:' || lower(v.product)
      when v.kind = 'device' or v.subject_kind = 'line' then 'firmware:' || lower(v.product)
      else v.kind || ':' || lower(v.product) end)"""
"""What repairs a flaw: what the match says, else a name made of its kind and product, so that no flaw is without a piece of work."""

FIXES = f"select distinct {_SCHEME_OF}, v.fixed from vulnerabilities v left join hosts h on h.asset = v.asset where v.fixed is not null"  # noqa: S608 - our own words
"""The versions that repair something, and how they compare."""

GROUPED = f"""
  ranks as (select unnest($schemes::varchar[]) as scheme, unnest($fixes::varchar[]) as fixed, unnest($ranks::integer[]) as place_of_fix),
  single as (
    select v.asset, {REPAIR} as repair, v.flaw,
      any_value(v.subject_kind) as subject_kind, min(v.kind) as kind, min(v.product) as product,
      bool_and(v.undecided) as unsure, bool_or(coalesce(v.exploited, false)) as used, bool_or(coalesce(v.ransomware, false)) as by_ransomware,
      bool_and(v.state = 'no_fix') as hopeless, max(v.likelihood) as likelihood, max(v.cvss) as cvss,
      arg_max(v.fixed, coalesce(r.place_of_fix, 0)) as fixed, max(coalesce(r.place_of_fix, 0)) as place_of_fix, max(nullif(v.evidence, '')) as evidence
    from vulnerabilities v
      left join hosts h on h.asset = v.asset
      left join ranks r on r.fixed = v.fixed and r.scheme = {_SCHEME_OF}
    group by all),
  of_flaws as (
    select asset, repair, any_value(subject_kind) as subject_kind, min(kind) as kind, min(product) as product,
      count(*) filter (not unsure) as flaws, count(*) filter (not unsure and used) as exploited,
      count(*) filter (not unsure and by_ransomware) as ransomware,
      count(*) filter (unsure) as undecided, count(*) filter (unsure and used) as undecided_exploited,
      count(*) filter (unsure and by_ransomware) as undecided_ransomware,
      bool_and(hopeless) as hopeless,
      case when count(*) filter (not unsure) > 0 then max(likelihood) filter (not unsure) else max(likelihood) end as likelihood,
      case when count(*) filter (not unsure) > 0 then max(cvss) filter (not unsure) else max(cvss) end as cvss,
      arg_max(fixed, place_of_fix) as target, max(evidence) as evidence, case when count(*) = 1 then min(flaw) end as only_flaw
    from single group by asset, repair),
  of_updates as (
    select asset, 'update:' || patch_id as repair, min(product) as product, bool_and(undecided) as unsure, max(flaws) as flaws,
      max(exploited) as exploited, max(ransomware) as ransomware, max(likelihood) as likelihood, max(cvss) as cvss,
      max(nullif(evidence, '')) as evidence
    from missing_patches where patch_id <> '' group by asset, patch_id),
  work as (
    select coalesce(f.asset, u.asset) as asset, coalesce(f.repair, u.repair) as repair, coalesce(f.subject_kind, 'asset') as subject_kind,
      coalesce(f.kind, 'os') as kind, coalesce(u.product, f.product) as product, coalesce(f.hopeless, false) as hopeless,
      greatest(coalesce(f.flaws, 0), case when u.unsure or u.asset is null then 0 else u.flaws end) as flaws,
      greatest(coalesce(f.exploited, 0), case when u.unsure or u.asset is null then 0 else u.exploited end) as exploited,
      greatest(coalesce(f.ransomware, 0), case when u.unsure or u.asset is null then 0 else u.ransomware end) as ransomware,
      greatest(coalesce(f.undecided, 0), case when u.unsure then u.flaws - coalesce(f.flaws, 0) else 0 end) as undecided,
      greatest(coalesce(f.undecided_exploited, 0), case when u.unsure then u.exploited - coalesce(f.exploited, 0) else 0 end)
        as undecided_exploited,
      greatest(coalesce(f.undecided_ransomware, 0), case when u.unsure then u.ransomware - coalesce(f.ransomware, 0) else 0 end)
        as undecided_ransomware,
      coalesce(f.likelihood, u.likelihood) as likelihood, coalesce(f.cvss, u.cvss) as cvss,
      case when coalesce(f.repair, u.repair) like 'update:%' then split_part(coalesce(f.repair, u.repair), ':', 2) else f.target end as target,
      coalesce(u.evidence, f.evidence, '') as evidence, f.only_flaw
    from of_flaws f full join of_updates u on u.asset = f.asset and u.repair = f.repair)"""  # noqa: S608 - our own words
"""`work`: one row per subject and repair, with what it closes. What is certain and what is to be confirmed are counted apart."""


def ranked(fixes: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the parameters of `GROUPED`: pairs of scheme and version in the order of each scheme; what cannot be read comes first."""
    ordered = sorted((scheme, sort_key(scheme, fixed) or sort_key("dotted", fixed) or "", fixed) for scheme, fixed in fixes)
    return {
        "schemes": [scheme for scheme, _, _ in ordered],
        "fixes": [fixed for _, _, fixed in ordered],
        "ranks": list(range(1, len(ordered) + 1)),
    }
