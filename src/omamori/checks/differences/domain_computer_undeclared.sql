/*---
title: {ja: ドメインにいるコンピュータが台帳にない, en: The domain knows a computer that the ledger does not}
severity: medium
subject: site
key: [computer]
scope: select asset from hosts where platform = 'windows' and domain_role = 'controller'
why:
  ja: 台帳にない機器は、更新も点検も責任者もないまま使われます。ドメインコントローラの一覧は、歩いて回らなくても分かる答え合わせです。
  en: A machine outside the ledger is used without updates, care or keeper. The list of the domain controller shows it without walking anywhere.
message:
  ja: "{computer}({os})がドメインに {last} までログインしていますが、台帳にありません"
  en: "{computer} ({os}) last logged in to the domain on {last}, and the ledger does not name it"
fix:
  cost: none
  ja: だれの機器かを確かめて台帳に書いてください。使っていないなら、ドメインのアカウントを無効にします。
  en: Find out whose it is and enter it. If it is not used, disable its account in the domain.
  run: |
    Get-ADComputer -Filter * -Properties LastLogonDate | Sort-Object LastLogonDate
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: dc, platform: windows, domain_role: controller}]
    domain_computers:
      - {asset: dc, name: XRAY-PC, enabled: true, last_login: 2026-01-20, os_name: Windows 10 Pro}
      - {asset: dc, name: KARTE-1, enabled: true, last_login: 2026-01-20, os_name: Windows 10 Pro}
      - {asset: dc, name: SV1, enabled: true, last_login: 2026-01-20, os_name: Windows Server 2019}
      - {asset: dc, name: SHUT, enabled: false, last_login: 2026-01-20, os_name: Windows 10 Pro}
      - {asset: dc, name: GONE, enabled: true, last_login: "2025-12-02 00:00:00", os_name: Windows 10 Pro}
    ledger_assets: [{asset: karte-1}, {asset: file server, hostname: sv1.hosp.local}]
    fails: [[XRAY-PC]]
  good:
    hosts: [{asset: dc, platform: windows, domain_role: controller}, {asset: pc, platform: windows, domain_role: member}, {asset: lx, platform: linux, domain_role: controller}]
    incomplete: {domain_computers: [pc, lx]}
    domain_computers: [{asset: dc, name: KARTE-1, enabled: true, last_login: 2026-01-20, os_name: Windows 10 Pro}]
    ledger_assets: [{asset: karte-1}]
    passes: [site]
---*/
select d.name as computer, d.os_name as os, d.last_login::date as last, d.evidence
from domain_computers d
where d.enabled and d.last_login > $now - interval 60 days
  and not exists (select 1 from ledger_assets l where lower(d.name) in (lower(l.asset), lower(split_part(l.hostname, '.', 1))))
