/*---
title: {ja: 最も新しい控えが、決めた間隔より古い, en: The newest copy is older than its interval}
severity: high
subject: asset
key: [asset, job]
scope: select asset from backup_posture where generations_seen
why:
  ja: 止まったバックアップは、戻そうとする日まで誰も気付きません。その日までの診療の記録が失われます。
  en: Nobody notices that a backup stopped until the day one has to come back, and the records since then are lost.
message:
  ja: "{asset}: バックアップ {job} の最後は {newest} です(間隔の日数: {every})"
  en: "{asset}: the newest of backup {job} is of {newest} (days between two: {every})"
fix:
  cost: none
  ja: 止まった理由を調べて一度動かし、ファイルを一つ戻してみてください。
  en: Find out why it stopped, run it once, and bring one file back.
ask:
  ja: バックアップが止まっていることを知っているか、いつから止まっているかを確認してください。
  en: Ask whether they know it stopped, and since when.
examples:
  now: 2026-01-31
  bad:
    backup_posture:
      - {asset: ehr, job: shadow-copy, newest: 2025-01-01, generations: 1, generations_seen: true}
      - {asset: ehr, job: a, newest: "2026-01-28 23:59:59", every_days: 1.0, generations: 7, generations_seen: true}
      - {asset: ehr, job: b, newest: "2026-01-17 00:00:00", every_days: 7.0, generations: 7, generations_seen: true}
      - {asset: ehr, job: c, newest: "2026-01-30 11:59:59", every_days: 0.25, generations: 7, generations_seen: true}
      - {asset: ehr, job: d, newest: "2026-01-23 23:59:59", generations: 2, generations_seen: true}
      - {asset: ehr, job: e, newest: "2026-01-24 00:00:00", generations: 2, generations_seen: true}
      - {asset: ehr, job: f, newest: "2025-11-29 23:59:59", generations: 2, generations_seen: true, declared: true}
      - {asset: ehr, job: g, newest: "2025-11-30 00:00:00", generations: 2, generations_seen: true, declared: true}
      - {asset: ehr, job: h, newest: "2025-11-29 23:59:59", every_days: 40.0, generations: 3, generations_seen: true, declared: true}
      - {asset: ehr, job: i, newest: "2026-01-23 23:59:59", every_days: 30.0, generations: 3, generations_seen: true}
      - {asset: lab, job: a, newest: "2026-01-29 00:00:00", every_days: 1.0, generations: 7, generations_seen: true}
      - {asset: old, job: a, newest: "2025-01-29 00:00:00", generations: 1}
      - {asset: ahead, job: a, newest: "2026-02-01 00:00:01", every_days: 1.0, generations: 7, generations_seen: true}
      - {asset: ahead, job: b, newest: "2026-02-01 00:00:00", every_days: 1.0, generations: 7, generations_seen: true}
    fails: [[ehr, a], [ehr, c], [ehr, d], [ehr, f]]
    unknowns: [[ahead, a]]
    passes: [lab]
  good:
    - backup_posture: [{asset: ehr, job: a, newest: 2026-01-30, every_days: 1.0, generations_seen: true}]
    - backup_posture: [{asset: ehr, job: a, generations_seen: true}]
      missing: {backup_posture: [newest]}
      unknowns: [ehr]
---*/
-- Twice the interval: one night may be missed. Of fewer than three generations there is no interval but the ledger's: then a week, or two months.
-- Never by a NULL interval: another copy whose interval is not known would cast doubt on this one.
-- A copy from a day that has not come was made by a clock that is wrong: how old it is, nobody knows.
select asset, job, newest, every_days as every, case when ahead then 'to_confirm' end as unknown, evidence
from (select asset, job, newest, every_days, generations, declared, evidence, newest > $now + interval 1 day as ahead from backup_posture)
where (ahead
    or newest < $now - to_hours(cast(48 * every_days as bigint))
    or (generations < 3 and not declared and newest < $now - interval 7 days)
    or (generations < 3 and newest < $now - interval 62 days))
  and job <> 'shadow-copy'
