/*---
title: {ja: 暗号化しない遠隔操作・転送のサービスが動いている, en: A service for remote work or transfer without encryption is running}
severity: high
subject: asset
key: [asset, service]
scope: select asset from hosts where platform = 'windows'
why:
  ja: TelnetやFTPは、利用者名とパスワードをそのまま流します。同じネットワークの誰でも読み取れます。
  en: Telnet and FTP send user names and passwords as they are. Anybody on the same network can read them.
message:
  ja: "{asset}: {service} が動いています"
  en: "{asset}: {service} is running"
fix:
  cost: low
  ja: 使っている相手を調べ、暗号化する方法(SSH、SFTP、FTPS)に移してから止めてください。
  en: Find who uses it, move to an encrypted way (SSH, SFTP, FTPS), then stop it.
  run: |
    sc stop TlntSvr
    sc config TlntSvr start= disabled
    sc stop ftpsvc
    sc config ftpsvc start= disabled
ask:
  ja: 装置との受け渡しに使っているか、暗号化する方法に替えられるかを確認してください。
  en: Ask whether a device needs it and whether an encrypted way exists.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: server}, {asset: b, platform: windows, role: server}, {asset: lx, platform: linux, role: server}]
    services:
      - {asset: a, name: TlntSvr, state: running}
      - {asset: a, name: ftpsvc, state: running}
      - {asset: a, name: MSFTPSVC, state: stopped}
      - {asset: lx, name: tlntsvr, state: running}
    fails: [[a, TlntSvr], [a, ftpsvc]]
  good:
    hosts: [{asset: a, platform: windows}]
    services: [{asset: a, name: W32Time, state: running}, {asset: a, name: FTPSVC, state: stopped}]
    passes: [a]
---*/
select asset, name as service, evidence
from services
where lower(name) in ('tlntsvr', 'ftpsvc', 'msftpsvc') and state = 'running'
