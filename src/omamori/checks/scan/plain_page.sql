/*---
title: {ja: 機器の管理画面が暗号のないWebで開いている, en: The management page of a device is open without encryption}
severity: low
subject: asset
key: [asset, port]
scope: select asset from recognised_machines where kind in ('printer', 'nas', 'camera', 'switch', 'router', 'wireless', 'hypervisor')
why:
  ja: 管理者のパスワードがそのまま流れます。買ったときのパスワードのままの機器も多く、見つけた人が設定を変えられます。
  en: The administrator's password travels as it is typed. Many such devices still have the password they were bought with, and whoever finds them can change their settings.
message:
  ja: "{asset}({address}): 暗号のないWeb(ポート{port})が開いています"
  en: "{asset} ({address}): web without encryption (port {port}) is open"
fix:
  cost: none
  ja: 管理画面をHTTPSに切り替えるか使わない間は止め、パスワードを買ったときのものから変えてください。届く相手は管理用PCだけに絞ってください。
  en: Switch the page to HTTPS or off while nobody needs it, change the password it came with, and let only the PCs that administer it reach it.
ask:
  ja: 管理画面をHTTPSだけにできるか、管理者のパスワードを変えてあるかを教えてください。
  en: Can the management page be HTTPS only, and was the administrator's password changed?
examples:
  now: 2026-01-31
  bad:
    recognised_machines: [{asset: mfp, kind: printer}, {asset: srv, kind: server}, {asset: cam, kind: camera}]
    network_ports:
      - {asset: mfp, address: 10.1.0.5, protocol: tcp, port: 80, state: open}
      - {asset: mfp, address: 10.1.0.5, protocol: tcp, port: 8080, state: open}
      - {asset: srv, address: 10.1.0.6, protocol: tcp, port: 80, state: open}
      - {asset: cam, address: 10.1.0.7, protocol: tcp, port: 443, state: open}
      - {asset: cam, address: 10.1.0.7, protocol: tcp, port: 80, state: filtered}
      - {asset: cam, address: 10.1.0.7, protocol: udp, port: 80, state: open}
      - {asset: cam, address: 10.1.0.7, protocol: tcp, port: 8080, state: open, encrypted: true}
    fails: [[mfp, 80], [mfp, 8080]]
  good:
    recognised_machines: [{asset: mfp, kind: printer}]
    network_ports: [{asset: mfp, address: 10.1.0.5, protocol: tcp, port: 443, state: open}]
    passes: [mfp]
---*/
select asset, port, address, evidence
from network_ports
where protocol = 'tcp' and state = 'open' and port in (80, 8080) and encrypted is not true
