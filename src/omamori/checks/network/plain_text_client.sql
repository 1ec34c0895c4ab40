/*---
title:
  ja: 暗号化しない方法で他の機器に入っている
  en: It logs in elsewhere without encryption
severity: medium
subject: asset
key: [asset, peer, port]
why:
  ja: telnet・FTP・rshなどの通信からは、利用者名とパスワードがそのまま読み取れます。
  en: From telnet, FTP or rsh anybody on the way reads account and password.
message:
  ja: "{asset}: {process} が {peer} ポート{port} に暗号化せず接続しています"
  en: "{asset}: {process} connects to {peer} port {port} without encryption"
fix:
  cost: low
  ja: 相手の機器をSSHやSFTPに切り替えてください。
  en: Move the other machine to SSH or SFTP.
ask:
  ja: この通信を暗号化した方法に替えられるかを確認してください。
  en: Ask whether this exchange can be encrypted.
examples:
  now: 2026-01-31
  bad:
    connections:
      - {asset: a, seen: "2026-01-01 00:00:00", protocol: tcp, direction: out, peer_address: 10.1.0.9, peer_port: 21, process: ftp}
      - {asset: a, seen: 2026-01-30, protocol: tcp, direction: out, peer_address: 10.1.0.9, peer_port: 23}
      - {asset: a, seen: 2026-01-30, protocol: tcp, direction: out, peer_address: 10.1.0.9, peer_port: 513}
      - {asset: a, seen: 2026-01-30, protocol: tcp, direction: out, peer_address: 10.1.0.9, peer_port: 514, process: rsh}
    fails: [[a, 10.1.0.9, 21], [a, 10.1.0.9, 23], [a, 10.1.0.9, 513], [a, 10.1.0.9, 514]]
  good:
    connections:
      - {asset: a, seen: "2025-12-31 23:59:59", direction: out, peer_address: 10.1.0.9, peer_port: 21}
      - {asset: a, seen: 2026-01-30, direction: in, peer_address: 10.1.0.9, peer_port: 21}
      - {asset: a, seen: 2026-01-30, direction: out, peer_address: 10.1.0.9, peer_port: 22}
      - {asset: a, seen: 2026-01-30, direction: out, peer_address: 10.1.0.9, peer_port: 514, process: rsyslogd}
      - {asset: a, seen: 2026-01-30, direction: out, peer_scope: loopback, peer_address: 127.0.0.1, peer_port: 21}
    passes: [a]
---*/
select distinct asset, peer_address as peer, peer_port as port, process, evidence
from connections
where peer_port in (21, 23, 513, 514) and direction = 'out' and seen >= $now - interval 30 days
  and coalesce(peer_scope, '') <> 'loopback' and coalesce(process, '') <> 'rsyslogd'
