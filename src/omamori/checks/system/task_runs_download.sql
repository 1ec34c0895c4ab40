/*---
title:
  ja: 定期実行が外から取ったものをそのまま動かしている
  en: A scheduled task runs what it downloads
severity: high
subject: asset
key: [asset, task]
why:
  ja: 取り先が乗っ取られたり、途中ですり替えられたりすると、この機器で何でも動かされます。
  en: Whoever takes over the source, or changes the download on its way, runs anything on this machine.
message:
  ja: "{asset}: 定期実行 {task} が取得したものをそのまま動かします: {command}"
  en: "{asset}: the task {task} runs what it downloads: {command}"
fix:
  cost: low
  ja: 中身を確かめたファイルを機器の中に置いて、それを動かすように変えてください。
  en: Keep a file that was looked at on the machine, and run that.
ask:
  ja: この定期実行が必要か、取得したものを確かめてから動かすように変えられるかを確認してください。
  en: Ask whether the task is needed, and whether it can check what it downloads first.
examples:
  now: 2026-01-31
  bad:
    tasks:
      - {asset: a, name: "/etc/cron.d/x:1", command: "curl -s http://10.1.0.9/job.sh | sh"}
      - {asset: a, name: "/etc/cron.d/x:2", command: "wget -qO- http://10.1.0.9/x|bash -s", enabled: true}
    fails: [[a, "/etc/cron.d/x:1"], [a, "/etc/cron.d/x:2"]]
  good:
    tasks:
      - {asset: a, name: t1, command: "curl -s http://10.1.0.9/x -o /srv/x"}
      - {asset: a, name: t2, command: "cat x | sh"}
      - {asset: a, name: t3, command: "curl http://10.1.0.9/job.sh | sh", enabled: false}
    passes: [a]
---*/
select asset, name as task, command, evidence
from tasks
where regexp_matches(command, '(curl|wget)[^;&]*[|] *(sudo +)?((/usr)?/bin/)?(ba|da|z)?(sh|python3?|perl)( |$)') and enabled is not false
