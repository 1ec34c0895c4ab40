/*---
title: {ja: バックアップの受け口がネットワークから届く, en: A backup service can be reached from the network}
severity: high
subject: asset
key: [asset, port]
scope: select asset from assets where scanned
why:
  ja: ランサムウエアは、まずバックアップを消しに行きます。端末と同じネットワークから届くバックアップは、元のデータと一緒に失われます。
  en: Ransomware goes for the backups first. A backup that PCs can reach is lost together with the data.
message:
  ja: "{asset}({address}): 調べた場所から、ポート{port}が開いて見えました(873はrsync、3260はiSCSI、9392はVeeam、10000はNDMPやWebminが普通です)"
  en: "{asset} ({address}): port {port} is open to where the scan was made (873 is usually rsync, 3260 iSCSI, 9392 Veeam, 10000 NDMP or Webmin)"
fix:
  cost: none
  ja: バックアップの機器は別のネットワークに置き、バックアップを取るサーバからだけ届くようにしてください。管理画面は管理用PCだけに絞ってください。調べた場所がそのネットワークの中なら、例外として記録してください。
  en: Put the backup machines into a network of their own that only the servers they save can reach, and limit their management to the PC that administers them. Where the scan was made inside that network, record it as an exception.
ask:
  ja: バックアップの受け口に届く機器を、バックアップを取るサーバだけに絞れるかを教えてください。
  en: Can the backup service be limited to the servers that are saved?
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: a, scanned: true}, {asset: b, scanned: true}, {asset: c, scanned: false}]
    network_ports:
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 873, state: open}
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 3260, state: open}
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 9392, state: open}
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 10000, state: open}
      - {asset: a, address: 10.9.0.5, protocol: tcp, port: 873, state: open}
      - {asset: b, address: 10.1.0.6, protocol: tcp, port: 2049, state: open}
      - {asset: b, address: 10.1.0.6, protocol: tcp, port: 873, state: filtered}
      - {asset: b, address: 10.1.0.6, protocol: udp, port: 873, state: open}
      - {asset: c, address: 10.1.0.7, protocol: tcp, port: 873, state: open}
    fails: [[a, 873], [a, 3260], [a, 9392], [a, 10000]]
  good:
    assets: [{asset: b, scanned: true}]
    network_ports: [{asset: b, address: 10.1.0.6, protocol: tcp, port: 2049, state: open}]
    passes: [b]
---*/
select asset, port, address, evidence
from network_ports
where protocol = 'tcp' and state = 'open' and port in (873, 3260, 9392, 10000)
