/*---
title:
  ja: 画面共有(VNC)が待ち受けている
  en: Screen sharing (VNC) is listening
severity: high
subject: asset
key: [asset, port]
why:
  ja: VNCは短いパスワードだけ、またはパスワードなしで画面を操作でき、通信も暗号化されないことが多い仕組みです。
  en: VNC gives the screen away for a short password or none, and mostly without encryption.
message:
  ja: "{asset}: VNCがポート{port}で待ち受けています({process})"
  en: "{asset}: VNC listens on port {port} ({process})"
fix:
  cost: low
  ja: 使っていなければ止めてください。使う場合はSSHの中を通し、この機器自身からだけ接続できるようにしてください。
  en: Stop it when nobody uses it. Else let it listen on this machine only and go through SSH.
  run: sudo systemctl disable --now x11vnc vncserver@:1
ask:
  ja: 遠隔操作の方法と、接続元を限定できるかを確認してください。
  en: Ask how remote work is done, and whether the addresses that may connect can be limited.
examples:
  now: 2026-01-31
  bad:
    listeners:
      - {asset: a, protocol: tcp, port: 5900, loopback: false}
      - {asset: a, protocol: tcp, port: 5999, loopback: false}
      - {asset: a, protocol: tcp, port: 5800, loopback: false}
      - {asset: a, protocol: tcp, port: 5810, loopback: false}
      - {asset: a, protocol: tcp, port: 5984, loopback: false}
      - {asset: a, protocol: tcp, port: 5987, loopback: false}
    fails: [[a, 5900], [a, 5999], [a, 5800], [a, 5810], [a, 5984], [a, 5987]]
  good:
    listeners:
      - {asset: a, protocol: tcp, port: 5899, loopback: false}
      - {asset: a, protocol: tcp, port: 6000, loopback: false}
      - {asset: a, protocol: tcp, port: 5799, loopback: false}
      - {asset: a, protocol: tcp, port: 5811, loopback: false}
      - {asset: a, protocol: tcp, port: 5985, loopback: false}
      - {asset: a, protocol: tcp, port: 5986, loopback: false}
      - {asset: a, protocol: tcp, port: 5901, loopback: true}
      - {asset: a, protocol: udp, port: 5901, loopback: false}
    passes: [a]
---*/
select asset, port, process, evidence
from listeners
where (port between 5800 and 5810 or port between 5900 and 5999)
  and port not in (5985, 5986)  -- remote management of Windows (WinRM)
  and protocol = 'tcp' and loopback is not true
