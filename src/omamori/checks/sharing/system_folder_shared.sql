/*---
title: {ja: システムの大事なフォルダが共有されている, en: A system folder is shared}
severity: critical
subject: asset
key: [asset, share]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 全体や /etc・/root を共有すると、パスワードの元や鍵、設定がすべて読まれ、書ければ機器ごと奪われます。
  en: Sharing all of it, or /etc or /root, shows password hashes, keys and settings; where writing is allowed, the machine is lost.
message:
  ja: "{asset}: {path} が {protocol} で共有されています"
  en: "{asset}: {path} is shared by {protocol}"
fix:
  cost: none
  ja: 必要なフォルダだけを共有し直してください。
  en: Share only the folder that is needed.
  run: |
    sudo exportfs -v
    sudo testparm -s
ask:
  ja: この共有の用途と、必要なフォルダだけに絞れるかを確認してください。
  en: Ask what it is for and whether it can be limited to the folder in use.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pacs, platform: linux}, {asset: bsd, platform: other}]
    shares: [{asset: pacs, name: /, protocol: nfs, path: /}, {asset: pacs, name: conf, protocol: smb, path: /etc/}, {asset: bsd, name: /, protocol: nfs, path: /}]
    fails: [[pacs, /], [pacs, conf]]
  good:
    hosts: [{asset: pacs, platform: linux}]
    shares: [{asset: pacs, name: /srv, protocol: nfs, path: /srv}, {asset: pacs, name: profiles, protocol: smb}]
---*/
select asset, name as share, path, protocol, evidence
from shares
where rtrim(path, '/') in ('', '/etc', '/root', '/boot', '/var', '/usr', '/home')
