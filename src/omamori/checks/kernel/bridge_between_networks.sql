/*---
title: {ja: 二つのネットワークをつなぐ機器になっている, en: The machine joins two networks}
severity: high
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 二つのLANに差して中継を有効にすると、分けたはずのネットワークの間に、図面にない抜け道ができます。
  en: With a foot in both LANs and forwarding on, it is a passage between networks that the drawing shows apart.
message:
  ja: "{asset}: {networks}個のネットワーク({names})に接続し、間の通信を中継します"
  en: "{asset}: it stands in {networks} networks ({names}) and forwards between them"
fix:
  cost: none
  ja: 中継が要らなければ止めてください。要る場合は図面に書き、通す相手を規則で絞ります。
  en: Switch forwarding off where nobody needs it. Otherwise put it on the drawing and limit who may pass.
  run: |
    echo 'net.ipv4.ip_forward = 0' | sudo tee /etc/sysctl.d/60-no-forwarding.conf && sudo sysctl --system
ask:
  ja: 二つのネットワークの間を中継する必要があるか、通信を限定できるかを確認してください。
  en: Ask whether it has to forward between the networks and whether that can be limited.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: lis, platform: linux}, {asset: bsd, platform: other}]
    kernel_settings: [{asset: lis, name: net.ipv4.ip_forward, value: "1"}, {asset: bsd, name: net.ipv4.ip_forward, value: "1"}]
    interfaces:
      - {asset: lis, name: eth0, kind: ethernet, up: true, network_first: 167837696}
      - {asset: lis, name: eth1, kind: wireless, up: true, network_first: 167903232}
      - {asset: bsd, name: eth0, kind: ethernet, up: true, network_first: 167837696}
      - {asset: bsd, name: eth1, kind: ethernet, up: true, network_first: 167903232}
    fails: [lis]
  good:
    hosts: [{asset: one, platform: linux}, {asset: calm, platform: linux}, {asset: same, platform: linux}, {asset: ram, platform: linux}]
    kernel_settings:
      - {asset: one, name: net.ipv4.ip_forward, value: "1"}
      - {asset: calm, name: net.ipv4.ip_forward, value: "0"}
      - {asset: same, name: net.ipv4.ip_forward, value: "1"}
      - {asset: ram, name: net.ipv4.tcp_syncookies, value: "1"}
    interfaces:
      - {asset: one, name: eth0, kind: ethernet, up: true, network_first: 167837696}
      - {asset: one, name: docker0, kind: bridge, up: true, network_first: 2886795264}
      - {asset: one, name: eth2, kind: ethernet, up: false, network_first: 167999999}
      - {asset: calm, name: eth0, kind: ethernet, up: true, network_first: 167837696}
      - {asset: calm, name: eth1, kind: ethernet, up: true, network_first: 167903232}
      - {asset: same, name: eth0, kind: ethernet, up: true, network_first: 167837696}
      - {asset: same, name: eth1, kind: ethernet, up: true, network_first: 167837696}
      - {asset: ram, name: eth0, kind: ethernet, up: true, network_first: 167837696}
      - {asset: ram, name: eth1, kind: ethernet, up: true, network_first: 167903232}
---*/
select i.asset, count(distinct i.network_first) as networks, string_agg(distinct i.name, ', ' order by i.name) as names, min(i.evidence) as evidence
from interfaces i
join kernel_settings k on k.asset = i.asset and k.name = 'net.ipv4.ip_forward' and k.value = '1'
where i.kind in ('ethernet', 'wireless', 'mobile') and i.up
group by i.asset
having count(distinct i.network_first) > 1
