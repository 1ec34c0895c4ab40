/*---
title:
  ja: "定期実行のプログラムが利用者のフォルダーにある"
  en: "A scheduled task runs a program in a user's folder"
severity: medium
subject: asset
key: [asset, task]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 利用者が書き換えられる場所のプログラムが、決まった時刻に動きます。ウイルスが居座る定番の方法です。
  en: A program that a user can replace runs again and again. It is malware's usual way to stay.
message:
  ja: "{asset}: 定期実行 {task} が {command} を {account} で動かします"
  en: "{asset}: the task {task} runs {command} as {account}"
fix:
  cost: none
  ja: 心当たりがなければ止めて調べてください。必要なものなら、Program Filesの下に移してください。
  en: If nobody knows it, disable it and look into it. If it is needed, move it below Program Files.
  run: |
    schtasks /query /tn "NAME" /v /fo list
    schtasks /change /tn "NAME" /disable
ask:
  ja: この定期実行が製品の一部かを確認してください。
  en: Ask whether the task belongs to the product.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: lx, platform: linux}]
    tasks:
      - {asset: a, name: '\Update', command: 'C:\Users\Public\u.exe', account: SYSTEM}
      - {asset: a, name: '\Temp', command: '"C:\Windows\Temp\x.bat"', enabled: true}
      - {asset: a, name: '\Off', command: 'C:\Temp\x.exe', enabled: false}
      - {asset: a, name: '\Ok', command: 'C:\Program Files\Users\x.exe'}
      - {asset: lx, name: x, command: 'C:\Temp\x.exe'}
    fails: [[a, '\Update'], [a, '\Temp']]
  good:
    hosts: [{asset: a, platform: windows}]
    tasks: [{asset: a, name: '\Ok', command: 'C:\Windows\system32\defrag.exe -c'}]
    passes: [a]
---*/
select asset, name as task, command, account, evidence
from tasks
where regexp_matches(lower(command), '^"?([a-z]:\\(users|documents and settings|windows\\temp|temp|tmp|perflogs)\\|%(temp|tmp|appdata|localappdata|userprofile|public)%)')
  and enabled is not false
