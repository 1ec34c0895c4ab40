/*---
title: {ja: 画面の遠隔操作にパスワードがない, en: The screen can be operated without a password}
severity: critical
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: つながった人は、目の前に座っているのと同じ操作ができます。
  en: Whoever connects can do what somebody sitting there can.
message:
  ja: "{asset}: VNCがパスワードなしで動いています({detail})"
  en: "{asset}: VNC runs without a password ({detail})"
fix:
  cost: none
  ja: パスワードファイルを作り、SSHの中だけで使う形(-localhost)に替えてください。
  en: Make a password file and let it be used through SSH only (-localhost).
  run: x11vnc -storepasswd && x11vnc -usepw -localhost
ask:
  ja: 画面の遠隔操作を誰が使うか、パスワードと接続元の制限を付けられるかを確認してください。
  en: Ask who uses it and whether a password and a limit on addresses can be set.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: us, platform: linux}, {asset: ct, platform: linux}, {asset: bsd, platform: other}]
    server_settings:
      - {asset: us, service: vnc, name: arguments, value: x11vnc -display :0 -nopw}
      - {asset: ct, service: vnc, name: SecurityTypes, value: none}
      - {asset: bsd, service: vnc, name: SecurityTypes, value: none}
    fails: [us, ct]
  good:
    hosts: [{asset: us, platform: linux}, {asset: ct, platform: linux}]
    server_settings:
      - {asset: us, service: vnc, name: arguments, value: x11vnc -rfbauth /root/.vnc/passwd}
      - {asset: us, service: vnc, name: arguments, value: x11vnc -nopw -localhost}
      - {asset: ct, service: vnc, name: SecurityTypes, value: "VncAuth,TLSVnc"}
      - {asset: ct, service: redis, name: arguments, value: x -nopw}
---*/
select asset, string_agg(distinct value, ' / ') as detail, min(evidence) as evidence
from server_settings
where service = 'vnc' and regexp_matches(name || ' ' || value, '(?i)-nopw|securitytypes[ =]+none') and not contains(value, '-localhost')
group by asset
