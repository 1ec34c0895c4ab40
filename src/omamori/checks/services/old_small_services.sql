/*---
title:
  ja: 使われない古い小さなサービスが動いている
  en: Old small services are running
severity: low
subject: asset
key: [asset, port, protocol]
why:
  ja: echo や finger などは今では使われませんが、情報を教えたり、他の機器への攻撃の踏み台にされたりします。
  en: Nobody uses echo or finger any more, but they tell about the machine or help to flood another.
message:
  ja: "{asset}: 古いサービス(ポート{port}、{protocol})が待ち受けています"
  en: "{asset}: an old service listens on port {port} ({protocol})"
fix:
  cost: none
  ja: inetd または xinetd の設定で無効にしてください。
  en: Turn it off in the settings of inetd or xinetd.
  run: sudo systemctl disable --now xinetd openbsd-inetd
ask:
  ja: このサービスが必要かを確認してください。
  en: Ask whether the service is needed.
examples:
  now: 2026-01-31
  bad:
    listeners:
      - {asset: a, protocol: tcp, port: 7, loopback: false}
      - {asset: a, protocol: udp, port: 9, loopback: false}
      - {asset: a, protocol: tcp, port: 13, loopback: false}
      - {asset: a, protocol: tcp, port: 19, loopback: false}
      - {asset: a, protocol: tcp, port: 37, loopback: false}
      - {asset: a, protocol: tcp, port: 79, loopback: false}
    fails: [[a, 7, tcp], [a, 9, udp], [a, 13, tcp], [a, 19, tcp], [a, 37, tcp], [a, 79, tcp]]
  good:
    listeners:
      - {asset: a, protocol: tcp, port: 22, loopback: false}
      - {asset: a, protocol: tcp, port: 7, loopback: true}
    passes: [a]
---*/
select asset, port, protocol, evidence
from listeners
where port in (7, 9, 13, 19, 37, 79) and not coalesce(loopback, false)
