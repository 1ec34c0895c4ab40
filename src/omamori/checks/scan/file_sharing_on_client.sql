/*---
title: {ja: 端末PCのファイル共有がネットワークから届く, en: File sharing of a client PC can be reached from the network}
severity: medium
subject: asset
key: [asset, port]
scope: select asset from assets where scanned and role = 'client'
why:
  ja: 端末同士がファイル共有でつながると、ランサムウエアが1台から全部の端末に広がります。端末はサーバに届けば足ります。
  en: Where PCs reach each other's file sharing, ransomware spreads from one to all. A client PC only needs to reach servers.
message:
  ja: "{asset}({address}): ファイル共有のポート{port}が開いています"
  en: "{asset} ({address}): port {port} of file sharing is open"
fix:
  cost: none
  ja: Windowsファイアウォールで「ファイルとプリンターの共有」の受信を止めてください。グループポリシーで全部の端末にまとめて設定できます。
  en: Let the Windows firewall block inbound "File and Printer Sharing". A group policy does it for all client PCs at once.
ask:
  ja: この端末のファイル共有を外から使う業務があるか、なければ受信を止めてよいかを教えてください。
  en: Does anything need the file sharing of this PC? If not, may inbound be blocked?
examples:
  now: 2026-01-31
  bad:
    assets:
      - {asset: pc, scanned: true, role: client}
      - {asset: fs, scanned: true, role: server}
      - {asset: away, scanned: false, role: client}
      - {asset: pc2, scanned: true, role: client}
    network_ports:
      - {asset: pc, address: 10.1.0.5, protocol: tcp, port: 139, state: open}
      - {asset: pc, address: 10.1.0.5, protocol: tcp, port: 445, state: open}
      - {asset: fs, address: 10.1.0.6, protocol: tcp, port: 445, state: open}
      - {asset: away, address: 10.1.0.7, protocol: tcp, port: 445, state: open}
      - {asset: pc2, address: 10.1.0.8, protocol: tcp, port: 445, state: filtered}
      - {asset: pc2, address: 10.1.0.8, protocol: tcp, port: 135, state: open}
      - {asset: pc2, address: 10.1.0.8, protocol: udp, port: 139, state: open}
    fails: [[pc, 139], [pc, 445]]
  good:
    assets: [{asset: pc, scanned: true, role: client}]
    network_ports: [{asset: pc, address: 10.1.0.5, protocol: tcp, port: 3389, state: open}]
    passes: [pc]
---*/
select asset, port, address, evidence
from network_ports
where protocol = 'tcp' and state = 'open' and port in (139, 445)
