/*---
title: {ja: 単純な短いパスワードを決められる設定である, en: Simple short passwords are allowed}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 文字の種類を問わない短いパスワードは、短い時間で当てられます。
  en: A short password of one kind of characters is guessed in little time.
message:
  ja: "{asset}: 複雑さの要件が無効で、{shortest}文字から決められます"
  en: "{asset}: no mixed kinds are demanded and {shortest} characters are enough"
fix:
  cost: none
  ja: 複雑さの要件を有効にするか、最短を13文字にしてください。
  en: Demand mixed kinds, or a minimum of thirteen.
  run: |
    secpol.msc   # アカウント ポリシー > パスワードのポリシー / Account Policies > Password Policy
ask:
  ja: 複雑さの要件を有効にしてよいかを確認してください。
  en: Ask whether mixed kinds may be demanded.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    password_policy: [{asset: a, complexity: false, min_length: 12}, {asset: b, complexity: true, min_length: 7}, {asset: lx, complexity: false, min_length: 1}]
    fails: [a]
  good:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}]
    password_policy: [{asset: a, complexity: false, min_length: 13}, {asset: b, complexity: true, min_length: 8}]
    passes: [a, b]
---*/
select asset, min_length as shortest, evidence
from password_policy
where complexity is false and min_length < 13
