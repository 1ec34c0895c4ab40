/*---
title: {ja: データベースがWindowsそのものの権限で動いている, en: A database runs with the rights of Windows itself}
severity: low
subject: asset
key: [asset, service]
scope: select asset from hosts where platform = 'windows'
why:
  ja: データベースは外から文字を受け取るので、弱点が一つあると命令が実行されます。SYSTEMで動いていると、そのまま機器全体を奪われます。
  en: A database takes input from others, so one weak point lets them run commands. With the rights of SYSTEM that takes the whole machine.
message:
  ja: "{asset}: データベースのサービス {service} が {account} で動いています"
  en: "{asset}: the database service {service} runs as {account}"
fix:
  cost: low
  ja: 業者に、NT SERVICEの仮想アカウントなど、権限の少ないアカウントへの切り替えを頼んでください。導入や更新の時に一緒に行うのが楽です。
  en: Ask the vendor to switch to an account with few rights, such as the virtual account of the service (NT SERVICE). Best done together with an update.
  run: |
    sc qc SERVICE
ask:
  ja: データベースを権限の少ないアカウントで動かせるかを確認してください。
  en: Ask whether the database can run with an account of few rights.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: lx, platform: linux}]
    services:
      - {asset: a, name: 'MSSQL$KARTE', account: LocalSystem}
      - {asset: a, name: MySQL57, account: 'NT AUTHORITY\SYSTEM'}
      - {asset: a, name: MSSQLSERVER, account: 'NT SERVICE\MSSQLSERVER'}
      - {asset: a, name: SQLWriter, account: LocalSystem}
      - {asset: lx, name: mysql, account: LocalSystem}
    fails: [[a, 'MSSQL$KARTE'], [a, MySQL57]]
  good:
    hosts: [{asset: a, platform: windows}]
    services: [{asset: a, name: MSSQLSERVER, account: 'HOSP\svc-sql'}, {asset: a, name: Spooler, account: LocalSystem}]
    passes: [a]
---*/
select asset, name as service, account, evidence
from services
where regexp_full_match(lower(name), 'mssqlserver|mssql\$.+|sqlserveragent|sqlagent\$.+|mysql.*|mariadb.*|postgresql.*|oracleservice.+|firebirdserver.*')
  and regexp_full_match(lower(account), 'localsystem|(nt authority\\)?system')
