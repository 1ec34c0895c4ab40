/*---
title: {ja: ふつう使わない通信方式が読み込まれている, en: Rarely used network protocols are loaded}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 使う人の少ない部品には弱点が長く残ります。使わなければ止めても困りません。
  en: Flaws live long in parts hardly anybody uses; nobody misses them.
message:
  ja: "{asset}: {modules} が読み込まれています"
  en: "{asset}: {modules} loaded"
fix:
  cost: none
  ja: 使っている製品がなければ、読み込まない設定を入れて再起動してください。
  en: Unless some product uses them, forbid them and restart.
  run: |
    printf 'install %s /bin/false\n' dccp sctp rds tipc firewire-core | sudo tee /etc/modprobe.d/rare.conf
ask:
  ja: この方式を使う製品があるかを確認してください。
  en: Ask whether some product uses them.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    kernel_settings: [{asset: ehr, name: module.dccp, value: loaded}, {asset: ehr, name: module.sctp, value: loaded}, {asset: bsd, name: module.rds, value: loaded}]
    fails: [ehr]
  good:
    hosts: [{asset: ehr, platform: linux}]
    kernel_settings: [{asset: ehr, name: module.dccp, value: available}, {asset: ehr, name: module.usb_storage, value: loaded}]
---*/
select asset, string_agg(replace(name, 'module.', ''), ', ' order by name) as modules, min(evidence) as evidence
from kernel_settings
where value = 'loaded' and name in ('module.dccp', 'module.sctp', 'module.rds', 'module.tipc', 'module.firewire_core')
group by asset
