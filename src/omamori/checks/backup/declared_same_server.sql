/*---
title:
  ja: バックアップが同じサーバの中にしかない
  en: The only backup lies on the same server
severity: critical
subject: asset
key: [asset]
scope: select asset from backup_posture where job <> 'shadow-copy'
why:
  ja: 同じサーバの中の控えは、故障でも暗号化でも一緒に失われます。
  en: A copy on the same server is lost with it, by failure or by encryption.
message:
  ja: "{asset}: 別の機器にあると確かめられた控えがありません(控え{copies}件、{target})"
  en: "{asset}: no copy was seen to lie on another device ({copies} copies, {target})"
fix:
  cost: low
  ja: まず外付けディスクか別の機器へ写し、外して保管してください。続けるなら「抜いて交互に使うディスク」が手軽です。
  en: First copy it to a removable disk or another machine, and keep that apart. To go on, removable disks in turn are the simplest.
ask:
  ja: 業者に、別の機器への保存に切り替える方法を確認してください。
  en: Ask how the target can be moved to another machine.
examples:
  now: 2026-01-31
  bad:
    backup_posture:
      - {asset: ehr, job: a, other_device: false, observed: true}
      - {asset: ehr, job: b, other_device: false}
      - {asset: ehr, job: shadow-copy, other_device: true, observed: true}
      - {asset: lab, job: a, other_device: false, observed: true}
      - {asset: lab, job: b, other_device: true, observed: true}
      - {asset: ris, job: a, other_device: true}
      - {asset: pacs, job: a}
      - {asset: pacs, job: b, other_device: false}
      - {asset: only, job: shadow-copy, other_device: false, observed: true}
    fails: [ehr]
    unknowns: [[ris], [pacs]]
    passes: [lab]
  good:
    backup_posture: [{asset: ehr, job: a, other_device: false, observed: true}, {asset: ehr, job: b, other_device: true, observed: true}]
---*/
-- What only the ledger places on another device is not known to be there.
select asset, count(*) as copies, min(target) as target,
    case when bool_or(other_device) then 'declared_not_seen' when bool_or(other_device is null) then 'to_confirm' end as unknown, min(evidence) as evidence
from backup_posture
where job <> 'shadow-copy'
group by asset
having not bool_or(coalesce(other_device, false) and observed)
