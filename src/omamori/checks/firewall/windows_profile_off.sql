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
  ja: "{asset}: {profile} プロファイルが無効です"
  en: "{asset}: the profile {profile} is off"
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
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    firewall_profiles:
      - {asset: a, product: windows-firewall, profile: public, enabled: false}
      - {asset: a, product: windows-firewall, profile: domain, enabled: true}
      - {asset: b, product: other-wall, profile: domain, enabled: false}
      - {asset: lx, product: windows-firewall, profile: domain, enabled: false}
    fails: [[a, public]]
  good:
    hosts: [{asset: a, platform: windows}]
    firewall_profiles: [{asset: a, product: windows-firewall, profile: domain, enabled: true}]
    passes: [a]
---*/
select asset, profile, evidence
from firewall_profiles
where product = 'windows-firewall' and enabled is false
