/*---
title: {ja: 離席しても画面がロックされない, en: The screen does not lock when somebody leaves}
severity: medium
subject: asset
key: [asset]
scope: select asset from assets where platform = 'windows' and role = 'client'
why:
  ja: 席を離れた間に、他の人がその職員の名前で診療記録を見たり書いたりできます。
  en: While somebody is away, others read or write records in that name.
message:
  ja: "{asset}: 画面がロックされるまでの秒数が {seconds} です(0はロックなし)"
  en: "{asset}: the screen locks after {seconds} seconds (0: never)"
fix:
  cost: none
  ja: 15分(900秒)以内でロックしてください。モニタのように表示し続ける機器や、電子カルテ側で自動ログアウトする機器は、理由を書いて例外にできます。
  en: Let it lock within 15 minutes (900 seconds). Where a screen must stay on, or the record system logs people out itself, write that down as an exception.
  run: |
    reg add "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System" /v InactivityTimeoutSecs /t REG_DWORD /d 900 /f
    # Windows 7: screen saver with password, by group policy
ask:
  ja: 画面をロックしてよいか、電子カルテ側の自動ログアウトの時間を確認してください。
  en: Ask whether the screen may lock, and after how long the record system logs people out.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: client}, {asset: b, platform: windows, role: client}, {asset: sv, platform: windows, role: server}, {asset: lin, platform: linux, role: client}, {asset: c, platform: windows, role: client}, {asset: d, platform: windows, role: client}, {asset: e, platform: windows, role: client}]
    windows_settings: [{asset: a, screen_lock_seconds: 0}, {asset: b, screen_lock_seconds: 901}, {asset: sv, screen_lock_seconds: 0}, {asset: lin, screen_lock_seconds: 0}, {asset: c}, {asset: d, screen_lock_seconds: 900}, {asset: e, screen_lock_seconds: 1}]
    fails: [a, b]
  good:
    hosts: [{asset: a, platform: windows, role: client}, {asset: b, platform: windows, role: client}]
    windows_settings: [{asset: a, screen_lock_seconds: 900}, {asset: b, screen_lock_seconds: 600}]
---*/
select asset, screen_lock_seconds as seconds, evidence
from windows_settings
where screen_lock_seconds = 0 or screen_lock_seconds > 900
