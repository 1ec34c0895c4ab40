/*---
title: {ja: ドメインの要のパスワード(krbtgt)が1年以上変わっていない, en: "The master password of the domain (krbtgt) is over a year old"}
severity: medium
subject: asset
key: [asset, account]
scope: select asset from hosts where platform = 'windows' and domain_role = 'controller'
why:
  ja: krbtgt は、すべてのログオンの証明書に印を押すアカウントです。過去に盗まれていると、変えるまで何度でも管理者になりすまされます。
  en: "krbtgt signs every proof of login. If it was ever stolen, the thief poses as administrator until it is changed."
message:
  ja: "{asset}: krbtgt のパスワードは {changed} から変わっていません"
  en: "{asset}: the password of krbtgt is unchanged since {changed}"
fix:
  cost: none
  ja: すべてのドメインコントローラーの同期を確かめ、一度変え、1日以上おいてもう一度変えてください。
  en: "See that all domain controllers are in step, change it once, wait a day or more, and change it again."
  run: |
    Get-ADUser krbtgt -Properties PasswordLastSet
    repadmin /replsummary
ask:
  ja: ドメインを構築した業者に、変えたときの影響を確認してください。
  en: "Ask the vendor who built the domain what the change would affect."
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, domain_role: controller}, {asset: m, platform: windows, domain_role: member}, {asset: lx, platform: linux, domain_role: controller}]
    accounts:
      - {asset: a, name: Krbtgt, password_changed: 2025-01-30}
      - {asset: a, name: krbtgt, password_changed: 2025-01-31}
      - {asset: a, name: old, password_changed: 2010-01-01}
      - {asset: m, name: Krbtgt, password_changed: 2025-01-30}
      - {asset: lx, name: Krbtgt, password_changed: 2025-01-30}
    fails: [[a, Krbtgt]]
  good:
    hosts: [{asset: a, platform: windows, domain_role: controller}]
    accounts:
      - {asset: a, name: krbtgt, password_changed: 2025-01-31}
      - {asset: a, name: old, password_changed: 2010-01-01}
    passes: [a]
---*/
select asset, name as account, password_changed as changed, evidence
from accounts
where lower(name) = 'krbtgt' and password_changed < $now - interval 365 days
