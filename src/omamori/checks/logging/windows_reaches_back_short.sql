/*---
title: {ja: セキュリティログが2週間前まで残っていない, en: "The security log does not reach back two weeks"}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 侵入の始まりは、気付く何週間も前のことがあります。上書きされたログでは、どこから入られたかが分かりません。
  en: "An intrusion may begin weeks before anybody notices. From an overwritten log nobody learns how they came in."
message:
  ja: "{asset}: セキュリティログは {oldest} からしかありません"
  en: "{asset}: the security log begins only at {oldest}"
fix:
  cost: none
  ja: ログの上限を大きくしてください(256 MB以上が目安)。入れ替えたばかりの機器なら、2週間後に見直せば足ります。
  en: "Raise the limit of the log (256 MB or more). On a machine just set up, look again in two weeks."
  run: |
    wevtutil sl Security /ms:268435456
ask:
  ja: ログの上限を増やしてよいかを確認してください。
  en: "Ask whether the limit of the log may be raised."
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    log_settings:
      - {asset: a, log: Security, oldest: '2026-01-17 00:00:01'}
      - {asset: a, log: System, oldest: '2026-01-30 00:00:00'}
      - {asset: b, log: Security, oldest: '2026-01-17 00:00:00'}
      - {asset: lx, log: security, oldest: '2026-01-30 00:00:00'}
    fails: [a]
  good:
    hosts: [{asset: a, platform: windows}]
    log_settings: [{asset: a, log: Security, oldest: '2026-01-17 00:00:00'}, {asset: a, log: System, oldest: '2026-01-30 00:00:00'}]
    passes: [a]
---*/
select asset, oldest, evidence
from log_settings
where lower(log) = 'security' and oldest > $now - interval 14 days
