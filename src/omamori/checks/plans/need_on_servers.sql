/*---
title:
  ja: 復旧に要るものが、失われるサーバの中だけにある
  en: A recovery needs what lies only on the servers that are lost
severity: high
subject: site
key: [need]
why:
  ja: 控えが無事でも、鍵やカタログや認証がサーバと一緒に失われると、戻せません。
  en: A whole copy does not come back when its key, catalogue or directory is lost along with the server.
message:
  ja: "{need}: サーバがなくても使えるとは書かれていません(置き場所: {kept_at})"
  en: "{need}: not entered as had without the servers (kept at: {kept_at})"
fix:
  cost: none
  ja: 紙か、ネットワークにつながない媒体に写し、鍵のかかる別の場所に置いてください。置き場所を「復旧に要るもの」シートに書き、年に一度確かめます。
  en: Copy it to paper or to a medium off the network, keep it locked up elsewhere, enter the place in the sheet and check it once a year.
examples:
  now: 2026-01-31
  bad:
    recovery_needs:
      - {need: key, apart: "no", kept_at: NAS}
      - {need: catalogue}
      - {need: media, apart: unknown}
      - {need: licence, apart: "yes"}
    fails: [key]
    unknowns: [[catalogue], [media]]
  good:
    recovery_needs: [{need: licence, apart: "yes"}]
---*/
select need, kept_at, if(apart = 'no', null, 'to_confirm') as unknown, evidence
from recovery_needs
where apart is distinct from 'yes'
