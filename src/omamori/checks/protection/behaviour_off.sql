/*---
title: {ja: ふるまいの監視が切られている, en: Behaviour monitoring is off}
severity: medium
subject: asset
key: [asset, product]
scope: select asset from hosts where platform = 'windows'
why:
  ja: ランサムウエアは、定義にない新しいものが使われます。次々と暗号化する、といったふるまいを見る機能が最後の網になります。
  en: Ransomware is often new and in no definition. Watching for what it does, such as encrypting file after file, is the last net.
message:
  ja: "{asset}: {product} のふるまい監視が無効です"
  en: "{asset}: behaviour monitoring of {product} is off"
fix:
  cost: none
  ja: 今ある対策ソフトの機能です。費用はかかりません。有効にして一台で様子を見てください。
  en: The product has it already, at no cost. Switch it on and watch one machine first.
  run: |
    Set-MpPreference -DisableBehaviorMonitoring $false
ask:
  ja: 有効にしてよいかを確認してください。
  en: Ask whether it may be switched on.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    security_products:
      - {asset: a, name: defender, running: true, behaviour: false}
      - {asset: b, name: defender, running: true, behaviour: true}
      - {asset: b, name: passive, running: false, behaviour: false}
      - {asset: lx, name: x, running: true, behaviour: false}
    fails: [[a, defender]]
  good:
    hosts: [{asset: a, platform: windows}]
    security_products: [{asset: a, name: defender, running: true, behaviour: true}]
    passes: [a]
---*/
select asset, name as product, evidence
from security_products
where running and behaviour is false
