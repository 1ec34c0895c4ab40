/*---
title: {ja: ドメインの管理者のパスワードが一年以上変わっていない, en: The password of a domain administrator has not changed for over a year}
severity: medium
subject: asset
key: [asset, account]
scope: select asset from hosts where platform = 'windows' and domain_role = 'controller'
why:
  ja: この一つで病院のすべてのWindowsが動かせます。長く同じなら、退職した人や昔の業者も知っていて、漏れても気づけません。
  en: This one commands every Windows of the hospital. If it stays for long, people who left and former vendors know it, and nobody notices a leak.
message:
  ja: "{asset}: ドメインの管理者 {account} のパスワードは {changed} から変わっていません"
  en: "{asset}: the password of the domain administrator {account} has not changed since {changed}"
fix:
  cost: none
  ja: サービスや定期実行で使っていないかを確かめてから変え、封をして保管してください。人が代わった時は、その日に変えます。
  en: See that no service or task uses it, change it and keep it sealed. When people change, change it that day.
  run: |
    net user NAME /domain
    net user NAME * /domain
ask:
  ja: 保守で使うドメインの管理者のパスワードを、いつだれが変えるかを決めてもらってください。
  en: Agree on who changes the password used for maintenance, and when.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: dc, platform: windows, domain_role: controller}, {asset: m, platform: windows, domain_role: member}, {asset: lx, platform: linux, domain_role: controller}]
    accounts:
      - {asset: dc, name: kanri, enabled: true, protected: true, password_changed: 2025-01-30}
      - {asset: dc, name: edge, enabled: true, protected: true, password_changed: 2025-01-31}
      - {asset: dc, name: tanaka, enabled: true, protected: false, password_changed: 2015-01-01}
      - {asset: dc, name: krbtgt, enabled: false, protected: true, password_changed: 2015-01-01}
      - {asset: m, name: kanri, enabled: true, protected: true, password_changed: 2015-01-01}
      - {asset: lx, name: kanri, enabled: true, protected: true, password_changed: 2015-01-01}
    fails: [[dc, kanri]]
  good:
    hosts: [{asset: dc, platform: windows, domain_role: controller}]
    accounts: [{asset: dc, name: kanri, enabled: true, protected: true, password_changed: 2025-10-01}]
    passes: [dc]
---*/
select asset, name as account, password_changed as changed, evidence
from accounts
where enabled and protected and password_changed < $now - interval 365 days
