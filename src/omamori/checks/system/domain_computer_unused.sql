/*---
title: {ja: 半年使われていないコンピュータがドメインに残っている, en: "Computers unused for half a year are still in the domain"}
severity: low
subject: asset
key: [asset, computer]
scope: select asset from hosts where platform = 'windows' and domain_role = 'controller'
why:
  ja: 台帳から消えた機器の登録は、なりすましに使われても気付かれません。長く眠っていた機器は更新もされていません。
  en: "Nobody notices when the registration of a forgotten machine is abused; and one that slept long has no updates."
message:
  ja: "{asset}: {computer} の最後のログオンは {last} です"
  en: "{asset}: the last login of {computer} was {last}"
fix:
  cost: none
  ja: 機器があるかを確かめ、なければ無効にし、困る人がいなければ消してください。
  en: "See whether the machine still exists; if not, disable it, and delete it when nobody misses it."
  run: |
    Get-ADComputer NAME -Properties LastLogonDate
    Disable-ADAccount -Identity NAME$
ask:
  ja: ドメインを構築した業者に、変えたときの影響を確認してください。
  en: "Ask the vendor who built the domain what the change would affect."
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, domain_role: controller}, {asset: m, platform: windows, domain_role: member}, {asset: lx, platform: linux, domain_role: controller}]
    domain_computers:
      - {asset: a, name: OLD1, enabled: true, last_login: '2025-08-03 23:59:59'}
      - {asset: a, name: SHUT, enabled: false, last_login: '2020-01-01 00:00:00'}
      - {asset: a, name: GOOD, enabled: true, last_login: '2025-08-04 00:00:00'}
      - {asset: m, name: OLD1, enabled: true, last_login: '2025-08-03 23:59:59'}
      - {asset: lx, name: OLD1, enabled: true, last_login: '2025-08-03 23:59:59'}
    fails: [[a, OLD1]]
  good:
    hosts: [{asset: a, platform: windows, domain_role: controller}]
    domain_computers:
      - {asset: a, name: SHUT, enabled: false, last_login: '2020-01-01 00:00:00'}
      - {asset: a, name: GOOD, enabled: true, last_login: '2025-08-04 00:00:00'}
    passes: [a]
---*/
select asset, name as computer, last_login as last, evidence
from domain_computers
where enabled and last_login < $now - interval 180 days
