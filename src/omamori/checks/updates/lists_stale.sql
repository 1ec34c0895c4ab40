/*---
title:
  ja: 更新の一覧が古い
  en: The list of updates is old
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 一覧が古いと「未適用の更新はありません」と表示されても、実際にはたまっています。閉域では気付かれにくい状態です。
  en: With an old list the machine says that nothing waits, although much does. On a closed network nobody notices.
message:
  ja: "{asset}: 更新の一覧を最後に取り込んだのは {refreshed} です"
  en: "{asset}: the list of updates last came in: {refreshed}"
fix:
  cost: low
  ja: 院内に更新の配布サーバ(ミラー)を置くか、更新用の媒体で一覧を取り込んでください。
  en: Set up a package mirror inside the hospital, or bring the lists in on a medium.
  run: "sudo apt-get update   # or: sudo dnf makecache"
ask:
  ja: 閉域でも更新を取り込める仕組みがあるか、最後にいつ取り込んだかを確認してください。
  en: Ask how updates reach the machine on a closed network, and when they last did.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: old, platform: linux}, {asset: never, platform: linux}, {asset: win, platform: windows}]
    update_policy:
      - {asset: old, lists_refreshed: "2025-12-31 23:59:59"}
      - {asset: never}
      - {asset: win}
    fails: [old, never]
  good:
    hosts: [{asset: a, platform: linux}]
    update_policy: [{asset: a, lists_refreshed: "2026-01-01 00:00:00"}]
    passes: [a]
---*/
select asset, lists_refreshed as refreshed, evidence
from update_policy
where coalesce(lists_refreshed, timestamp '1970-01-01') < $now - interval 30 days
