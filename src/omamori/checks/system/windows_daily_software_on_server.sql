/*---
title: {ja: サーバに日常用のソフトが入っている, en: Software for daily use is installed on a server}
severity: low
subject: asset
key: [asset, name]
scope: select asset from hosts where platform = 'windows' and role = 'server'
why:
  ja: メールやブラウザーでサーバを日常に使うと、添付ファイル一つでサーバが奪われます。
  en: A server used for mail and browsing is lost with one attachment.
message:
  ja: "{asset}: {name} {version} が入っています"
  en: "{asset}: {name} {version} is installed"
fix:
  cost: none
  ja: 使っていなければ削除し、作業は端末で行ってください。
  en: Remove it when nobody uses it, and do such work on a PC.
  run: |
    appwiz.cpl   # プログラムと機能 / Programs and Features
ask:
  ja: 帳票の出力などに必要なソフトかを確認してください。
  en: Ask whether reports or the like need it.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: server}, {asset: pc, platform: windows, role: client}, {asset: lx, platform: linux, role: server}]
    software:
      - {asset: a, name: Microsoft Office Professional Plus 2016, version: "16.0"}
      - {asset: a, name: Google Chrome}
      - {asset: a, name: Microsoft Office Web Components}
      - {asset: pc, name: Google Chrome}
      - {asset: lx, name: Google Chrome}
    fails: [[a, Microsoft Office Professional Plus 2016], [a, Google Chrome]]
  good:
    hosts: [{asset: a, platform: windows, role: server}]
    software: [{asset: a, name: Microsoft SQL Server 2019}]
    passes: [a]
---*/
select asset, name, version, evidence
from software
where regexp_matches(lower(name), '^(microsoft office (standard|professional|home|365)|microsoft 365 apps|google chrome|mozilla firefox|mozilla thunderbird|adobe acrobat|zoom( |$)|lhaplus|itunes|skype)')
