/*---
title: {ja: 元に戻せる形でパスワードを保存している, en: "A password is kept so that it can be read back"}
severity: high
subject: asset
key: [asset, account]
scope: select asset from hosts where platform = 'windows' and domain_role = 'controller'
why:
  ja: ドメインコントローラーが破られると、パスワードそのものが読まれます。ほかの機器でも使い回されていれば、そこへも入られます。
  en: "Whoever breaks into the domain controller reads the password itself, and uses it wherever it was used again."
message:
  ja: "{asset}: {account} のパスワードは元に戻せる形で保存されます"
  en: "{asset}: the password of {account} is stored reversibly"
fix:
  cost: none
  ja: 「暗号化を元に戻せる状態でパスワードを保存する」を外し、パスワードを変えてください。
  en: "Clear “Store password using reversible encryption” and change the password."
  run: |
    Get-ADUser NAME -Properties AllowReversiblePasswordEncryption
    Set-ADUser NAME -AllowReversiblePasswordEncryption $false
ask:
  ja: ドメインを構築した業者に、変えたときの影響を確認してください。
  en: "Ask the vendor who built the domain what the change would affect."
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, domain_role: controller}, {asset: m, platform: windows, domain_role: member}, {asset: lx, platform: linux, domain_role: controller}]
    accounts:
      - {asset: a, name: old, enabled: true, reversible: true}
      - {asset: a, name: shut, enabled: false, reversible: true}
      - {asset: a, name: good, enabled: true, reversible: false}
      - {asset: m, name: old, enabled: true, reversible: true}
      - {asset: lx, name: old, enabled: true, reversible: true}
    fails: [[a, old]]
  good:
    hosts: [{asset: a, platform: windows, domain_role: controller}]
    accounts:
      - {asset: a, name: shut, enabled: false, reversible: true}
      - {asset: a, name: good, enabled: true, reversible: false}
    passes: [a]
---*/
select asset, name as account, evidence
from accounts
where enabled and reversible
