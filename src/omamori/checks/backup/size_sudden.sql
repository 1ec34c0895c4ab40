/*---
title: {ja: 控えの大きさが急に変わった, en: The size of a backup changed suddenly}
severity: medium
subject: asset
key: [asset, job]
scope: select asset from backup_posture where generations_seen
why:
  ja: 急に小さくなったときは取り損ね、急に大きくなったときは暗号化や持ち出しの準備のことがあります。
  en: A sudden shrink means that something is no longer backed up; a sudden growth may be encryption, or data gathered to be taken away.
message:
  ja: "{asset}: バックアップ {job} の最新は、それまでの{ratio}倍の大きさです"
  en: "{asset}: the newest of backup {job} is {ratio} times as large as those before"
fix:
  cost: none
  ja: 最新の世代と一つ前の世代で、何が減ったか増えたかを見てください。心当たりのある移行や整理でなければ、中身を omamori backup verify で確かめます。
  en: See what is less or more in the newest generation than in the one before. Unless a move explains it, look into it with omamori backup verify.
  run: omamori backup verify PLACE
ask:
  ja: 大きさが変わった理由(移行、対象の変更)を確認してください。
  en: Ask why the size changed (a move, another selection).
examples:
  now: 2026-01-31
  bad:
    backup_posture:
      - {asset: ehr, job: a, size_ratio: 0.49, generations_seen: true}
      - {asset: ehr, job: b, size_ratio: 2.01, generations_seen: true}
      - {asset: ehr, job: c, size_ratio: 0.5, generations_seen: true}
      - {asset: ehr, job: d, size_ratio: 2.0, generations_seen: true}
      - {asset: lab, job: a, size_ratio: 0.1}
    fails: [[ehr, a], [ehr, b]]
  good:
    - backup_posture: [{asset: ehr, job: a, size_ratio: 1.0, generations_seen: true}, {asset: ehr, job: b, generations_seen: true}]
    - backup_posture: [{asset: ehr, job: a, generations_seen: true}]
      missing: {backup_posture: [size_ratio]}
      unknowns: [ehr]
---*/
select asset, job, round(size_ratio, 2) as ratio, evidence
from backup_posture
where not size_ratio between 0.5 and 2
