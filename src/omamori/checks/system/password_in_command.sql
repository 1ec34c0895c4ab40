/*---
title:
  ja: パスワードが設定の命令に書かれている
  en: A password stands in a command
severity: medium
subject: asset
key: [asset, place]
why:
  ja: 定期実行やサービスの命令に書いたパスワードは、その機器の利用者の多くが読めます。一つ漏れると同じパスワードの機器に広がります。
  en: A password in a task or a service can be read by most accounts of the machine, and opens every machine that shares it.
message:
  ja: "{asset}: {place} の命令にパスワードが書かれています"
  en: "{asset}: a password stands in the command of {place}"
fix:
  cost: low
  ja: 管理者だけが読める設定ファイルに移し、パスワードを変えてください。
  en: Move it to a file only its account may read, and change the password.
  run: chmod 600 FILE
ask:
  ja: パスワードを命令の外に移せるかを確認してください。
  en: Ask whether the password can be taken out of the command.
examples:
  now: 2026-01-31
  bad:
    tasks: [{asset: a, name: dump, command: "mysqldump -p[secret: password, set] ehr"}]
    services: [{asset: a, name: transfer, command: "/x --password=[secret: password, default]"}]
    fails: [[a, dump], [a, transfer]]
  good:
    tasks: [{asset: a, name: dump, command: mysqldump ehr}, {asset: a, name: none}]
    services: [{asset: a, name: transfer, command: /x}]
    passes: [a]
---*/
select asset, name as place, evidence from tasks where contains(command, '[secret: ')
union all
select asset, name as place, evidence from services where contains(command, '[secret: ')
