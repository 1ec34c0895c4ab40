/*---
title: {ja: ドメインの管理者のパスワードが無期限である, en: "The password of a domain administrator never expires"}
severity: medium
subject: asset
key: [asset, account]
scope: select asset from hosts where platform = 'windows' and domain_role = 'controller'
why:
  ja: 管理者の古いパスワードは、退職者や前の業者、過去の漏えいで知られていることがあります。一つで病院全体に入れます。
  en: "An administrator's old password may be known to people who left, to former vendors or from an old leak. One opens the whole hospital."
message:
  ja: "{asset}: 管理者 {account} のパスワードは無期限です"
  en: "{asset}: the password of the administrator {account} never expires"
fix:
  cost: none
  ja: 長いパスワードに変え、変える日を決めて「パスワードを無期限にする」を外してください。
  en: "Set a long new password, agree on the next day to change it, and clear “Password never expires”."
  run: |
    Get-ADUser -Filter {AdminCount -eq 1} -Properties PasswordNeverExpires,PasswordLastSet
    Set-ADUser NAME -PasswordNeverExpires $false
ask:
  ja: ドメインを構築した業者に、変えたときの影響を確認してください。
  en: "Ask the vendor who built the domain what the change would affect."
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, domain_role: controller}, {asset: m, platform: windows, domain_role: member}, {asset: lx, platform: linux, domain_role: controller}]
    accounts:
      - {asset: a, name: chief, enabled: true, protected: true, password_never_expires: true}
      - {asset: a, name: shut, enabled: false, protected: true, password_never_expires: true}
      - {asset: a, name: nurse, enabled: true, protected: false, password_never_expires: true}
      - {asset: a, name: good, enabled: true, protected: true, password_never_expires: false}
      - {asset: m, name: chief, enabled: true, protected: true, password_never_expires: true}
      - {asset: lx, name: chief, enabled: true, protected: true, password_never_expires: true}
    fails: [[a, chief]]
  good:
    hosts: [{asset: a, platform: windows, domain_role: controller}]
    accounts:
      - {asset: a, name: shut, enabled: false, protected: true, password_never_expires: true}
      - {asset: a, name: nurse, enabled: true, protected: false, password_never_expires: true}
      - {asset: a, name: good, enabled: true, protected: true, password_never_expires: false}
    passes: [a]
---*/
select asset, name as account, evidence
from accounts
where enabled and protected and password_never_expires
