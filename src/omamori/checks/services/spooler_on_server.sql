/*---
title: {ja: 印刷を受け持たないサーバで印刷サービスが動いている, en: The print service runs on a server that prints for nobody}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows' and role = 'server' and domain_role in ('member', 'standalone')
why:
  ja: 印刷サービスの弱点は何度も見つかり、離れた所から管理者になれるものもありました。印刷しないサーバなら、止めるだけで入口が一つ減ります。
  en: Weak points of the print service were found again and again; some gave administrator rights from afar. Where nobody prints, stopping it closes one door.
message:
  ja: "{asset}: 印刷サービス(Print Spooler)が動いていますが、印刷サーバの役割がありません"
  en: "{asset}: the print service (Print Spooler) runs, but the server has no role of a print server"
fix:
  cost: none
  ja: 帳票や処方箋をこのサーバから直接印刷していないかを確かめてから、止めて無効にしてください。自動に戻せば元どおりです。
  en: See whether forms or prescriptions are printed from this server directly; if not, stop and disable it. Setting it to automatic undoes it.
  run: |
    wmic printer get name,portname
    sc stop Spooler
    sc config Spooler start= disabled
ask:
  ja: このサーバから印刷する機能があるか、印刷サービスを止めてよいかを確認してください。
  en: Ask whether the product prints from this server, and whether the print service may be stopped.
examples:
  now: 2026-01-31
  bad:
    hosts:
      - {asset: a, platform: windows, role: server, domain_role: member}
      - {asset: b, platform: windows, role: server, domain_role: standalone}
      - {asset: p, platform: windows, role: server, domain_role: member}
      - {asset: s, platform: windows, role: server, domain_role: member}
      - {asset: dc, platform: windows, role: server, domain_role: controller}
      - {asset: pc, platform: windows, role: client, domain_role: member}
      - {asset: lx, platform: linux, role: server, domain_role: member}
    services:
      - {asset: a, name: Spooler, state: running}
      - {asset: b, name: spooler, state: running}
      - {asset: p, name: Spooler, state: running}
      - {asset: s, name: Spooler, state: stopped}
      - {asset: s, name: W32Time, state: running}
      - {asset: dc, name: Spooler, state: running}
      - {asset: pc, name: Spooler, state: running}
      - {asset: lx, name: Spooler, state: running}
    server_roles: [{asset: p, name: Print-Server}, {asset: a, name: Web-Server}]
    fails: [a, b]
  good:
    hosts: [{asset: p, platform: windows, role: server, domain_role: member}]
    services: [{asset: p, name: Spooler, state: running}]
    server_roles: [{asset: p, name: print-server}]
    passes: [p]
---*/
select s.asset, s.evidence
from services s
where lower(s.name) = 'spooler' and s.state = 'running'
  and not exists (select 1 from server_roles r where r.asset = s.asset and lower(r.name) in ('print-server', 'printing-server-role'))
