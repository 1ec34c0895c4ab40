/*---
title: {ja: PCやサーバが二つのネットワークの間で通信を中継する, en: A Windows machine passes traffic on between networks}
severity: high
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 分けたはずのネットワークが、この機器を通ってつながります。ファイアウォールにも図面にも現れない通り道です。
  en: Networks that were meant to be apart are joined through this machine, a way that no firewall and no drawing shows.
message:
  ja: "{asset}: IPの中継が有効です(IPEnableRouter)"
  en: "{asset}: IP forwarding is on (IPEnableRouter)"
fix:
  cost: none
  ja: 中継が要るかを業者に確かめ、要らなければ0にして再起動してください。要るなら、ファイアウォールのある装置に替えるまで、台帳に通り道として書きます。
  en: Ask the vendor whether it is needed; if not, set it to 0 and restart. If it is, enter it in the ledger as a way between the networks until a device with a firewall takes its place.
  run: |
    reg query "HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters" /v IPEnableRouter
    reg add "HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters" /v IPEnableRouter /t REG_DWORD /d 0 /f
ask:
  ja: 装置のネットワークと院内のネットワークの間で、どの通信を中継しているかを確認してください。
  en: Ask which traffic is passed between the network of the device and the hospital.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, ip_forwarding: true}, {asset: ehr, ip_forwarding: true}, {asset: old}, {asset: new, ip_forwarding: false}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, ip_forwarding: false}]
---*/
select asset, evidence
from windows_settings
where ip_forwarding
