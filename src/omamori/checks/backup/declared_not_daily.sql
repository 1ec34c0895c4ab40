/*---
title:
  ja: 最重要の機器のバックアップが毎日でない
  en: An important machine is not backed up daily
severity: medium
subject: asset
key: [asset]
scope: select a.asset from assets a join declared_backups b on b.asset = a.asset where a.important
why:
  ja: 間隔の日数だけ、診療の記録を失います。
  en: As many days of records are lost as lie between two runs.
message:
  ja: "{asset}: 最も短い間隔が{days}日です"
  en: "{asset}: the shortest interval is {days} days"
fix:
  cost: none
  ja: 夜間の一回を毎日に変えてください。差分だけにすれば時間も容量も増えません。
  en: Make it nightly; with increments it takes little more time or space.
ask:
  ja: 業者に、毎日の差分バックアップに変えられるかを確認してください。
  en: Ask whether it can become a daily incremental backup.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: ehr, important: true}, {asset: lab, important: true}, {asset: pc}]
    declared_backups:
      - {asset: ehr, job: a, every_days: 2}
      - {asset: ehr, job: b, every_days: 7}
      - {asset: lab, job: a}
      - {asset: pc, job: a, every_days: 30}
    fails: [ehr]
    unknowns: [[lab]]
  good:
    assets: [{asset: ehr, important: true}]
    declared_backups: [{asset: ehr, job: a, every_days: 1}, {asset: ehr, job: b, every_days: 30}]
---*/
select asset, min(every_days) as days, case when min(every_days) is null then 'to_confirm' end as unknown, min(evidence) as evidence
from declared_backups
group by asset
having min(every_days) is null or min(every_days) > 1
