/*---
title:
  ja: "サービスが管理者のアカウントで動いている"
  en: "A service runs with an administrator's account"
severity: medium
subject: asset
key: [asset, service]
scope: select asset from hosts where platform = 'windows'
why:
  ja: サービスに使うアカウントのパスワードは、その機器から取り出せます。全体の管理者のものなら、一台からすべてが奪われます。
  en: The password of a service's account can be taken from its machine. If it is an administrator's of all, one machine gives away every other.
message:
  ja: "{asset}: サービス {service} が {account} で動いています"
  en: "{asset}: the service {service} runs as {account}"
fix:
  cost: low
  ja: そのサービスだけに使う、権限の少ないアカウントを作って切り替えてください。
  en: Make an account with few rights for that service alone, and switch over.
  run: |
    sc qc SERVICE
    # after the account was made and tested
    sc config SERVICE obj= ".\svc-name" password= *
ask:
  ja: 権限の少ないアカウントで動かせるか、パスワードを変える手順があるかを確認してください。
  en: Ask whether it can run with fewer rights, and how its password is changed.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: server}, {asset: b, platform: windows, role: server}, {asset: lx, platform: linux, role: server}]
    services:
      - {asset: a, name: KarteSvc, account: "HOSP\\Administrator"}
      - {asset: a, name: BackupSvc, account: ".\\administrator"}
      - {asset: a, name: Plain, account: Administrator}
      - {asset: a, name: W32Time, account: "NT AUTHORITY\\LocalService"}
      - {asset: a, name: Other, account: "HOSP\\administrator2"}
      - {asset: lx, name: x, account: administrator}
    fails: [[a, KarteSvc], [a, BackupSvc], [a, Plain]]
  good:
    hosts: [{asset: a, platform: windows}]
    services: [{asset: a, name: KarteSvc, account: "HOSP\\svc-karte"}, {asset: a, name: x, account: LocalSystem}]
    passes: [a]
---*/
select asset, name as service, account, evidence
from services
where regexp_full_match(lower(account), '(.*\\)?administrator(@.*)?')
