/*---
title:
  ja: サーバの管理者がバックアップも消せる
  en: The server's administrator can delete the backups
severity: critical
subject: asset
key: [asset, job]
scope: select asset from declared_backups
why:
  ja: サーバを乗っ取った者は、同じIDでバックアップも消します。連鎖を断つのは別のIDです。
  en: Whoever takes the server deletes the backups with the same account. A separate account breaks the chain.
message:
  ja: "{asset}: バックアップ {job}({target})はサーバと同じ管理者で消せます"
  en: "{asset}: backup {job} ({target}) can be deleted by the server's administrator"
fix:
  cost: none
  ja: 保存先のIDをドメインに入れない専用のものにし、パスワードも別にしてください。
  en: Use an account of its own for the target, outside the domain, with another password.
ask:
  ja: 業者に、保存先のIDをサーバと分けられるかを確認してください。
  en: Ask whether the account of the target can be separated from the server's.
examples:
  now: 2026-01-31
  bad:
    declared_backups:
      - {asset: ehr, job: a, same_credentials: "yes"}
      - {asset: ehr, job: b}
      - {asset: tape, job: a, same_credentials: "yes", offline: "no"}
    fails: [[ehr, a], [tape, a]]
    unknowns: [[ehr, b]]
  good:
    declared_backups:
      - {asset: ehr, job: a, same_credentials: "no"}
      - {asset: tape, job: a, same_credentials: "yes", offline: "yes"}
---*/
select asset, job, target, case when same_credentials = 'yes' then null else 'to_confirm' end as unknown, evidence
from declared_backups
where same_credentials is distinct from 'no' and offline is distinct from 'yes'
