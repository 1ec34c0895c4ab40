/*---
title: {ja: リアルタイム保護が切られている, en: Real-time protection is off}
severity: high
subject: asset
key: [asset, product]
scope: select asset from hosts where platform = 'windows'
why:
  ja: ファイルを使うときに調べないと、定期的な検査までの間、ウイルスは自由に動けます。
  en: Where files are not looked at as they are used, malware is free until the next scan.
message:
  ja: "{asset}: {product} のリアルタイム保護が無効です"
  en: "{asset}: real-time protection of {product} is off"
fix:
  cost: none
  ja: 切った理由を確かめて有効に戻してください。業務ソフトが遅くなるなら、そのフォルダーだけを除きます。
  en: Find out why, and switch it on. Where software becomes slow, exclude only its folder.
  run: |
    Get-MpComputerStatus
    Set-MpPreference -DisableRealtimeMonitoring $false
ask:
  ja: 有効にしてよいか、除外が要るフォルダーはどれかを確認してください。
  en: Ask whether it may be on, and which folders must be left out.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    security_products:
      - {asset: a, name: defender, kind: antivirus, running: true, real_time: false}
      - {asset: a, name: other, kind: antivirus, running: true, real_time: true}
      - {asset: b, name: defender, kind: antivirus, running: true, real_time: true}
      - {asset: b, name: passive, kind: antivirus, running: false, real_time: false}
      - {asset: lx, name: x, kind: antivirus, running: true, real_time: false}
    fails: [[a, defender]]
  good:
    hosts: [{asset: a, platform: windows}]
    security_products: [{asset: a, name: defender, kind: antivirus, running: true, real_time: true}]
    passes: [a]
---*/
select asset, name as product, evidence
from security_products
where running and real_time is false
