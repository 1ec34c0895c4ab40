/*---
title: {ja: 更新の配り元に1か月以上つながっていない, en: It has not reached its source of updates for over a month}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 設定では更新されることになっていても、配り元(WSUSやインターネット)に届いていないので、修正は入りません。サーバを替えた後によく起こります。
  en: By its settings it is updated, but it does not reach where updates come from (WSUS or the Internet), so no fix arrives. Often so after a server was replaced.
message:
  ja: "{asset}: 最後に更新を調べられたのは {last} です(配り元: {server})"
  en: "{asset}: it last could look for updates on {last} (source: {server})"
fix:
  cost: none
  ja: 配り元の名前が今もあるか、その機器から届くかを確かめてください。届かせないと決めた機器なら、更新を運ぶ方法と担当を決めて例外に書きます。
  en: See whether the source still exists and can be reached from there. If it is meant not to, decide who brings updates and how, and write that down as an exception.
  run: |
    reg query "HKLM\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate"
    net start wuauserv
ask:
  ja: 更新をどこから、だれが、どのくらいの間隔で入れることになっているかを確認してください。
  en: Ask from where, by whom and how often it is meant to be updated.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    update_policy:
      - {asset: a, server: wsus.hosp.local, lists_refreshed: "2025-12-31 23:59:59"}
      - {asset: b, lists_refreshed: "2026-01-01 00:00:00"}
      - {asset: lx, lists_refreshed: 2020-01-01}
    fails: [a]
  good:
    hosts: [{asset: b, platform: windows}]
    update_policy: [{asset: b, lists_refreshed: 2026-01-30}]
    passes: [b]
---*/
select asset, server, lists_refreshed as last, evidence
from update_policy
where lists_refreshed < $now - interval 30 days
