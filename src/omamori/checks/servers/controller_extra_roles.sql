/*---
title: {ja: ドメインコントローラが別の仕事も兼ねている, en: A domain controller has other work as well}
severity: medium
subject: asset
key: [asset, role]
scope: select asset from hosts where platform = 'windows' and domain_role = 'controller'
why:
  ja: ドメインコントローラを取られると全ての職員と機器のアカウントを取られます。Webや印刷を兼ねると、その弱点が全体への入口になります。
  en: Who holds the domain controller holds every account. A web or print server on it turns its own flaws into a way to all of them.
message:
  ja: "{asset}: ドメインコントローラに役割 {role} も入っています"
  en: "{asset}: this domain controller also has the role {role}"
fix:
  cost: medium
  ja: 次の更新のときに別のサーバへ移す計画を立ててください。使っていない役割なら、今外せます。証明書の発行(AD CS)のWeb画面など、外せないものは例外に書きます。
  en: Plan to move it to another server at the next replacement; remove at once what nobody uses. What has to stay, such as pages of AD CS, is written down as an exception.
  run: |
    Get-WindowsFeature | Where-Object Installed
    Uninstall-WindowsFeature NAME -WhatIf   # shows what would go; then without -WhatIf
ask:
  ja: この役割をドメインコントローラから別のサーバへ移せるか、時期と費用を確認してください。
  en: Ask whether the role can move to another server, when, and what it costs.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: dc1, platform: windows, domain_role: controller}, {asset: dc2, platform: windows, domain_role: controller}, {asset: sv, platform: windows, domain_role: member}, {asset: lin, platform: linux, domain_role: controller}]
    server_roles:
      - {asset: dc1, name: Web-Server}
      - {asset: dc1, name: Print-Server}
      - {asset: dc1, name: DNS}
      - {asset: dc2, name: AppServer}
      - {asset: sv, name: Web-Server}
      - {asset: lin, name: Web-Server}
    fails: [[dc1, Web-Server], [dc1, Print-Server], [dc2, AppServer]]
  good:
    hosts: [{asset: dc1, platform: windows, domain_role: controller}]
    server_roles: [{asset: dc1, name: AD-Domain-Services}, {asset: dc1, name: DNS}, {asset: dc1, name: DHCP}, {asset: dc1, name: FS-FileServer}, {asset: dc1, name: Web-Mgmt-Tools}]
---*/
select asset, name as role, evidence
from server_roles
where lower(name) in (
  'web-server', 'iis-webserverrole', 'print-server', 'printing-server-role', 'rds-rd-server', 'appserver', 'ts-terminal-server',
  'remoteaccess', 'hyper-v', 'microsoft-hyper-v', 'updateservices')
