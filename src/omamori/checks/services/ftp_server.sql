/*---
title:
  ja: FTPサーバが動いている
  en: An FTP server is running
severity: medium
subject: asset
key: [asset, port]
why:
  ja: FTPはパスワードもファイルも暗号化しません。検査装置との受け渡しに残っていることが多く、同じネットワークにいる人が読み取れます。
  en: FTP encrypts neither passwords nor files. It is often left over from exchanging data with instruments, and anybody on the network can read along.
message:
  ja: "{asset}: FTPがポート{port}で待ち受けています({process})"
  en: "{asset}: FTP listens on port {port} ({process})"
fix:
  cost: low
  ja: 使っていなければ止めてください。使っている場合はSFTPなどに切り替え、それまで接続元を限定してください。
  en: Stop it when nobody uses it. Else move to SFTP, and until then limit who may connect.
  run: sudo systemctl disable --now vsftpd
ask:
  ja: FTPをSFTPなどに切り替えられるか、接続元を限定できるかを確認してください。
  en: Ask whether SFTP can take its place, and whether the addresses that may connect can be limited.
examples:
  now: 2026-01-31
  bad:
    listeners:
      - {asset: a, protocol: tcp, port: 21, process: vsftpd, loopback: false}
      - {asset: a, protocol: tcp, port: 2121, process: proftpd, loopback: false}
      - {asset: b, protocol: tcp, port: 21, loopback: false}
    fails: [[a, 21], [a, 2121], [b, 21]]
  good:
    listeners:
      - {asset: a, protocol: udp, port: 21, process: vsftpd, loopback: false}
      - {asset: a, protocol: tcp, port: 22, process: sshd, loopback: false}
      - {asset: a, protocol: tcp, port: 21, process: vsftpd, loopback: true}
    passes: [a]
---*/
select asset, port, process, evidence
from listeners
where protocol = 'tcp' and loopback is not true and (port = 21 or process in ('vsftpd', 'proftpd', 'pure-ftpd', 'in.ftpd'))
