/*---
title: {ja: USBメモリが自由に使える, en: USB sticks may be used freely}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux' and role in ('server', 'client')
why:
  ja: 閉じたネットワークにウイルスが入る道は、USBメモリと持ち込みPCです。
  en: Into a closed network a virus comes by USB stick or by somebody's own PC.
message:
  ja: "{asset}: USBの記憶装置を使えなくする設定がありません(usb_storage: {state})"
  en: "{asset}: nothing restricts USB storage (usb_storage: {state})"
fix:
  cost: none
  ja: 使わない機器では、次の一行でUSBの記憶装置だけを止められます(キーボードやマウスは使えます)。
  en: Where none is needed, one line switches off USB storage only; keyboard and mouse go on.
  run: echo 'install usb-storage /bin/false' | sudo tee /etc/modprobe.d/usb-storage.conf
ask:
  ja: 保守でUSBメモリを使うか、使うときだけ許可する手順にできるかを確認してください。
  en: Ask whether maintenance uses USB sticks, and whether it can be allowed only then.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux, role: server}, {asset: pc, platform: linux, role: client}, {asset: sw, platform: linux, role: network}, {asset: bsd, platform: other, role: server}]
    kernel_settings:
      - {asset: ehr, name: module.usb_storage, value: available}
      - {asset: pc, name: module.usb_storage, value: loaded}
      - {asset: sw, name: module.usb_storage, value: loaded}
      - {asset: bsd, name: module.usb_storage, value: loaded}
    security_products: [{asset: pc, name: usbguard, kind: device-control, running: false}, {asset: pc, name: clamav, kind: antivirus, running: true}]
    fails: [ehr, pc]
  good:
    hosts: [{asset: ehr, platform: linux, role: server}, {asset: pc, platform: linux, role: client}]
    kernel_settings:
      - {asset: ehr, name: module.usb_storage, value: blacklisted}
      - {asset: ehr, name: module.uas, value: available}
      - {asset: pc, name: module.usb_storage, value: loaded}
    security_products: [{asset: pc, name: usbguard, kind: device-control, running: true}]
---*/
select k.asset, k.value as state, k.evidence
from kernel_settings k
where k.name = 'module.usb_storage' and k.value in ('available', 'loaded')
  and not exists (select 1 from security_products p where p.asset = k.asset and p.kind = 'device-control' and p.running)
