/*---
title: {ja: 止めた通信の記録がない, en: Refused connections leave no record}
severity: low
subject: asset
key: [asset]
scope: select asset from assets where role = 'server'
why:
  ja: 院内の機器がポートを探し回ると、止めた記録が最初の知らせになります。記録がないと、何日も気付けません。
  en: When a machine inside searches for ports, the refusals are the first sign. Without a record nobody notices for days.
message:
  ja: "{asset}: {product} は止めた通信を記録していません"
  en: "{asset}: {product} does not log what it refuses"
fix:
  cost: none
  ja: 止めた通信の記録を有効にし、記録が多すぎないように回数を絞ってください。
  en: Switch the record of refusals on, with a limit on how many lines are written.
  run: |
    sudo ufw logging low
    sudo firewall-cmd --set-log-denied=unicast
ask:
  ja: 止めた通信の記録を取れるか、取る場合の保存日数を確認してください。
  en: Ask whether refusals can be logged and how long the log would be kept.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: ehr, role: server}, {asset: pc, role: client}]
    firewall_profiles:
      - {asset: ehr, product: iptables, profile: input, enabled: true, logs_dropped: false, family: ipv4}
      - {asset: ehr, product: ip6tables, profile: input 2, enabled: true, logs_dropped: false, family: ipv6}
      - {asset: pc, product: nftables, profile: input, enabled: true, logs_dropped: false}
    fails: [ehr]
  good:
    assets: [{asset: a, role: server}, {asset: b, role: server}]
    firewall_profiles:
      - {asset: a, product: iptables, profile: input, enabled: true, logs_dropped: false}
      - {asset: a, product: ufw, profile: manager, enabled: true, logs_dropped: true}
      - {asset: b, product: iptables, profile: input, enabled: false, logs_dropped: false}
---*/
select asset, min(product) as product, min(evidence) as evidence
from firewall_profiles
where enabled
group by asset
having not bool_or(coalesce(logs_dropped, true))
