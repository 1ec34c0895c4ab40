/*---
title:
  ja: 二つ以上のネットワークにつながっている
  en: Connected to several networks
severity: medium
subject: asset
key: [asset]
why:
  ja: 二つのネットワークにまたがる機器は、閉じているはずのネットワークへの近道になります。図面にない接続が多く見つかる場所です。
  en: A machine in two networks is a short cut into the one that was meant to be closed. Drawings often do not show it.
message:
  ja: "{asset}: {count}個のネットワークにつながっています({addresses})"
  en: "{asset}: it stands in {count} networks ({addresses})"
fix:
  cost: low
  ja: 必要のない接続を外してください。必要なものは図面と台帳に書き、間の通信を限定してください。
  en: Unplug what is not needed. Put the rest into drawing and ledger, and limit what passes.
  run: sudo ip link set NAME down
ask:
  ja: 両方のネットワークにつなぐ理由と、間の通信を断つ設定になっているかを確認してください。
  en: Ask why it stands in both networks, and whether it keeps them apart.
examples:
  now: 2026-01-31
  bad:
    interfaces:
      - {asset: a, name: eth0, kind: ethernet, up: true, address: 10.1.0.11, network_first: 1, network_last: 9}
      - {asset: a, name: eth1, kind: ethernet, up: true, address: 10.2.0.11, network_first: 10, network_last: 19}
    fails: [a]
  good:
    interfaces:
      - {asset: a, name: eth0, kind: ethernet, up: true, address: 10.1.0.11, network_first: 1}
      - {asset: a, name: eth0, kind: ethernet, up: true, address: 10.1.0.12, network_first: 1}
      - {asset: b, name: eth0, kind: ethernet, up: true, address: 10.1.0.13, network_first: 1}
      - {asset: b, name: eth1, kind: ethernet, up: false, address: 10.2.0.13, network_first: 10}
      - {asset: c, name: eth0, kind: wireless, up: true, address: 10.1.0.14, network_first: 1}
      - {asset: c, name: docker0, kind: bridge, up: true, address: 172.17.0.1, network_first: 30}
    passes: [a, b, c]
---*/
select asset, count(distinct network_first) as count, string_agg(distinct address, ', ' order by address) as addresses, min(evidence) as evidence
from interfaces
where up and kind in ('ethernet', 'wireless', 'mobile')
group by asset
having count(distinct network_first) > 1
