/*---
title:
  ja: 設計にない通信がゾーンをまたいでいる
  en: Zones talk to each other though no design foresees it
severity: medium
subject: site
key: [from_zone, from_kind, to_zone, to_kind, protocol, port]
why:
  ja: ゾーンの境目を越える通信は、侵入が広がるときの道になります。設計にあるものだけに絞れば、残りは止められ、異変にも気付けます。
  en: What crosses from zone to zone is the way an intrusion spreads. When only what is designed may cross, the rest can be blocked and stands out.
message:
  ja: "{from_ja} から {to_ja} への {port}/{protocol} のうち {undesigned} 組が設計にありません(例 {example}、最後 {last_seen})"
  en: "{port}/{protocol} from {from_en} to {to_en}: {undesigned} pairs are not in the design (such as {example}, last {last_seen})"
fix:
  cost: low
  ja: 何の通信かを担当者か業者に聞き、要るものは「設計通信」シートに書き、要らないものは境目の装置で止めてください。
  en: Find out what it is. Enter what is needed in the sheet of designed flows, and block the rest at the device between the zones.
ask:
  ja: この通信は何のためのものですか。止めると困ることはありますか。
  en: What is this traffic for, and what would stop without it?
examples:
  now: 2026-01-31
  bad:
    zone_flows:
      - {from_zone: office, to_zone: ehr, protocol: tcp, port: 3389, times: 4, designed: false, undesigned: 1, example: 10.2.0.5 > 10.1.0.9}
      - {from_zone: ehr, to_kind: outside, protocol: tcp, port: 443, times: 4, designed: false, undesigned: 2}
      - {from_zone: office, to_zone: office, protocol: tcp, port: 445, times: 4, designed: false, undesigned: 2}
      - {from_zone: office, to_zone: ehr, protocol: tcp, port: 22, times: 4, stopped: 1, designed: true}
      - {from_zone: office, to_zone: ehr, protocol: tcp, port: 23, times: 4}
    fails: [[office, zone, ehr, zone, tcp, 3389], [ehr, zone, null, outside, tcp, 443]]
  good:
    zone_flows:
      - {from_zone: office, to_zone: ehr, protocol: tcp, port: 443, times: 4, designed: true}
    passes: [site]
---*/
select 'site' as site, from_zone, from_kind, to_zone, to_kind, protocol, port, undesigned, example, last_seen,
  case from_kind when 'zone' then from_zone when 'outside' then '院外' else 'ゾーン外' end as from_ja,
  case from_kind when 'zone' then from_zone when 'outside' then 'outside' else 'no zone' end as from_en,
  case to_kind when 'zone' then to_zone when 'outside' then '院外' else 'ゾーン外' end as to_ja,
  case to_kind when 'zone' then to_zone when 'outside' then 'outside' else 'no zone' end as to_en,
  evidence
from zone_flows
where not designed and from_zone is distinct from to_zone
