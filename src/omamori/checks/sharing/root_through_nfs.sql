/*---
title: {ja: 相手の管理者がそのまま管理者になるNFSがある, en: NFS trusts the other machine's administrator}
severity: high
subject: asset
key: [asset, share, client]
scope: select asset from hosts where platform = 'linux'
why:
  ja: つないだ側で管理者になった者は、こちらのファイルも管理者として書き換えられます。
  en: Whoever is administrator over there may change files here as administrator.
message:
  ja: "{asset}: {share} は {client} の管理者に管理者の権限を与えます(no_root_squash)"
  en: "{asset}: {share} gives {client} administrator rights (no_root_squash)"
fix:
  cost: none
  ja: /etc/exports で no_root_squash を root_squash に変えてください。
  en: Change no_root_squash to root_squash in /etc/exports.
  run: sudo exportfs -ra && sudo exportfs -v
ask:
  ja: no_root_squash が必要な処理と、専用のアカウントに替えられるかを確認してください。
  en: Ask what needs it and whether an account of its own would do.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pacs, platform: linux}, {asset: bsd, platform: other}]
    share_access: [{asset: pacs, share: /srv, principal: 10.1.5.0/24, access: root}, {asset: bsd, share: /srv, principal: "*", access: root}]
    fails: [[pacs, /srv, 10.1.5.0/24]]
  good:
    hosts: [{asset: pacs, platform: linux}]
    share_access: [{asset: pacs, share: /srv, principal: 10.1.5.0/24, access: change}]
---*/
select asset, share, principal as client, evidence
from share_access
where access = 'root'
