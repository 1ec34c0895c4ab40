/*---
title:
  ja: 一年以上再起動していない
  en: Not restarted for more than a year
severity: low
subject: asset
key: [asset]
scope: select asset from assets where role = 'server'
why:
  ja: 停電や故障の後に正しく立ち上がるかは、再起動してみないと分かりません。長く動いた機器ほど起動時に問題が出ます。
  en: Whether it comes up after a power failure is known only by a restart. The longer it ran, the more often it does not.
message:
  ja: "{asset}: 最後の起動は {booted} です"
  en: "{asset}: it last started {booted}"
fix:
  cost: none
  ja: 停止できる日に計画して再起動し、業務のプログラムが動くことを確かめてください。
  en: Plan a restart on a day when it may stop, and see that everything comes up.
  run: sudo systemctl reboot
ask:
  ja: 計画的な再起動をいつ行えるかを確認してください。
  en: Ask when a planned restart can be made.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, role: server, booted: "2025-01-30 23:59:59"}, {asset: pc, role: client, booted: 2024-01-01}]
    fails: [a]
  good:
    hosts: [{asset: a, role: server, booted: "2025-01-31 00:00:00"}, {asset: b, role: server}]
    passes: [a, b]
---*/
select asset, booted, evidence
from hosts
where booted < $now - interval 365 days
