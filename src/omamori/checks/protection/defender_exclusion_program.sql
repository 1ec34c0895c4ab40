/*---
title: {ja: ウイルス対策がプログラムや文書の種類ごと見ていない, en: Antivirus leaves out a kind of program or a tool that runs anything}
severity: high
subject: asset
key: [asset, value]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 「.exe」やPowerShellを除外すると、そこから動くものは何でも見逃されます。ウイルスが使うのもこの道具です。
  en: With “.exe” or PowerShell left out, whatever comes that way is not looked at. Viruses use the very same tools.
message:
  ja: "{asset}: Microsoft Defenderが {value} を調べません({kind}、{origin})"
  en: "{asset}: Microsoft Defender does not look at {value} ({kind}, {origin})"
fix:
  cost: none
  ja: 除外を消し、必要なら製品のプログラムを場所まで書いて除外してください。
  en: Take it out. If a product needs it, name its own program with its whole path.
  run: |
    Get-MpPreference | Format-List Exclusion*
    Remove-MpPreference -ExclusionExtension exe
    Remove-MpPreference -ExclusionProcess powershell.exe
ask:
  ja: この除外が要る機能は何か、狭い書き方にできるかを確認してください。
  en: Ask which function needs this, and whether a narrower entry would do.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: c, platform: windows}, {asset: lx, platform: linux}]
    security_products:
      - {asset: a, name: defender, kind: antivirus, running: true}
      - {asset: b, name: defender, kind: antivirus, running: false}
      - {asset: c, name: other, kind: antivirus, running: true}
      - {asset: lx, name: defender, kind: antivirus, running: true}
    protection_exclusions:
      - {asset: a, product: defender, kind: extension, value: .EXE, origin: local}
      - {asset: a, product: defender, kind: extension, value: mdf, origin: local}
      - {asset: a, product: defender, kind: process, value: 'C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe', origin: policy}
      - {asset: a, product: defender, kind: process, value: '*', origin: local}
      - {asset: a, product: defender, kind: process, value: 'C:\Karte\karte.exe', origin: local}
      - {asset: a, product: defender, kind: path, value: cmd.exe, origin: local}
      - {asset: a, product: defender, kind: path, value: dll, origin: local}
      - {asset: b, product: defender, kind: extension, value: exe, origin: local}
      - {asset: c, product: defender, kind: extension, value: exe, origin: local}
      - {asset: lx, product: defender, kind: extension, value: exe, origin: local}
    fails: [[a, .EXE], [a, 'C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe'], [a, '*']]
  good:
    hosts: [{asset: a, platform: windows}]
    security_products: [{asset: a, name: defender, kind: antivirus, running: true}]
    protection_exclusions: [{asset: a, product: defender, kind: process, value: 'C:\Karte\karte.exe', origin: local}, {asset: a, product: defender, kind: extension, value: mdf, origin: local}]
    passes: [a]
---*/
select e.asset, e.value, e.kind, e.origin, e.evidence
from protection_exclusions e
join security_products p on p.asset = e.asset and p.name = e.product and p.running
where (e.kind = 'extension' and regexp_full_match(lower(e.value), '[.]?(\*|exe|dll|com|scr|sys|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|msi|lnk|iso|zip|doc|docx|docm|xls|xlsx|xlsm|pdf|tmp)'))
  or (e.kind = 'process' and regexp_full_match(lower(e.value), '(.*\\)?(\*|\*[.]exe|powershell[.]exe|pwsh[.]exe|cmd[.]exe|wscript[.]exe|cscript[.]exe|mshta[.]exe|rundll32[.]exe|regsvr32[.]exe|explorer[.]exe|svchost[.]exe|winword[.]exe|excel[.]exe|outlook[.]exe)'))
