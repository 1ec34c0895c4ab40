/*---
title: {ja: 見慣れない場所に管理者権限のプログラムがある, en: A program with root's rights lies in an unusual place}
severity: medium
subject: asset
key: [asset, path]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 誰が動かしても持ち主の権限になるプログラム(setuid)は、業者の道具のほか、侵入者が残す裏口にも使われます。
  en: A setuid program runs with its owner's rights whoever starts it. Vendors use it for tools, intruders for back doors.
message:
  ja: "{asset}: {path}(持ち主 {owner}、権限 {mode})"
  en: "{asset}: {path} (owner {owner}, mode {mode})"
fix:
  cost: none
  ja: 何のプログラムかを確かめ、要らなければ印を外してください。
  en: Find out what it is; where it is not needed, take the mark away.
  run: sudo chmod u-s,g-s PATH
ask:
  ja: このプログラムを入れたか、なぜ管理者の権限が要るかを確認してください。
  en: Ask whether they installed it and why it needs root's rights.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    file_permissions:
      - {asset: ehr, path: /opt/vendor/launch, kind: setuid, owner: root, mode: "4755"}
      - {asset: ehr, path: /tmp/.x, kind: setuid, owner: root, mode: "4755"}
      - {asset: bsd, path: /opt/vendor/launch, kind: setuid, owner: root, mode: "4755"}
    fails: [[ehr, /opt/vendor/launch], [ehr, /tmp/.x]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    file_permissions:
      - {asset: ehr, path: /usr/bin/sudo, kind: setuid, owner: root, mode: "4755"}
      - {asset: ehr, path: /bin/su, kind: setuid, owner: root, mode: "4755"}
      - {asset: ehr, path: /opt/vendor/ok, kind: service-program, owner: root, mode: "0755"}
---*/
select asset, path, owner, mode, evidence
from file_permissions
where kind = 'setuid' and not regexp_matches(path, '^(/usr)?/(bin|sbin|lib|lib64|libexec)/')
