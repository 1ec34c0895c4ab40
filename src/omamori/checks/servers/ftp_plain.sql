/*---
title: {ja: FTPが名乗らない人や暗号なしの通信を許す, en: FTP lets in strangers or sends passwords openly}
severity: high
subject: asset
key: [asset, setting]
scope: select asset from hosts where platform = 'linux'
why:
  ja: FTPはパスワードもファイルもそのまま流れます。匿名を許せば、尋ねることさえしません。
  en: FTP sends passwords and files as they are; anonymous FTP does not even ask.
message:
  ja: "{asset}: FTPの {setting} が {value} です"
  en: "{asset}: {setting} of the FTP server is {value}"
fix:
  cost: none
  ja: 受け渡しをSFTP(SSHに付属)に替えるのが簡単です。すぐに替えられなければ anonymous_enable=NO、ssl_enable=YES にしてください。
  en: The simplest is SFTP, which comes with SSH. Until then set anonymous_enable=NO and ssl_enable=YES.
  run: sudo systemctl restart vsftpd
ask:
  ja: FTPで送ってくる機器の一覧と、SFTPに替えられるかを確認してください。
  en: Ask which devices send by FTP and whether SFTP would do.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    server_settings:
      - {asset: ehr, service: vsftpd, name: anonymous_enable, value: "YES"}
      - {asset: ehr, service: vsftpd, name: ssl_enable, value: "no"}
      - {asset: bsd, service: vsftpd, name: ssl_enable, value: "NO"}
    fails: [[ehr, anonymous_enable], [ehr, ssl_enable]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    server_settings:
      - {asset: ehr, service: vsftpd, name: anonymous_enable, value: "NO"}
      - {asset: ehr, service: vsftpd, name: ssl_enable, value: "YES"}
      - {asset: ehr, service: vsftpd, name: local_enable, value: "YES"}
      - {asset: ehr, service: proftpd, name: anonymous_enable, value: "YES"}
---*/
select asset, name as setting, value, evidence
from server_settings
where service = 'vsftpd' and lower(name || '=' || value) in ('anonymous_enable=yes', 'anon_upload_enable=yes', 'ssl_enable=no')
