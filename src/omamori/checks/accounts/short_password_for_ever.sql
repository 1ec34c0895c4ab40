/*---
title: {ja: 短いパスワードが期限なしで使える, en: A short password may stay for ever}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 厚生労働省のガイドラインは、13文字以上なら定期的な変更を求めず、8文字以上なら変更か二要素認証を求めています。
  en: The ministry's guideline asks for no regular change at thirteen characters; at eight it asks for changes or a second factor.
message:
  ja: "{asset}: {shortest}文字でよく、変更の期限もありません"
  en: "{asset}: {shortest} characters are enough and they never expire"
fix:
  cost: none
  ja: 最短を13文字にするか、期限を決めてください。13文字にするほうが利用者の手間は少なくなります。
  en: Raise the minimum to thirteen, or set an expiry. Thirteen is less trouble for people.
  run: |
    net accounts
    net accounts /minpwlen:13
ask:
  ja: 最短文字数を13にできるか、できなければ期限をどうするかを確認してください。
  en: Ask whether the minimum can be thirteen, and if not, what the expiry is.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    password_policy:
      - {asset: a, min_length: 12}
      - {asset: b, min_length: 12, max_days: 60}
      - {asset: lx, min_length: 8}
    fails: [a]
  good:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}]
    password_policy: [{asset: a, min_length: 13}, {asset: b, min_length: 8, max_days: 60}]
    passes: [a, b]
---*/
select asset, min_length as shortest, evidence
from password_policy
where max_days is null and min_length < 13
