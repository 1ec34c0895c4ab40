/*---
title:
  ja: TFTPサーバが動いている
  en: A TFTP server is running
severity: medium
subject: asset
key: [asset, port]
why:
  ja: TFTPには利用者の確認がありません。誰でもファイルを取り出せ、設定によっては書き込めます。
  en: "TFTP asks nobody who they are: anybody can fetch files and, if set so, write them."
message:
  ja: "{asset}: TFTPがポート{port}で待ち受けています({process})"
  en: "{asset}: TFTP listens on port {port} ({process})"
fix:
  cost: none
  ja: 機器の起動や設定の配布に使っていなければ止めてください。使う場合は、使うときだけ起動し、接続元を限定してください。
  en: Stop it unless machines start from it or get their settings there. Then run it only when needed and limit who may connect.
  run: sudo systemctl disable --now tftpd-hpa
ask:
  ja: TFTPを何に使っているか、使うときだけ起動できるかを確認してください。
  en: Ask what TFTP is used for, and whether it can run only when needed.
examples:
  now: 2026-01-31
  bad:
    listeners:
      - {asset: a, protocol: udp, port: 69, loopback: false}
      - {asset: a, protocol: udp, port: 6969, process: in.tftpd, loopback: false}
    fails: [[a, 69], [a, 6969]]
  good:
    listeners:
      - {asset: a, protocol: tcp, port: 69, process: in.tftpd, loopback: false}
      - {asset: a, protocol: udp, port: 68, process: dhclient, loopback: false}
      - {asset: a, protocol: udp, port: 69, process: in.tftpd, loopback: true}
    passes: [a]
---*/
select asset, port, process, evidence
from listeners
where protocol = 'udp' and loopback is not true and (port = 69 or process like '%tftpd')
