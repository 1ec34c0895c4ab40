/*---
title: {ja: 見えた世代が3未満, en: Fewer than three generations were seen}
severity: high
subject: asset
key: [asset, job]
scope: select asset from backup_posture where generations_seen
why:
  ja: 気付くまでに何日もかかると、古い世代から順に、暗号化されたものに置き換わります。
  en: Until an attack is noticed, one generation after another is replaced by an encrypted one.
message:
  ja: "{asset}: バックアップ {job}({target})に残っている世代は {generations} です"
  en: "{asset}: backup {job} ({target}) holds {generations} generations"
fix:
  cost: none
  ja: 保存世代を3以上(できれば7日分と4週分)にしてください。容量が足りなければ、差分だけを増やす方式にするか、古い機器のディスクを足します。今あるNASに「変えられないスナップショット」の機能があれば、設定だけで増やせます。
  en: Keep three or more (better seven days and four weeks). If space is short, let only the changes be added, or use the disk of a retired machine. Where the NAS you own has immutable snapshots, a setting adds generations.
ask:
  ja: 実際に残っている世代の数と、増やせるかを確認してください。
  en: Ask how many generations are really there and whether there can be more.
examples:
  now: 2026-01-31
  bad:
    backup_posture:
      - {asset: ehr, job: shadow-copy, generations: 1, generations_seen: true}
      - {asset: ehr, job: a, generations: 2, generations_seen: true}
      - {asset: ehr, job: b, generations: 3, generations_seen: true}
      - {asset: lab, job: a, generations: 2}
      - {asset: ehr, job: c, generations: 1}
    fails: [[ehr, a]]
    passes: []
  good:
    - backup_posture: [{asset: ehr, job: a, generations: 3, generations_seen: true}]
    - backup_posture: [{asset: ehr, job: a, generations_seen: true}]
      missing: {backup_posture: [generations]}
      unknowns: [ehr]
---*/
select asset, job, target, generations, evidence
from backup_posture
where generations_seen and generations < 3 and job <> 'shadow-copy'
