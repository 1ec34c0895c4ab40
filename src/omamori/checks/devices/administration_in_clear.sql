/*---
title: {ja: 機器の管理が暗号化されていない, en: A device is administered in clear text}
severity: medium
subject: asset
key: [asset, protocol]
scope: select asset from assets where configured
why:
  ja: TelnetやHTTPでは、管理者のパスワードがそのまま線の上を流れ、同じネットワークの誰にでも読めます。
  en: With telnet or HTTP the administrator's password travels in clear; anybody on the same network can read it.
message:
  ja: "{asset}: {protocol} で管理を受け付けます"
  en: "{asset}: it can be administered by {protocol}"
fix:
  cost: none
  ja: SSHとHTTPSを有効にしてから、TelnetとHTTPを無効にしてください。
  en: Enable SSH and HTTPS, then disable telnet and HTTP.
ask:
  ja: 管理をSSHまたはHTTPSに切り替え、TelnetとHTTPを止められますか。
  en: Can administration be moved to SSH or HTTPS, and telnet and HTTP be stopped?
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: fw, configured: true}, {asset: gw, configured: true}, {asset: pc}]
    device_access:
      - {asset: fw, protocol: telnet, enabled: true, allowed_from: 10.1.0.5}
      - {asset: fw, protocol: http, enabled: true}
      - {asset: fw, protocol: ftp, enabled: true}
      - {asset: fw, protocol: tftp, enabled: true}
      - {asset: fw, protocol: ssh, enabled: true}
      - {asset: gw, protocol: telnet, enabled: null}
      - {asset: gw, protocol: http, enabled: false}
      - {asset: pc, protocol: telnet, enabled: true}
    fails: [[fw, telnet], [fw, http], [fw, ftp], [fw, tftp]]
    unknowns: [[gw, telnet]]
  good:
    assets: [{asset: fw, configured: true}]
    device_access: [{asset: fw, protocol: ssh, enabled: true}, {asset: fw, protocol: telnet, enabled: false}]
---*/
select asset, protocol, case when enabled is null then 'to_confirm' end as unknown, evidence
from device_access
where coalesce(enabled, true) and protocol in ('telnet', 'http', 'ftp', 'tftp')
