"""The order of work: whom to ask, what cannot be done, which tier and place, and why, in words of both languages.

Known to be exploited → used by ransomware → reached from an entry point → EPSS → CVSS. Within one class what is certain comes before what is
still to be confirmed. Where no EPSS is published, what is known to be exploited counts as certain, EPSS being a guess about attacks to come,
and how many such flaws a piece of work closes counts before CVSS; of the others one of a CVSS score of 7 and more, or of none, counts as
`UNKNOWN_LIKELIHOOD`: not known is not low.
"""

from __future__ import annotations

LIKELY = 0.1
"""EPSS from which a flaw moves up a tier."""
UNKNOWN_LIKELIHOOD = 0.1
"""What a grave flaw without EPSS counts as."""
GRAVE = 7.0

_CANNOT = """case
      when w.hopeless then 'no_fix'
      when exists (
        select 1 from exceptions x
        where x.subject = w.asset and x.expires >= $today and (
          nullif(x.finding_key, '') in (w.repair, split_part(w.repair, ':', 2), w.only_flaw, w.product)
          or (coalesce(x.finding_key, '') = '' and (
            (x.check_id like '%exploited%' and w.exploited > 0)
            or (x.check_id like '%ransomware%' and w.ransomware > 0)
            or (x.check_id like '%missing%' and w.repair like 'update:%'))))
          and (x.check_id like 'vulnerabilities.%' or x.check_id like 'updates.%')
          and (x.check_id not like '%application%' or w.repair like 'application:%')
          and (x.check_id not like '%component%' or w.repair like 'component:%'))
      then 'exception' end"""

_WEIGHT = "coalesce(w.likelihood, case when w.exploited > 0 or w.undecided_exploited > 0 then 1 when coalesce(w.cvss, $grave) >= $grave then $unknown_likelihood else 0 end)"

RANKED = f"""
  told as (
    select w.*, coalesce(a.important, false) as important, r.whence as reached_from, coalesce(r.distance, 3) as distance,
      (coalesce(a.hands_off, false) or coalesce(a.medical, false) or coalesce(l.vendor, '') <> '') as ask,
      {_CANNOT} as cannot, {_WEIGHT} as weight
    from work w
      left join assets a on a.asset = w.asset and w.subject_kind = 'asset'
      left join (select line, any_value(vendor) as vendor from remote_lines group by line) l on l.line = w.asset and w.subject_kind = 'line'
      left join reached r on r.asset = w.asset),
  tiered as (
    select *, case
      when exploited > 0 and (ransomware > 0 or distance = 1) then 1
      when exploited > 0 or undecided_exploited > 0 or ransomware > 0 or (distance = 1 and weight >= $likely and flaws > 0) then 2
      when distance <= 2 or (weight >= $likely and flaws > 0) then 3
      else 4 end as tier
    from told)"""  # noqa: S608 - our own words
"""`tiered`: the work with everything its place is decided by."""

PLACE = """row_number() over (order by
      case when exploited > 0 then 0 when undecided_exploited > 0 then 1 else 2 end,
      case when ransomware > 0 then 0 when undecided_ransomware > 0 then 1 else 2 end, distance,
      flaws > 0 desc, weight desc, exploited desc, undecided_exploited desc, coalesce(cvss, 0) desc, important desc, asset, repair)"""

_SCORES_EN = "case when likelihood is not null then 'EPSS ' || printf('%.1f', likelihood * 100) || '%' end, 'CVSS ' || printf('%.1f', cvss)"

BECAUSE = f"""concat_ws('; ',
      case when exploited > 0 then exploited || ' known to be exploited'
        || case when ransomware > 0 then ' (' || ransomware || ' by ransomware)' else '' end end,
      case when undecided_exploited > 0 then undecided_exploited || ' known to be exploited, to be confirmed here' end,
      case distance when 1 then 'reached from an entry point' || coalesce(' (' || reached_from || ')', '')
        when 2 then 'listens to other machines' || coalesce(' (' || reached_from || ')', '') else 'not known to be reached' end,
      {_SCORES_EN}, case when important then 'care depends on it' end)"""
"""Why it stands there, in English."""
BECAUSE_JA = f"""concat_ws('、',
      case when exploited > 0 then '悪用が確認された弱点 ' || exploited
        || case when ransomware > 0 then '(うちランサムウエアが使うもの ' || ransomware || ')' else '' end end,
      case when undecided_exploited > 0 then '悪用が確認された弱点で、ここに当たるか要確認 ' || undecided_exploited end,
      case distance when 1 then '入口から届く' || coalesce('(' || reached_from || ')', '')
        when 2 then 'ほかの機器から接続を受ける' || coalesce('(' || reached_from || ')', '') else '届くかどうかは分かっていない' end,
      {_SCORES_EN}, case when important then '止まると診療に響く' end)"""
"""The same in Japanese."""

_NAMED = "coalesce(product, split_part(repair, ':', 2))"

LABEL = f"""case
      when cannot = 'no_fix' then 'No repair of ' || {_NAMED} || ' is published: '
        || case when ask then 'ask the vendor what protects it meanwhile' else 'limit who reaches it meanwhile' end
      when ask then 'Ask the vendor when ' || case
        when repair like 'update:%' then 'update ' || target || ' can be installed'
        when repair like 'firmware:%' then 'the firmware (' || {_NAMED} || ') can be brought' || coalesce(' to ' || target, ' up to date')
        else {_NAMED} || ' can be brought' || coalesce(' to ' || target || ' or later', ' up to date') end
      when repair like 'update:%' then 'Install update ' || target
      when repair like 'firmware:%' then 'Bring the firmware (' || {_NAMED} || ')' || coalesce(' to ' || target || ' or later', ' up to date')
      when repair like 'component:%' then 'Get the product that holds ' || {_NAMED} || coalesce(' with ' || target || ' or later', ' in a repaired version')
      else 'Update ' || {_NAMED} || coalesce(' to ' || target || ' or later', '') end"""
"""What to do, in English; of machines that are not the hospital's to change what to ask."""
LABEL_JA = f"""case
      when cannot = 'no_fix' then {_NAMED} || ' の修正版は公表されていません。'
        || case when ask then '当面の守り方を業者に確認する' else '接続できる相手を絞る' end
      when ask then case
        when repair like 'update:%' then '更新プログラム ' || target || ' をいつ適用できるか、業者に確認する'
        when repair like 'firmware:%' then 'ファームウエア(' || {_NAMED} || ')を' || coalesce(' ' || target || ' 以降に', '') || 'いつ更新できるか、業者に確認する'
        else {_NAMED} || ' を' || coalesce(' ' || target || ' 以降に', '') || 'いつ更新できるか、業者に確認する' end
      when repair like 'update:%' then '更新プログラム ' || target || ' を適用する'
      when repair like 'firmware:%' then 'ファームウエア(' || {_NAMED} || ')を' || coalesce(' ' || target || ' 以降に', '') || '更新する'
      when repair like 'component:%' then {_NAMED} || ' を含む製品を、' || coalesce(target || ' 以降を使う版に', '修正された版に') || '更新する'
      else {_NAMED} || ' を' || coalesce(' ' || target || ' 以降に', '') || '更新する' end"""
"""The same in Japanese."""
