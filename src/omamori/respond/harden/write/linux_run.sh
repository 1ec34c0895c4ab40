# --- Undo ---

items() {
    for one in "$STATE"/[0-9]*; do [ ! -e "$one/kind" ] || printf '%s\n' "$one"; done | sort -r
}

# Whether a path still leads to the file whose rights were saved: its owner may have put a link to another file there.
same_file() {
    [ ! -L "$path" ] && [ "$(stat -c '%d %i' "$path" 2>/dev/null)" = "$(cat "$1/meta")" ]
}

# Whether an item is as we left it (or was never changed, or is back already).
ours() {
    [ -e "$1/done" ] || return 0
    path=$(cat "$1/path")
    case $(cat "$1/kind") in
    file)
        if [ -e "$1/absent" ]; then
            [ ! -e "$path" ] || cmp -s "$1/after" "$path"
        else
            [ -f "$path" ] && { cmp -s "$1/after" "$path" || cmp -s "$1/before" "$path"; } && [ "$(stat -c '%a %u %g' "$path")" = "$(cat "$1/meta")" ]
        fi
        ;;
    link) [ ! -L "$path" ] || [ "$(readlink "$path")" = "$(cat "$1/after")" ] ;;
    mode) same_file "$1" && { [ "$(stat -c %a "$path")" = "$(cat "$1/after")" ] || [ "$(stat -c %a "$path")" = "$(cat "$1/before")" ]; } ;;
    kernel) [ "$(cat "$path")" = "$(cat "$1/after")" ] || [ "$(cat "$path")" = "$(cat "$1/before")" ] ;;
    table)
        # shellcheck disable=SC2046 # family and name are two words
        set -- "$1" $(cat "$1/path")
        now=$(nft -s list table "$2" "$3" 2>/dev/null) || return 0
        [ "$now" = "$(cat "$1/after")" ]
        ;;
    *) return 0 ;;
    esac
}

restore() {
    path=$(cat "$1/path" 2>/dev/null) || return 0
    case $(cat "$1/kind") in
    file)
        [ -e "$1/after" ] || return 0
        if [ -e "$1/absent" ]; then
            rm -f "$path"
        elif ! cmp -s "$1/before" "$path"; then
            cat "$1/before" >"$path" && touch -r "$1/before" "$path"
        fi
        ;;
    link) [ ! -L "$path" ] || rm "$path" ;;
    mode) [ ! -e "$1/after" ] || { same_file "$1" && chmod "$(cat "$1/before")" "$path"; } ;;
    kernel) [ ! -e "$1/after" ] || cat "$1/before" >"$path" ;;
    table)
        # shellcheck disable=SC2046 # family and name are two words
        set -- "$1" $(cat "$1/path")
        ! nft list table "$2" "$3" >/dev/null 2>&1 || nft delete table "$2" "$3"
        ;;
    unit) restore_unit "$1" "$path" ;;
    esac || return 1
    if [ -e "$1/folders" ]; then
        sort -r "$1/folders" | while read -r folder; do rmdir "$folder" 2>/dev/null || :; done
    fi
}

restore_unit() {
    [ -e "$1/done" ] || return 0
    if [ -e "$1/units" ]; then
        while read -r unit enabled active; do
            [ "$enabled" != enabled ] || systemctl enable "$unit" >/dev/null 2>&1
            [ "$active" != active ] || systemctl start "$unit" </dev/null || return 1
        done <"$1/units"
        return 0
    fi
    [ ! -e "$1/links" ] || while read -r link target; do
        [ -L "$link" ] || ln -s "$target" "$link"
    done <"$1/links"
    if [ -e "$1/was-running" ] && [ -z "$(running "$(readlink -f "$(cat "$1/program")")")" ]; then
        "/etc/init.d/$2" start </dev/null >/dev/null 2>&1
        sleep 1
        [ -n "$(running "$(readlink -f "$(cat "$1/program")")")" ] || say "$2 が始まりません。手で始めてください" "$2 does not start: start it by hand" >&2
    fi
    return 0
}

take_back() {
    good=0
    for one in $(items); do restore "$one" || good=1; done
    ! has_systemd || systemctl daemon-reload
    reload_all || good=1
    return "$good"
}

undo() {
    start
    [ -d "$STATE" ] || refuse 'この計画はここで適用されていません' 'this plan is not applied here'
    # A timer undoes what it was started for, and only while nobody has confirmed that.
    if [ -n "$1" ] && { [ -e "$STATE/confirmed" ] || [ "$1" != "$(cat "$STATE/applied" 2>/dev/null)" ]; }; then
        leave 0
    fi
    changed=
    for one in $(items); do ours "$one" || changed="$changed
  $(cat "$one/path")"; done
    if [ -n "$changed" ]; then
        refuse "適用のあとに、ほかの人が次を変えています。何も戻していません。元の内容は $STATE にあります:$changed" \
            "others have changed the following since; nothing was taken back. What was there before is in $STATE:$changed"
    fi
    take_back || { say "一部を戻せませんでした。元の内容は $STATE にあります" "Some of it could not be taken back; what was there is in $STATE" >&2; leave 3; }
    mv "$STATE" "$STATE.undone.$(date +%s).$$"
    say '適用する前の状態に戻しました' 'Everything is as it was before'
    leave 0
}

