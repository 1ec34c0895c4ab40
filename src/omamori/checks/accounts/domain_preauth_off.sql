/*---
title: {ja: ドメインのアカウントが、パスワードなしで暗号文を渡す, en: "The domain hands out ciphertext of an account to anybody who asks"}
severity: high
subject: asset
key: [asset, account]
scope: select asset from hosts where platform = 'windows' and domain_role = 'controller'
why:
  ja: 「Kerberos事前認証を必要としない」アカウントは、院内のだれでも、そのパスワードを手元で好きなだけ試せます。
  en: "Of an account that needs no Kerberos preauthentication anybody inside can try the password at home, as often as they like."
message:
  ja: "{asset}: {account} は事前認証なしで使えます"
  en: "{asset}: {account} works without preauthentication"
fix:
  cost: none
  ja: アカウントの設定で「Kerberos事前認証を必要としない」の印を外してください。古い機器が使っていないか先に確かめます。
  en: "Clear “Do not require Kerberos preauthentication” in the account, after seeing that no old device uses it."
  run: |
    Get-ADUser NAME -Properties DoesNotRequirePreAuth
    Set-ADAccountControl NAME -DoesNotRequirePreAuth $false
ask:
  ja: ドメインを構築した業者に、変えたときの影響を確認してください。
  en: "Ask the vendor who built the domain what the change would affect."
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, domain_role: controller}, {asset: m, platform: windows, domain_role: member}, {asset: lx, platform: linux, domain_role: controller}]
    accounts:
      - {asset: a, name: old, enabled: true, preauthentication: false}
      - {asset: a, name: shut, enabled: false, preauthentication: false}
      - {asset: a, name: good, enabled: true, preauthentication: true}
      - {asset: m, name: old, enabled: true, preauthentication: false}
      - {asset: lx, name: old, enabled: true, preauthentication: false}
    fails: [[a, old]]
  good:
    hosts: [{asset: a, platform: windows, domain_role: controller}]
    accounts:
      - {asset: a, name: shut, enabled: false, preauthentication: false}
      - {asset: a, name: good, enabled: true, preauthentication: true}
    passes: [a]
---*/
select asset, name as account, evidence
from accounts
where enabled and not preauthentication
