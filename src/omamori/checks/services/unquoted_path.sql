/*---
title:
  ja: "サービスのプログラムの場所が引用符で囲まれていない"
  en: "The path of a service's program is not quoted"
severity: medium
subject: asset
key: [asset, service]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 空白を含む場所が囲まれていないと、途中の名前のプログラムが先に探されます。そこに置かれた別物が、システムの権限で動きます。
  en: Where a path with blanks is not quoted, Windows tries shorter names first. What somebody puts there runs with the rights of the system.
message:
  ja: "{asset}: サービス {service} の {command}"
  en: "{asset}: service {service}: {command}"
fix:
  cost: none
  ja: レジストリのImagePathを引用符で囲んでください。動作は変わりません。
  en: Put quotation marks around ImagePath in the registry. Nothing else changes.
  run: |
    reg query HKLM\SYSTEM\CurrentControlSet\Services\SERVICE /v ImagePath
    reg add HKLM\SYSTEM\CurrentControlSet\Services\SERVICE /v ImagePath /t REG_EXPAND_SZ /d "\"C:\Program Files\...\svc.exe\" -k"
ask:
  ja: 製品の修正版があるか、引用符で囲んでよいかを確認してください。
  en: Ask whether a corrected version exists, or whether it may be quoted.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: server}, {asset: b, platform: windows, role: server}, {asset: lx, platform: linux, role: server}]
    services:
      - {asset: a, name: bad, command: 'C:\Program Files\Karte Viewer\svc.exe -k'}
      - {asset: a, name: quoted, command: '"C:\Program Files\Karte\svc.exe" -k'}
      - {asset: a, name: plain, command: 'C:\Windows\system32\svchost.exe -k netsvcs -p'}
      - {asset: lx, name: x, command: 'C:\a b\c.exe'}
    fails: [[a, bad]]
  good:
    hosts: [{asset: a, platform: windows}]
    services: [{asset: a, name: ok, command: 'C:\Tools\svc.exe /run b.exe'}, {asset: a, name: driver, command: '\SystemRoot\a b.sys'}]
    passes: [a]
---*/
select asset, name as service, command, evidence
from services
where regexp_matches(command, '^[A-Za-z]:[^"]* [^"]*?[.][Ee][Xx][Ee]( |$)') and not regexp_matches(command, '^[^ ]*[.][Ee][Xx][Ee]( |$)')
