#!/bin/sh
# Omamori collection script for Linux, version @VERSION@ (@BUILT@).
#
# 読むだけです。設定の変更、ファイルの削除、外部への通信はしません。書くのは結果ファイル1つだけです。
# It only reads. It changes no setting, deletes nothing and sends nothing. It writes one result file.
#
#   sh collect-linux.sh             the result goes into this folder / 結果はこのフォルダへ
#   sh collect-linux.sh --out DIR   into DIR / DIR へ
#   sh collect-linux.sh -           to standard output / 標準出力へ
#
# As root it sees more (processes of others, firewall rules); without root it says what it could not see.
# root で実行すると、より多くのことが分かります。root でなくても動き、見えなかったものを記録します。

omamori_version='@VERSION@'
omamori_built='@BUILT@'

# --- helpers for the probes -------------------------------------------------------------------

# have CMD: is the command there?
have() {
    command -v "$1" >/dev/null 2>&1
}

# limit CMD ARGS…: run it, at most 20 seconds where `timeout` exists.
limit() {
    if [ -n "$omamori_limit" ]; then
        $omamori_limit "$@"
    else
        "$@"
    fi
}

# section NAME CMD ARGS…: run a command (or a function of the probe) between two markers; 127: not there.
section() {
    omamori_section=$1
    shift
    printf '#@%s section %s\n' "$omamori_nonce" "$omamori_section"
    case $(command -v "$1" 2>/dev/null) in
    /*) limit "$@" ;;
    ?*) "$@" ;;
    *) (exit 127) ;;
    esac
    printf '\n#@%s end %s\n' "$omamori_nonce" "$?"
}

# section_file NAME PATH…: contents of files, each after a line `==> PATH`.
# Exit code 0: all read; 2: there is none; 13: one may not be read (`==> PATH !unreadable`).
# Lines that begin with `==>` get a blank before; after 20000 lines comes `==> !cut`.
section_file() {
    omamori_section=$1
    shift
    printf '#@%s section %s\n' "$omamori_nonce" "$omamori_section"
    omamori_code=2
    for omamori_path in "$@"; do
        if [ -f "$omamori_path" ] && [ -r "$omamori_path" ]; then
            printf '\n==> %s\n' "$omamori_path"
            limit sed -e 's/^==>/ ==>/' -e '20000a\' -e '==> !cut' -e 20000q "$omamori_path"
            [ "$omamori_code" = 13 ] || omamori_code=0
        elif [ -e "$omamori_path" ] && [ ! -d "$omamori_path" ]; then
            printf '\n==> %s !unreadable\n' "$omamori_path"
            omamori_code=13
        else
            # A pattern that matched nothing: because there is nothing, or because we may not look?
            omamori_dir=${omamori_path%/*}
            if [ -d "$omamori_dir" ] && { [ ! -r "$omamori_dir" ] || [ ! -x "$omamori_dir" ]; }; then
                printf '\n==> %s !unreadable\n' "$omamori_path"
                omamori_code=13
            fi
        fi
    done
    printf '\n#@%s end %s\n' "$omamori_nonce" "$omamori_code"
}

# --- probes -----------------------------------------------------------------------------------

@PROBES@

# --- the run ----------------------------------------------------------------------------------

omamori_say() {
    if [ "$omamori_japanese" = yes ]; then printf '%s\n' "$1" >&2; else printf '%s\n' "$2" >&2; fi
}

omamori_prepare() {
    omamori_japanese=no
    case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in ja*) omamori_japanese=yes ;; esac
    LC_ALL=C
    LANG=C
    # Times that commands print are UTC; the machine's own zone is asked with `unset TZ`.
    TZ=UTC
    PATH=${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin
    export LC_ALL LANG TZ PATH
    # Nothing may wait for a person or page its output.
    unset LS_COLORS GREP_OPTIONS POSIXLY_CORRECT
    PAGER=cat SYSTEMD_PAGER=cat SYSTEMD_COLORS=0 DEBIAN_FRONTEND=noninteractive
    export PAGER SYSTEMD_PAGER SYSTEMD_COLORS DEBIAN_FRONTEND
    umask 077
    # The machine's own work goes first.
    renice -n 10 -p $$ >/dev/null 2>&1
    ionice -c 3 -p $$ >/dev/null 2>&1
    # Three forms: GNU and new busybox, without -k, and busybox before 1.30.
    omamori_limit=
    if timeout -k 2 20 true >/dev/null 2>&1; then
        omamori_limit='timeout -k 2 20'
    elif timeout 20 true >/dev/null 2>&1; then
        omamori_limit='timeout 20'
    elif timeout -t 20 true >/dev/null 2>&1; then
        omamori_limit='timeout -t 20'
    fi
    omamori_nonce=
    if [ -r /proc/sys/kernel/random/uuid ]; then
        read -r omamori_nonce </proc/sys/kernel/random/uuid
        omamori_nonce=$(printf '%s' "$omamori_nonce" | tr -cd 0-9a-f)
    else
        omamori_nonce=$(od -An -N16 -tx1 /dev/urandom 2>/dev/null | tr -cd 0-9a-f)
    fi
    # A marker that can be guessed can be forged: without random numbers there is no run.
    if [ ${#omamori_nonce} -lt 16 ]; then
        omamori_say "乱数を読めないため中止しました(/dev/urandom を確認してください)。" \
            "Stopped: no random numbers could be read (look at /dev/urandom)."
        exit 3
    fi
    omamori_host=$(uname -n 2>/dev/null | tr -cd 'A-Za-z0-9._-')
    omamori_host=${omamori_host:-unknown}
}

omamori_now() {
    date -u +%Y-%m-%dT%H:%M:%SZ
}

omamori_probe() {
    printf '#@%s probe linux.%s\n' "$omamori_nonce" "$1"
    omamori_error=$({ ("probe_$1") </dev/null; } 2>&1 1>&3 3>&-)
    omamori_done=$?
    if [ -n "$omamori_error" ]; then
        printf '#@%s section stderr\n' "$omamori_nonce"
        printf '%.2000s' "$omamori_error"
        printf '\n#@%s end 0\n' "$omamori_nonce"
    fi
    printf '#@%s done linux.%s %s\n' "$omamori_nonce" "$1" "$omamori_done"
}

omamori_collect() {
    exec 3>&1
    printf 'OMAMORI-KIT-RESULT 1 %s\n' "$omamori_nonce"
    printf '#@%s visit started=%s host=%s uid=%s version=%s built=%s\n' "$omamori_nonce" "$(omamori_now)" \
        "$omamori_host" "$(id -u)" "$omamori_version" "$omamori_built"
    set -- @NAMES@
    omamori_count=0
    for omamori_name in "$@"; do
        omamori_count=$((omamori_count + 1))
        omamori_say "[$omamori_count/$#] $omamori_name を調べています" "[$omamori_count/$#] looking at $omamori_name"
        omamori_probe "$omamori_name"
    done
    printf '#@%s finished %s\n' "$omamori_nonce" "$(omamori_now)"
}

omamori_main() {
    omamori_prepare
    omamori_out=.
    case ${1:-} in
    -)
        omamori_collect
        return 0
        ;;
    --out)
        omamori_out=${2:-}
        ;;
    "") ;;
    *)
        omamori_say "使い方: sh collect-linux.sh [--out フォルダ | -]" "Usage: sh collect-linux.sh [--out DIR | -]"
        return 2
        ;;
    esac
    if [ -z "$omamori_out" ] || [ ! -d "$omamori_out" ] || [ ! -w "$omamori_out" ]; then
        omamori_say "「$omamori_out」に書けません。--out で書き込めるフォルダを指定してください。" \
            "Cannot write to \"$omamori_out\". Name a folder with --out that can be written to."
        return 3
    fi
    omamori_file=$omamori_out/omamori-linux-$omamori_host-$(date -u +%Y%m%dT%H%M%SZ).kit
    # noclobber: never write over a file or through a link that is already there.
    set -C
    (omamori_collect >"$omamori_file") || {
        omamori_say "「$omamori_file」に書けませんでした。空き容量を確認してください。" \
            "Could not write \"$omamori_file\". Look at the free space of the disk."
        return 3
    }
    omamori_say "できました: $omamori_file" "Done: $omamori_file"
    omamori_say "このファイルを omamori import で取り込んでください。" "Take this file to the machine with Omamori: omamori import FILE"
}

# Everything stands in functions and starts here, so that a script cut off on its way does nothing.
omamori_main "$@"
