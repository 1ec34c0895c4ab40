/*---
title: {ja: バックアップの一部が壊れている, en: A part of the backup is damaged}
severity: critical
subject: asset
key: [asset, job, repository, part]
scope: select asset from backup_posture where observed
why:
  ja: 壊れた部分は、戻す日には戻りません。今なら元のデータがまだあるので、取り直せます。
  en: What is damaged will not come back on the day. Today the original is still there, and it can be copied again.
message:
  ja: "{asset}: バックアップ {job} の {part} が壊れています({detail_told})。この部分を使うファイルの数: {files}、世代: {generations}"
  en: "{asset}: {part} of backup {job} is damaged ({detail_told}). Files that use it: {files}; generations: {generations}"
fix:
  cost: none
  ja: 今夜、別のディスクに新しい控えを一つ取ってください。壊れた置き場所は消さずに残し、ディスクの故障の記録を見て、弱っていれば替えます。
  en: Tonight make a new copy on another disk. Keep the damaged place, look at the disk's own record of failures, and replace it where it is failing.
ask:
  ja: 壊れた部分の修復の手順と、壊れた原因(ディスク、通信、書き換え)を確認してください。
  en: Ask how it is repaired, and what damaged it (disk, transfer, or somebody).
examples:
  now: 2026-01-31
  bad:
    backup_posture: [{asset: ehr, job: a, observed: true}, {asset: lab, job: a, observed: true}, {asset: old, job: a}]
    backup_damage:
      - {asset: ehr, job: a, repository: "restic:1", part: data/aa, detail: wrong hash, generations: "1, 2", files: 3}
      - {asset: ehr, job: a, repository: "restic:1", part: data/bb, detail: missing}
      - {asset: ehr, job: b, repository: "borg:2", part: data/0/1, detail: missing, files: 1}
      - {asset: old, job: a, repository: "restic:3", part: data/aa}
    fails: [[ehr, a, "restic:1", data/aa], [ehr, a, "restic:1", data/bb], [ehr, b, "borg:2", data/0/1]]
    passes: [lab]
  good:
    - backup_posture: [{asset: ehr, job: a, observed: true}]
    - backup_posture: [{asset: ehr, job: a, observed: true}]
      incomplete: [backup_damage]
      unknowns: [ehr]
---*/
-- One finding a part, never folded: what was found stays found while the rest of the backup is still unread.
select asset, job, repository, part, detail as detail_told, files,
    regexp_replace(generations, '([0-9a-f]{8})[0-9a-f]{24,}', '\1', 'g') as generations, evidence
from backup_damage
