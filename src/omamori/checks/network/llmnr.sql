/*---
title: {ja: 見つからない名前を近くの全機器に尋ねる(LLMNR), en: It asks all neighbours for names it cannot find (LLMNR)}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 同じネットワークに入り込んだ者が「それは私です」と答えると、職員のログイン情報が送られます。
  en: An intruder on the same network answers “that is me”, and is sent the login of your staff.
message:
  ja: "{asset}: LLMNRが有効です(EnableMulticast)"
  en: "{asset}: LLMNR is on (EnableMulticast)"
fix:
  cost: none
  ja: DNSに名前のない共有や複合機を名前で使っていないかを一台で確かめ、DNSに登録してから止めてください。1で戻せます。
  en: Try on one PC whether shares or printers are used by names that DNS lacks; enter those, then switch it off. 1 undoes it.
  run: |
    reg add "HKLM\SOFTWARE\Policies\Microsoft\Windows NT\DNSClient" /v EnableMulticast /t REG_DWORD /d 0 /f
ask:
  ja: LLMNRに頼る製品があるか、DNSに登録すれば足りるかを確認してください。
  en: Ask which product relies on LLMNR, and whether an entry in DNS would do.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, llmnr: true}, {asset: ehr, llmnr: true}, {asset: old}, {asset: new, llmnr: false}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, llmnr: false}]
---*/
select asset, evidence
from windows_settings
where llmnr
