/*---
title: {ja: どのサービスにも本人として入れるコンピュータがある, en: "A computer may act as anybody towards any service"}
severity: high
subject: asset
key: [asset, computer]
scope: select asset from hosts where platform = 'windows' and domain_role = 'controller'
why:
  ja: 「無制限の委任」を許されたコンピュータが破られると、そこへ来た管理者になりすまされ、ドメインが奪われます。
  en: "Whoever breaks into a computer trusted for unconstrained delegation poses as the administrators who come there, and takes the domain."
message:
  ja: "{asset}: {computer} は無制限の委任を許されています"
  en: "{asset}: {computer} is trusted for unconstrained delegation"
fix:
  cost: none
  ja: 「制約付き委任」に変えてください。何のために必要かを、そのサーバの業者に確かめます。
  en: "Change it to constrained delegation; ask that server's vendor what needs it."
  run: |
    Get-ADComputer -Filter {TrustedForDelegation -eq $true}
ask:
  ja: ドメインを構築した業者に、変えたときの影響を確認してください。
  en: "Ask the vendor who built the domain what the change would affect."
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, domain_role: controller}, {asset: m, platform: windows, domain_role: member}, {asset: lx, platform: linux, domain_role: controller}]
    domain_computers:
      - {asset: a, name: WEB1, enabled: true, delegation: true, controller: false}
      - {asset: a, name: SHUT, enabled: false, delegation: true, controller: false}
      - {asset: a, name: DC1, enabled: true, delegation: true, controller: true}
      - {asset: a, name: GOOD, enabled: true, delegation: false, controller: false}
      - {asset: m, name: WEB1, enabled: true, delegation: true, controller: false}
      - {asset: lx, name: WEB1, enabled: true, delegation: true, controller: false}
    fails: [[a, WEB1]]
  good:
    hosts: [{asset: a, platform: windows, domain_role: controller}]
    domain_computers:
      - {asset: a, name: SHUT, enabled: false, delegation: true, controller: false}
      - {asset: a, name: DC1, enabled: true, delegation: true, controller: true}
      - {asset: a, name: GOOD, enabled: true, delegation: false, controller: false}
    passes: [a]
---*/
select asset, name as computer, evidence
from domain_computers
where enabled and delegation and not controller
