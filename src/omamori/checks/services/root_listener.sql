/*---
title:
  ja: 管理者権限のプログラムがネットワークに開いている
  en: A program with full rights listens to the network
severity: medium
subject: asset
key: [asset, port]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 管理者権限で動くプログラムに弱点があると、機器全体が乗っ取られます。専用の権限に落とせば被害はそのプログラムまでです。
  en: A flaw in a program that runs with full rights gives the whole machine away; with rights of its own only the program is lost.
message:
  ja: "{asset}: {process} が管理者権限(root)でポート{port}に待ち受けています"
  en: "{asset}: {process} listens on port {port} with full rights (root)"
fix:
  cost: low
  ja: 専用の利用者で動かせるか、設定か業者に確認してください。必要なければ止めてください。
  en: See whether it can run as an account of its own; stop it when it is not needed.
  run: "sudo systemctl edit SERVICE   # [Service] User=…"
ask:
  ja: このプログラムを専用の利用者で動かせるかを確認してください。
  en: Ask whether the program can run as an account of its own.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: linux}, {asset: w, platform: windows}]
    listeners:
      - {asset: a, protocol: tcp, port: 8080, process: java, account: root, loopback: false}
      - {asset: w, protocol: tcp, port: 8080, process: java, account: root, loopback: false}
    fails: [[a, 8080]]
  good:
    hosts: [{asset: a, platform: linux}]
    listeners:
      - {asset: a, protocol: tcp, port: 8080, process: java, account: tomcat, loopback: false}
      - {asset: a, protocol: tcp, port: 8005, process: java, account: root, loopback: true}
      - {asset: a, protocol: tcp, port: 22, process: sshd, account: root, loopback: false}
      - {asset: a, protocol: tcp, port: 4444, account: root, loopback: false}
    passes: [a]
---*/
select asset, port, process, evidence
from listeners
where account = 'root' and loopback is false
  and process not in ('sshd', 'systemd', 'master', 'smbd', 'nmbd', 'nginx', 'apache2', 'httpd', 'rpc.mountd', 'rpc.statd', 'dhclient', 'NetworkManager',
                      'snmpd', 'chronyd', 'ntpd', 'rsyslogd', 'samba', 'cupsd', 'dnsmasq', 'docker-proxy', 'haproxy', 'charon', 'openvpn', 'dovecot', 'xinetd', 'inetd')
