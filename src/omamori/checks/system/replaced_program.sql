/*---
title:
  ja: 入れ替えられた古いプログラムが動き続けている
  en: A program that was replaced still runs
severity: low
subject: asset
key: [asset, program]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 更新でファイルは新しくなっても、動いているのは古いままです。弱点は再起動まで残ります。
  en: "The update replaced the file, but the old program still runs: its flaw stays until it is restarted."
message:
  ja: "{asset}: {program} は更新前のまま{count}個動いています"
  en: "{asset}: {count} processes of {program} run as they were before the update"
fix:
  cost: none
  ja: そのサービスを再起動するか、停止できる時間に機器を再起動してください。
  en: Restart the service, or the machine when it may stop.
  run: sudo systemctl restart SERVICE
ask:
  ja: このプログラムをいつ再起動できるかを確認してください。
  en: Ask when the program can be restarted.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: linux}, {asset: w, platform: windows}]
    processes:
      - {asset: w, pid: 1, name: java, command: "/usr/lib/jvm/bin/java (deleted)"}
      - {asset: a, pid: 1, name: java, command: "/usr/lib/jvm/bin/java (deleted)"}
      - {asset: a, pid: 2, name: java, command: "/usr/lib/jvm/bin/java (deleted)"}
    fails: [[a, java]]
  good:
    hosts: [{asset: a, platform: linux}]
    processes:
      - {asset: a, pid: 1, name: java, command: /usr/lib/jvm/bin/java}
      - {asset: a, pid: 2, name: x, command: "/tmp/x (deleted)"}
      - {asset: a, pid: 3, name: kernel}
    passes: [a]
---*/
select asset, name as program, count(*) as count, min(evidence) as evidence
from processes
where command like '/usr/%(deleted)'
group by asset, name
