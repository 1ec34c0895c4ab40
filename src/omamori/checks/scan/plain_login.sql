/*---
title: {ja: 暗号のないログイン(Telnet・FTP)がネットワークから使える, en: Login without encryption by Telnet or FTP is open to the network}
severity: high
subject: asset
key: [asset, port]
scope: select asset from assets where scanned
why:
  ja: 利用者名とパスワードがそのまま流れ、同じネットワークにいる人に読み取られます。機器の管理にも使われるため、設定を変えられるおそれがあります。
  en: User names and passwords travel as they are typed; anybody on the same network can read them. It is often the way to administer a device, too.
message:
  ja: "{asset}({address}): ポート{port}が開いています(21はFTP、23はTelnetが普通です)"
  en: "{asset} ({address}): port {port} is open (21 is usually FTP, 23 Telnet)"
fix:
  cost: none
  ja: SSHやSFTP、HTTPSに切り替えてから、TelnetとFTPを止めてください。すぐに変えられない機器は、届く相手を管理用のPCだけに絞ってください。
  en: Move to SSH, SFTP or HTTPS, then switch Telnet and FTP off. Where a device cannot change soon, let only the PCs that administer it reach it.
ask:
  ja: TelnetやFTPを使わない保守・送信の方法に切り替えられるか、それまで接続元を限定できるかを教えてください。
  en: Can maintenance and transfer move away from Telnet and FTP, and can the addresses that may connect be limited until then?
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: a, scanned: true}, {asset: b, scanned: true}, {asset: c, scanned: false}]
    network_ports:
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 21, state: open}
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 23, state: open}
      - {asset: a, address: 10.9.0.5, protocol: tcp, port: 21, state: open}
      - {asset: b, address: 10.1.0.6, protocol: tcp, port: 22, state: open}
      - {asset: b, address: 10.1.0.6, protocol: tcp, port: 21, state: filtered}
      - {asset: b, address: 10.1.0.6, protocol: udp, port: 21, state: open}
      - {asset: c, address: 10.1.0.7, protocol: tcp, port: 21, state: open}
    fails: [[a, 21], [a, 23]]
  good:
    assets: [{asset: b, scanned: true}]
    network_ports: [{asset: b, address: 10.1.0.6, protocol: tcp, port: 22, state: open}]
    passes: [b]
---*/
select asset, port, address, evidence
from network_ports
where protocol = 'tcp' and state = 'open' and port in (21, 23)
