/*---
title:
  ja: サーバの管理者がバックアップも消せる
  en: The server's administrator can delete the backups
severity: critical
subject: asset
key: [asset, job]
scope: select asset from backup_posture
why:
  ja: サーバを乗っ取った者は、同じIDでバックアップも消します。連鎖を断つのは別のIDです。
  en: Whoever takes the server deletes the backups with the same account. A separate account breaks the chain.
message:
  ja: "{asset}: バックアップ {job}({target})はサーバと同じ管理者で消せます({same_account_told})"
  en: "{asset}: backup {job} ({target}) can be deleted by the server's administrator ({same_account_told})"
fix:
  cost: none
  ja: 保存先のIDをドメインに入れない専用のものにし、パスワードも別にしてください。書き込むだけのIDにできる「追記だけを受け付ける受け皿」なら、奪われても消せません。
  en: Use an account of its own for the target, outside the domain, with another password. With an append-only server an account that was taken cannot delete.
ask:
  ja: 業者に、保存先のIDをサーバと分けられるかを確認してください。
  en: Ask whether the account of the target can be separated from the server's.
examples:
  now: 2026-01-31
  bad:
    backup_posture:
      - {asset: ehr, job: inside, same_account: true, kept_on: ehr}
      - {asset: ehr, job: a, same_account: true, kept_on: nas}
      - {asset: ehr, job: b, same_account: false}
      - {asset: ehr, job: shadow-copy, same_account: true}
      - {asset: tape, job: a, same_account: true, offline: true, offline_by: medium-out}
      - {asset: ris, job: a, same_account: true, offline_declared: "yes", offline_by: declared}
    fails: [[ehr, a], [ris, a]]
    passes: [tape]
  good:
    - backup_posture: [{asset: ehr, job: a, same_account: false}]
    - backup_posture: [{asset: ehr, job: a}]
      missing: {backup_posture: [same_account]}
      unknowns: [ehr]
---*/
-- What lies inside the machine itself is told by another check.
select asset, job, target, same_account_told, evidence
from backup_posture
where same_account and offline_by not in ('medium-out', 'append-only', 'object-lock') and job <> 'shadow-copy' and coalesce(kept_on, '') <> asset
