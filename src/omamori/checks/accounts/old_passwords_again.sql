/*---
title: {ja: 前のパスワードをすぐにまた使える, en: An old password can be used again at once}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 変更のたびに同じものへ戻せると、変えたことになりません。
  en: Where people can go back to the same one, changing it changes nothing.
message:
  ja: "{asset}: 覚えている過去のパスワードは {history} 個です"
  en: "{asset}: {history} old passwords are remembered"
fix:
  cost: none
  ja: 履歴を4個以上にしてください。
  en: Remember four or more.
  run: |
    net accounts /uniquepw:5
ask:
  ja: 履歴の数を増やしてよいかを確認してください。
  en: Ask whether the number may be raised.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    password_policy: [{asset: a, history: 3}, {asset: b, history: 4}, {asset: lx, history: 0}]
    fails: [a]
  good:
    hosts: [{asset: a, platform: windows}]
    password_policy: [{asset: a, history: 4}]
    passes: [a]
---*/
select asset, history, evidence
from password_policy
where history < 4
