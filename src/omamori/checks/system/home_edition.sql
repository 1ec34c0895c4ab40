/*---
title: {ja: 家庭用のWindowsが使われている, en: A Windows made for homes is in use}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 家庭用(Home。Windows 8と8.1では版の名前が付きません)はドメインに入れず、暗号化や実行制限などの設定もまとめて配れません。一台ずつ人が見るしかなく、見落としの元になります。
  en: The Home edition (of Windows 8 and 8.1 the one without a name) cannot join a domain, and settings for encryption or for what may run cannot be handed out to it. Each has to be looked after by hand.
message:
  ja: "{asset}: {edition} です"
  en: "{asset}: this is {edition}"
fix:
  cost: low
  ja: 買い替えの時にProを選んでください。今すぐなら、診療情報を扱う用途から外すか、設定を一台ずつ確かめて記録します。
  en: Choose Pro when it is replaced. Until then keep it away from patient data, or go through its settings by hand and note them down.
ask:
  ja: 機器に付属のPCなら、Proの版にできるか、設定をだれが確かめるかを確認してください。
  en: If the PC came with a device, ask whether it can have Pro, and who looks after its settings.
examples:
  now: 2026-01-31
  bad:
    hosts:
      - {asset: a, platform: windows, os_name: Microsoft Windows 10 Home}
      - {asset: b, platform: windows, os_name: Windows 7 Starter}
      - {asset: h, platform: windows, os_name: Microsoft Windows 8.1}
      - {asset: s, platform: windows, os_name: Windows 8 Single Language}
      - {asset: c, platform: windows, os_name: Windows 10 Pro}
      - {asset: e, platform: windows, os_name: Microsoft Windows 8.1 Enterprise}
      - {asset: lx, platform: linux, os_name: Home Linux}
    fails: [a, b, h, s]
  good:
    hosts: [{asset: c, platform: windows, os_name: Windows 11 Pro}, {asset: d, platform: windows, os_name: Windows Server 2019 Standard}, {asset: e, platform: windows, os_name: Windows 8.1 Pro}]
    passes: [c, d, e]
---*/
select asset, os_name as edition, evidence
from hosts
where regexp_matches(lower(os_name), '\b(home|starter)\b|windows 8(\.1)?( n| kn| k)?( single language| with bing)*$')
