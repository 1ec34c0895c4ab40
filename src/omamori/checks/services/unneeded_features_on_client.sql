/*---
title: {ja: 端末PCにサーバの機能や古い機能が追加されている, en: A client PC has features of a server or old ones added}
severity: low
subject: asset
key: [asset, feature]
scope: select asset from hosts where platform = 'windows' and role = 'client'
why:
  ja: Webサーバや古い転送の機能は、だれも更新や設定を見ないまま入口になります。導入の時に付けられて忘れられたものが多くあります。
  en: A web server or an old way to transfer files becomes a door that nobody updates or looks after. Most were added at installation and forgotten.
message:
  ja: "{asset}: 機能 {feature} が追加されています"
  en: "{asset}: the feature {feature} is installed"
fix:
  cost: none
  ja: 使っているソフトがないかを確かめ、「Windowsの機能の有効化または無効化」で外してください。外した後もう一度付けられます。
  en: See whether some program uses it, then take it out under "Turn Windows features on or off". It can be added again.
  run: |
    dism /online /get-features /format:table
    dism /online /disable-feature /featurename:NAME
ask:
  ja: 装置の画面やデータの受け渡しに、この機能を使っているかを確認してください。
  en: Ask whether the screens or transfers of a device use this feature.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: client}, {asset: sv, platform: windows, role: server}, {asset: lx, platform: linux, role: client}]
    server_roles:
      - {asset: a, name: IIS-WebServerRole, kind: optional}
      - {asset: a, name: TelnetClient, kind: optional}
      - {asset: a, name: NetFx3, kind: optional}
      - {asset: sv, name: IIS-WebServerRole, kind: role}
      - {asset: lx, name: IIS-WebServerRole, kind: optional}
    fails: [[a, IIS-WebServerRole], [a, TelnetClient]]
  good:
    hosts: [{asset: a, platform: windows, role: client}]
    server_roles: [{asset: a, name: Printing-PrintToPDFServices-Features, kind: optional}]
    passes: [a]
---*/
-- SMB 1 and PowerShell 2.0 have checks of their own.
select asset, name as feature, evidence
from server_roles
where lower(name) in (
  'iis-webserverrole', 'iis-ftpserver', 'iis-ftpsvc', 'telnetclient', 'telnetserver', 'tftp', 'simpletcp', 'snmp',
  'wmisnmpprovider', 'riplistener',
  'msmq-server', 'lpdprintservice', 'lprportmonitor', 'servicesfornfs-clientonly', 'microsoft-windows-subsystem-linux', 'windowsgadgetplatform')
