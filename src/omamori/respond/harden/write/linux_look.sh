# --- Which measures are done: those that were chosen, and that are still as they were seen ---
# LEFT_OUT: numbers of measures that are not to be done; STALE: changes (c1, c2 …) whose place is no longer as it was seen.

LEFT_OUT=
STALE=

# chosen CHANGE NUMBER…: whether a change is made, NUMBER… being the measures that want it.
chosen() {
    case " $STALE " in *" $1 "*) return 1 ;; esac
    shift
    for number; do
        case " $LEFT_OUT " in *" $number "*) ;; *) return 0 ;; esac
    done
    return 1
}

# choose only|without NUMBER…: numbers may also be written 2,5. Anything else stops it: nobody shall get what he meant to leave out.
choose() {
    how=$1
    shift
    named=
    for word in $(printf '%s ' "$@" | tr , ' '); do
        case $word in '' | *[!0-9]*) wrong_number "$word" ;; esac
        case " $NUMBERS " in *" $word "*) named="$named $word" ;; *) wrong_number "$word" ;; esac
    done
    [ -n "$named" ] || wrong_number ''
    for word in $NUMBERS; do
        case "$how $named " in
        "only "*" $word "*) ;;
        "only "*) LEFT_OUT="$LEFT_OUT $word" ;;
        *" $word "*) LEFT_OUT="$LEFT_OUT $word" ;;
        esac
    done
}

wrong_number() {
    refuse "「$1」という番号の対策はありません。番号は sh apply.sh list で見られます" "there is no measure of the number \`$1\`; sh apply.sh list shows them"
}

# stale CHANGE JA EN: what stands there is not what was seen. It may have been made stricter by hand: it stays as it is.
stale() {
    STALE="$STALE $1"
    say "行いません: $2 が、見たあとで変わっています。もう一度集めて、計画を作り直してください" \
        "Not done: $3 was changed since the look. Collect again and plan anew" >&2
}

# still_ssh CHANGE FILE NAME VALUE: a setting in force, as `sshd -T` says it.
still_ssh() {
    program=$(command -v sshd) && now=$("$program" -T -f "$2" 2>/dev/null | sed -n "s/^$3 //p" | head -n 1)
    [ "${now:-}" = "$4" ] || stale "$1" "SSHの $3" "$3 of SSH"
    now=
}

# still_samba CHANGE SECTION NAME VALUE…: a setting as Samba says it, in letters of any case.
still_samba() {
    change=$1 section=$2 setting=$3
    shift 3
    now=$(samba_says "$SAMBA" "$section" "$setting" | tr '[:upper:]' '[:lower:]')
    for value; do
        [ "$now" != "$value" ] || return 0
    done
    stale "$change" "Sambaの [$section] の $setting" "$setting of [$section] of Samba"
}

# still_kernel CHANGE NAME SEEN WANTED
still_kernel() {
    now=$(cat "$(kernel_file "$2")" 2>/dev/null)
    [ "$now" != "$4" ] || return 0
    [ "$now" = "$3" ] || { stale "$1" "$2" "$2"; return 0; }
    [ "$2" = net.ipv4.conf.all.rp_filter ] || return 0
    # The larger of this and the interface's own counts, and 1 is the strict one.
    for one in /proc/sys/net/ipv4/conf/*/rp_filter; do
        [ "$(cat "$one")" != 1 ] || { stale "$1" "${one#/proc/sys/}" "${one#/proc/sys/}"; return 0; }
    done
}

# still_line CHANGE FILE LINE: how many blanks stand between its words makes no difference.
still_line() {
    OLD=$3 awk '
        {
            sub(/[ \t]*#.*$/, "")
            gsub(/[ \t]+/, " ")
            sub(/^ /, "")
            sub(/ $/, "")
            if ($0 == ENVIRON["OLD"]) found = 1
        }
        END { exit !found }
    ' "$2" 2>/dev/null || stale "$1" "$2 の「$3」" "\`$3\` in $2"
}

# still_file CHANGE FILE: a file of our own is not there, or says what standard input says.
still_file() {
    said=$(cat)
    [ ! -e "$2" ] || [ "$(cat "$2")" = "$said" ] || stale "$1" "$2" "$2"
}

# still_path CHANGE PATH
still_path() {
    if [ ! -e "$2" ] || [ -L "$2" ]; then
        stale "$1" "$2" "$2"
    fi
}

# still_unit CHANGE NAME
still_unit() {
    if has_systemd; then
        systemctl cat "$2.service" >/dev/null 2>&1 || systemctl cat "$2.socket" >/dev/null 2>&1 || stale "$1" "サービス $2" "the service $2"
    else
        [ -x "/etc/init.d/$2" ] || stale "$1" "サービス $2" "the service $2"
    fi
}
