/*---
title: {ja: 望まれないソフトをウイルス対策が止めない, en: Antivirus lets unwanted software in}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 広告を出す、別のソフトを連れてくる、遠隔操作を許すといったソフトは、ウイルスとしては止められません。無料ソフトに付いてきて、後の侵入の足場になります。
  en: Software that shows advertisements, brings other software or opens the PC to others does not count as a virus. It comes with free programs and becomes a foothold.
message:
  ja: "{asset}: Defenderが望まれないソフト(PUA)を止めていません"
  en: "{asset}: Defender does not block unwanted programs (PUA)"
fix:
  cost: none
  ja: 有効にしてください。業務で使うソフトが止まった場合は、そのソフトだけを許可できます。
  en: Switch it on. If it stops something you use, that program alone can be allowed.
  run: |
    Set-MpPreference -PUAProtection Enabled
ask:
  ja: 導入されているソフトが「望まれないソフト」として止められないかを確認してください。
  en: Ask whether anything installed would be stopped as unwanted.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: new, platform: windows}, {asset: other, platform: windows}, {asset: shut, platform: windows}, {asset: lin, platform: linux}]
    windows_settings: [{asset: pc, defender_unwanted: false}, {asset: new, defender_unwanted: true}, {asset: other, defender_unwanted: false}, {asset: shut, defender_unwanted: false}, {asset: lin, defender_unwanted: false}]
    security_products:
      - {asset: pc, name: defender, kind: antivirus, running: true}
      - {asset: new, name: defender, kind: antivirus, running: true}
      - {asset: other, name: ESET, kind: antivirus, running: true}
      - {asset: shut, name: defender, kind: antivirus, running: false}
      - {asset: lin, name: defender, kind: antivirus, running: true}
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, defender_unwanted: true}]
    security_products: [{asset: pc, name: defender, kind: antivirus, running: true}]
    passes: [pc]
---*/
select s.asset, s.evidence
from windows_settings s
join security_products p on p.asset = s.asset and p.name = 'defender' and p.running
where s.defender_unwanted is false
