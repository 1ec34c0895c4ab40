/*---
title:
  ja: Telnetで遠隔操作を受け付けている
  en: Telnet takes remote logins
severity: high
subject: asset
key: [asset, port]
scope: select asset from hosts where platform = 'linux'
why:
  ja: Telnetは通信を暗号化しません。同じネットワークにいる人が、利用者名とパスワードをそのまま読み取れます。
  en: Telnet does not encrypt. Anybody on the same network can read user names and passwords as they are typed.
message:
  ja: "{asset}: Telnet(ポート{port}、{process})が待ち受けています"
  en: "{asset}: Telnet is listening on port {port} ({process})"
fix:
  cost: none
  ja: SSHに切り替えてから、Telnetサーバを止めて削除してください。
  en: Move to SSH, then stop and remove the Telnet server.
  run: |
    sudo apt-get remove telnetd inetutils-telnetd   # Debian, Ubuntu
    sudo dnf remove telnet-server   # RHEL family
ask:
  ja: Telnetを使わない保守方法(SSHなど)に切り替えられるか、切り替えまでの間は接続元を限定できるかを確認してください。
  en: Ask whether maintenance can move from Telnet to SSH, and whether the addresses that may connect can be limited until then.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: win, platform: windows}]
    listeners:
      - {asset: ehr, protocol: tcp, port: 23, loopback: false, process: inetd}
      - {asset: win, protocol: tcp, port: 23, loopback: false}
    fails: [[ehr, 23]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    listeners:
      - {asset: ehr, protocol: tcp, port: 22, loopback: false}
      - {asset: ehr, protocol: udp, port: 23, loopback: false}
      - {asset: ehr, protocol: tcp, port: 23, loopback: true}
---*/
select asset, port, process, evidence
from listeners
where protocol = 'tcp' and port = 23 and loopback is not true
