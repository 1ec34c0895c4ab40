/*---
title: {ja: 控えを持つ機器がサーバと同じドメインにある, en: The machine that keeps the backup is in the server's domain}
severity: high
subject: asset
key: [asset, job]
scope: select asset from backup_posture
why:
  ja: ドメインの管理者を奪った者は、同じドメインの控えも同じ時に消せます。
  en: Whoever takes the domain's administrator can delete the copies in the same domain at the same time.
message:
  ja: "{asset}: バックアップ {job} を持つ {kept_on} は、このサーバと同じドメインに入っています"
  en: "{asset}: {kept_on}, which keeps backup {job}, belongs to the same domain"
fix:
  cost: low
  ja: 控えを持つ機器をドメインから外し、そこだけのIDとパスワードにしてください。パスワードは紙にして金庫に置きます。外せなければ「追記だけを受け付ける受け皿」か「抜いて交互に使うディスク」を加えます。
  en: Take that machine out of the domain and give it accounts and passwords of its own, written on paper in a safe. Where that cannot be done, add an append-only server or removable disks in turn.
ask:
  ja: 控えを持つ機器をドメインから外して動かせるか、その手順を確認してください。
  en: Ask whether the machine that keeps the copies can work outside the domain, and how to move it.
examples:
  now: 2026-01-31
  bad:
    backup_posture:
      - {asset: ehr, job: night, kept_on: nas, same_domain: true}
      - {asset: ehr, job: shadow-copy, same_domain: true, domain_admin: true}
      - {asset: ehr, job: week, same_domain: false}
      - {asset: lab, job: night, same_domain: true, offline: true, offline_by: medium-out}
      - {asset: ris, job: night, same_domain: true, offline_by: declared}
    fails: [[ehr, night], [ris, night]]
  good:
    - backup_posture: [{asset: ehr, job: night, same_domain: false}]
      passes: [ehr]
    - backup_posture: [{asset: ehr, job: night}]
      missing: {backup_posture: [same_domain]}
      unknowns: [ehr]
---*/
select asset, job, kept_on, evidence
from backup_posture
where same_domain and offline_by not in ('medium-out', 'append-only', 'object-lock') and job <> 'shadow-copy'
