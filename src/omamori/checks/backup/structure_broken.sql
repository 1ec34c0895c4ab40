/*---
title: {ja: バックアップの目録が合わない, en: The lists inside the backup do not fit together}
severity: high
subject: asset
key: [asset, job, repository]
scope: select asset from backup_posture where observed
why:
  ja: 目録が壊れていると、中身が残っていても取り出せません。早いうちなら、作り直したり直したりできます。
  en: With its lists broken, what is still there cannot be brought out. Early enough, they can be rebuilt.
message:
  ja: "{asset}: バックアップ {job}({target})の目録に食い違いがあります({said})"
  en: "{asset}: the lists of backup {job} ({target}) do not fit together ({said})"
fix:
  cost: none
  ja: 直す前に、置き場所を丸ごと別のディスクに写してください。そのうえで製品の修復の手順を行い、同じ夜に新しい控えを別の場所に一つ取ります。
  en: Before repairing, copy the whole place to another disk. Then follow the product's repair procedure, and make a new copy elsewhere the same night.
ask:
  ja: 修復の手順と、戻せなくなっている世代があるかを確認してください。
  en: Ask how it is repaired and which generations cannot be restored any more.
examples:
  now: 2026-01-31
  bad:
    backup_posture: [{asset: ehr, job: a, observed: true}, {asset: old, job: a}]
    backup_repositories:
      - {asset: ehr, job: a, repository: "restic:1", structure_ok: false, said: index}
      - {asset: ehr, job: b, repository: "restic:2", structure_ok: true}
      - {asset: old, job: a, repository: "restic:3", structure_ok: false}
    fails: [[ehr, a, "restic:1"]]
  good:
    - backup_posture: [{asset: ehr, job: a, observed: true}]
      backup_repositories: [{asset: ehr, job: a, repository: "restic:1", structure_ok: true}]
    - backup_posture: [{asset: ehr, job: a, observed: true}]
      backup_repositories: [{asset: ehr, job: a, repository: "restic:1", structure_ok: true}, {asset: ehr, job: b, repository: "restic:2"}]
      unknowns: [[ehr, b, "restic:2"]]
---*/
select asset, job, repository, target, said, case when structure_ok is null then 'not_collected' end as unknown, evidence
from backup_repositories
where structure_ok is not true
