/*---
title:
  ja: 外への経路が二つ以上ある
  en: There are several ways out
severity: medium
subject: asset
key: [asset]
why:
  ja: 経路が二つあると、守られていない方から外に出ることがあります。別の回線の消し忘れが多い場所です。
  en: With two ways out, traffic may take the one nobody guards. Often it is a line somebody forgot.
message:
  ja: "{asset}: 外への経路が{count}個あります({gateways})"
  en: "{asset}: it has {count} ways out ({gateways})"
fix:
  cost: none
  ja: 使わない経路を消し、一つにしてください。
  en: Take away the route that is not used.
  run: ip route; sudo ip route del default via GATEWAY
ask:
  ja: 経路が二つある理由と、一つにできるかを確認してください。
  en: Ask why there are two routes, and whether one will do.
examples:
  now: 2026-01-31
  bad:
    routes:
      - {asset: a, destination: 0.0.0.0/0, gateway: 10.1.0.1, interface: eth0}
      - {asset: a, destination: 0.0.0.0/0, gateway: 10.2.0.1, interface: eth1}
    fails: [a]
  good:
    routes:
      - {asset: a, destination: 0.0.0.0/0, gateway: 10.1.0.1, interface: eth0}
      - {asset: a, destination: 0.0.0.0/0, gateway: 10.1.0.1, interface: eth0, metric: 9}
      - {asset: a, destination: 10.9.0.0/16, gateway: 10.1.0.2, interface: eth0}
    passes: [a]
---*/
select asset, count(distinct gateway) as count, string_agg(distinct gateway, ', ' order by gateway) as gateways, min(evidence) as evidence
from routes
where destination = '0.0.0.0/0'
group by asset
having count(distinct gateway) > 1
