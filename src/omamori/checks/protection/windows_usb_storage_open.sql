/*---
title: {ja: WindowsでUSBメモリが自由に使える, en: USB sticks may be used freely in Windows}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows' and role in ('server', 'client')
why:
  ja: 閉じたネットワークにウイルスが入る道は、USBメモリと持ち込みPCです。記録媒体の持ち出しも分からなくなります。
  en: Into a closed network a virus comes by USB stick or by somebody's own PC. Nor does anybody notice what is carried away.
message:
  ja: "{asset}: USBの記憶装置を止める設定も、管理する製品も見つかりません"
  en: "{asset}: neither a setting nor a product restricts USB storage"
fix:
  cost: none
  ja: 使わない機器から順に、次の一行で止めてください(キーボードやマウスは使えます。3で戻せます)。使う部署では、登録したUSBメモリだけを許す方法があります。
  en: "Begin with machines that need none: one line stops USB storage only, keyboard and mouse go on (3 undoes it). Where sticks are needed, allow registered ones."
  run: |
    reg add "HKLM\SYSTEM\CurrentControlSet\Services\USBSTOR" /v Start /t REG_DWORD /d 4 /f
ask:
  ja: 保守や検査データの受け渡しでUSBメモリを使うか、使うときだけ許可する手順にできるかを確認してください。
  en: Ask whether maintenance or results travel by USB stick, and whether it can be allowed only then.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows, role: client}, {asset: sv, platform: windows, role: server}, {asset: ct, platform: windows, role: medical}, {asset: lin, platform: linux, role: client}, {asset: c, platform: windows, role: client}, {asset: d, platform: windows, role: client}]
    windows_settings: [{asset: pc, usb_storage: true}, {asset: sv, usb_storage: true}, {asset: ct, usb_storage: true}, {asset: lin, usb_storage: true}, {asset: c}, {asset: d, usb_storage: false}]
    security_products:
      - {asset: pc, name: a, kind: device-control, running: false}
      - {asset: pc, name: defender, kind: antivirus, running: true}
      - {asset: d, name: a, kind: device-control, running: true}
    fails: [pc, sv]
  good:
    hosts: [{asset: pc, platform: windows, role: client}, {asset: d, platform: windows, role: client}]
    windows_settings: [{asset: pc, usb_storage: true}, {asset: d, usb_storage: false}]
    security_products: [{asset: pc, name: a, kind: device-control, running: true}]
---*/
select s.asset, s.evidence
from windows_settings s
where s.usb_storage
  and not exists (select 1 from security_products p where p.asset = s.asset and p.kind = 'device-control' and p.running)
