/*---
title: {ja: ドメインコントローラーで印刷のサービスが動いている, en: The print service runs on a domain controller}
severity: high
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows' and domain_role = 'controller'
why:
  ja: 印刷のサービスには、遠隔から機器を奪える弱点が何度も見つかっています。認証の中心を奪われると、全機器が奪われます。
  en: Flaws that give the machine away from afar were found in the print service time and again. Whoever has the controller has every machine.
message:
  ja: "{asset}: 認証サーバで印刷のサービス(Spooler)が動いています"
  en: "{asset}: the print service (Spooler) runs on the domain controller"
fix:
  cost: none
  ja: このサーバから印刷しないなら、止めて無効にしてください。
  en: Stop and disable it unless this server itself prints.
  run: |
    sc stop Spooler
    sc config Spooler start= disabled
ask:
  ja: 認証サーバで印刷を使う仕組みがあるかを確認してください。
  en: Ask whether anything prints from the controller.
examples:
  now: 2026-01-31
  bad:
    hosts:
      - {asset: dc, platform: windows, domain_role: controller}
      - {asset: file, platform: windows, domain_role: member}
      - {asset: lx, platform: linux, domain_role: controller}
    services:
      - {asset: dc, name: Spooler, state: running}
      - {asset: file, name: Spooler, state: running}
      - {asset: lx, name: spooler, state: running}
    fails: [dc]
  good:
    hosts: [{asset: dc, platform: windows, domain_role: controller}]
    services: [{asset: dc, name: Spooler, state: stopped}, {asset: dc, name: NTDS, state: running}]
    passes: [dc]
---*/
select asset, evidence
from services
where lower(name) = 'spooler' and state = 'running'
