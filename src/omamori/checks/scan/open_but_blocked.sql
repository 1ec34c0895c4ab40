/*---
title: {ja: 閉じているはずのポートが外から開いて見える, en: A port that should be closed is open from the network}
severity: medium
subject: asset
key: [asset, port]
scope: select asset from assets where scanned and observed
equivalent: {"join exposures as e -> left": the last condition leaves out a port without an exposure}
why:
  ja: 機器自身の設定と外から見た姿が違います。設定が変わった、別の機器が同じアドレスを使っている、途中の装置が応答している、のどれかです。
  en: What the machine says of itself and what is seen from outside differ. Its settings changed, another machine uses its address, or a device between them answers.
message:
  ja: "{asset}({addresses}): ポート{port}は、機器自身のファイアウォールでは届かないはずですが、外から開いて見えました"
  en: "{asset} ({addresses}): port {port} is open from the network, though the machine's own firewall should let nobody reach it"
fix:
  cost: none
  ja: もう一度その機器を調べて設定を確かめ、同じアドレスの機器がほかにないかを確かめてください。
  en: Look at the machine again to see its settings, and make sure that no other machine has the same address.
ask:
  ja: このポートを外から使う設定に変えたか、このアドレスを使う機器がほかにあるかを教えてください。
  en: Was this port opened on purpose, and does another machine use this address?
examples:
  now: 2026-01-31
  bad:
    assets:
      - {asset: a, scanned: true, observed: true}
      - {asset: b, scanned: true, observed: true}
      - {asset: c, scanned: true, observed: false}
      - {asset: d, scanned: false, observed: true}
    exposures:
      - {asset: a, protocol: tcp, port: 3389, inbound: blocked}
      - {asset: a, protocol: tcp, port: 445, inbound: open}
      - {asset: a, protocol: udp, port: 445, inbound: blocked}
      - {asset: a, protocol: tcp, port: 22, inbound: unknown, doubt: to_confirm}
      - {asset: b, protocol: tcp, port: 3389, inbound: blocked}
      - {asset: b, protocol: udp, port: 23, inbound: blocked}
      - {asset: c, protocol: tcp, port: 3389, inbound: blocked}
      - {asset: d, protocol: tcp, port: 3389, inbound: blocked}
    network_ports:
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 3389, state: open}
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 445, state: open}
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 22, state: open}
      - {asset: b, address: 10.1.0.6, protocol: tcp, port: 3389, state: closed}
      - {asset: b, address: 10.1.0.6, protocol: tcp, port: 445, state: open}
      - {asset: b, address: 10.1.0.6, protocol: udp, port: 23, state: open}
      - {asset: c, address: 10.1.0.7, protocol: tcp, port: 3389, state: open}
      - {asset: d, address: 10.1.0.8, protocol: tcp, port: 3389, state: open}
    fails: [[a, 3389]]
    unknowns: [[a, 22]]
  good:
    assets: [{asset: a, scanned: true, observed: true}]
    exposures: [{asset: a, protocol: tcp, port: 3389, inbound: restricted}]
    network_ports: [{asset: a, address: 10.1.0.5, protocol: tcp, port: 3389, state: open}]
    passes: [a]
---*/
select n.asset, n.port, string_agg(distinct n.address, ', ' order by n.address) as addresses, max(e.doubt) as unknown, min(n.evidence) as evidence
from network_ports n join exposures e on e.asset = n.asset and e.protocol = n.protocol and e.port = n.port
where n.protocol = 'tcp' and n.state = 'open' and e.inbound in ('blocked', 'unknown')
group by n.asset, n.port
