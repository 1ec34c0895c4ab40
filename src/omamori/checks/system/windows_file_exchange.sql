/*---
title: {ja: 外部とやりとりするソフトが入っている, en: Software that exchanges files with outside is installed}
severity: medium
subject: asset
key: [asset, name]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 閉じたネットワークの機器に入っていれば、外とつながる道があるという印です。患者の情報が外に写されることもあります。
  en: On a machine of a closed network it is a sign of a way out. Patients' data may be copied outside.
message:
  ja: "{asset}: {name} {version} が入っています"
  en: "{asset}: {name} {version} is installed"
fix:
  cost: none
  ja: 業務に要るかを確かめ、要らなければ削除してください。要るなら、使う人と置いてよい情報を決めます。
  en: See whether the work needs it; remove it if not. If it does, settle who uses it and what may be put there.
  run: |
    appwiz.cpl   # プログラムと機能 / Programs and Features
ask:
  ja: 業者が入れたものか、何に使うかを確認してください。
  en: Ask whether the vendor installed it and what for.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    software:
      - {asset: a, name: Dropbox, version: "100"}
      - {asset: a, name: Google Drive}
      - {asset: a, name: LINE}
      - {asset: a, name: Online Manual}
      - {asset: lx, name: Dropbox}
    fails: [[a, Dropbox], [a, Google Drive], [a, LINE]]
  good:
    hosts: [{asset: a, platform: windows}]
    software: [{asset: a, name: Karte Viewer}]
    passes: [a]
---*/
select asset, name, version, evidence
from software
where regexp_matches(lower(name), '^(dropbox|google drive|google backup and sync|microsoft onedrive|box( drive| sync)?$|line$|slack|discord|.torrent|utorrent|bittorrent|evernote|megasync|filezilla)')
