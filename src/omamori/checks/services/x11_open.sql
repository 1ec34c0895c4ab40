/*---
title:
  ja: 画面(X11)がネットワークから操作できる
  en: The screen (X11) is open to the network
severity: high
subject: asset
key: [asset, port]
why:
  ja: X11がネットワークで待ち受けると、別の機器から画面を写し取り、打鍵を読み取れることがあります。
  en: With X11 on the network another machine may copy the screen and read what is typed.
message:
  ja: "{asset}: X11がポート{port}で待ち受けています({process})"
  en: "{asset}: X11 listens on port {port} ({process})"
fix:
  cost: none
  ja: 起動の設定に -nolisten tcp を加えて、画面の転送にはSSHを使ってください。
  en: Add -nolisten tcp to how it is started, and use SSH to forward screens.
ask:
  ja: X11をネットワークに開く必要があるか、SSHでの転送に替えられるかを確認してください。
  en: Ask whether X11 has to be open, or whether SSH forwarding will do.
examples:
  now: 2026-01-31
  bad:
    listeners:
      - {asset: a, protocol: tcp, port: 6000, process: Xorg, loopback: false}
      - {asset: a, protocol: tcp, port: 6063, process: X, loopback: false}
    fails: [[a, 6000], [a, 6063]]
  good:
    listeners:
      - {asset: a, protocol: tcp, port: 5999, process: Xorg, loopback: false}
      - {asset: a, protocol: tcp, port: 6064, process: Xorg, loopback: false}
      - {asset: a, protocol: tcp, port: 6001, process: redis, loopback: false}
      - {asset: a, protocol: tcp, port: 6001, process: Xorg, loopback: true}
    passes: [a]
---*/
select asset, port, process, evidence
from listeners
where starts_with(process, 'X') and port between 6000 and 6063 and loopback is not true
