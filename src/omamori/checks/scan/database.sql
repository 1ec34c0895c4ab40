/*---
title: {ja: データベースのポートがネットワークから届く, en: A database can be reached from the network}
severity: high
subject: asset
key: [asset, port]
scope: select asset from assets where scanned
why:
  ja: 患者情報そのものへの入口です。業務サーバからだけ届けば足ります。端末のあるネットワークから届くと、盗まれたパスワード一つで中身を持ち出されます。
  en: It is the door to the patient data themselves. Only the application servers need to reach it. Where PCs can, one stolen password is enough to take the data away.
message:
  ja: "{asset}({address}): 調べた場所から、データベースのポート{port}が開いて見えました"
  en: "{asset} ({address}): the database port {port} is open to where the scan was made"
fix:
  cost: none
  ja: ファイアウォールで接続元を業務サーバだけに絞ってください。同じ機器からだけ使うなら、127.0.0.1で待ち受ける設定にしてください。
  en: Let the firewall pass the port only from the application servers. When only this machine uses it, let it listen on 127.0.0.1.
ask:
  ja: データベースのポートの接続元を、業務サーバだけに絞ってください。絞れない場合は、理由と必要な接続元を教えてください。
  en: Please limit the database port to the application servers. If you cannot, tell us why and which addresses need it.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: a, scanned: true}, {asset: b, scanned: true}, {asset: c, scanned: false}]
    network_ports:
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 1433, state: open}
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 1521, state: open}
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 1972, state: open}
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 3306, state: open}
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 5432, state: open}
      - {asset: a, address: 10.9.0.5, protocol: tcp, port: 1433, state: open}
      - {asset: b, address: 10.1.0.6, protocol: tcp, port: 443, state: open}
      - {asset: b, address: 10.1.0.6, protocol: tcp, port: 1433, state: filtered}
      - {asset: b, address: 10.1.0.6, protocol: udp, port: 1433, state: open}
      - {asset: c, address: 10.1.0.7, protocol: tcp, port: 1433, state: open}
    fails: [[a, 1433], [a, 1521], [a, 1972], [a, 3306], [a, 5432]]
  good:
    assets: [{asset: b, scanned: true}]
    network_ports: [{asset: b, address: 10.1.0.6, protocol: tcp, port: 443, state: open}]
    passes: [b]
---*/
select asset, port, address, evidence
from network_ports
where protocol = 'tcp' and state = 'open' and port in (1433, 1521, 1972, 3306, 5432)
