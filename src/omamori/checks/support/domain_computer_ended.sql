/*---
title: {ja: サポートの終わったWindowsがドメインで使われている, en: A Windows whose support has ended is in use in the domain}
severity: high
subject: asset
key: [asset, computer]
scope: select asset from hosts where platform = 'windows' and domain_role = 'controller'
why:
  ja: 修正が出ないWindowsは、公表された弱点がそのまま残ります。まだ見て回っていない機器でも、ドメインコントローラの一覧から分かります。
  en: A Windows that gets no more fixes keeps every published weakness. The list of the domain controller tells, even of machines nobody has visited.
message:
  ja: "{computer}: {os} が {last} までドメインにログインしています"
  en: "{computer}: {os} last logged in to the domain on {last}"
fix:
  cost: medium
  ja: 収集キットでその機器を見てください。すぐに替えられなければ、つながる相手を要るものだけに絞り、更新の予定を業者に尋ねます。
  en: Visit it with the kit. If it cannot be replaced soon, let it talk only to what it needs, and ask the vendor for a date.
ask:
  ja: 替えられる時期、それまでの守り方、延長サポートの有無を確認してください。
  en: Ask when it can be replaced, how to guard it until then, and whether there is extended support.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: dc, platform: windows, domain_role: controller}, {asset: pc, platform: windows, domain_role: member}, {asset: lx, platform: linux, domain_role: controller}]
    domain_computers:
      - {asset: dc, name: XRAY, enabled: true, last_login: 2026-01-20, os_name: Windows 7 Professional}
      - {asset: dc, name: OLD, enabled: true, last_login: 2026-01-20, os_name: "Windows Server® 2008 R2 Standard"}
      - {asset: dc, name: NEW, enabled: true, last_login: 2026-01-20, os_name: Windows 11 Pro}
      - {asset: dc, name: SV, enabled: true, last_login: 2026-01-20, os_name: Windows Server 2019 Standard}
      - {asset: dc, name: SHUT, enabled: false, last_login: 2026-01-20, os_name: Windows XP Professional}
      - {asset: dc, name: GONE, enabled: true, last_login: "2025-12-02 00:00:00", os_name: Windows 7 Professional}
      - {asset: pc, name: XRAY, enabled: true, last_login: 2026-01-20, os_name: Windows 7 Professional}
      - {asset: lx, name: XRAY, enabled: true, last_login: 2026-01-20, os_name: Windows 7 Professional}
    fails: [[dc, XRAY], [dc, OLD]]
  good:
    hosts: [{asset: dc, platform: windows, domain_role: controller}]
    domain_computers: [{asset: dc, name: NEW, enabled: true, last_login: 2026-01-20, os_name: Windows 10 Enterprise LTSC}]
    passes: [dc]
---*/
-- Versions without support of any kind for their usual editions; Windows 10 has editions with support and is left to support.os_ended.
select asset, name as computer, os_name as os, last_login::date as last, evidence
from domain_computers
where enabled and last_login > $now - interval 60 days
  and regexp_matches(lower(os_name), '^windows.{0,3} (nt|2000|xp|vista|7|8|server.{0,3} (2000|2003|2008|2012))\b')
