/*---
title:
  ja: 管理者権限の定期実行が個人のフォルダにある
  en: A task with full rights lies in a person’s folder
severity: medium
subject: asset
key: [asset, task]
why:
  ja: 個人のフォルダや一時フォルダのプログラムは、その利用者が書き換えられます。書き換えれば管理者権限で動きます。
  en: Whoever owns the folder may change the program, and the change runs with full rights.
message:
  ja: "{asset}: 定期実行 {task} が管理者権限で {command} を動かします"
  en: "{asset}: the task {task} runs {command} with full rights"
fix:
  cost: none
  ja: プログラムを /usr/local/sbin などに移し、所有者を root にしてください。
  en: Move the program to /usr/local/sbin and let root own it.
  run: sudo install -o root -m 755 FILE /usr/local/sbin/
ask:
  ja: この定期実行のプログラムを、管理者だけが書ける場所に移せるかを確認してください。
  en: Ask whether the program can be moved to where only administrators may write.
examples:
  now: 2026-01-31
  bad:
    tasks:
      - {asset: a, name: t1, account: root, command: /home/takeda/report.sh}
      - {asset: a, name: t2, account: root, command: "cd / && /tmp/x.sh"}
    fails: [[a, t1], [a, t2]]
  good:
    tasks:
      - {asset: a, name: t1, account: takeda, command: /home/takeda/report.sh}
      - {asset: a, name: t2, account: root, command: /usr/local/sbin/report.sh}
      - {asset: a, name: t3, account: root, command: "/usr/bin/rsync -a /home/ /srv/copy"}
      - {asset: a, name: t4, account: root, command: /root/home/x}
    passes: [a]
---*/
select asset, name as task, command, evidence
from tasks
where account = 'root' and regexp_matches(command, '(^|[;&|] *)(/bin/sh +|bash +|sh +)?(/home/|/tmp/|/var/tmp/)')
