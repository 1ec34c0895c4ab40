/*---
title: {ja: Windowsサーバに使われない古い機能が入っている, en: A Windows server has old features that are seldom needed}
severity: low
subject: asset
key: [asset, feature]
scope: select asset from assets where platform = 'windows' and role = 'server'
why:
  ja: 使わない機能も更新と見張りが要り、入り込んだ者の道具にもなります。サーバで動くものは少ないほど守りやすくなります。
  en: What nobody uses still needs updates and watching, and serves an intruder as a tool. The less runs on a server, the easier it is to look after.
message:
  ja: "{asset}: 機能 {feature} が入っています"
  en: "{asset}: the feature {feature} is installed"
fix:
  cost: none
  ja: 1か月の間に使われたかを担当者と業者に聞き、使っていなければ外してください。WINSやSNMP、FTPは、つないでいる機器がないかを先に確かめます。
  en: Ask staff and vendors whether it was used within a month, then remove it. With WINS, SNMP and FTP see first that no device connects to it.
  run: |
    Get-WindowsFeature | Where-Object Installed   # names as in the message
    Uninstall-WindowsFeature NAME -WhatIf         # shows what would go; then without -WhatIf
    dism /online /disable-feature /featurename:NAME   # where the name is one of DISM's
ask:
  ja: この機能を何に使っているか、外してよいかを確認してください。
  en: Ask what the feature is used for, and whether it may be removed.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: sv, platform: windows, role: server}, {asset: old, platform: windows, role: server}, {asset: pc, platform: windows, role: client}, {asset: lin, platform: linux, role: server}]
    server_roles:
      - {asset: sv, name: Telnet-Client}
      - {asset: sv, name: Web-Ftp-Server}
      - {asset: sv, name: Web-Server}
      - {asset: old, name: SimpleTCP}
      - {asset: old, name: Smtpsvc-Service-Update-Name}
      - {asset: pc, name: TelnetClient}
      - {asset: lin, name: Telnet-Client}
    fails: [[sv, Telnet-Client], [sv, Web-Ftp-Server], [old, SimpleTCP], [old, Smtpsvc-Service-Update-Name]]
  good:
    hosts: [{asset: sv, platform: windows, role: server}]
    server_roles: [{asset: sv, name: RSAT-SNMP}, {asset: sv, name: DNS}, {asset: sv, name: Windows-Server-Backup}]
---*/
select asset, name as feature, evidence
from server_roles
where lower(name) in (
  'telnet-client', 'telnetclient', 'telnet-server', 'telnetserver', 'tftp-client', 'tftp', 'web-ftp-server', 'iis-ftpserver',
  'smtp-server', 'smtpsvc-service-update-name', 'simple-tcpip', 'simpletcp', 'wins', 'winsruntime', 'snmp-service', 'snmp',
  'print-lpd-service', 'printing-lpdprintservice', 'fax', 'faxservicerole')
