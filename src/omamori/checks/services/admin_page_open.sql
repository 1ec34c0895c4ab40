/*---
title:
  ja: 管理画面がネットワークに開いている
  en: A management page is open to the network
severity: medium
subject: asset
key: [asset, port]
why:
  ja: 管理画面からは機器の全てを変えられます。診療に使うネットワークの誰からでも開けると、パスワード一つが最後の守りになります。
  en: Everything can be changed from a management page. Open to the whole network, one password is all that protects it.
message:
  ja: "{asset}: 管理画面(ポート{port}、{process})がネットワークに開いています"
  en: "{asset}: a management page listens on port {port} ({process})"
fix:
  cost: low
  ja: 管理用のネットワークか、管理者のPCからだけ開けるよう限定してください。
  en: Let only the management network or the administrator’s PC reach it.
  run: sudo ufw allow from ADMIN_PC to any port 9090
ask:
  ja: 管理画面を開ける接続元を限定できるかを確認してください。
  en: Ask whether the addresses that may open the page can be limited.
examples:
  now: 2026-01-31
  bad:
    listeners:
      - {asset: a, port: 2375, process: dockerd, loopback: false}
      - {asset: a, port: 10000, process: miniserv.pl, loopback: false}
      - {asset: a, port: 9090, process: systemd, loopback: false}
    fails: [[a, 2375], [a, 10000], [a, 9090]]
  good:
    listeners:
      - {asset: a, port: 2376, process: dockerd, loopback: false}
      - {asset: a, port: 10000, process: java, loopback: false}
      - {asset: a, port: 10001, process: miniserv.pl, loopback: false}
      - {asset: a, port: 9090, process: prometheus, loopback: false}
      - {asset: a, port: 22, process: systemd, loopback: false}
      - {asset: a, port: 9090, process: systemd, loopback: true}
    passes: [a]
---*/
select asset, port, process, evidence
from listeners
where (port = 2375 or (port = 10000 and process = 'miniserv.pl') or (port = 9090 and process in ('systemd', 'cockpit-ws', 'cockpit-tls')))
  and loopback is not true
