/*---
title:
  ja: コンテナの操作口がネットワークに開いている
  en: The controls of containers are open to the network
severity: critical
subject: asset
key: [asset, port]
why:
  ja: この操作口につながった人は、パスワードなしで機器全体を管理者権限で操作できます。
  en: Whoever reaches these controls works on the whole machine with full rights, without a password.
message:
  ja: "{asset}: {process} の操作口(ポート{port})がネットワークに開いています"
  en: "{asset}: the controls of {process} (port {port}) are open to the network"
fix:
  cost: none
  ja: この機器の中だけの操作口(unix ソケット)に戻してください。
  en: Go back to the socket that only this machine can use.
  run: "sudo systemctl edit docker   # remove -H tcp://…"
ask:
  ja: 操作口をネットワークに開いている理由と、閉じられるかを確認してください。
  en: Ask why the controls are open to the network, and whether they can be closed.
examples:
  now: 2026-01-31
  bad:
    listeners:
      - {asset: a, protocol: tcp, port: 2375, process: dockerd, loopback: false}
      - {asset: a, protocol: tcp, port: 10255, process: kubelet, loopback: false}
    fails: [[a, 2375], [a, 10255]]
  good:
    listeners:
      - {asset: a, protocol: tcp, port: 2376, process: dockerd, loopback: false}
      - {asset: a, protocol: tcp, port: 2375, process: java, loopback: false}
      - {asset: a, protocol: tcp, port: 2375, process: dockerd, loopback: true}
    passes: [a]
---*/
select asset, port, process, evidence
from listeners
where process in ('dockerd', 'kubelet') and port in (2375, 10255) and loopback is not true
