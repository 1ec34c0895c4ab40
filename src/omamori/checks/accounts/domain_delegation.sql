/*---
title: {ja: どのサービスにも本人として入れるアカウントがある, en: "An account may act as anybody towards any service"}
severity: high
subject: asset
key: [asset, account]
scope: select asset from hosts where platform = 'windows' and domain_role = 'controller'
why:
  ja: 「無制限の委任」を許されたアカウントは、そこへログオンした人になりすませます。管理者が一度ログオンすると、ドメインが奪われます。
  en: "An account trusted for unconstrained delegation can pose as whoever logs in to it. One login of an administrator gives the domain away."
message:
  ja: "{asset}: {account} は無制限の委任を許されています"
  en: "{asset}: {account} is trusted for unconstrained delegation"
fix:
  cost: none
  ja: 「制約付き委任」に変えてください。管理者のアカウントには「アカウントは重要なので委任できない」の印を付けます。
  en: "Change it to constrained delegation, and mark administrators as “sensitive and cannot be delegated”."
  run: |
    Get-ADUser -Filter {TrustedForDelegation -eq $true}
ask:
  ja: ドメインを構築した業者に、変えたときの影響を確認してください。
  en: "Ask the vendor who built the domain what the change would affect."
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, domain_role: controller}, {asset: m, platform: windows, domain_role: member}, {asset: lx, platform: linux, domain_role: controller}]
    accounts:
      - {asset: a, name: svc-web, enabled: true, delegation: true}
      - {asset: a, name: shut, enabled: false, delegation: true}
      - {asset: a, name: good, enabled: true, delegation: false}
      - {asset: m, name: svc-web, enabled: true, delegation: true}
      - {asset: lx, name: svc-web, enabled: true, delegation: true}
    fails: [[a, svc-web]]
  good:
    hosts: [{asset: a, platform: windows, domain_role: controller}]
    accounts:
      - {asset: a, name: shut, enabled: false, delegation: true}
      - {asset: a, name: good, enabled: true, delegation: false}
    passes: [a]
---*/
select asset, name as account, evidence
from accounts
where enabled and delegation
