/*---
title: {ja: 全員の、または見た時にいた人のログオンで、だれでも書き換えられる場所のプログラムが始まる, en: "At logon of all, or of somebody logged in at the look, a program starts from a folder anybody can write to"}
severity: high
subject: asset
key: [asset, name]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 次にログオンした人の権限で動くので、管理者がログオンすれば管理者として動きます。ウイルスが再起動の後も居座る定番の方法です。
  en: It runs with the rights of whoever logs on next, an administrator's too. It is malware's usual way to stay after a restart.
message:
  ja: "{asset}: {name} が {command} を始めます"
  en: "{asset}: {name} starts {command}"
fix:
  cost: none
  ja: 心当たりがなければ、消す前に写しを取って調べてください。要るものなら、Program Filesの下に移します。
  en: If nobody knows it, keep a copy and look into it before deleting. If it is needed, move it below Program Files.
  run: |
    reg query "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Run"
    icacls "FILE"
ask:
  ja: このプログラムが製品の一部か、置き場所を変えられるかを確認してください。
  en: Ask whether it belongs to the product, and whether it can be moved.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: lx, platform: linux}]
    startup_programs:
      - {asset: a, name: public, command: 'C:\Users\Public\send.exe', account: S-1-5-21-1-2-3-1105}
      - {asset: a, name: script, command: 'wscript.exe "C:\Temp\x.vbs"'}
      - {asset: a, name: mine, command: '"C:\Users\tanaka\AppData\Local\x\x.exe"'}
      - {asset: a, name: OneDrive, command: '"C:\Users\tanaka\AppData\Local\Microsoft\OneDrive\OneDrive.exe" /background', account: S-1-5-21-1-2-3-1105}
      - {asset: a, name: good, command: '"C:\Program Files\Karte\karte.exe" C:\Karte\Users\x'}
      - {asset: lx, name: x, command: 'C:\Users\Public\send.exe'}
    fails: [[a, public], [a, script], [a, mine]]
  good:
    hosts: [{asset: a, platform: windows}]
    startup_programs: [{asset: a, name: SecurityHealth, command: '%windir%\system32\SecurityHealthSystray.exe'}]
    passes: [a]
---*/
-- What starts for everybody must not lie in one person's folder; what starts for one person may, in folders of his own.
select asset, name, command, evidence
from startup_programs
where regexp_matches(lower(command), '[a-z]:\\(users\\public|windows\\temp|temp|tmp|perflogs)\\|\\appdata\\local\\temp\\|\\downloads\\|%(temp|tmp|public)%')
  or (account is null and regexp_matches(lower(command), '^"?([a-z]:\\(users|documents and settings)\\|%(appdata|localappdata|userprofile)%)'))
