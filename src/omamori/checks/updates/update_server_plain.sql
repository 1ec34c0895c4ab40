/*---
title: {ja: 更新を暗号化されない通信で受け取っている, en: Updates come over unencrypted traffic}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 院内の更新サーバ(WSUS)との通信がhttpだと、同じネットワークに入り込んだ者が返事をすり替え、管理者の権限で命令を実行させることができます。
  en: Over http, somebody on the same network can swap the answers of the update server (WSUS) and have commands run as administrator.
message:
  ja: "{asset}: 更新サーバにhttpでつないでいます(WUServer)"
  en: "{asset}: the update server is asked over http (WUServer)"
fix:
  cost: low
  ja: WSUSに院内の証明書を入れてhttps(8531)に替え、ポリシーのアドレスを書き換えてください。
  en: Give WSUS a certificate, move it to https (8531) and change the address in the policy.
  run: |
    reg query "HKLM\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate" /v WUServer
ask:
  ja: WSUSをhttpsに替えられるか、証明書の期限をだれが見るかを確認してください。
  en: Ask whether WSUS can move to https, and who watches the certificate.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, update_server_plain: true}, {asset: ehr, update_server_plain: true}, {asset: old}, {asset: new, update_server_plain: false}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, update_server_plain: false}]
---*/
select asset, evidence
from windows_settings
where update_server_plain
