/*---
title:
  ja: 切り離した控えが1か月以上前のもの
  en: The newest offline copy is over a month old
severity: high
subject: asset
key: [asset]
scope: select asset from declared_backups where offline = 'yes'
why:
  ja: 媒体の入れ忘れで、使える控えが何年も前だった例があります。
  en: Because a medium was not changed, the last usable copy has been years old.
message:
  ja: "{asset}: 最後に切り離した日: {last}"
  en: "{asset}: last copy taken off line: {last}"
fix:
  cost: none
  ja: 今日一つ取って外し、交換日と名前を書く紙を装置に貼ってください。
  en: Make one today, take it out, and put a sheet for dates and names on the device.
ask:
  ja: 媒体の交換が保守の作業に含まれるか、最後の交換日はいつかを確認してください。
  en: Ask whether changing the medium is part of the service and when it was last changed.
examples:
  now: 2026-01-31
  bad:
    declared_backups:
      - {asset: ehr, job: a, offline: "yes", last_offline: 2025-12-30}
      - {asset: ehr, job: b, offline: "yes", last_offline: 2025-01-01}
      - {asset: lab, job: a, offline: "yes"}
      - {asset: ris, job: a, offline: "no"}
      - {asset: nas, job: a, offline: "yes", last_offline: 2025-01-01}
      - {asset: nas, job: b, offline: "no", last_offline: 2026-01-30}
    fails: [ehr, nas]
    passes: []
    unknowns: [[lab]]
  good:
    declared_backups:
      - {asset: ehr, job: a, offline: "yes", last_offline: 2025-12-31}
      - {asset: ehr, job: b, offline: "yes", last_offline: 2025-01-01}
---*/
select asset, max(last_offline) as last, case when max(last_offline) is null then 'to_confirm' end as unknown, arg_max(evidence, last_offline) as evidence
from declared_backups
where offline = 'yes'
group by asset
having coalesce(max(last_offline), date '1970-01-01') < $now - interval 31 days
