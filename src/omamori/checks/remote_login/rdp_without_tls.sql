/*---
title: {ja: 遠隔操作の相手が本物かを確かめられない, en: Nobody can tell whether the machine behind Remote Desktop is the real one}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 古い方式では、途中に入り込んだ者がその機器になりすまして、入力されたパスワードを読めます。
  en: With the old method somebody in between can pose as the machine and read the password that is typed.
message:
  ja: "{asset}: リモートデスクトップが古い暗号化だけを使います(SecurityLayer 0)"
  en: "{asset}: Remote Desktop uses only its old encryption (SecurityLayer 0)"
fix:
  cost: none
  ja: 2にしてください。古い端末からつながらなくなることがあるので、使っている端末で一度試します。
  en: Set it to 2. Very old PCs may no longer connect, so try once from those that are used.
  run: |
    reg add "HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server\WinStations\RDP-Tcp" /v SecurityLayer /t REG_DWORD /d 2 /f
ask:
  ja: 保守に使う端末がTLSでつながるかを確認してください。
  en: Ask whether the PCs used for maintenance connect with TLS.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: shut, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, rdp_enabled: true, rdp_tls: false}, {asset: ehr, rdp_enabled: true, rdp_tls: false}, {asset: shut, rdp_enabled: false, rdp_tls: false}, {asset: new, rdp_enabled: true, rdp_tls: true}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, rdp_enabled: true, rdp_tls: true}]
---*/
select asset, evidence
from windows_settings
where rdp_enabled and rdp_tls is false
