/*---
title: {ja: 機器の設定にパスワードや鍵が読める形で入っている, en: Passwords or keys stand readable in a device's configuration}
severity: medium
subject: asset
key: [asset, place]
scope: select asset from assets where configured
why:
  ja: 設定ファイルはメールや共有フォルダで渡されます。平文や、だれでも元に戻せる形のパスワードは、ファイルを見た人に渡ります。
  en: Configurations travel by mail and shared folders. A secret in clear, or in a form anybody can undo, goes to whoever sees the file.
message:
  ja: "{asset}: 「{place}」が読める形({state})で保存されています"
  en: "{asset}: `{place}` is stored readable ({state})"
fix:
  cost: none
  ja: 暗号化して保存する設定を有効にし、そのパスワードや鍵を新しいものに変えてください。設定ファイルの置き場所も見直します。
  en: Switch on the setting that stores secrets hashed or encrypted, change the secret, and look where copies of the configuration lie.
ask:
  ja: パスワードと鍵を読めない形で保存し、新しいものに変えてください。貴社で保管している設定ファイルの置き場所を教えてください。
  en: Please store secrets in a form that cannot be read and change them. Where do you keep copies of the configuration?
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: fw, configured: true}, {asset: pc}]
    device_secrets:
      - {asset: fw, place: key of tunnel 1, kind: key, state: plain}
      - {asset: fw, place: administrator admin, kind: password, state: reversible}
      - {asset: fw, place: snmp community, kind: community, state: default}
      - {asset: fw, place: console, kind: hash, state: hashed}
      - {asset: pc, place: key, kind: key, state: plain}
    fails: [[fw, key of tunnel 1], [fw, administrator admin]]
  good:
    assets: [{asset: fw, configured: true}]
    device_secrets: [{asset: fw, place: console, kind: hash, state: hashed}]
---*/
select asset, place, state, evidence
from device_secrets
where state in ('plain', 'reversible')
