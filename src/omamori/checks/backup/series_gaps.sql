/*---
title: {ja: バックアップの並びに抜けがある, en: Generations are missing in the series}
severity: medium
subject: asset
key: [asset, job]
scope: select asset from backup_posture where generations_seen
why:
  ja: 抜けた日に戻りたくても戻れません。抜けは、静かに失敗しているしるしでもあります。
  en: There is no way back to the days that are missing, and a gap tells of quiet failures.
message:
  ja: "{asset}: バックアップ {job} に抜けが{gaps}回あり、最も長くて{longest}日、控えがありません"
  en: "{asset}: backup {job} was missed {gaps} times; the longest time without one is {longest} days"
fix:
  cost: none
  ja: 抜けた日の記録を見て、原因(電源、満杯、媒体の入れ忘れ)を一つずつ除いてください。失敗が誰かに届く設定も加えます。
  en: See the log of those days and remove the causes one by one (power, a full disk, a forgotten medium). Let failures reach somebody.
ask:
  ja: 抜けた日に何があったか、失敗が誰に届くかを確認してください。
  en: Ask what happened on those days and whom failures are told to.
examples:
  now: 2026-01-31
  bad:
    backup_posture:
      - {asset: ehr, job: shadow-copy, gaps: 1, generations_seen: true}
      - {asset: ehr, job: a, gaps: 1, longest_gap_days: 4, generations_seen: true}
      - {asset: ehr, job: b, gaps: 0, generations_seen: true}
      - {asset: lab, job: a, gaps: 1}
    fails: [[ehr, a]]
  good:
    - backup_posture: [{asset: ehr, job: a, gaps: 0, generations_seen: true}]
    - backup_posture: [{asset: ehr, job: a, generations_seen: true}]
      missing: {backup_posture: [gaps]}
      unknowns: [ehr]
---*/
select asset, job, gaps, longest_gap_days as longest, evidence
from backup_posture
where gaps > 0 and job <> 'shadow-copy'
