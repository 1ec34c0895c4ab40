/*---
title:
  ja: "端末PCのファイル共有にほかの端末から届く"
  en: "Other machines reach a client PC's file sharing"
severity: medium
subject: asset
key: [asset, port]
scope: select asset from hosts where platform = 'windows' and role = 'client'
why:
  ja: 端末どうしでつながる必要はまずありません。ここを閉じると、ウイルスが端末から端末へ広がる道が一つなくなります。
  en: PCs hardly ever need to reach each other. Closed, one way from PC to PC is gone.
message:
  ja: "{asset}: ファイル共有(ポート{port})にどこからでも届きます"
  en: "{asset}: file sharing (port {port}) can be reached from anywhere"
fix:
  cost: none
  ja: 受信の規則を、管理用のサーバのアドレスだけに絞ってください。まず一台で試します。
  en: Limit the inbound rule to the addresses of the managing servers. Try one PC first.
  run: |
    netsh advfirewall firewall show rule name=all dir=in | findstr 445
    # narrow the allow rule to the servers, e.g. 10.1.0.21
    netsh advfirewall firewall set rule group="File and Printer Sharing" new remoteip=10.1.0.21
ask:
  ja: 端末の共有を使う装置や管理ソフトがあるかを確認してください。
  en: Ask whether a device or management software uses the PC's shares.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: client}, {asset: old, platform: windows, role: client}, {asset: sv, platform: windows, role: server}, {asset: lx, platform: linux, role: client}]
    exposures:
      - {asset: old, protocol: tcp, port: 139, inbound: open}
      - {asset: a, protocol: tcp, port: 445, inbound: open}
      - {asset: a, protocol: tcp, port: 135, inbound: open}
      - {asset: old, protocol: tcp, port: 445, inbound: unknown, doubt: to_confirm}
      - {asset: sv, protocol: tcp, port: 445, inbound: open}
      - {asset: lx, protocol: tcp, port: 445, inbound: open}
    fails: [[a, 445], [old, 139]]
    unknowns: [[old, 445]]
  good:
    hosts: [{asset: a, platform: windows, role: client}, {asset: b, platform: windows, role: client}]
    exposures: [{asset: a, protocol: tcp, port: 445, inbound: restricted}, {asset: a, protocol: udp, port: 445, inbound: open}, {asset: b, protocol: tcp, port: 80, inbound: open}]
    passes: [a, b]
---*/
select asset, port, doubt as unknown, evidence
from exposures
where protocol = 'tcp' and port in (139, 445) and inbound in ('open', 'unknown')
