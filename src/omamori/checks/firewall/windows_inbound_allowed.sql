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
  ja: "{asset}: {profile} プロファイル: {state_ja}"
  en: "{asset}: profile {profile}: {state_en}"
fix:
  cost: none
  ja: 必要な規則を加えてから、既定の受信を「ブロック」に戻してください。
  en: Add the rules needed, then set inbound back to block.
  run: |
    netsh advfirewall set allprofiles firewallpolicy blockinbound,allowoutbound
ask:
  ja: 受信に必要なポートの一覧を確認してください。
  en: Ask for the list of ports needed inbound.
equivalent:
  "join (select asset, min(managed_by) as managed_by from firewall_profiles where enabled group... -> left": a profile that lets something in is on, so its machine is in the list
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: c, platform: windows}, {asset: d, platform: windows}, {asset: lx, platform: linux}]
    firewall_profiles:
      - {asset: a, product: windows-firewall, profile: domain, enabled: true, inbound_default: accept}
      - {asset: a, product: windows-firewall, profile: public, enabled: true, inbound_default: drop}
      - {asset: b, product: windows-firewall, profile: domain, enabled: false, inbound_default: accept}
      - {asset: b, product: other, profile: domain, enabled: true, inbound_default: accept}
      - {asset: lx, product: windows-firewall, profile: x, enabled: true, inbound_default: accept}
      - {asset: c, product: windows-firewall, profile: public, enabled: true, inbound_default: accept}
      - {asset: c, product: windows-firewall, profile: domain, enabled: true, inbound_default: drop}
      - {asset: d, product: windows-firewall, profile: public, enabled: true, inbound_default: accept}
      - {asset: c, product: ESET, profile: all, enabled: true, managed_by: ESET}
      - {asset: d, product: ESET, profile: all, enabled: false, managed_by: ESET}
    fails: [[a, domain], [d, public]]
    unknowns: [[c, public], [c, domain]]
  good:
    hosts: [{asset: a, platform: windows}]
    firewall_profiles: [{asset: a, product: windows-firewall, profile: domain, enabled: true, inbound_default: drop}]
    passes: [a]
---*/
select p.asset, p.profile, if(m.managed_by is null, null, 'managed_elsewhere') as unknown, p.evidence,
  coalesce(m.managed_by || ' が動かしています。その管理画面で確かめてください', '規則にない受信を許可しています') as state_ja,
  coalesce('ruled by ' || m.managed_by || '; look at its console', 'lets in what no rule names') as state_en
from firewall_profiles p
join (select asset, min(managed_by) as managed_by from firewall_profiles where enabled group by asset) m on m.asset = p.asset
where p.product = 'windows-firewall' and ((p.enabled and p.inbound_default = 'accept') or m.managed_by is not null)
