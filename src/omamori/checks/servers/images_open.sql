/*---
title: {ja: 画像サーバの画面が認証なしで開く, en: The image server's pages open without a login}
severity: critical
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 患者の画像と名前を、院内のどの機器からでも見て、消せます。
  en: From any machine inside, patients' images and names can be seen and deleted.
message:
  ja: "{asset}: Orthancは他の機器からの接続を許し、認証を求めません"
  en: "{asset}: Orthanc lets other machines in and asks for no login"
fix:
  cost: none
  ja: orthanc.json で AuthenticationEnabled を true にし、RegisteredUsers に長いパスワードを書いて再起動してください。
  en: Set AuthenticationEnabled to true in orthanc.json, enter a long password in RegisteredUsers, and restart.
  run: sudo systemctl restart orthanc
ask:
  ja: 認証を有効にしたときに、つながらなくなる機器やソフトがあるかを確認してください。
  en: Ask which device or program cannot connect once a login is required.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pacs, platform: linux}, {asset: calm, platform: linux}, {asset: bsd, platform: other}]
    server_settings:
      - {asset: pacs, service: orthanc, name: RemoteAccessAllowed, value: "true"}
      - {asset: pacs, service: orthanc, name: AuthenticationEnabled, value: "false"}
      - {asset: calm, service: orthanc, name: RemoteAccessAllowed, value: "true"}
      - {asset: calm, service: orthanc, name: DicomTlsEnabled, value: "true"}
      - {asset: calm, service: mysql, name: AuthenticationEnabled, value: "false"}
      - {asset: bsd, service: orthanc, name: RemoteAccessAllowed, value: "true"}
    unknowns: [[calm]]
    fails: [pacs]
  good:
    hosts: [{asset: pacs, platform: linux}, {asset: local, platform: linux}, {asset: other, platform: linux}]
    server_settings:
      - {asset: pacs, service: orthanc, name: RemoteAccessAllowed, value: "true"}
      - {asset: pacs, service: orthanc, name: AuthenticationEnabled, value: "true"}
      - {asset: local, service: orthanc, name: RemoteAccessAllowed, value: "false"}
      - {asset: local, service: orthanc, name: AuthenticationEnabled, value: "false"}
      - {asset: other, service: orthanc, name: SslEnabled, value: "true"}
      - {asset: other, service: orthanc, name: AuthenticationEnabled, value: "false"}
---*/
select r.asset, case when a.value is null then 'to_confirm' end as unknown, r.evidence
from server_settings r
left join server_settings a on a.asset = r.asset and a.name = 'AuthenticationEnabled' and a.service = 'orthanc'
where r.name = 'RemoteAccessAllowed' and r.value = 'true' and a.value is distinct from 'true'
