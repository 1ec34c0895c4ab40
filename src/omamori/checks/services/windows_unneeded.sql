/*---
title: {ja: サーバで使わないサービスが動いている, en: A server runs services it does not need}
severity: low
subject: asset
key: [asset, service]
scope: select asset from hosts where platform = 'windows' and role = 'server'
why:
  ja: 動いているものが少ないほど、弱点も少なくなります。ここに挙げたものは、病院のサーバではまず使いません。
  en: The less runs, the fewer flaws there are. A hospital's server hardly ever needs the ones listed here.
message:
  ja: "{asset}: {service} が動いています"
  en: "{asset}: {service} is running"
fix:
  cost: none
  ja: 使っていないことを確かめ、止めて無効にしてください。困ったら元に戻せます。
  en: Make sure nobody uses it, then stop and disable it. It can be switched back on.
  run: |
    sc stop SERVICE
    sc config SERVICE start= disabled
ask:
  ja: このサービスを使う機能があるかを確認してください。
  en: Ask whether any function needs it.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: server}, {asset: pc, platform: windows, role: client}, {asset: lx, platform: linux, role: server}]
    services:
      - {asset: a, name: Fax, state: running}
      - {asset: a, name: SSDPSRV, state: running}
      - {asset: a, name: upnphost, state: stopped}
      - {asset: a, name: Dhcp, state: running}
      - {asset: pc, name: Fax, state: running}
      - {asset: lx, name: fax, state: running}
    fails: [[a, Fax], [a, SSDPSRV]]
  good:
    hosts: [{asset: a, platform: windows, role: server}]
    services: [{asset: a, name: Fax, state: stopped}, {asset: a, name: Dnscache, state: running}]
    passes: [a]
---*/
select asset, name as service, evidence
from services
where lower(name) in ('fax', 'ssdpsrv', 'upnphost', 'sharedaccess', 'icssvc', 'webclient', 'xblgamesave', 'xblauthmanager', 'mapsbroker', 'wmpnetworksvc', 'bthserv')
  and state = 'running'
