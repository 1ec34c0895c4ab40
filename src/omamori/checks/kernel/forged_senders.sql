/*---
title: {ja: 偽の送信元を見分けない, en: Forged senders are not told apart}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 届くはずのない側から来た送信元アドレスを受け入れると、相手を限った規則をすり抜けられます。
  en: When an address is accepted from the wrong side, rules that name trusted machines are passed by.
message:
  ja: "{asset}: {interfaces} で送信元の確かめ(rp_filter)が働いていません"
  en: "{asset}: the check of senders (rp_filter) is off on {interfaces}"
fix:
  cost: none
  ja: rp_filter を 2(緩やか)にしてください。経路が複数ある機器でも使えます。
  en: Set rp_filter to 2 (loose), which also suits machines with several routes.
  run: |
    echo 'net.ipv4.conf.all.rp_filter = 2' | sudo tee /etc/sysctl.d/60-rpfilter.conf && sudo sysctl --system
ask:
  ja: rp_filter を有効にしても支障がないかを確認してください。
  en: Ask whether rp_filter may be switched on.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    kernel_settings:
      - {asset: ehr, name: net.ipv4.conf.all.rp_filter, value: "0"}
      - {asset: ehr, name: net.ipv4.conf.eth0.rp_filter, value: "0"}
      - {asset: ehr, name: net.ipv4.conf.eth1.rp_filter, value: "1"}
      - {asset: ehr, name: net.ipv4.conf.eth2.accept_ra, value: "0"}
      - {asset: ehr, name: net.ipv4.conf.lo.rp_filter, value: "0"}
      - {asset: ehr, name: net.ipv4.conf.default.rp_filter, value: "0"}
      - {asset: bsd, name: net.ipv4.conf.all.rp_filter, value: "0"}
      - {asset: bsd, name: net.ipv4.conf.eth0.rp_filter, value: "0"}
    fails: [ehr]
  good:
    hosts: [{asset: ehr, platform: linux}, {asset: lab, platform: linux}, {asset: ris, platform: linux}]
    kernel_settings:
      - {asset: ris, name: net.ipv4.conf.all.rp_filter, value: "0"}
      - {asset: ris, name: net.ipv4.conf.eth0.rp_filter, value: "1"}
      - {asset: ris, name: net.ipv4.conf.eth2.accept_ra, value: "0"}
      - {asset: ris, name: net.ipv4.conf.lo.rp_filter, value: "0"}
      - {asset: ris, name: net.ipv4.conf.default.rp_filter, value: "0"}
      - {asset: ehr, name: net.ipv4.conf.all.rp_filter, value: "2"}
      - {asset: ehr, name: net.ipv4.conf.eth0.rp_filter, value: "0"}
      - {asset: lab, name: net.ipv4.conf.all.log_martians, value: "0"}
      - {asset: lab, name: net.ipv4.conf.eth0.rp_filter, value: "0"}
      - {asset: lab, name: net.ipv4.conf.eth0.accept_ra, value: "0"}
---*/
select k.asset, string_agg(split_part(k.name, '.', 4), ', ' order by k.name) as interfaces, min(k.evidence) as evidence
from kernel_settings k
join kernel_settings general on general.asset = k.asset and general.name = 'net.ipv4.conf.all.rp_filter' and general.value = '0'
where k.value = '0' and regexp_matches(k.name, '^net\.ipv4\.conf\..*\.rp_filter$') and split_part(k.name, '.', 4) not in ('all', 'default', 'lo')
group by k.asset
