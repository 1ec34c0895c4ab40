/*---
title: {ja: 他の機器の言うままに通信の道を変える, en: It lets others change where its packets go}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 同じLANにいる者が、通信を自分の機器に回して盗み見たり変えたりできます。
  en: Somebody on the same LAN can lead the traffic through his own machine, read it and change it.
message:
  ja: "{asset}: 次の設定が有効です: {settings}"
  en: "{asset}: these settings are on: {settings}"
fix:
  cost: none
  ja: 次の設定を入れてください。院内のふつうの通信には影響しません。
  en: Apply the following; ordinary traffic does not need it.
  run: |
    printf '%s\n' net.ipv4.conf.all.accept_redirects=0 net.ipv4.conf.default.accept_redirects=0 net.ipv6.conf.all.accept_redirects=0 net.ipv4.conf.all.accept_source_route=0 net.ipv4.conf.default.accept_source_route=0 net.ipv6.conf.all.accept_source_route=0 | sudo tee /etc/sysctl.d/60-network.conf
    sudo sysctl --system
ask:
  ja: この設定を変えても動作に支障がないかを確認してください。
  en: Ask whether the change could disturb anything.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    kernel_settings:
      - {asset: ehr, name: net.ipv4.conf.all.accept_redirects, value: "1"}
      - {asset: ehr, name: net.ipv6.conf.all.accept_source_route, value: "1"}
      - {asset: bsd, name: net.ipv4.conf.all.accept_redirects, value: "1"}
    fails: [ehr]
  good:
    hosts: [{asset: ehr, platform: linux}]
    kernel_settings:
      - {asset: ehr, name: net.ipv4.conf.all.accept_redirects, value: "0"}
      - {asset: ehr, name: net.ipv4.conf.all.log_martians, value: "1"}
---*/
select asset, string_agg(name, ', ' order by name) as settings, min(evidence) as evidence
from kernel_settings
where regexp_full_match(name, 'net\.ipv[46]\.conf\.(all|default)\.accept_(redirects|source_route)') and value = '1'
group by asset
