/*---
title: {ja: 控えの中に、急な変わり方がある, en: Something changed suddenly in the backup}
severity: medium
subject: asset
key: [asset, job, generation, kind]
scope: select asset from backup_posture where observed
why:
  ja: 移行や整理でも起きますが、暗号化の始まりも同じように見えます。心当たりを確かめるのは五分です。
  en: A move or a tidying looks the same as the beginning of an encryption. It takes five minutes to ask.
message:
  ja: "{asset}: バックアップ {job} の世代 {name}({finished})で急な変化がありました({kind_told}: {detail_told})"
  en: "{asset}: generation {name} ({finished}) of backup {job} shows a sudden change ({kind_told}: {detail_told})"
fix:
  cost: none
  ja: この日の作業(移行、更新、整理)を記録で確かめ、ファイルを一つ戻して開いてみてください。説明できれば、例外として記録します。
  en: Look for the work of that day (a move, an update, a tidying), restore one file and open it. Where it is explained, record it as an exception.
ask:
  ja: この日の前後に行った作業を確認してください。
  en: Ask what work was done around that day.
examples:
  now: 2026-01-31
  bad:
    backup_posture: [{asset: ehr, job: a, observed: true}, {asset: lab, job: a, observed: true}, {asset: old, job: a}]
    backup_signs:
      - {asset: ehr, job: a, repository: r, generation: "2", kind: mass-change, certain: false}
      - {asset: lab, job: a, repository: r, generation: "3", kind: ransom-note, certain: true}
      - {asset: lab, job: a, repository: r, generation: "3", kind: canary-changed, certain: false}
      - {asset: lab, job: a, repository: r, generation: "3", kind: canary-missing, certain: false}
      - {asset: old, job: a, repository: r, generation: "1", kind: mass-change, certain: false}
    fails: [[ehr, a, "2", mass-change]]
    passes: [lab]
  good:
    - backup_posture: [{asset: ehr, job: a, observed: true}]
    - backup_posture: [{asset: ehr, job: a, observed: true}]
      incomplete: [backup_signs]
      unknowns: [ehr]
---*/
select asset, job, generation, regexp_replace(generation, '^([0-9a-f]{8})[0-9a-f]{24,}$', '\1') as name, kind, kind as kind_told, finished, kind || ' ' || detail as detail_told, evidence
from backup_signs
where not certain and kind not in ('canary-changed', 'canary-missing')
