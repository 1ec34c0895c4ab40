/*---
title: {ja: ネットワークを探る道具が入っている, en: A tool for exploring the network is installed}
severity: medium
subject: asset
key: [asset, name]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 機器を探す、通信をのぞく、対策ソフトを止める、データを外へ送る道具です。担当者が使うこともありますが、公表された被害では侵入した者が入れていました。
  en: It finds machines, reads traffic, stops protection or sends data out. IT staff may use such tools; in published incidents it was the intruder who had installed them.
message:
  ja: "{asset}: {name}(版 {version})が入っています"
  en: "{asset}: {name} (version {version}) is installed"
fix:
  cost: none
  ja: 入れた人がいるかを尋ねてください。だれも知らなければ消さずに記録し、連絡先の表の順に相談します。要るものは決まった一台だけに置きます。
  en: Ask who installed it. If nobody knows, do not delete it; note it down and call along your list of contacts. Keep what is needed on one machine only.
ask:
  ja: 保守の作業で入れたものか、消してよいかを確認してください。
  en: Ask whether it was installed for maintenance and may be removed.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: lx, platform: linux}]
    software:
      - {asset: a, name: Advanced IP Scanner 2.5.1, version: "2.5.4594"}
      - {asset: a, name: 'Process Hacker 2.39 (r124)', version: "2.39"}
      - {asset: a, name: Scanner Driver, version: "1.0"}
      - {asset: lx, name: nmap, version: "7.9"}
    fails: [[a, 'Process Hacker 2.39 (r124)'], [a, Advanced IP Scanner 2.5.1]]
  good:
    hosts: [{asset: a, platform: windows}]
    software: [{asset: a, name: Canon Scan Utility, version: "2.0"}]
    passes: [a]
---*/
select asset, name, version, evidence
from software
where regexp_matches(lower(name), '^(advanced (ip|port) scanner|angry ip scanner|softperfect network scanner|nmap\b|zenmap|wireshark|process hacker|pc hunter|gmer|iobit unlocker|cain *(&|and) *abel|rclone|ngrok|lanspy|net ?scan(ner)?\b)')
