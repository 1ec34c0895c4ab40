/*---
title:
  ja: 古い形のログイン(LM、NTLMv1)を使う
  en: It logs in with the oldest forms (LM, NTLMv1)
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: この形のログインは、通信を見た者が短い時間で破れます。破られたパスワードは他の機器にも使われます。
  en: Whoever sees such a login on the wire can break it in a short time, and try the password elsewhere.
message:
  ja: "{asset}: LmCompatibilityLevel が {level} です(3未満)"
  en: "{asset}: LmCompatibilityLevel is {level} (below 3)"
fix:
  cost: none
  ja: 古いNASや複合機の共有が開けるかを一台で確かめ、3にしてください。元の値を書けば戻せます。今のWindowsの標準の値です。
  en: Try on one machine that old NAS and copiers still open, then set it to 3, the standard of Windows today. Writing the former value undoes it.
  run: |
    reg add "HKLM\SYSTEM\CurrentControlSet\Control\Lsa" /v LmCompatibilityLevel /t REG_DWORD /d 3 /f
ask:
  ja: LMやNTLMv1でしかログインできない機器があるか、更新できるかを確認してください。
  en: Ask which device knows only LM or NTLMv1, and whether it can be updated.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lin, platform: linux}, {asset: c, platform: windows}, {asset: d, platform: windows}]
    windows_settings: [{asset: a, lm_level: 0}, {asset: b, lm_level: 2}, {asset: lin, lm_level: 0}, {asset: c}, {asset: d, lm_level: 3}]
    fails: [a, b]
  good:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}]
    windows_settings: [{asset: a, lm_level: 3}, {asset: b, lm_level: 5}]
---*/
select asset, lm_level as level, evidence
from windows_settings
where lm_level < 3
