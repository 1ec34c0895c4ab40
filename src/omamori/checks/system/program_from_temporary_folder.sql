/*---
title:
  ja: 一時フォルダのプログラムが動いている
  en: A program runs from a temporary folder
severity: high
subject: asset
key: [asset, program]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 誰でも書ける場所から動くプログラムは、攻撃で置かれる典型です。正しいプログラムなら置き場所を変えるべきです。
  en: Programs in a folder where anybody may write are what intruders leave. One that belongs there should be moved.
message:
  ja: "{asset}: {program} が {command} から動いています(利用者 {account})"
  en: "{asset}: {program} runs from {command} (account {account})"
fix:
  cost: low
  ja: 心当たりがなければ触らずに、ネットワークから切り離す準備をして詳しい人に連絡してください。
  en: If nobody knows it, leave it as it is, get ready to take the machine off the network, and call somebody who knows.
  run: ls -l /proc/PID/exe; sha256sum /proc/PID/exe
ask:
  ja: このプログラムが業者のものか、置き場所を変えられるかを確認してください。
  en: Ask whether the program is theirs, and whether it can be moved.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: linux}, {asset: w, platform: windows}]
    processes:
      - {asset: w, pid: 5, name: x, command: /tmp/x}
      - {asset: a, pid: 5, name: x, command: /tmp/x, account: www-data}
      - {asset: a, pid: 6, name: y, command: "/dev/shm/y (deleted)"}
      - {asset: a, pid: 7, name: z, command: /var/tmp/z}
    fails: [[a, x], [a, y], [a, z]]
  good:
    hosts: [{asset: a, platform: linux}]
    processes: [{asset: a, pid: 5, name: x, command: /opt/tmp/x}, {asset: a, pid: 6, name: y}]
    passes: [a]
---*/
select asset, name as program, command, account, evidence
from processes
where regexp_matches(command, '^/(tmp|var/tmp|dev/shm)/')
