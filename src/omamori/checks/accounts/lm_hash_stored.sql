/*---
title: {ja: パスワードが最も弱い形(LMハッシュ)でも保存される, en: Passwords are also stored in the weakest form (LM hash)}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: この形のパスワードは、長くても7文字ずつに分けて短い時間で元に戻せます。
  en: In this form even a long password is recovered within a short time, seven characters by seven.
message:
  ja: "{asset}: パスワードがLMハッシュでも保存されます(NoLMHashが0)"
  en: "{asset}: passwords are stored as LM hash too (NoLMHash is 0)"
fix:
  cost: none
  ja: 1にした後、各アカウントのパスワードを一度変えてください(変えた時に弱い形が消えます)。Windows 98以前の機器だけがつながらなくなります。
  en: Set it to 1, then have every password changed once; only then the weak form is gone. Only Windows 98 and older stop connecting.
  run: |
    reg add "HKLM\SYSTEM\CurrentControlSet\Control\Lsa" /v NoLMHash /t REG_DWORD /d 1 /f
ask:
  ja: LMハッシュを必要とする機器があるかを確認してください。
  en: Ask whether some device needs the LM hash.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, lm_hash_stored: true}, {asset: ehr, lm_hash_stored: true}, {asset: old}, {asset: new, lm_hash_stored: false}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, lm_hash_stored: false}]
---*/
select asset, evidence
from windows_settings
where lm_hash_stored
