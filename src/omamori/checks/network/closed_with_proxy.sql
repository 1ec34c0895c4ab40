/*---
title:
  ja: 閉域のはずの機器に外への中継が設定されている
  en: A closed machine is set up with a proxy
severity: high
subject: asset
key: [asset, proxy]
why:
  ja: 中継サーバ(プロキシ)の設定は、Webを通じて外に出られることを意味します。閉域という前提が崩れます。
  en: "A proxy means that the machine gets out through the Web: then the network is not closed."
message:
  ja: "{asset}: 閉域の機器に中継サーバ {proxy} が設定されています({file})"
  en: "{asset}: the proxy {proxy} is set on a machine that should be closed ({file})"
fix:
  cost: none
  ja: 使っていなければ設定を消してください。使うなら行き先を限定し、台帳の記入を直してください。
  en: Take the setting away when it is not used. Else limit where it leads, and correct the ledger.
ask:
  ja: 中継サーバを何に使うか、行き先を限定できるかを確認してください。
  en: Ask what the proxy is for, and whether its destinations can be limited.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: a, closed: true}]
    outbound_settings: [{asset: a, kind: proxy, value: proxy.example.jp, origin: /etc/environment}]
    fails: [[a, proxy.example.jp]]
  good:
    assets: [{asset: a, closed: true}, {asset: b, closed: false}, {asset: c}]
    outbound_settings:
      - {asset: a, kind: dns, value: 10.1.0.2}
      - {asset: b, kind: proxy, value: proxy.example.jp}
      - {asset: c, kind: proxy, value: proxy.example.jp}
    passes: [a, b, c]
---*/
select m.asset, o.value as proxy, o.origin as file, o.evidence
from assets m join outbound_settings o on o.asset = m.asset and o.kind = 'proxy'
where m.closed
