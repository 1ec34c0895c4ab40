/*---
title: {ja: ランサムウエアに使われた弱点を直す更新が入っていない, en: An update against flaws that ransomware used is missing}
severity: critical
subject: asset
key: [asset, series]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 実際のランサムウエアが入り込むのに使った弱点です。一台に入られると、同じ弱点で隣の機器へ広がり、診療が止まります。
  en: Real ransomware came in through these flaws. From one machine it spreads to the next through the same flaw, until care stops.
message:
  ja: "{asset}: ランサムウエアに使われた弱点が {ransomware} 件開いています。閉じるのは{what_ja}です"
  en: "{asset}: {ransomware} flaws that ransomware used are open; what closes them: {what}"
fix:
  cost: low
  ja: 定例の日を待たず、この更新だけを先に入れてください。その前に、切り離したバックアップがあることを確かめます。入れるまでは、ファイル共有とリモートデスクトップの接続元を絞ってください。
  en: Install this one out of turn, once a backup lies apart from the network. Until then limit who may connect to file sharing and Remote Desktop.
  run: |
    # what is installed, newest first
    Get-HotFix | Sort-Object InstalledOn -Descending | Select-Object -First 5
ask:
  ja: ランサムウエアに使われた弱点を直す更新です。定例の日を待たずに入れられる最も早い日はいつですか。入れられないときは、理由とそれまでの守りを書面でください。
  en: This update closes flaws that ransomware used. What is the earliest day it can be installed, out of turn? If it cannot, send us the reason and the protection meanwhile in writing.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: c, platform: windows}, {asset: d, platform: windows}, {asset: lx, platform: linux}]
    missing_patches:
      - {asset: a, patch_id: KB5034122, ransomware: 1, exploited: 2, behind_since: 2026-01-20}
      - {asset: b, patch_id: KB5034122, ransomware: 2, exploited: 2, undecided: true, doubt: "the list was cut"}
      - {asset: c, patch_id: KB5034122, ransomware: 0, exploited: 2}
      - {asset: d, patch_id: KB3000061, kind: other, ransomware: 1, posted: 2014-11-11}
      - {asset: d, patch_id: KB3000062, kind: out_of_band, ransomware: 1, posted: 2014-12-09}
      - {asset: d, patch_id: KB3000063, kind: security_only, ransomware: 1, posted: 2015-12-09}
      - {asset: d, patch_id: KB3000064, kind: other, ransomware: 1, posted: 2013-12-09, undecided: true}
      - {asset: d, patch_id: KB5034274, kind: dotnet, ransomware: 1, posted: 2024-01-09, undecided: true}
      - {asset: lx, patch_id: KB5034122, ransomware: 2}
    fails: [[a, cumulative], [d, single]]
    unknowns: [[b, cumulative], [d, dotnet]]
  good:
    hosts: [{asset: a, platform: windows}]
    missing_patches: [{asset: a, patch_id: KB5034122, ransomware: 0}]
    passes: [a]
---*/
with found as (
  select asset, patch_id, posted, ransomware, evidence, not undecided as sure,
      case when kind in ('other', 'out_of_band', 'security_only') then 'single' else kind end as series
  from missing_patches
  where ransomware > 0
)
select asset, series, sum(ransomware) as ransomware, case when not sure then 'to_confirm' end as unknown, arg_min(evidence, patch_id) as evidence,
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
