/*---
title:
  ja: バックアップが同じサーバの中にしかない
  en: The only backup lies on the same server
severity: critical
subject: asset
key: [asset]
scope: select asset from declared_backups
why:
  ja: 同じサーバの中の控えは、故障でも暗号化でも一緒に失われます。
  en: A copy on the same server is lost with it, by failure or by encryption.
message:
  ja: "{asset}: 保存先がすべて同じサーバの中です({target})"
  en: "{asset}: all copies lie on the server itself ({target})"
fix:
  cost: low
  ja: まず外付けディスクか別の機器へ写し、外して保管してください。
  en: First copy it to a removable disk or another machine, and keep that apart.
ask:
  ja: 業者に、別の機器への保存に切り替える方法を確認してください。
  en: Ask how the target can be moved to another machine.
examples:
  now: 2026-01-31
  bad:
    declared_backups:
      - {asset: ehr, job: a, medium: same-server}
      - {asset: ehr, job: b, medium: same-server}
      - {asset: lab, job: a, medium: same-server}
      - {asset: lab, job: b, medium: tape}
    fails: [ehr]
    passes: [lab]
  good:
    declared_backups: [{asset: ehr, job: a, medium: same-server}, {asset: ehr, job: b}]
---*/
select asset, min(target) as target, min(evidence) as evidence
from declared_backups
group by asset
having bool_and(coalesce(medium, '') = 'same-server')
