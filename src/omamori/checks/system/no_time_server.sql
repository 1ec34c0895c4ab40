/*---
title:
  ja: 時刻サーバが設定されていない
  en: No time server is named
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 閉域網では外の時刻サーバに届かないため、院内の時刻サーバを指定しないと時計は少しずつずれていきます。
  en: "On a closed network the time servers outside cannot be reached: without one inside the clock drifts."
message:
  ja: "{asset}: 時刻サーバの指定がありません"
  en: "{asset}: no time server is named"
fix:
  cost: none
  ja: 院内の時刻サーバ(なければルータなど)を一つ決めて、全機器で指定してください。
  en: Settle on one time server inside (a router will do) and name it on every machine.
  run: |
    echo "server TIMESERVER iburst" | sudo tee -a /etc/chrony/chrony.conf && sudo systemctl restart chrony   # Debian, Ubuntu
    echo "server TIMESERVER iburst" | sudo tee -a /etc/chrony.conf && sudo systemctl restart chronyd   # RHEL family
ask:
  ja: 時計を何に合わせているかを確認してください。
  en: Ask what the clock follows.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: linux}, {asset: b, platform: linux, clock_synchronised: false}, {asset: win, platform: windows}]
    outbound_settings: [{asset: a, kind: dns, value: 10.1.0.2}]
    fails: [a, b]
  good:
    hosts: [{asset: a, platform: linux}, {asset: b, platform: linux, clock_synchronised: true}]
    outbound_settings: [{asset: a, kind: ntp, value: 10.1.0.2}]
    passes: [a, b]
---*/
select h.asset, h.evidence
from hosts h
where h.clock_synchronised is not true
  and not exists (select 1 from outbound_settings o where o.asset = h.asset and o.kind = 'ntp')
