/*---
title: {ja: ウイルス対策がドライブやよく使うフォルダーを丸ごと見ていない, en: Antivirus leaves out a whole drive or a folder anybody writes to}
severity: high
subject: asset
key: [asset, path]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 動作を軽くするための除外が広すぎると、ウイルスはそこに置かれるだけで見つかりません。侵入した者がまず調べるのも、この除外です。
  en: Left out to make things faster, such a place hides any virus that is put there. It is also the first thing an intruder looks up.
message:
  ja: "{asset}: Microsoft Defenderが {path} を調べません({origin})"
  en: "{asset}: Microsoft Defender does not look at {path} ({origin})"
fix:
  cost: none
  ja: 業者の手順にあるフォルダーだけに絞ってください。データベースのファイルのように、要るものだけを一つずつ書きます。
  en: Narrow it to the folders the vendor's manual names, one by one, such as the files of a database.
  run: |
    Get-MpPreference | Format-List Exclusion*
    Remove-MpPreference -ExclusionPath "C:\"
ask:
  ja: どのフォルダーを除外する必要があるか、その理由を書面で確認してください。
  en: Ask in writing which folders have to be left out, and why.
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
      - {asset: a, product: defender, kind: path, value: 'C:\', origin: local}
      - {asset: a, product: defender, kind: path, value: 'D:\*', origin: policy}
      - {asset: a, product: defender, kind: path, value: 'c:\users\*\AppData\Local\Temp', origin: local}
      - {asset: a, product: defender, kind: path, value: '%TEMP%', origin: local}
      - {asset: a, product: defender, kind: path, value: 'D:\PACS\images', origin: local}
      - {asset: a, product: defender, kind: process, value: 'E:\', origin: local}
      - {asset: b, product: defender, kind: path, value: 'C:\', origin: local}
      - {asset: c, product: defender, kind: path, value: 'C:\', origin: local}
      - {asset: lx, product: defender, kind: path, value: 'C:\', origin: local}
    fails: [[a, 'C:\'], [a, 'D:\*'], [a, 'c:\users\*\AppData\Local\Temp'], [a, '%TEMP%']]
  good:
    hosts: [{asset: a, platform: windows}]
    security_products: [{asset: a, name: defender, kind: antivirus, running: true}]
    protection_exclusions: [{asset: a, product: defender, kind: path, value: 'D:\PACS\images', origin: policy}]
    passes: [a]
---*/
select e.asset, e.value as path, e.origin, e.evidence
from protection_exclusions e
join security_products p on p.asset = e.asset and p.name = e.product and p.running
where e.kind = 'path'
  and regexp_full_match(lower(e.value), '([a-z*]:)?\\?\*?|[a-z*]:\\(windows|program files|program files \(x86\)|programdata|users|documents and settings|users\\[^\\]*|users\\public\\.*|users\\.*\\(temp|downloads|appdata|appdata\\local|appdata\\roaming)|temp|tmp|windows\\temp)(\\\**)?|%(temp|tmp|userprofile|public|systemdrive|appdata|localappdata|programdata|windir|systemroot)%(\\\**)?')
