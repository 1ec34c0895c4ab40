/*---
title:
  ja: 外部接続に二要素認証がない
  en: A line asks for no second factor
severity: high
subject: line
key: [line]
scope: select line from remote_lines where kind in ('ssl-vpn', 'ipsec-vpn', 'remote-software', 'internet', 'lte')
why:
  ja: パスワードだけの入口は、盗まれたその日から使われます。
  en: A door with a password alone can be used from the day it is stolen.
message:
  ja: "{line}: パスワードだけで入れます"
  en: "{line}: a password alone opens it"
fix:
  cost: low
  ja: 多くのVPN装置は証明書かワンタイムコードを標準で備えています。業者に有効化を依頼してください。
  en: Most VPN devices come with certificates or one-time codes. Ask the vendor to switch them on.
examples:
  now: 2026-01-31
  bad:
    remote_lines:
      - {line: pacs, kind: ssl-vpn, two_factor: "no"}
      - {line: lab, kind: ipsec-vpn, two_factor: unknown}
      - {line: remote, kind: remote-software}
      - {line: net, kind: internet, two_factor: "no"}
      - {line: mobile, kind: lte, two_factor: "no"}
    fails: [pacs, net, mobile]
    unknowns: [[lab], [remote]]
  good:
    remote_lines:
      - {line: pacs, kind: ssl-vpn, two_factor: "yes"}
      - {line: closed, kind: ip-vpn, two_factor: "no"}
    passes: [pacs]
---*/
select line, if(two_factor = 'no', null, 'to_confirm') as unknown, evidence
from remote_lines
where not coalesce(two_factor = 'yes', false)
