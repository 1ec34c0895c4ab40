/*---
title:
  ja: IPv6で外に出られる状態になっている
  en: IPv6 has a way out
severity: medium
subject: asset
key: [asset, interface]
why:
  ja: IPv4だけを見張っていると、知らないうちにIPv6で外とつながります。ルータが勝手に知らせ、機器が従うためです。
  en: "Where only IPv4 is watched, IPv6 may lead outside unnoticed: routers announce it and machines follow."
message:
  ja: "{asset}: {interface} にIPv6の外への経路があります({gateway})"
  en: "{asset}: {interface} has an IPv6 route out ({gateway})"
fix:
  cost: low
  ja: IPv6を使わない方針なら、ルータの広告を止め、機器でも無効にしてください。使うならIPv4と同じ制限をかけてください。
  en: Unless you use it, stop the router’s announcements and turn IPv6 off; else guard it as you guard IPv4.
  run: |
    echo 'net.ipv6.conf.INTERFACE.accept_ra = 0' | sudo tee /etc/sysctl.d/60-no-ra.conf && sudo sysctl --system
ask:
  ja: IPv6を使う必要があるかを確認してください。
  en: Ask whether IPv6 is needed.
examples:
  now: 2026-01-31
  bad:
    interfaces: [{asset: a, name: eth0, address: "2001:db8::11"}]
    routes: [{asset: a, destination: "::/0", interface: eth0, gateway: "fe80::1"}]
    fails: [[a, eth0]]
  good:
    interfaces:
      - {asset: a, name: eth0, address: 10.1.0.11}
      - {asset: b, name: eth0, address: "fe80::2"}
      - {asset: c, name: eth0, address: "2001:db8::12"}
      - {asset: c, name: eth1, address: "2001:db8::13"}
      - {asset: d, name: eth0, address: "fd00::2"}
    routes:
      - {asset: a, destination: "::/0", interface: eth0}
      - {asset: b, destination: "::/0", interface: eth0}
      - {asset: c, destination: "2001:db8::/64", interface: eth0}
      - {asset: c, destination: "::/0", interface: eth2}
      - {asset: d, destination: "::/0", interface: eth0}
    passes: [a, b, c, d]
---*/
select r.asset, r.interface, min(r.gateway) as gateway, min(r.evidence) as evidence
from routes r
join interfaces i on i.asset = r.asset and i.name = r.interface and regexp_matches(i.address, '^[23][0-9a-f]{3}:')  -- global addresses
where r.destination = '::/0'
group by r.asset, r.interface
