/*---
title: {ja: だれでもサービスのプログラムを置き換えられる, en: "Anybody can replace the program of a service"}
severity: high
subject: asset
key: [asset, path]
scope: select asset from hosts where platform = 'windows'
why:
  ja: サービスは管理者以上の権限で動きます。だれでも書ける場所にあると、一般の利用者やウイルスがプログラムを差し替え、機器全体を乗っ取れます。
  en: "A service runs with the highest rights. Where anybody may write to its program, an ordinary user or malware swaps it and owns the machine."
message:
  ja: "{asset}: サービス {service} の {path} に {principal} が書けます"
  en: "{asset}: {principal} may write to {path} of the service {service}"
fix:
  cost: none
  ja: フォルダの権限から、一般の利用者(Users、Everyone)の書き込みを外してください。業務ソフトが書く場所なら、先に作った会社に確かめてください。
  en: "Take the right to write from ordinary users (Users, Everyone). Where an application writes there, ask its maker first."
  run: |
    icacls "C:\PATH\OF\SERVICE"
    # after asking the maker
    icacls "C:\PATH\OF\SERVICE" /remove:g Users
ask:
  ja: このフォルダへの一般利用者の書き込みを外してよいか、作った会社に確認してください。
  en: "Ask the maker whether ordinary users need to write to this folder."
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    file_access:
      - {asset: a, path: 'C:\Karte\svc.exe', service: KarteSvc, principal: 'BUILTIN\Users', writable: true, everybody: true}
      - {asset: a, path: 'C:\Lab\svc.exe', service: LabSvc, principal: 'BUILTIN\Users', writable: false, everybody: true}
      - {asset: a, path: 'C:\Adm\svc.exe', service: AdmSvc, principal: 'BUILTIN\Administrators', writable: true, everybody: false}
      - {asset: lx, path: /x, service: x, principal: Users, writable: true, everybody: true}
    fails: [[a, 'C:\Karte\svc.exe']]
  good:
    hosts: [{asset: a, platform: windows}]
    file_access: [{asset: a, path: 'C:\Karte\svc.exe', service: KarteSvc, principal: 'BUILTIN\Administrators', writable: true, everybody: false}]
    passes: [a]
---*/
select asset, path, service, principal, evidence
from file_access
where writable and everybody
