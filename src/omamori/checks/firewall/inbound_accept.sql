/*---
title: {ja: ファイアウォールが「原則許可」になっている, en: The firewall lets in what no rule names}
severity: medium
subject: asset
key: [asset, product, profile]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 「禁止するものだけ書く」形では、後から増えたポートがいつの間にか開きます。「許可するものだけ書く」形なら、増えても閉じたままです。
  en: When only the forbidden is written down, every new port is open by itself. When only the allowed is written down, it stays closed.
message:
  ja: "{asset}: {product} の {profile} は、規則のない通信を通します"
  en: "{asset}: {product}, {profile}: packets that no rule names are let in"
fix:
  cost: none
  ja: 必要な通信を許可する規則があることを確かめてから、既定の動作を「拒否」に変えてください。遠隔で作業するときは、SSHの許可を先に入れます。
  en: Make sure that what is needed is allowed (SSH first when you work from afar), then change the default to deny.
  run: |
    sudo ufw allow OpenSSH && sudo ufw default deny incoming
    sudo iptables -A INPUT -i lo -j ACCEPT
    sudo iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
    sudo iptables -A INPUT -p tcp --dport 22 -j ACCEPT && sudo iptables -P INPUT DROP
ask:
  ja: この機器で必要な通信(ポートと相手)の一覧をもらい、それ以外を拒否できるかを確認してください。
  en: Ask for the list of ports and peers the machine needs, and whether everything else can be denied.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: six, platform: linux}, {asset: two, platform: linux}, {asset: win, platform: windows}]
    firewall_profiles:
      - {asset: ehr, product: iptables, profile: input, enabled: true, inbound_default: accept}
      - {asset: ehr, product: nftables, profile: input 2, enabled: true, inbound_default: accept}
      - {asset: six, product: iptables, profile: input, enabled: true, inbound_default: accept, family: ipv4}
      - {asset: six, product: ip6tables, profile: input, enabled: true, inbound_default: drop, family: ipv6}
      - {asset: six, product: nftables, profile: input, enabled: false, inbound_default: drop}
      - {asset: six, product: nftables, profile: forward, enabled: true, inbound_default: drop}
      - {asset: two, product: nftables, profile: input, enabled: true, inbound_default: drop}
      - {asset: win, product: windows-firewall, profile: input, enabled: true, inbound_default: accept}
    fails: [[ehr, iptables, input], [ehr, nftables, input 2], [six, iptables, input]]
  good:
    hosts: [{asset: ehr, platform: linux}, {asset: beside, platform: linux}, {asset: same, platform: linux}, {asset: alone, platform: linux}]
    firewall_profiles:
      # A packet has to pass every table: one that drops what it does not name is enough.
      - {asset: beside, product: nftables, profile: input, enabled: true, inbound_default: accept}
      - {asset: beside, product: nftables, profile: input 2, enabled: true, inbound_default: drop}
      - {asset: same, product: iptables, profile: input, enabled: true, inbound_default: accept, family: ipv4}
      - {asset: same, product: nftables, profile: input, enabled: true, inbound_default: drop, family: ipv4}
      - {asset: ehr, product: iptables, profile: input, enabled: true, inbound_default: drop}
      - {asset: ehr, product: iptables, profile: forward, enabled: true, inbound_default: accept}
      - {asset: ehr, product: ip6tables, profile: input, enabled: false, inbound_default: accept}
      - {asset: alone, product: iptables, profile: forward, enabled: true, inbound_default: accept}
      - {asset: alone, product: ip6tables, profile: input, enabled: false, inbound_default: accept}
      - {asset: alone, product: iptables, profile: input, enabled: true}
---*/
select f.asset, f.product, f.profile, f.evidence
from firewall_profiles f
where f.enabled and starts_with(f.profile, 'input') and f.inbound_default = 'accept'
  and not exists (
    select 1 from firewall_profiles other
    where other.asset = f.asset and other.enabled and starts_with(other.profile, 'input') and other.inbound_default <> 'accept'
      and (other.family is null or other.family = f.family)
  )
