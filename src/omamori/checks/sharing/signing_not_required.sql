/*---
title: {ja: ファイル共有の通信がすり替えられても分からない, en: Nobody would notice altered file-sharing traffic}
severity: low
subject: asset
key: [asset]
scope: select asset from shares where protocol = 'smb'
why:
  ja: 署名を求めない共有では、間に入った者が他人になりすまして読み書きできます。
  en: Without required signing, somebody in between can act as another user.
message:
  ja: "{asset}: server signing が {value} です"
  en: "{asset}: server signing is {value}"
fix:
  cost: none
  ja: smb.conf の [global] に server signing = mandatory と書いてください。古い機器がつながるかを先に確かめます。
  en: Write server signing = mandatory in [global] of smb.conf, after trying old devices.
  run: |
    sudo testparm -s && sudo systemctl reload smbd   # RHEL family: smb
ask:
  ja: 署名を必須にするとつながらなくなる機器があるかを確認してください。
  en: Ask whether some device cannot connect when signing is required.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: nas, platform: linux}]
    shares: [{asset: nas, name: a, protocol: smb}]
    share_settings: [{asset: nas, protocol: smb, name: server signing, value: default}]
    fails: [nas]
  good:
    hosts: [{asset: nas, platform: linux}, {asset: nfs, platform: linux}, {asset: none, platform: linux}]
    shares: [{asset: nas, name: a, protocol: smb}, {asset: nfs, name: /srv, protocol: nfs}]
    share_settings:
      - {asset: nas, protocol: smb, name: server signing, value: Required}
      - {asset: nas, protocol: smb, name: client signing, value: default}
      - {asset: nfs, protocol: smb, name: server signing, value: default}
---*/
select asset, value, evidence
from share_settings
where name = 'server signing' and lower(value) not in ('mandatory', 'required', 'force')
