/*---
title: {ja: レジストリを遠隔から操作できるサービスが動いている, en: The service that opens the registry to others is running}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: Remote Registryは、ほかの機器から設定を読み書きさせます。管理者のパスワードを得た侵入者が広がるときに使われます。
  en: Remote Registry lets other machines read and write settings. Intruders who have an administrator's password spread with it.
message:
  ja: "{asset}: Remote Registry が動いています"
  en: "{asset}: Remote Registry is running"
fix:
  cost: none
  ja: 使っている管理ソフトがなければ、止めて無効にしてください。
  en: Stop and disable it unless management software needs it.
  run: |
    sc stop RemoteRegistry
    sc config RemoteRegistry start= disabled
ask:
  ja: Remote Registryを使う保守作業があるかを確認してください。
  en: Ask whether any maintenance uses Remote Registry.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: server}, {asset: b, platform: windows, role: server}, {asset: lx, platform: linux, role: server}]
    services:
      - {asset: a, name: RemoteRegistry, state: running, start: automatic}
      - {asset: b, name: Spooler, state: running}
      - {asset: a, name: Spooler, state: running}
      - {asset: lx, name: RemoteRegistry, state: running}
    fails: [a]
  good:
    hosts: [{asset: a, platform: windows}]
    services: [{asset: a, name: RemoteRegistry, state: stopped}]
    passes: [a]
---*/
select asset, evidence
from services
where lower(name) = 'remoteregistry' and state = 'running'
