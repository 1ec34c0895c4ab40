/*---
title: {ja: NFSの共有が相手を限っていない, en: An NFS share is open to any machine}
severity: high
subject: asset
key: [asset, path]
scope: select asset from hosts where platform = 'linux'
why:
  ja: NFSは名前とパスワードを尋ねません。つながった機器は、番号を名乗るだけで他人のファイルを読めます。
  en: NFS asks for no password. A connected machine only has to claim a user number.
message:
  ja: "{asset}: {path} はどの機器からでもつなげます(書き込み: {writable})"
  en: "{asset}: any machine may use {path} (writing: {writable})"
fix:
  cost: none
  ja: /etc/exports に、使う機器のアドレスだけを書いてください。
  en: Name only the machines that use it in /etc/exports.
  run: sudo exportfs -ra && sudo exportfs -v
ask:
  ja: この共有を使う機器の一覧をもらい、その機器だけに絞れるかを確認してください。
  en: Ask which machines use it and whether it can be limited to them.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pacs, platform: linux}, {asset: bsd, platform: other}]
    shares: [{asset: pacs, name: /srv, protocol: nfs, path: /srv, writable: true}, {asset: pacs, name: /usr/local, protocol: nfs, path: /usr/local, writable: false}, {asset: bsd, name: /srv, protocol: nfs, path: /srv}]
    fails: [[pacs, /srv], [pacs, /usr/local]]
  good:
    hosts: [{asset: pacs, platform: linux}]
    shares: [{asset: pacs, name: /srv, protocol: nfs, path: /srv, hosts_allowed: 10.1.5.20}, {asset: pacs, name: lab, protocol: smb, path: /srv/lab}]
---*/
select asset, path, writable, evidence
from shares
where protocol = 'nfs' and hosts_allowed is null
