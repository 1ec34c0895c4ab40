/*---
title: {ja: 台帳の間隔より間があいている, en: Backups come less often than the ledger says}
severity: medium
subject: asset
key: [asset, job]
scope: select p.asset from backup_posture p join declared_backups d on d.asset = p.asset and d.job = p.job where p.generations_seen
why:
  ja: 毎日取っていると思っている間に、実際は週に一度かもしれません。失う日数の見込みが変わります。
  en: While it is believed to be daily, it may be weekly. That changes how many days would be lost.
message:
  ja: "{asset}: バックアップ {job} は、台帳では{said}日ごとですが、見えた世代は約{every}日ごとです"
  en: "{asset}: by the ledger backup {job} is made every {said} days; the generations seen lie about {every} days apart"
fix:
  cost: none
  ja: どちらが正しいかを確かめてください。毎日のつもりなら、予定の設定と失敗の記録を見ます。今の間隔でよいなら、台帳を直します。
  en: See which is right. If it is meant to be daily, look at the schedule and at its failures; if the present interval will do, correct the ledger.
ask:
  ja: 実際の予定と、失敗している日があるかを確認してください。
  en: Ask what the schedule really is and whether runs fail.
equivalent:
  "join declared_backups as d -> left": without a row nothing is compared
examples:
  now: 2026-01-31
  bad:
    declared_backups: [{asset: ehr, job: a, every_days: 1}, {asset: ehr, job: b, every_days: 1}, {asset: ehr, job: c, every_days: 7}, {asset: ehr, job: d, every_days: 1}, {asset: lab, job: a, every_days: 1}, {asset: ris, job: a, every_days: 1}]
    backup_posture:
      - {asset: ehr, job: a, every_days: 1.6, generations_seen: true}
      - {asset: ehr, job: b, every_days: 1.5, generations_seen: true}
      - {asset: ehr, job: c, every_days: 7.0, generations_seen: true}
      - {asset: ehr, job: d, every_days: 9.0}
      - {asset: lab, job: a, every_days: 9.0}
      - {asset: ris, job: b, every_days: 9.0, generations_seen: true}
    fails: [[ehr, a]]
    passes: []
  good:
    - declared_backups: [{asset: ehr, job: a, every_days: 1}]
      backup_posture: [{asset: ehr, job: a, every_days: 1.0, generations_seen: true}]
    - declared_backups: [{asset: ehr, job: a, every_days: 1}]
      backup_posture: [{asset: ehr, job: a, generations_seen: true}]
      missing: {backup_posture: [every_days]}
      unknowns: [ehr]
---*/
select p.asset, p.job, d.every_days as said, round(p.every_days, 1) as every, p.evidence
from backup_posture p join declared_backups d on d.asset = p.asset and d.job = p.job
where p.generations_seen and p.every_days > 1.5 * d.every_days
