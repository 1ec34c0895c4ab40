/*---
title:
  ja: データベースがネットワークに開いている
  en: A database is open to the network
severity: high
subject: asset
key: [asset, port]
why:
  ja: データベースに直接つながると、業務のプログラムが守っている制限を通らずに診療記録を読み書きできます。
  en: Who reaches the database itself reads and writes records past all limits of the programs in front of it.
message:
  ja: "{asset}: データベース({process})がポート{port}で全ての機器から接続できます"
  en: "{asset}: the database {process} takes connections from anywhere on port {port}"
fix:
  cost: low
  ja: 待ち受けをこの機器の中だけにするか、業務サーバのアドレスからだけ受け付けるよう設定してください。
  en: Let it listen on this machine only, or take connections from the application servers only.
ask:
  ja: 接続が必要な機器の一覧と、それ以外を断る設定にできるかを確認してください。
  en: Ask which machines have to connect, and whether all others can be refused.
examples:
  now: 2026-01-31
  bad:
    listeners:
      - {asset: a, protocol: tcp, port: 5432, address: 0.0.0.0, process: postgres}
      - {asset: a, protocol: tcp, port: 3306, address: "::", process: mysqld}
      - {asset: a, protocol: tcp, port: 1521, address: "*", process: tnslsnr}
      - {asset: a, protocol: tcp, port: 1433, address: "*"}
      - {asset: a, protocol: tcp, port: 27017, address: "*"}
      - {asset: a, protocol: tcp, port: 6379, address: "*"}
      - {asset: a, protocol: tcp, port: 1972, address: "*"}
    fails: [[a, 5432], [a, 3306], [a, 1521], [a, 1433], [a, 27017], [a, 6379], [a, 1972]]
  good:
    listeners:
      - {asset: a, protocol: tcp, port: 5432, address: 127.0.0.1, process: postgres}
      - {asset: a, protocol: tcp, port: 3306, address: 10.1.0.11, process: mysqld}
      - {asset: a, protocol: tcp, port: 80, address: 0.0.0.0}
      - {asset: a, protocol: udp, port: 1433, address: 0.0.0.0}
    passes: [a]
---*/
select asset, port, process, evidence
from listeners
where protocol = 'tcp' and port in (1433, 1521, 1972, 3306, 5432, 6379, 27017) and address in ('0.0.0.0', '::', '*')
