/*---
title:
  ja: サーバの無線が有効
  en: A server has its wireless on
severity: medium
subject: asset
key: [asset, name]
scope: select asset from assets where role = 'server'
why:
  ja: サーバの無線は、スマートフォンの中継などを通じて院外につながる入口になります。
  en: Wireless on a server is a door outside, for example by way of a mobile phone.
message:
  ja: "{asset}: 無線 {name} が有効です({address})"
  en: "{asset}: the wireless interface {name} is on ({address})"
fix:
  cost: none
  ja: 無線を無効にしてください。
  en: Turn the wireless off.
  run: sudo rfkill block wifi
ask:
  ja: 無線を使う理由と、無効にできるかを確認してください。
  en: Ask why wireless is used, and whether it can be turned off.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, role: server}, {asset: pc, role: client}]
    interfaces: [{asset: a, name: wlan0, kind: wireless, up: true}, {asset: pc, name: wlan0, kind: wireless, up: true}]
    fails: [[a, wlan0]]
  good:
    hosts: [{asset: a, role: server}]
    interfaces: [{asset: a, name: wlan0, kind: wireless, up: false}, {asset: a, name: eth0, kind: ethernet, up: true}]
    passes: [a]
---*/
select asset, name, address, evidence
from interfaces
where kind = 'wireless' and up
