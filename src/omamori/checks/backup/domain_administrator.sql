/*---
title: {ja: バックアップがドメインの管理者で動くか、その管理者に開いている, en: The backup runs with the domain's administrators or opens to them}
severity: critical
subject: asset
key: [asset, job]
scope: select asset from backup_posture
why:
  ja: 攻撃者が最後に手に入れるのはドメインの管理者です。その一つのIDで、サーバも控えも消せることになります。
  en: The account an attacker ends up with is the domain's administrator. With that one account both the servers and the copies can be deleted.
message:
  ja: "{asset}: バックアップ {job}({target})はドメインの管理者で扱えます({domain_admin_told})"
  en: "{asset}: backup {job} ({target}) is in the hands of the domain's administrators ({domain_admin_told})"
fix:
  cost: none
  ja: バックアップだけに使うIDを、ドメインの外に作ってください。権限は「書き込む」だけにし、消す権限は紙にしまった別のIDに持たせます。
  en: Make an account for the backup alone, outside the domain, that may only write. Keep the right to delete with another account, on paper in a safe.
ask:
  ja: バックアップの実行と保存先に使っているIDの名前と権限を聞き、ドメインの管理者でないものに替えられるかを確認してください。
  en: Ask with which account the backup runs and opens its target, and whether it can be replaced by one that is no domain administrator.
examples:
  now: 2026-01-31
  bad:
    backup_posture:
      - {asset: ehr, job: night, target: nas, domain_admin: true, domain_admin_told: HOSP\Administrator}
      - {asset: ehr, job: shadow-copy, same_domain: true, domain_admin: true}
      - {asset: ehr, job: week, domain_admin: false}
      - {asset: lab, job: night, domain_admin: true, offline: true, offline_by: medium-out}
      - {asset: ris, job: night, domain_admin: true, offline_by: declared}
    fails: [[ehr, night], [ris, night]]
  good:
    - backup_posture: [{asset: ehr, job: night, domain_admin: false}]
      passes: [ehr]
    - backup_posture: [{asset: ehr, job: night}]
      missing: {backup_posture: [domain_admin]}
      unknowns: [ehr]
---*/
select asset, job, target, domain_admin_told, evidence
from backup_posture
where domain_admin and offline_by not in ('medium-out', 'append-only', 'object-lock') and job <> 'shadow-copy'
