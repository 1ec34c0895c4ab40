/*---
title: {ja: 規則にない受信を通す設定である, en: Inbound traffic without a rule is let in}
severity: high
subject: asset
key: [asset, profile]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 有効でも、規則にないものをすべて通すなら、壁がないのと同じです。
  en: On, but letting in everything without a rule, it is no wall.
message:
  ja: "{asset}: {profile} プロファイルが、規則にない受信を許可しています"
  en: "{asset}: the profile {profile} lets in what no rule names"
fix:
  cost: none
  ja: 必要な規則を加えてから、既定の受信を「ブロック」に戻してください。
  en: Add the rules needed, then set inbound back to block.
  run: |
    netsh advfirewall set allprofiles firewallpolicy blockinbound,allowoutbound
ask:
  ja: 受信に必要なポートの一覧を確認してください。
  en: Ask for the list of ports needed inbound.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    firewall_profiles:
      - {asset: a, product: windows-firewall, profile: domain, enabled: true, inbound_default: accept}
      - {asset: a, product: windows-firewall, profile: public, enabled: true, inbound_default: drop}
      - {asset: b, product: windows-firewall, profile: domain, enabled: false, inbound_default: accept}
      - {asset: b, product: other, profile: domain, enabled: true, inbound_default: accept}
      - {asset: lx, product: windows-firewall, profile: x, enabled: true, inbound_default: accept}
    fails: [[a, domain]]
  good:
    hosts: [{asset: a, platform: windows}]
    firewall_profiles: [{asset: a, product: windows-firewall, profile: domain, enabled: true, inbound_default: drop}]
    passes: [a]
---*/
select asset, profile, evidence
from firewall_profiles
where product = 'windows-firewall' and enabled and inbound_default = 'accept'
