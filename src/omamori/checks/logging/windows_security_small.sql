/*---
title: {ja: セキュリティログがすぐに上書きされる大きさである, en: The security log is so small that it is soon overwritten}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 標準の20 MBでは、忙しいサーバで数時間から数日分しか残りません。侵入の始まりは何週間も前のことがあります。
  en: The usual 20 MB hold hours or days on a busy server. An intrusion may have begun weeks before.
message:
  ja: "{asset}: セキュリティログの上限は {megabytes} MB です"
  en: "{asset}: the security log is limited to {megabytes} MB"
fix:
  cost: none
  ja: 上限を128 MB以上にしてください。ディスクに空きがあれば費用はかかりません。
  en: Raise the limit to 128 MB or more. With room on the disk it costs nothing.
  run: |
    wevtutil sl Security /ms:268435456
ask:
  ja: ログの上限を増やしてよいかを確認してください。
  en: Ask whether the limit may be raised.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: server}, {asset: b, platform: windows, role: server}, {asset: lx, platform: linux, role: server}]
    log_settings:
      - {asset: a, log: Security, max_bytes: 134217727}
      - {asset: a, log: Application, max_bytes: 1000}
      - {asset: lx, log: security, max_bytes: 1000}
    fails: [a]
  good:
    hosts: [{asset: a, platform: windows}]
    log_settings: [{asset: a, log: Security, max_bytes: 134217728}, {asset: a, log: System, max_bytes: 1000}]
    passes: [a]
---*/
select asset, max_bytes // 1048576 as megabytes, evidence
from log_settings
where lower(log) = 'security' and max_bytes < 134217728
