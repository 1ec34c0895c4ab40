/*---
title: {ja: 管理者のパスワードが何年も変わっていない, en: An administrator's password has not changed for years}
severity: medium
subject: asset
key: [asset, account]
scope: select asset from hosts where platform = 'windows' and domain_role <> 'controller'
why:
  ja: 何年も同じパスワードは、退職した人や昔の業者も知っています。紙や手順書に残り、漏れても気づけません。
  en: A password that stays for years is known to people who left and to former vendors. It stands in papers and manuals, and nobody notices when it leaks.
message:
  ja: "{asset}: 管理者 {account} のパスワードは {changed} から変わっていません"
  en: "{asset}: the password of the administrator {account} has not changed since {changed}"
fix:
  cost: none
  ja: まずサーバから変え、封をして保管してください。サービスや定期実行で使っていないかを先に確かめます。
  en: Begin with servers, and keep the new one sealed. See first whether services or tasks use the account.
  run: |
    net user NAME
    net user NAME *
ask:
  ja: 保守で使うパスワードをいつ変えたか、ほかの病院と同じでないかを確認してください。
  en: Ask when the password used for maintenance was last changed, and whether other hospitals have the same.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, domain_role: member}, {asset: dc, platform: windows, domain_role: controller}, {asset: lx, platform: linux, domain_role: member}]
    accounts:
      - {asset: a, name: Administrator, enabled: true, administrator: true, password_changed: 2023-01-31}
      - {asset: a, name: edge, enabled: true, administrator: true, password_changed: 2023-02-01}
      - {asset: a, name: user, enabled: true, administrator: false, password_changed: 2015-01-01}
      - {asset: a, name: shut, enabled: false, administrator: true, password_changed: 2015-01-01}
      - {asset: dc, name: Administrator, enabled: true, administrator: true, password_changed: 2015-01-01}
      - {asset: lx, name: root, enabled: true, administrator: true, password_changed: 2015-01-01}
    fails: [[a, Administrator]]
  good:
    hosts: [{asset: a, platform: windows, domain_role: standalone}]
    accounts: [{asset: a, name: Administrator, enabled: true, administrator: true, password_changed: 2025-01-31}]
    passes: [a]
---*/
select asset, name as account, password_changed as changed, evidence
from accounts
where enabled and administrator and password_changed < $now - interval 1095 days
