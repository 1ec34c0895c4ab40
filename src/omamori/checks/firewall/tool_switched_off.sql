/*---
title: {ja: ファイアウォールの道具が入っているのに止まっている, en: The firewall tool is installed but switched off}
severity: medium
subject: asset
key: [asset, product]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 設定作業や不具合調べのときに一度止めて、そのままになっていることがよくあります。費用なしで戻せる壁です。
  en: Often it was stopped for some work and forgotten. It is a wall that comes back at no cost.
message:
  ja: "{asset}: {product} が止まっていて、入ってくる通信を絞るものがありません"
  en: "{asset}: {product} is off and nothing else filters what comes in"
fix:
  cost: none
  ja: いつ誰が止めたかを確かめ、必要なポートを許可してから、また動かしてください。
  en: Find out when and why it was stopped, allow the ports that are needed, and start it again.
  run: |
    sudo ufw allow OpenSSH && sudo ufw enable
    sudo systemctl enable --now firewalld
ask:
  ja: 導入時にファイアウォールを止めた理由と、動かすときに許可が必要なポートを確認してください。
  en: Ask why it was stopped at installation, and which ports have to be allowed to start it.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    firewall_profiles:
      - {asset: ehr, product: ufw, profile: manager, enabled: false}
      - {asset: ehr, product: nftables, profile: input, enabled: false}
      - {asset: bsd, product: ufw, profile: manager, enabled: false}
      - {asset: bsd, product: nftables, profile: input, enabled: false}
    fails: [[ehr, ufw]]
  good:
    hosts: [{asset: a, platform: linux}, {asset: b, platform: linux}, {asset: c, platform: linux}, {asset: d, platform: linux}]
    firewall_profiles:
      - {asset: a, product: ufw, profile: manager, enabled: false}
      - {asset: a, product: nftables, profile: input, enabled: true}
      - {asset: b, product: ufw, profile: manager, enabled: true}
      - {asset: b, product: nftables, profile: input, enabled: false}
      - {asset: c, product: nftables, profile: forward, enabled: false}
      - {asset: c, product: nftables, profile: input, enabled: false}
      - {asset: d, product: ufw, profile: manager, enabled: false}
      - {asset: d, product: nftables, profile: forward, enabled: false}
---*/
select tool.asset, tool.product, tool.evidence
from firewall_profiles tool
join firewall_profiles kernel on kernel.asset = tool.asset and kernel.profile = 'input' and not kernel.enabled
where tool.profile = 'manager' and not tool.enabled
