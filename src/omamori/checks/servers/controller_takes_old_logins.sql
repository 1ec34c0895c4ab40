/*---
title: {ja: ドメインコントローラが古い形のログインを受け入れる, en: The domain controller takes old forms of login}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows' and domain_role = 'controller'
why:
  ja: 自分は新しい形で送っても、古い形(NTLMv1)で来たログインを受け入れます。古い形は途中で捕まえれば短い時間で解けるので、一台の古い機器から全体に響きます。
  en: It sends the new form but still takes the old one (NTLMv1). Caught on its way, that is solved in a short time, so one old machine weakens all.
message:
  ja: "{asset}: 古い形のログインを受け入れます(LmCompatibilityLevel {level})"
  en: "{asset}: it takes old forms of login (LmCompatibilityLevel {level})"
fix:
  cost: none
  ja: 古い形で入る機器をイベント4624(NTLM V1)で調べ、直すか替えてから5にしてください。3に戻せば元どおりです。
  en: Look in event 4624 for machines that log in with NTLM V1, mend or replace them, then set it to 5. 3 undoes it.
  run: |
    reg add "HKLM\SYSTEM\CurrentControlSet\Control\Lsa" /v LmCompatibilityLevel /t REG_DWORD /d 5 /f
ask:
  ja: 装置や複合機がNTLMv2でログインできるかを確認してください。
  en: Ask whether devices and printers can log in with NTLMv2.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: dc, platform: windows, domain_role: controller}, {asset: four, platform: windows, domain_role: controller}, {asset: two, platform: windows, domain_role: controller}, {asset: m, platform: windows, domain_role: member}, {asset: lin, platform: linux, domain_role: controller}, {asset: new, platform: windows, domain_role: controller}]
    windows_settings: [{asset: dc, lm_level: 3}, {asset: four, lm_level: 4}, {asset: two, lm_level: 2}, {asset: m, lm_level: 3}, {asset: lin, lm_level: 3}, {asset: new, lm_level: 5}]
    fails: [dc, four]
  good:
    hosts: [{asset: dc, platform: windows, domain_role: controller}]
    windows_settings: [{asset: dc, lm_level: 5}]
---*/
-- Below 3 it sends the old form itself: accounts.old_login_forms.
select asset, lm_level as level, evidence
from windows_settings
where lm_level in (3, 4)
