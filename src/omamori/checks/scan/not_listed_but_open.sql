/*---
title: {ja: 機器の一覧にないポートが外から開いて見える, en: A port that the machine does not list is open from the network}
severity: medium
subject: asset
key: [asset, port]
scope: select asset from assets where scanned and observed
why:
  ja: 機器自身が待ち受けていないと言うポートが外から開いています。あとから入った遠隔操作のソフト、同じアドレスの別の機器、途中の装置の応答が考えられます。
  en: The machine itself lists no such port, and yet it is open from outside. A program that came in since, another machine at its address, or a device between them that answers may be the reason.
message:
  ja: "{asset}({address}): ポート{port}は機器自身の一覧にありませんが、外から開いて見えました"
  en: "{asset} ({address}): port {port} is open from the network, though the machine does not list it"
fix:
  cost: none
  ja: もう一度その機器を調べ、新しく待ち受けているプログラムがないか、同じアドレスの機器がほかにないかを確かめてください。
  en: Look at the machine again for a program that listens since, and make sure that no other machine has the same address.
ask:
  ja: このポートで待ち受けるソフトを入れたか、このアドレスを使う機器がほかにあるかを教えてください。
  en: Did you install something that listens on this port, and does another machine use this address?
examples:
  now: 2026-01-31
  bad:
    assets:
      - {asset: a, scanned: true, observed: true}
      - {asset: b, scanned: true, observed: true}
      - {asset: c, scanned: true, observed: false}
      - {asset: d, scanned: false, observed: true}
    listeners:
      - {asset: a, protocol: tcp, port: 22, address: "0.0.0.0", loopback: false}
      - {asset: a, protocol: tcp, port: 5900, address: 127.0.0.1, loopback: true}
      - {asset: a, protocol: udp, port: 8443, address: "0.0.0.0", loopback: false}
      - {asset: b, protocol: tcp, port: 23, address: "0.0.0.0"}
      - {asset: b, protocol: tcp, port: 5900, address: "0.0.0.0", loopback: false}
    network_ports:
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 22, state: open}
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 5900, state: open}
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 8443, state: open}
      - {asset: b, address: 10.1.0.6, protocol: tcp, port: 23, state: open}
      - {asset: b, address: 10.1.0.6, protocol: tcp, port: 3389, state: filtered}
      - {asset: b, address: 10.1.0.6, protocol: udp, port: 161, state: open}
      - {asset: c, address: 10.1.0.7, protocol: tcp, port: 23, state: open}
      - {asset: d, address: 10.1.0.8, protocol: tcp, port: 23, state: open}
    fails: [[a, 5900], [a, 8443]]
  good:
    assets: [{asset: a, scanned: true, observed: true}]
    listeners: [{asset: a, protocol: tcp, port: 22, address: "0.0.0.0", loopback: false}]
    network_ports: [{asset: a, address: 10.1.0.5, protocol: tcp, port: 22, state: open}]
    passes: [a]
---*/
select n.asset, n.port, n.address, n.evidence
from network_ports n
where n.protocol = 'tcp' and n.state = 'open'
    and not exists (select 1 from listeners l where l.asset = n.asset and l.protocol = n.protocol and l.port = n.port and l.loopback is not true)
