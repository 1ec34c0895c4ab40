/*---
title:
  ja: メールサーバがネットワークに開いている
  en: A mail server is open to the network
severity: medium
subject: asset
key: [asset, port]
why:
  ja: 多くのサーバでは、自分の知らせを送るだけのために入っています。外に開いていると、迷惑メールや偽のメールの中継に使われます。
  en: On most servers it is only there to send the machine’s own notices. Open to others it may pass on false mail.
message:
  ja: "{asset}: メールサーバ({process})がポート{port}で外に開いています"
  en: "{asset}: the mail server {process} listens for others on port {port}"
fix:
  cost: none
  ja: この機器の中だけで待ち受ける設定にしてください(Postfixなら inet_interfaces = loopback-only)。
  en: "Let it listen on this machine only (Postfix: inet_interfaces = loopback-only)."
  run: sudo postconf -e inet_interfaces=loopback-only && sudo systemctl restart postfix
ask:
  ja: この機器が他の機器のメールを受け取る必要があるかを確認してください。
  en: Ask whether this machine has to take mail from others.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a}]
    listeners:
      - {asset: a, protocol: tcp, port: 25, process: master, loopback: false}
      - {asset: a, protocol: tcp, port: 587, process: exim4, loopback: false}
      - {asset: a, protocol: tcp, port: 465, process: exim4, loopback: false}
    fails: [[a, 25], [a, 587], [a, 465]]
  good:
    hosts: [{asset: a}, {asset: mail}]
    listeners:
      - {asset: a, protocol: tcp, port: 25, process: master, loopback: true}
      - {asset: a, protocol: tcp, port: 24, process: master, loopback: false}
      - {asset: mail, protocol: tcp, port: 25, process: master, loopback: false}
      - {asset: mail, protocol: tcp, port: 993, process: dovecot, loopback: false}
    passes: [a, mail]
---*/
select asset, port, process, evidence
from listeners
where port in (25, 465, 587) and loopback is not true and asset not in (select m.asset from listeners m where m.port = 993)
