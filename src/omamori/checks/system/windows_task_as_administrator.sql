/*---
title: {ja: 定期実行が組み込みのAdministratorで動いている, en: A scheduled task runs as the built-in Administrator}
severity: medium
subject: asset
key: [asset, task]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 定期実行に登録したパスワードはその機器に残り、管理者になった者が取り出せます。同じパスワードの機器が他にもあれば、そこにも入られます。
  en: The password given to a task stays on the machine, where whoever became administrator takes it out. It also opens every other machine with the same password.
message:
  ja: "{asset}: 定期実行 {task} が {account} で {command} を動かします"
  en: "{asset}: the task {task} runs {command} as {account}"
fix:
  cost: none
  ja: 機器の中の仕事ならSYSTEMで動きます。ほかの機器に触れる仕事なら、そこにだけ権限のあるアカウントを作ってください。
  en: Work on the machine itself can run as SYSTEM. Work that touches others needs an account with rights to them alone.
  run: |
    schtasks /query /tn "NAME" /v /fo list
    schtasks /change /tn "NAME" /ru SYSTEM
ask:
  ja: この定期実行がAdministratorでなくても動くかを確認してください。
  en: Ask whether the task also runs without Administrator.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: lx, platform: linux}]
    tasks:
      - {asset: a, name: '\Copy', account: Administrator, command: 'C:\tools\copy.bat'}
      - {asset: a, name: '\Move', account: '.\administrator', enabled: true, command: 'C:\tools\move.bat'}
      - {asset: a, name: '\Off', account: Administrator, enabled: false, command: 'C:\tools\off.bat'}
      - {asset: a, name: '\Other', account: 'HOSP\administrator2', enabled: true, command: 'C:\tools\x.bat'}
      - {asset: a, name: '\Defrag', account: Administrators, enabled: true, command: 'C:\Windows\system32\defrag.exe'}
      - {asset: lx, name: x, account: administrator, enabled: true, command: x}
    fails: [[a, '\Copy'], [a, '\Move']]
  good:
    hosts: [{asset: a, platform: windows}]
    tasks: [{asset: a, name: '\Defrag', account: SYSTEM, enabled: true, command: 'C:\Windows\system32\defrag.exe'}]
    passes: [a]
---*/
-- With the name of a domain in front it may be the domain's: accounts.task_domain_administrator.
select asset, name as task, account, command, evidence
from tasks
where regexp_full_match(lower(account), '(\.\\)?administrator') and enabled is not false
