/*---
title: {ja: 書き込めるNFSが利用者を確かめない, en: A writable NFS share does not check who writes}
severity: low
subject: asset
key: [asset, path]
scope: select asset from hosts where platform = 'linux'
why:
  ja: sec=sys のNFSは、相手が名乗った利用者の番号をそのまま信じます。
  en: With sec=sys, NFS believes whatever user number the other machine claims.
message:
  ja: "{asset}: {path} は {allowed} から、名乗った番号だけで書き込めます"
  en: "{asset}: {allowed} may write to {path} under any number it claims"
fix:
  cost: low
  ja: 相手の機器を固定の数台に絞り、書かない機器は ro にしてください。認証まで求めるならKerberos(sec=krb5)を使います。
  en: Limit it to a few fixed machines, with ro for those that only read. For proof of identity use Kerberos (sec=krb5).
  run: sudo exportfs -v
ask:
  ja: 読むだけの機器を ro にできるか、Kerberosに対応しているかを確認してください。
  en: Ask whether machines that only read can have ro, and whether Kerberos is supported.
equivalent:
  "join share_settings as x -> left": the condition on the value leaves out a share without a row there
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pacs, platform: linux}, {asset: bsd, platform: other}]
    shares: [{asset: pacs, name: /srv, path: /srv, protocol: nfs, writable: true, hosts_allowed: 10.1.5.0/24}, {asset: bsd, name: /srv, path: /srv, protocol: nfs, writable: true}]
    share_settings: [{asset: pacs, protocol: nfs, name: sec /srv, value: "krb5:sys"}, {asset: bsd, protocol: nfs, name: sec /srv, value: sys}]
    fails: [[pacs, /srv]]
  good:
    hosts: [{asset: pacs, platform: linux}]
    shares:
      - {asset: pacs, name: /a, path: /a, protocol: nfs, writable: false}
      - {asset: pacs, name: /b, path: /b, protocol: nfs, writable: true}
      - {asset: pacs, name: /d, path: /d, protocol: nfs, writable: true}
      - {asset: pacs, name: c, path: /c, protocol: smb, writable: true}
    share_settings:
      - {asset: pacs, protocol: nfs, name: sec /a, value: sys}
      - {asset: pacs, protocol: nfs, name: sec /b, value: krb5}
      - {asset: pacs, protocol: smb, name: sec /c, value: sys}
      - {asset: pacs, protocol: nfs, name: sec /d, value: krb5p}
      - {asset: pacs, protocol: smb, name: sec /d, value: sys}
---*/
select s.asset, s.path, coalesce(s.hosts_allowed, '*') as allowed, s.evidence
from shares s
join share_settings x on x.asset = s.asset and x.protocol = s.protocol and x.name = 'sec ' || s.path
where s.writable and s.protocol = 'nfs' and list_contains(string_split(x.value, ':'), 'sys')
