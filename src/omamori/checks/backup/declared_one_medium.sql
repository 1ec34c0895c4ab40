/*---
title:
  ja: バックアップの方式が一つだけ
  en: Backups of only one kind
severity: medium
subject: asset
key: [asset]
scope: select a.asset from assets a join declared_backups b on b.asset = a.asset where a.important
why:
  ja: 一つの方式だけでは、その装置の故障や乗っ取りで全部を失います。
  en: With a single kind, one broken or captured device takes them all.
message:
  ja: "{asset}: 保存先の種類が一つだけです({target})"
  en: "{asset}: there is only one kind of medium ({target})"
fix:
  cost: low
  ja: 週に一度でよいので、別の種類の保存先(外付けディスク、磁気テープ、追記不能の領域など)を加えてください。
  en: Add another kind, weekly if need be, such as a removable disk, tape or write-once storage.
ask:
  ja: 業者に、二つ目の保存先を加えられるかと費用を確認してください。
  en: Ask whether a second target can be added and what it costs.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: ehr, important: true}, {asset: lab, important: true}, {asset: pc}]
    declared_backups:
      - {asset: ehr, job: a, medium: other-server}
      - {asset: ehr, job: b, medium: other-server}
      - {asset: lab, job: a}
      - {asset: pc, job: a, medium: tape}
    fails: [ehr]
    unknowns: [[lab]]
  good:
    assets: [{asset: ehr, important: true}]
    declared_backups: [{asset: ehr, job: a, medium: other-server}, {asset: ehr, job: b, medium: tape}]
---*/
select asset, min(target) as target, case when count(*) > count(medium) then 'to_confirm' end as unknown, min(evidence) as evidence
from declared_backups
group by asset
having count(distinct medium) < 2
