/*---
title:
  ja: バックアップの方式が一つだけ
  en: Backups of only one kind
severity: medium
subject: asset
key: [asset]
scope: select a.asset from assets a join backup_posture p on p.asset = a.asset where a.important
why:
  ja: 一つの方式だけでは、その装置の故障や乗っ取りで全部を失います。
  en: With a single kind, one broken or captured device takes them all.
message:
  ja: "{asset}: 確かめられた保存先の種類は{seen}です(台帳を含めて{kinds})"
  en: "{asset}: kinds of medium that were seen: {seen} (the ledger included: {kinds})"
fix:
  cost: low
  ja: 週に一度でよいので、別の種類の保存先を加えてください。「抜いて交互に使うディスク」が最も安く、「消せない保存先」や「磁気テープ」もあります。
  en: Add another kind, weekly if need be. Removable disks in turn cost least; there are write-once storage and magnetic tape too.
ask:
  ja: 業者に、二つ目の保存先を加えられるかと費用を確認してください。
  en: Ask whether a second target can be added and what it costs.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: ehr, important: true}, {asset: lab, important: true}, {asset: ris, important: true}, {asset: pc}]
    backup_posture:
      - {asset: ehr, job: a, medium: other-server, observed: true}
      - {asset: ehr, job: b, medium: other-server, observed: true}
      - {asset: ehr, job: shadow-copy, medium: same-server, observed: true}
      - {asset: lab, job: a, observed: true}
      - {asset: ris, job: a, medium: other-server, observed: true}
      - {asset: ris, job: b, medium: tape}
      - {asset: pc, job: a, medium: tape, observed: true}
    fails: [ehr]
    unknowns: [[lab], [ris]]
  good:
    assets: [{asset: ehr, important: true}]
    backup_posture: [{asset: ehr, job: a, medium: other-server, observed: true}, {asset: ehr, job: b, medium: tape, observed: true}]
---*/
select asset, count(distinct case when observed then medium end) as seen, count(distinct medium) as kinds,
    case when count(*) > count(medium) then 'to_confirm' when count(distinct medium) > 1 then 'declared_not_seen' end as unknown,
    min(evidence) as evidence
from backup_posture
where job <> 'shadow-copy'
group by asset
having count(distinct case when observed then medium end) < 2
