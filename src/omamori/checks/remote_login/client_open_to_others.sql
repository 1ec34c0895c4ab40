/*---
title: {ja: 端末PCの遠隔操作にどこからでも届く, en: Remote control of a client PC can be reached from anywhere}
severity: high
subject: asset
key: [asset, port]
scope: select asset from hosts where platform = 'windows' and role = 'client'
why:
  ja: 遠隔操作の入口が開いていると、院内に入った侵入者が次の足場にします。
  en: An open door for remote control is the intruder's next step inside.
message:
  ja: "{asset}: ポート{port}にどこからでも届きます"
  en: "{asset}: port {port} can be reached from anywhere"
fix:
  cost: none
  ja: 使う人のアドレスだけに絞るか、使わなければ遠隔操作を切ってください。
  en: Limit it to the addresses of those who use it, or switch it off.
  run: |
    netsh advfirewall firewall set rule group="Remote Desktop" new remoteip=10.1.0.50
    reg add "HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server" /v fDenyTSConnections /t REG_DWORD /d 1 /f
ask:
  ja: 遠隔保守に使う接続元のアドレスを確認してください。
  en: Ask from which addresses maintenance connects.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: client}, {asset: udp, platform: windows, role: client}, {asset: sv, platform: windows, role: server}, {asset: lx, platform: linux, role: client}]
    exposures:
      - {asset: a, protocol: tcp, port: 3389, inbound: open}
      - {asset: a, protocol: tcp, port: 5900, inbound: open}
      - {asset: a, protocol: tcp, port: 5985, inbound: restricted}
      - {asset: a, protocol: tcp, port: 80, inbound: open}
      - {asset: udp, protocol: tcp, port: 5900, inbound: unknown, doubt: to_confirm}
      - {asset: udp, protocol: udp, port: 3389, inbound: open}
      - {asset: sv, protocol: tcp, port: 3389, inbound: open}
      - {asset: lx, protocol: tcp, port: 3389, inbound: open}
    fails: [[a, 3389], [a, 5900]]
    unknowns: [[udp, 5900]]
  good:
    hosts: [{asset: a, platform: windows, role: client}]
    exposures: [{asset: a, protocol: tcp, port: 3389, inbound: restricted}]
    passes: [a]
---*/
select asset, port, doubt as unknown, evidence
from exposures
where protocol = 'tcp' and port in (3389, 5900) and inbound in ('open', 'unknown')
