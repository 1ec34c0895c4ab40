/*---
title:
  ja: rsh・rlogin・rexec が動いている
  en: rsh, rlogin or rexec is running
severity: critical
subject: asset
key: [asset, port]
why:
  ja: パスワードなしで遠隔操作できる古い仕組みです。名乗ったアドレスを信じるため、誰でもなりすませます。
  en: "An old way to work on a machine without a password: it believes whatever address a caller claims."
message:
  ja: "{asset}: 古い遠隔操作(ポート{port}、{process})が待ち受けています"
  en: "{asset}: an old remote shell listens on port {port} ({process})"
fix:
  cost: none
  ja: SSHに切り替えてから、削除してください。
  en: Move to SSH, then remove it.
  run: "sudo apt-get remove rsh-server   # or: sudo dnf remove rsh-server"
ask:
  ja: SSHを使う保守方法に切り替えられるかを確認してください。
  en: Ask whether maintenance can move to SSH.
examples:
  now: 2026-01-31
  bad:
    listeners:
      - {asset: a, protocol: tcp, port: 512, loopback: false}
      - {asset: a, protocol: tcp, port: 514, loopback: false, process: inetd}
    fails: [[a, 512], [a, 514]]
  good:
    listeners:
      - {asset: a, protocol: tcp, port: 511, loopback: false}
      - {asset: a, protocol: tcp, port: 515, loopback: false}
      - {asset: a, protocol: tcp, port: 513, loopback: true}
      - {asset: a, protocol: udp, port: 513, loopback: false, process: rwhod}
      - {asset: a, protocol: tcp, port: 514, loopback: false, process: rsyslogd}
    passes: [a]
---*/
select asset, port, process, evidence
from listeners
where protocol = 'tcp' and port between 512 and 514 and loopback is not true
  and coalesce(process, '') not in ('rsyslogd', 'syslog-ng')  -- logs of others come in on 514 too
