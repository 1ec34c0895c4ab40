/*---
title: {ja: 外とつながらないはずの機器が無線や携帯回線につないだことがある, en: A machine meant to have no way out was connected to wireless or a mobile line}
severity: high
subject: asset
key: [asset, network]
scope: select asset from assets where platform = 'windows' and closed
why:
  ja: 保守の人のスマートフォンに一度つないだだけでも、その間は院内と外がつながります。「うちは閉じている」という思い込みが破れるのは、こうした時です。
  en: Joined once to the phone of somebody who repairs it, the machine ties the inside to the outside for that time. That is how "we are closed" turns out not to be true.
message:
  ja: "{asset}: {network}({kind})に {last} につないでいます"
  en: "{asset}: it was connected to {network} ({kind}) on {last}"
fix:
  cost: none
  ja: だれが何のためにつないだかを尋ね、登録を消し、使わない無線カードは無効にしてください。必要な回線なら、外部接続の表に書いて管理します。
  en: Ask who connected it and why, forget the network, and disable a card nobody uses. If the line is needed, enter it among the outside lines.
  run: |
    netsh wlan show profiles
    netsh wlan delete profile name="NAME"
ask:
  ja: 保守の時に携帯回線や持ち込みの無線を使うことがあるか、その記録があるかを確認してください。
  en: Ask whether maintenance uses mobile lines or wireless of its own, and whether that is recorded.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: ct, platform: windows, closed: true}, {asset: pc, platform: windows, closed: false}, {asset: lx, platform: linux, closed: true}]
    known_networks:
      - {asset: ct, name: iPhone, kind: wireless, last_connected: "2025-11-01 10:00:00"}
      - {asset: ct, name: Modem, kind: mobile, last_connected: "2025-12-01 10:00:00"}
      - {asset: ct, name: hosp.local, kind: wired, last_connected: "2026-01-30 10:00:00"}
      - {asset: ct, name: Long ago, kind: wireless, last_connected: "2025-01-31 00:00:00"}
      - {asset: pc, name: iPhone, kind: wireless, last_connected: "2025-11-01 10:00:00"}
      - {asset: lx, name: iPhone, kind: wireless, last_connected: "2025-11-01 10:00:00"}
    fails: [[ct, Modem], [ct, iPhone]]
  good:
    assets: [{asset: ct, platform: windows, closed: true}]
    known_networks: [{asset: ct, name: hosp.local, kind: wired, last_connected: "2026-01-30 10:00:00"}]
    passes: [ct]
---*/
select asset, name as network, kind, last_connected as last, evidence
from known_networks
where kind in ('wireless', 'mobile') and last_connected > $now - interval 365 days