# --- Apply ---

apply() {
    start
    if [ -e "$STATE/applied" ]; then
        say 'この計画はもう適用されています。何も変えていません(別の対策を選ぶには、先に undo.sh で戻します)' \
            'This plan is applied already; nothing was changed (to choose other measures, undo it first)'
        leave 0
    fi
    [ ! -e "$STATE" ] || refuse "前の実行が途中で終わっています。先に undo.sh を実行してください" 'an earlier run was cut off: run undo.sh first'
    mkdir "$STATE" || refuse "$STATE を作れません" "$STATE cannot be made"
    cp "$0" "$STATE/run.sh" || refuse 'ファイルとして実行してください(sh apply.sh)' 'run it as a file (sh apply.sh)'
    look_again
    printf '%s\n%s\n' "$LEFT_OUT" "$STALE" >"$STATE/left"
    trap 'fail "途中で止められました" "it was interrupted"' HUP INT TERM
    steps
    if [ -z "$(items)" ]; then
        trap - HUP INT TERM
        rm -r "$STATE"
        say '変えたものはありません' 'Nothing was changed'
        [ -z "$STALE" ] || leave 1
        leave 0
    fi
    [ "$MODE" = trial ] || keep
    reload_all || fail 'サービスが新しい設定で動きません' 'a service does not run with the new settings'
    trap - HUP INT TERM
    token=$(date +%s).$$
    printf '%s\n' "$token" >"$STATE/applied"
    say '適用しました。元に戻すには: sh undo.sh' 'Applied. To take it back: sh undo.sh'
    [ "$MODE" != trial ] || timer "$1"
    [ -z "$STALE" ] || leave 1
    leave 0
}

# timer TIME: minutes, or seconds with an s at the end.
timer() {
    case $1 in
    *s) seconds=${1%s} ;;
    *) seconds=$(($1 * 60)) ;;
    esac
    say "試しです。$1(分、sは秒)のうちに確かめて sh apply.sh confirm と打たなければ、自動で元に戻ります" \
        "On trial: unless you confirm with \`sh apply.sh confirm\` within $1 (minutes; s: seconds), it is taken back by itself"
    if has_systemd && command -v systemd-run >/dev/null 2>&1; then
        systemd-run --quiet --unit="omamori-harden-$PLAN" --on-active="$seconds" sh "$STATE/run.sh" undo "$token" || fail 'タイマーを始められません' 'the timer cannot be started'
    else
        # It outlives this shell and the connection it came by.
        # shellcheck disable=SC2016 # the words are for the shell that waits
        setsid sh -c 'sleep "$1"; [ ! -e "$2/applied" ] || exec sh "$2/run.sh" undo "$3"' sh "$seconds" "$STATE" "$token" </dev/null >"$STATE/timer.log" 2>&1 &
    fi
}

confirm() {
    start
    [ -e "$STATE/applied" ] || refuse 'この計画はここで適用されていません' 'this plan is not applied here'
    if [ ! -e "$STATE/confirmed" ]; then
        : >"$STATE/confirmed"
        ! has_systemd || systemctl stop "omamori-harden-$PLAN.timer" 2>/dev/null
        LEFT_OUT=$(sed -n 1p "$STATE/left")
        STALE=$(sed -n 2p "$STATE/left")
        for one in "$STATE"/[0-9]*a; do
            [ ! -e "$one" ] || kept_already=yes
        done
        [ -n "${kept_already:-}" ] || keep
    fi
    say '確定しました' 'Confirmed'
    leave 0
}

usage() {
    refuse "使い方: sh apply.sh [trial 10](10分で自動的に戻る)[only 2 5 または without 3](番号の対策だけ/を外す)| sh apply.sh list | sh apply.sh confirm | sh undo.sh" \
        'usage: sh apply.sh [trial 10] (taken back after 10 minutes) [only 2 5 or without 3] (of the measures) | sh apply.sh list | sh apply.sh confirm | sh undo.sh'
}

main() {
    case ${1:-$DEFAULT} in
    apply | only | without)
        # The undo is never taken for an apply because of a word behind it.
        [ "$DEFAULT" = apply ] || [ "$1" = apply ] || usage
        [ "${1:-}" != apply ] || shift
        case ${1:-} in
        '') ;;
        only | without) choose "$@" ;;
        *) usage ;;
        esac
        apply
        ;;
    trial)
        MODE=trial
        case ${2:-} in
        '' | s | *[!0-9s]* | *s?*) usage ;;
        esac
        span=$2
        shift 2
        case ${1:-} in
        '') ;;
        only | without) choose "$@" ;;
        *) usage ;;
        esac
        apply "$span"
        ;;
    list) titles ;;
    confirm) confirm ;;
    undo) undo "${2:-}" ;;
    *) usage ;;
    esac
}
