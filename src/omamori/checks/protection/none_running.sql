/*---
title: {ja: ウイルス対策や振る舞い検知が動いていない, en: No antivirus or behaviour detection is running}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform in ('linux', 'windows') and role in ('server', 'client')
why:
  ja: 公表された被害では、電子カルテや画像のサーバに対策ソフトがないか、消されていました。Linuxのサーバでも、預かったファイルの検査と異常の知らせに役立ちます。
  en: In published incidents the servers of records and images had none, or it had been removed. On Linux servers, too, it examines files and raises alarms.
message:
  ja: "{asset}: 動いている対策ソフトが見つかりません"
  en: "{asset}: no running product was found"
fix:
  cost: low
  ja: 院内で契約している製品を入れてください。なければ、Windowsでは標準のDefender、Linuxでは無償のClamAVから始められます。
  en: Install what the hospital already licenses; otherwise begin with Defender, which Windows has, or ClamAV on Linux, which is free.
  run: |
    sudo apt install clamav-daemon clamav-freshclam   # Debian, Ubuntu
    sudo dnf install epel-release && sudo dnf install clamd clamav-update   # RHEL family
ask:
  ja: この機器に入れてよい対策ソフトと、検査から除く必要のあるフォルダを確認してください。
  en: Ask which product may be installed and which folders it must leave out.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux, role: server}, {asset: pc, platform: linux, role: client}, {asset: sw, platform: linux, role: network}, {asset: bsd, platform: other, role: server}]
    security_products:
      - {asset: ehr, name: clamav, kind: antivirus, running: false}
      - {asset: pc, name: apparmor, kind: mac, running: true}
    fails: [ehr, pc]
  good:
    hosts: [{asset: ehr, platform: linux, role: server}, {asset: pc, platform: linux, role: client}]
    security_products: [{asset: ehr, name: falcon, kind: edr, running: true}, {asset: pc, name: clamav, kind: antivirus, running: true}]
---*/
select h.asset, h.evidence
from hosts h
where h.asset not in (select p.asset from security_products p where p.kind in ('antivirus', 'edr') and p.running)
