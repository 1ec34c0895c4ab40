/*---
title: {ja: 画像サーバが相手を確かめずに受け取る, en: The image server takes images from anybody}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 名前もアドレスも確かめないと、偽の画像を送り込んだり、ディスクをいっぱいにしたりできます。
  en: When neither name nor address is checked, false images can be sent in, or the disk filled.
message:
  ja: "{asset}: Orthancの次の確かめが止まっています: {settings}"
  en: "{asset}: these checks of Orthanc are off: {settings}"
fix:
  cost: none
  ja: orthanc.json で DicomCheckCalledAet と DicomCheckModalityHost を true にし、DicomModalities に撮影装置を登録してください。
  en: Set DicomCheckCalledAet and DicomCheckModalityHost to true in orthanc.json and list the modalities in DicomModalities.
  run: sudo systemctl restart orthanc
ask:
  ja: 送ってくる撮影装置の一覧(AEタイトルとアドレス)をもらい、それだけを受けられるかを確認してください。
  en: Ask for the list of modalities (AE title and address) and whether only these can be accepted.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pacs, platform: linux}, {asset: bsd, platform: other}]
    server_settings:
      - {asset: pacs, service: orthanc, name: DicomCheckCalledAet, value: "false"}
      - {asset: pacs, service: orthanc, name: DicomCheckModalityHost, value: "false"}
      - {asset: bsd, service: orthanc, name: DicomCheckCalledAet, value: "false"}
      - {asset: bsd, service: orthanc, name: DicomCheckModalityHost, value: "false"}
    fails: [pacs]
  good:
    hosts: [{asset: pacs, platform: linux}, {asset: two, platform: linux}]
    server_settings:
      - {asset: pacs, service: orthanc, name: DicomCheckCalledAet, value: "false"}
      - {asset: pacs, service: orthanc, name: DicomCheckModalityHost, value: "true"}
      - {asset: two, service: orthanc, name: DicomCheckCalledAet, value: "false"}
      - {asset: two, service: orthanc, name: SslEnabled, value: "false"}
---*/
select asset, string_agg(name, ', ' order by name) as settings, min(evidence) as evidence
from server_settings
where name in ('DicomCheckCalledAet', 'DicomCheckModalityHost') and value = 'false'
group by asset
having count(distinct name) = 2
