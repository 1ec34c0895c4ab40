/*---
title:
  ja: 切り離した控えが1か月以上前のもの
  en: The newest offline copy is over a month old
severity: high
subject: asset
key: [asset]
scope: select asset from backup_posture where offline_declared = 'yes' or offline_by in ('not-reached', 'not-mounted', 'medium-out', 'append-only', 'object-lock')
why:
  ja: 媒体の入れ忘れで、使える控えが何年も前だった例があります。
  en: Because a medium was not changed, the last usable copy has been years old.
message:
  ja: "{asset}: 最後に切り離した日: {last}(見て確かめた日: {seen})"
  en: "{asset}: last copy taken off line: {last} (as seen: {seen})"
fix:
  cost: none
  ja: 今日一つ取って外し、交換日と名前を書く紙を装置に貼ってください。出し入れは台帳の「媒体の記録」に残します。
  en: Make one today, take it out, and put a sheet for dates and names on the device. Enter what goes in and out in the ledger's log of media.
ask:
  ja: 媒体の交換が保守の作業に含まれるか、最後の交換日はいつかを確認してください。
  en: Ask whether changing the medium is part of the service and when it was last changed.
examples:
  now: 2026-01-31
  bad:
    backup_posture:
      - {asset: ehr, job: a, offline_declared: "yes", last_offline: 2025-12-30}
      - {asset: ehr, job: b, offline: true, offline_by: medium-out, last_offline: 2025-01-01, last_offline_seen: true}
      - {asset: lab, job: a, offline_declared: "yes"}
      - {asset: ris, job: a, offline_declared: "yes", last_offline: 2025-12-31}
      - {asset: ris, job: b, last_offline: 2025-12-30, last_offline_seen: true}
      - {asset: tape, job: a, offline: true, offline_by: medium-out, last_offline: 2025-12-30, last_offline_seen: true}
      - {asset: nas, job: a, offline_declared: "no", last_offline: 2025-01-01}
    fails: [ehr, tape]
    passes: []
    unknowns: [[lab], [ris]]
  good:
    backup_posture:
      - {asset: ehr, job: a, offline: true, offline_by: not-reached, last_offline: 2025-12-31, last_offline_seen: true}
      - {asset: ehr, job: b, offline_declared: "yes", last_offline: 2025-01-01}
---*/
select asset, max(last_offline) as last, max(case when last_offline_seen then last_offline end) as seen,
    case when max(last_offline) is null then 'to_confirm' when max(last_offline) >= $now - interval 31 days then 'declared_not_seen' end as unknown,
    arg_max(evidence, last_offline) as evidence
from backup_posture
group by asset
having coalesce(max(last_offline) filter (last_offline_seen), date '1970-01-01') < $now - interval 31 days
