/*---
title: {ja: 機器ごとの管理者パスワードがLAPSで管理されていない, en: LAPS does not keep the local administrator's password}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows' and domain_role = 'member'
why:
  ja: 全台で同じ管理者パスワードは、一台から漏れると全台が開きます。過去の複数の病院の事例で、これが被害を広げました。LAPSは一台ごとに違うパスワードを自動で決めます。
  en: One administrator password for all machines opens them all once it leaks; it made several incidents in hospitals large. LAPS gives each machine its own.
message:
  ja: "{asset}: ドメインの機器ですが、LAPSが有効になっていません"
  en: "{asset}: a member of the domain, but LAPS is not at work"
fix:
  cost: low
  ja: LAPSはWindows 10、Server 2019以降の標準機能です(2023年4月以降の更新)。1行目はActive Directoryに項目を加え、元に戻せません。ドメインコントローラの控えを取り、数台のOUで試してから広げてください。
  en: "LAPS comes with Windows 10, Server 2019 and later (updates since April 2023). The first line adds to Active Directory for good: back up a domain controller, try it on an OU of a few PCs, then go on."
  run: |
    Update-LapsADSchema
    Set-LapsADComputerSelfPermission -Identity 'OU=TestPC,DC=example,DC=local'
    # then, in a group policy of that OU: Computer Configuration, Administrative Templates, System, LAPS
    Get-LapsADPassword -Identity PCNAME -AsPlainText   # try one before going on
ask:
  ja: LAPSを使えるか、保守で使う管理者アカウントのパスワードが機器ごとに違うかを確認してください。
  en: Ask whether LAPS may be used, and whether the maintenance account's password differs from machine to machine.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, domain_role: member}, {asset: b, platform: windows, domain_role: standalone}, {asset: dc, platform: windows, domain_role: controller}, {asset: lin, platform: linux, domain_role: member}, {asset: c, platform: windows, domain_role: member}, {asset: d, platform: windows, domain_role: member}]
    windows_settings: [{asset: a, laps: false}, {asset: b, laps: false}, {asset: dc, laps: false}, {asset: lin, laps: false}, {asset: c}, {asset: d, laps: true}]
    fails: [a]
  good:
    hosts: [{asset: a, platform: windows, domain_role: member}]
    windows_settings: [{asset: a, laps: true}]
---*/
select asset, evidence
from windows_settings
where laps is false
