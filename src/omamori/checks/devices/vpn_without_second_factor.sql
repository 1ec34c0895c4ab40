/*---
title: {ja: VPNの利用者に二要素認証がない, en: VPN users are asked for no second factor}
severity: high
subject: asset
key: [asset, item]
scope: select asset from assets where configured
why:
  ja: パスワードだけのVPNは、盗まれたその日から使われます。
  en: A VPN with a password alone can be used from the day it is stolen.
message:
  ja: "{asset}: 「{item}」はパスワードだけで使えます"
  en: "{asset}: {item} needs a password alone"
fix:
  cost: low
  ja: 多くのVPN装置は証明書かワンタイムコードを標準で備えています。利用者全員に求める設定を業者に依頼してください。
  en: Most VPN devices come with certificates or one-time codes. Have them asked of every user.
ask:
  ja: VPNの利用者全員に、証明書かワンタイムコードなどの二要素目を求める設定にできますか。
  en: Can a second factor (certificate or one-time code) be asked of every VPN user?
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: fw, configured: true}, {asset: gw, configured: true}, {asset: pc}]
    device_vpns:
      - {asset: fw, name: door, kind: ssl-vpn, dial_in: true, enabled: true, two_factor: false}
      - {asset: fw, name: stopped, kind: ssl-vpn, dial_in: true, enabled: false, two_factor: false}
      - {asset: fw, name: site, kind: ipsec, dial_in: false, enabled: true, two_factor: false}
      - {asset: gw, name: door, kind: l2tp, dial_in: true, enabled: null, two_factor: null}
      - {asset: pc, name: door, kind: ssl-vpn, dial_in: true, enabled: true, two_factor: false}
    device_accounts:
      - {asset: fw, name: vendor, kind: vpn-user, two_factor: false, enabled: null}
      - {asset: fw, name: gone, kind: vpn-user, two_factor: false, enabled: false}
      - {asset: fw, name: admin, kind: administrator, two_factor: false, enabled: true}
      - {asset: pc, name: vendor, kind: vpn-user, two_factor: false, enabled: true}
    fails: [[fw, door], [fw, vendor]]
    unknowns: [[gw, door]]
  good:
    assets: [{asset: fw, configured: true}]
    device_vpns: [{asset: fw, name: door, kind: ssl-vpn, dial_in: true, enabled: true, two_factor: true}]
    device_accounts: [{asset: fw, name: vendor, kind: vpn-user, two_factor: true, enabled: true}, {asset: fw, name: other, kind: vpn-user, two_factor: null, enabled: true}]
---*/
select asset, name as item, case when two_factor is null then 'to_confirm' end as unknown, evidence
from device_vpns
where dial_in and coalesce(enabled, true) and not coalesce(two_factor, false)
union all
select asset, name as item, null as unknown, evidence
from device_accounts
where kind = 'vpn-user' and coalesce(enabled, true) and not two_factor
