/*---
title: {ja: 定期実行のためにパスワードが機器に保存されている, en: A password is kept on the machine for a scheduled task}
severity: low
subject: asset
key: [asset, task]
scope: select asset from hosts where platform = 'windows'
why:
  ja: Windowsは定期実行のために登録されたパスワードを元に戻せる形で保存します。機器の管理者になった者は、その人のパスワードをそのまま読めます。
  en: Windows keeps the password given to a task so that it can be read back. Whoever becomes administrator of the machine reads that person's password as it is.
message:
  ja: "{asset}: 定期実行 {task} のために {account} のパスワードが保存されています"
  en: "{asset}: the password of {account} is kept for the task {task}"
fix:
  cost: none
  ja: 職員や管理者のアカウントではなく、SYSTEMかその仕事だけのアカウントで動かしてください。
  en: Let it run as SYSTEM or with an account for this work alone, not with that of a person or an administrator.
  run: |
    schtasks /query /tn "NAME" /v /fo list
    schtasks /change /tn "NAME" /ru SYSTEM
ask:
  ja: この定期実行に使っているアカウントが、ほかでも使われていないかを確認してください。
  en: Ask whether the account of this task is used elsewhere too.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: lx, platform: linux}]
    tasks:
      - {asset: a, name: '\Copy', account: 'HOSP\tanaka', stored_password: true}
      - {asset: a, name: '\Send', account: tanaka, stored_password: true, enabled: true}
      - {asset: a, name: '\Off', account: tanaka, stored_password: true, enabled: false}
      - {asset: a, name: '\Sys', account: SYSTEM, stored_password: false}
      - {asset: lx, name: x, account: tanaka, stored_password: true}
    fails: [[a, '\Copy'], [a, '\Send']]
  good:
    hosts: [{asset: a, platform: windows}]
    tasks: [{asset: a, name: '\Sys', account: SYSTEM, stored_password: false, enabled: true}]
    passes: [a]
---*/
select asset, name as task, account, evidence
from tasks
where stored_password and enabled is not false
