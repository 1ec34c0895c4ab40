/*---
title: {ja: ファイル共有が旧式のSMB1を受け付ける, en: File sharing accepts the old SMB1}
severity: high
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: SMB1は2017年に世界の病院を止めたウイルスが使った方式です。今のWindowsは既に外しています。
  en: SMB1 is what the worm of 2017 used to stop hospitals round the world. Windows has dropped it.
message:
  ja: "{asset}: 受け付ける最も古い方式が {oldest} です"
  en: "{asset}: the oldest protocol accepted is {oldest}"
fix:
  cost: none
  ja: smb.conf の [global] で server min protocol = SMB2_10 にしてください。古い複合機や検査装置が読み書きできるかを先に確かめます。
  en: Set server min protocol = SMB2_10 in [global] of smb.conf, after trying old copiers and devices that use the share.
  run: |
    sudo testparm -s -v 2>/dev/null | grep 'server min protocol'
    sudo systemctl reload smbd   # RHEL family: smb
ask:
  ja: SMB1でしかつながらない機器の有無と、更新や別の受け渡し方法を確認してください。
  en: Ask which devices know only SMB1, and how they could be updated or served otherwise.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: nas, platform: linux}, {asset: lan, platform: linux}, {asset: bsd, platform: other}]
    share_settings:
      - {asset: nas, protocol: smb, name: server min protocol, value: NT1}
      - {asset: lan, protocol: smb, name: server min protocol, value: lanman2}
      - {asset: bsd, protocol: smb, name: server min protocol, value: NT1}
    fails: [lan, nas]
  good:
    hosts: [{asset: nas, platform: linux}]
    share_settings:
      - {asset: nas, protocol: smb, name: server min protocol, value: SMB2_02}
      - {asset: nas, protocol: smb, name: client min protocol, value: NT1}
---*/
select asset, value as oldest, evidence
from share_settings
where name = 'server min protocol' and upper(value) in ('NT1', 'LANMAN1', 'LANMAN2', 'CORE', 'COREPLUS')
