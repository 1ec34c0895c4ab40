/*---
title: {ja: IPv6だけファイアウォールの外にある, en: IPv6 goes past the firewall}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: IPv4の規則はIPv6には効きません。同じポートがIPv6のアドレスで開いたままになります。
  en: Rules for IPv4 do not hold for IPv6. The same ports stay open at the other address.
message:
  ja: "{asset}: IPv4は絞られていますが、IPv6({address})は絞られていません"
  en: "{asset}: IPv4 is filtered, IPv6 ({address}) is not"
fix:
  cost: none
  ja: 同じ規則をIPv6にも入れてください。IPv6を使っていなければ止めるのが簡単です。
  en: Give IPv6 the same rules. Where nobody uses IPv6, switching it off is simpler.
  run: |
    echo 'net.ipv6.conf.all.disable_ipv6 = 1' | sudo tee /etc/sysctl.d/60-no-ipv6.conf && sudo sysctl --system
ask:
  ja: IPv6を使っているかを確認し、使っていなければ止めてもらってください。
  en: Ask whether IPv6 is used, and have it switched off where it is not.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    interfaces: [{asset: ehr, name: eth0, address: "fd00::5"}, {asset: bsd, name: eth0, address: "fd00::6"}]
    firewall_profiles:
      - {asset: ehr, product: iptables, profile: input, enabled: true, family: ipv4}
      - {asset: ehr, product: ip6tables, profile: input, enabled: false, family: ipv6}
      - {asset: bsd, product: iptables, profile: input, enabled: true, family: ipv4}
      - {asset: bsd, product: ip6tables, profile: input, enabled: false, family: ipv6}
    fails: [ehr]
  good:
    hosts: [{asset: a, platform: linux}, {asset: b, platform: linux}, {asset: c, platform: linux}, {asset: d, platform: linux}, {asset: e, platform: linux}]
    interfaces:
      - {asset: e, name: eth0, address: "fd00::9"}
      - {asset: a, name: eth0, address: "fe80::5"}
      - {asset: a, name: eth0, address: 10.1.0.5}
      - {asset: a, name: lo, address: "::1"}
      - {asset: b, name: eth0, address: "fd00::5"}
      - {asset: c, name: eth0, address: "fd00::7"}
      - {asset: d, name: eth0, address: "fd00::8"}
    firewall_profiles:
      - {asset: a, product: iptables, profile: input, enabled: true, family: ipv4}
      - {asset: a, product: ip6tables, profile: input, enabled: false, family: ipv6}
      - {asset: b, product: iptables, profile: input, enabled: true, family: ipv4}
      - {asset: b, product: ip6tables, profile: input, enabled: true, family: ipv6}
      - {asset: b, product: ip6tables, profile: forward, enabled: false, family: ipv6}
      - {asset: c, product: iptables, profile: input, enabled: false, family: ipv4}
      - {asset: c, product: ip6tables, profile: input, enabled: false, family: ipv6}
      - {asset: d, product: iptables, profile: input, enabled: true, family: ipv4}
      - {asset: d, product: nftables, profile: input, enabled: false}
      - {asset: d, product: iptables, profile: input, enabled: false, family: ipv4}
      - {asset: e, product: iptables, profile: input, enabled: false, family: ipv4}
      - {asset: e, product: ip6tables, profile: input, enabled: false, family: ipv6}
      - {asset: e, product: ip6tables, profile: forward, enabled: true, family: ipv6}
---*/
select distinct six.asset, i.address, six.evidence
from firewall_profiles six
join firewall_profiles four on four.asset = six.asset and four.family = 'ipv4' and four.enabled
join interfaces i on i.asset = six.asset and contains(i.address, ':') and not starts_with(i.address, 'fe80') and i.address <> '::1'
where six.family = 'ipv6' and not six.enabled and six.profile = 'input'
