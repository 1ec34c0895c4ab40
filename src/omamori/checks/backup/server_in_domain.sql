/*---
title: {ja: バックアップのサーバがドメインに入っている, en: The backup server belongs to the domain}
severity: high
subject: asset
key: [asset, service]
scope: select asset from hosts where platform = 'windows'
why:
  ja: ドメインの管理者を奪われると、ドメインに入っている機器はすべて操作されます。バックアップも同じ時に消されると、戻す手段がなくなります。
  en: Whoever takes the domain's administrator commands every machine that belongs to it. If the backups are deleted in the same hour, nothing is left to come back from.
message:
  ja: "{asset}: バックアップを受け持つサービス {service} が、ドメインに入った機器で動いています({domain})"
  en: "{asset}: the backup service {service} is on a machine that belongs to the domain {domain}"
fix:
  cost: low
  ja: バックアップのサーバをドメインから外し、そこだけのアカウントとパスワードにしてください。すぐにできなければ、取り外せる媒体に一組を移して離しておきます。
  en: Take the backup server out of the domain and give it accounts and passwords of its own. Until then move one set to a medium that is unplugged.
ask:
  ja: バックアップのサーバをドメインから外して動かせるか、その手順を確認してください。
  en: Ask whether the backup product works on a server outside the domain, and how to move it.
equivalent:
  "join hosts as h -> left": without a row the condition on domain_role is NULL
examples:
  now: 2026-01-31
  bad:
    hosts:
      - {asset: a, platform: windows, domain_role: member, domain: hosp.local}
      - {asset: b, platform: windows, domain_role: controller, domain: hosp.local}
      - {asset: c, platform: windows, domain_role: standalone, domain: WORKGROUP}
      - {asset: d, platform: windows, domain_role: member, domain: hosp.local}
      - {asset: lx, platform: linux, domain_role: member, domain: hosp.local}
    services:
      - {asset: a, name: VeeamBackupSvc, state: running}
      - {asset: b, name: CASJobEngine, state: stopped}
      - {asset: c, name: VeeamBackupSvc, state: running}
      - {asset: d, name: VeeamEndpointBackupSvc, state: running}
      - {asset: lx, name: VeeamBackupSvc, state: running}
    fails: [[a, VeeamBackupSvc], [b, CASJobEngine]]
  good:
    hosts: [{asset: c, platform: windows, domain_role: standalone, domain: WORKGROUP}]
    services: [{asset: c, name: BackupExecJobEngine, state: running}]
    passes: [c]
---*/
-- The part of a product that holds the jobs; agents of it are on every machine that is backed up.
select s.asset, s.name as service, h.domain, s.evidence
from services s
join hosts h on h.asset = s.asset
where lower(s.name) in ('veeambackupsvc', 'casjobengine', 'backupexecjobengine') and h.domain_role in ('member', 'controller')
