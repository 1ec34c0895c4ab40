/*---
title: {ja: Windowsファイアウォールが無効になっている, en: The Windows firewall is off}
severity: high
subject: asset
key: [asset, profile]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 院内に入った侵入者は、開いているポートから次の機器へ広がります。壁が切れていると、遅らせるものがありません。
  en: Somebody inside spreads through open ports. With the wall off nothing slows that down.
message:
  ja: "{asset}: {profile} プロファイル: {state_ja}"
  en: "{asset}: profile {profile}: {state_en}"
fix:
  cost: none
  ja: 業務ソフトの通信を一台で確かめ、必要な規則を加えてから有効にしてください。対策ソフトが代わりに守る設定なら、その管理画面で確かめます。
  en: Watch the software's traffic on one machine, add the rules it needs, then switch it on. Where another product does it, look at its console.
  run: |
    netsh advfirewall show allprofiles
    netsh advfirewall set allprofiles state on
ask:
  ja: 無効にした理由と、必要なポートの一覧を確認してください。
  en: Ask why it was switched off, and for the list of ports needed.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: c, platform: windows}, {asset: d, platform: windows}, {asset: lx, platform: linux}]
    firewall_profiles:
      - {asset: a, product: windows-firewall, profile: public, enabled: false}
      - {asset: a, product: windows-firewall, profile: domain, enabled: true}
      - {asset: b, product: other-wall, profile: domain, enabled: false}
      - {asset: lx, product: windows-firewall, profile: domain, enabled: false}
      - {asset: c, product: windows-firewall, profile: public, enabled: false}
      - {asset: c, product: windows-firewall, profile: domain, enabled: true}
      - {asset: d, product: windows-firewall, profile: public, enabled: false}
      - {asset: c, product: ESET, profile: all, enabled: true, managed_by: ESET}
      - {asset: d, product: ESET, profile: all, enabled: false, managed_by: ESET}
    fails: [[a, public], [d, public]]
    unknowns: [[c, public], [c, domain]]
  good:
    hosts: [{asset: a, platform: windows}]
    firewall_profiles: [{asset: a, product: windows-firewall, profile: domain, enabled: true}]
    passes: [a]
---*/
select p.asset, p.profile, if(m.managed_by is null, null, 'managed_elsewhere') as unknown, p.evidence,
  coalesce(m.managed_by || ' が動かしています。その管理画面で確かめてください', '無効です') as state_ja,
  coalesce('ruled by ' || m.managed_by || '; look at its console', 'off') as state_en
from firewall_profiles p
left join (select asset, min(managed_by) as managed_by from firewall_profiles where enabled group by asset) m on m.asset = p.asset
where p.product = 'windows-firewall' and (p.enabled is false or m.managed_by is not null)
