/*---
title: {ja: 公開から90日を過ぎたWindowsの更新が入っていない, en: An update of Windows has been missing for more than 90 days}
severity: medium
subject: asset
key: [asset, series]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 公表された弱点は、時間がたつほど攻撃の道具に組み込まれます。遅れが長いほど、一度に変わるものも増えます。
  en: The longer a flaw is published, the likelier it is in attackers' tools; and the longer the delay, the more changes at once.
message:
  ja: "{asset}: {what_ja}が、遅くとも {since} から入っていません。攻撃の報告はまだない弱点が {flaws} 件あります{path_ja}"
  en: "{asset}: missing since {since} at the latest: {what}. It closes {flaws} flaws of which no attack is reported yet{path}"
fix:
  cost: low
  ja: 毎月の更新の日を決め、まず累積更新の最新のもの一つを入れてください。前の月の分は要りません。その後にもう一度調べ、まだ足りない単独の更新だけを入れれば済みます。
  en: Fix a day of the month, and begin with the newest cumulative update; those of the months before are not needed. Then look again, and install only what still stands alone.
  run: |
    # what is installed, newest first
    Get-HotFix | Sort-Object InstalledOn -Descending | Select-Object -First 5
ask:
  ja: この機器の更新は何か月ごとに入れる約束ですか。次はいつですか。入れられない更新があれば、その番号と理由を書面でください。
  en: How often are updates of this machine agreed, and when is the next? If some cannot be installed, send us their numbers and the reason in writing.
examples:
  now: 2026-01-31
  bad:          # what attackers use and the servicing stack have checks of their own; products that are not judged are told elsewhere
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: c, platform: windows}, {asset: d, platform: windows}, {asset: e, platform: windows}, {asset: lx, platform: linux}]
    missing_patches:
      - {asset: a, patch_id: KB5034122, kind: cumulative, posted: 2026-01-13, behind_since: 2025-11-01}
      - {asset: a, patch_id: KB5034441, kind: other, posted: 2025-11-02, behind_since: 2025-11-02}
      - {asset: b, patch_id: KB5034275, kind: dotnet, posted: 2025-01-14, undecided: true, doubt: "version not seen"}
      - {asset: b, patch_id: KB5034276, kind: cumulative, posted: 2025-11-02}
      - {asset: b, patch_id: KB5034277, kind: browser, posted: 2026-01-13, undecided: true}
      - {asset: c, patch_id: KB5034122, kind: cumulative, behind_since: 2025-01-14, exploited: 1}
      - {asset: c, patch_id: KB5043124, kind: servicing_stack, behind_since: 2025-01-14}
      - {asset: c, patch_id: "", kind: not_judged, undecided: true}
      - {asset: d, patch_id: KB3000061, kind: other, posted: 2014-11-11, behind_since: 2014-11-11}
      - {asset: d, patch_id: KB3000062, kind: out_of_band, posted: 2014-12-09}
      - {asset: d, patch_id: KB3000063, kind: security_only, posted: 2015-12-09, behind_since: 2015-12-09}
      - {asset: d, patch_id: KB3000064, kind: other, posted: 2013-12-09, undecided: true}
      - {asset: d, patch_id: KB5034122, kind: cumulative, posted: 2025-11-01}
      - {asset: e, patch_id: KB5034276, kind: cumulative, posted: 2026-01-13, earliest: 2025-11-01}
      - {asset: e, patch_id: KB5034277, kind: dotnet, posted: 2025-11-02, earliest: 2025-11-02}
      - {asset: lx, patch_id: KB5034122, behind_since: 2025-01-14}
    fails: [[a, cumulative], [d, cumulative], [d, single]]
    unknowns: [[b, browser], [b, cumulative], [b, dotnet], [e, cumulative]]
  good:
    hosts: [{asset: a, platform: windows}]
    missing_patches:
      - {asset: a, patch_id: KB5034122, kind: cumulative, posted: 2026-01-13, behind_since: 2025-11-02, earliest: 2025-01-14}
      - {asset: a, patch_id: KB5034275, kind: dotnet, posted: 2026-01-13, earliest: 2025-11-02, undecided: true}
    passes: [a]
---*/
with found as (
  select asset, patch_id, posted, flaws, chain, coalesce(behind_since, posted) as since, evidence,
      not undecided and coalesce(behind_since, posted) < $now - interval 90 days as sure,
      case when kind in ('other', 'out_of_band', 'security_only') then 'single' else kind end as series
  from missing_patches
  where exploited = 0 and kind not in ('servicing_stack', 'not_judged')
    and coalesce(behind_since, earliest, date '1970-01-01') < $now - interval 90 days
)
select asset, series, min(since) as since, sum(flaws) as flaws,
    case when count(*) = 1 then '。経緯 ' || min(chain) else '' end as path_ja,
    case when count(*) = 1 then '. Chain: ' || min(chain) else '' end as path,
    case when not sure then 'to_confirm' end as unknown, arg_min(evidence, patch_id) as evidence,
    case series when 'cumulative' then '累積更新' when 'dotnet' then '.NET Frameworkの更新' when 'browser' then 'Internet Explorerの更新'
      when 'servicing_stack' then '更新の仕組みの更新' else '単独の更新' end || ' '
      || case when count(*) = 1 then min(patch_id) else count(*) || ' 件(最も古いものは ' || coalesce(min(posted) || ' 公開の ', '') || coalesce(arg_min(patch_id, posted), min(patch_id))
        || case when count(*) <= 4 then '。ほかに ' || array_to_string(list(patch_id order by posted, patch_id)[2:], ', ') else '' end || ')' end as what_ja,
    case series when 'cumulative' then 'cumulative update' when 'dotnet' then 'update of .NET Framework' when 'browser' then 'update of Internet Explorer'
      when 'servicing_stack' then 'servicing-stack update' else 'update that stands alone' end
      || case when count(*) = 1 then ' ' || min(patch_id) else ': ' || count(*) || ', the oldest ' || coalesce(arg_min(patch_id, posted), min(patch_id)) || coalesce(' of ' || min(posted), '')
        || case when count(*) <= 4 then ', then ' || array_to_string(list(patch_id order by posted, patch_id)[2:], ', ') else '' end end as what
from found
-- What is to be confirmed is a row of its own; beside something certain of its series it is not told.
group by asset, series, sure
