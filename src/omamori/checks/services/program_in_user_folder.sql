/*---
title:
  ja: "サービスのプログラムが利用者のフォルダーにある"
  en: "A service runs a program in a user's folder"
severity: high
subject: asset
key: [asset, service]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 利用者が書き換えられる場所のプログラムが、システムの権限で動きます。ウイルスもよくここに住み着きます。
  en: A program that a user can replace runs with the rights of the system. Malware likes to live there too.
message:
  ja: "{asset}: サービス {service} は {command} を動かします"
  en: "{asset}: service {service} runs {command}"
fix:
  cost: none
  ja: 心当たりがなければ、ネットワークから外して調べてください。必要なものなら、Program Filesに入れ直してください。
  en: If nobody knows it, take the machine off the network and look into it. If it is needed, install it under Program Files.
  run: |
    sc qc SERVICE
    dir /q "C:\Users\..."
ask:
  ja: このサービスが製品の一部か、場所を変えられるかを確認してください。
  en: Ask whether it belongs to the product, and whether it can be moved.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: server}, {asset: b, platform: windows, role: server}, {asset: lx, platform: linux, role: server}]
    services:
      - {asset: a, name: u, command: '"C:\Users\tanaka\AppData\Roaming\upd.exe" /s'}
      - {asset: a, name: t, command: 'C:\Windows\Temp\x.exe'}
      - {asset: a, name: ok, command: 'C:\Program Files\Users Guide\x.exe'}
      - {asset: lx, name: x, command: 'C:\Temp\x.exe'}
    fails: [[a, u], [a, t]]
  good:
    hosts: [{asset: a, platform: windows}]
    services: [{asset: a, name: ok, command: 'C:\Windows\system32\spoolsv.exe'}]
    passes: [a]
---*/
select asset, name as service, command, evidence
from services
where regexp_matches(lower(command), '^"?[a-z]:\\(users|documents and settings|windows\\temp|temp|tmp|perflogs)\\')
