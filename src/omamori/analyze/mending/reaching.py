"""What an entry point reaches, and what listens to other machines: parts of the SELECT of `repairs`.

Nobody is said to be out of reach here: where no row says how a machine is reached, that is not known.
"""

from __future__ import annotations

REACHED = """
  doors as (
    select asset, 1 as distance, origin as whence from reached_services where origin_kind = 'entry' and reach <> 'unknown'
    union all select asset, 1, entry from attack_paths where certain
    union all select s.asset, 1, p.entry from attack_steps s join attack_paths p on p.path = s.path where p.certain
    union all select machine, 1, entry from entries where machine is not null and kind <> 'usb'
    union all select device, 1, entry from entries where device is not null and kind <> 'usb'
    union all select line, 1, line from remote_lines
    union all select asset, 2, origin from reached_services where origin_kind = 'zone' and reach <> 'unknown'
    union all select asset, 2, null from exposures where inbound in ('open', 'restricted')
    union all select asset, 2, null from network_ports where state = 'open'
    union all select l.asset, 2, null from listeners l
      where coalesce(l.loopback, false) = false and not exists (select 1 from exposures e where e.asset = l.asset)),
  nearest as (select asset, min(distance) as distance from doors where asset <> '' group by asset),
  whences as (
    select d.asset, list_sort(list(distinct d.whence) filter (d.whence is not null)) as whence
    from doors d join nearest n on n.asset = d.asset and n.distance = d.distance group by d.asset),
  reached as (
    select n.asset, n.distance, case
      when len(w.whence) > 3 then array_to_string(w.whence[1:3], ', ') || ' (+' || (len(w.whence) - 3) || ')'
      when len(w.whence) > 0 then array_to_string(w.whence, ', ') end as whence
    from nearest n left join whences w on w.asset = n.asset)"""
"""`reached`: asset, how near it is (1: from an entry point, 2: it listens to others) and from where."""
