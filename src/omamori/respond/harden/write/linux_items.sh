# --- How it works. The steps of this machine are at the end. ---
# Everything that is changed is saved first below $STATE, byte for byte, and comes back from there.
# An item is a folder $STATE/NUMBER with: kind, path, before (or absent), meta (mode, owner, group), after, service.
# Shell: POSIX sh (dash, busybox, bash). Programs: those every Linux has, and those of the service that is changed.

LANGUAGE_OF=${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}
LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export LC_ALL PATH
umask 077
BASE=/var/lib/omamori-harden
STATE=$BASE/$PLAN
MODE=apply
ITEM=
DRAFT_PATH=
LOCKED=

say() {
    case $LANGUAGE_OF in
    ja*) printf '%s\n' "$1" ;;
    *) printf '%s\n' "$2" ;;
    esac
}

refuse() {
    say "中止しました: $1" "Stopped: $2" >&2
    leave 2
}

# What was done so far is taken back; then the script ends.
fail() {
    trap - HUP INT TERM
    say "うまくいかないので元に戻します: $1" "It did not work and is taken back: $2" >&2
    if take_back; then
        say '元に戻しました。何も変わっていません' 'Everything is as it was' >&2
        mv "$STATE" "$STATE.failed.$(date +%s).$$"
    else
        say "一部が元に戻っていません。$STATE に元の内容があります" "Some of it is not as it was; what was there is in $STATE" >&2
    fi
    leave 3
}

leave() {
    [ -z "$LOCKED" ] || rm -rf "$BASE/lock"
    exit "$1"
}

start() {
    [ "$(id -u)" = 0 ] || refuse 'root で実行してください(sudo sh …)' 'run it as root (sudo sh …)'
    if [ -n "$MACHINE" ]; then
        here=$(uname -n | tr '[:upper:]' '[:lower:]')
        [ "${here%%.*}" = "${MACHINE%%.*}" ] ||
            refuse "この計画は $MACHINE のものです。ここは $here です" "this plan is for $MACHINE, this is $here"
    fi
    { mkdir -p "$BASE" && chmod 700 "$BASE"; } || refuse "$BASE を作れません" "$BASE cannot be made"
    tries=30
    until mkdir "$BASE/lock" 2>/dev/null; do
        # One that was killed leaves its lock behind.
        owner=$(cat "$BASE/lock/owner" 2>/dev/null)
        if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
            rm -rf "$BASE/lock"
            continue
        fi
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || refuse "ほかの実行が終わっていません($BASE/lock)" "another run has not ended ($BASE/lock)"
        sleep 1
    done
    printf '%s\n' "$$" >"$BASE/lock/owner"
    LOCKED=yes
}

has_systemd() {
    [ -d /run/systemd/system ] && command -v systemctl >/dev/null 2>&1
}

# --- Items ---

# begin_item NUMBER KIND
begin_item() {
    ITEM=$STATE/$1
    mkdir "$ITEM" || fail "$ITEM を作れません" "$ITEM cannot be made"
    printf '%s\n' "$2" >"$ITEM/kind"
}

# begin_file NUMBER PATH [MODE]: a file is saved, and a draft of it made that the edits change.
begin_file() {
    begin_item "$1" file
    DRAFT_PATH=$2
    if [ -L "$DRAFT_PATH" ]; then
        DRAFT_PATH=$(readlink -f "$DRAFT_PATH") || fail "$2 の先がありません" "$2 leads nowhere"
    fi
    printf '%s\n' "$DRAFT_PATH" >"$ITEM/path"
    if [ -f "$DRAFT_PATH" ]; then
        { cp -p "$DRAFT_PATH" "$ITEM/before" && stat -c '%a %u %g' "$DRAFT_PATH" >"$ITEM/meta"; } ||
            fail "$DRAFT_PATH を控えられません" "$DRAFT_PATH cannot be saved"
        cp "$ITEM/before" "$ITEM/draft"
    elif [ -e "$DRAFT_PATH" ]; then
        fail "$DRAFT_PATH はファイルではありません" "$DRAFT_PATH is no file"
    else
        : >"$ITEM/absent"
        : >"$ITEM/draft"
        printf '%s\n' "${3:-644}" >"$ITEM/mode"
    fi
}

must_exist() {
    [ ! -e "$ITEM/absent" ] || fail "$DRAFT_PATH がありません" "$DRAFT_PATH is not there"
}

edited() {
    mv "$ITEM/next" "$ITEM/draft"
}

# The whole text, from standard input.
edit_whole() {
    cat >"$ITEM/next" && edited
}

# Lines from standard input come first.
edit_head() {
    must_exist
    {
        printf '# omamori-harden %s: first lines count\n' "$PLAN"
        cat
        printf '# omamori-harden end\n'
        cat "$ITEM/draft"
    } >"$ITEM/next" && edited
}

# Lines from standard input that are not there yet come last.
edit_more() {
    cp "$ITEM/draft" "$ITEM/next"
    while IFS= read -r line; do
        grep -qxF -- "$line" "$ITEM/next" || printf '%s\n' "$line" >>"$ITEM/next"
    done
    edited
}

# edit_kernel NAME VALUE: in the place of what a file of sysctl says of a setting.
edit_kernel() {
    NAME=$1 awk '{ key = $0; sub(/=.*$/, "", key); gsub(/[ \t]/, "", key) } key != ENVIRON["NAME"]' "$ITEM/draft" >"$ITEM/next"
    printf '%s = %s\n' "$1" "$2" >>"$ITEM/next" && edited
}

edit_tail() {
    { cat "$ITEM/draft" && cat; } >"$ITEM/next" && edited
}

# edit_lines OLD: lines from standard input stand in the place of each line that says OLD.
edit_lines() {
    must_exist
    cat >"$ITEM/lines"
    OLD=$1 NEW=$ITEM/lines awk '
        BEGIN { while ((getline line < ENVIRON["NEW"]) > 0) new = new line "\n" }
        {
            said = $0
            sub(/[ \t]*#.*$/, "", said)
            gsub(/[ \t]+/, " ", said)
            sub(/^ /, "", said)
            sub(/ $/, "", said)
            if (said == ENVIRON["OLD"]) { printf "%s", new; found = 1 } else print
        }
        END { exit !found }
    ' "$ITEM/draft" >"$ITEM/next" || fail "$DRAFT_PATH に「$1」の行がもうありません" "$DRAFT_PATH no longer has the line \`$1\`"
    rm "$ITEM/lines"
    edited
}

# edit_samba SECTION NAME VALUE: VALUE empty takes the setting away.
edit_samba() {
    must_exist
    SECTION=$1 NAME=$2 VALUE=$3 awk '
        function plain(text) { text = tolower(text); gsub(/[ \t]/, "", text); return text }
        function put() { if (ENVIRON["VALUE"] != "" && !done) { print "\t" ENVIRON["NAME"] " = " ENVIRON["VALUE"]; done = 1 } }
        BEGIN {
            section = plain(ENVIRON["SECTION"])
            same[plain(ENVIRON["NAME"])] = 1
            if ("guestok" in same) same["public"] = 1
            if ("serverminprotocol" in same) same["minprotocol"] = 1
            inside = section == "global"
        }
        going { going = $0 ~ /\\$/; if (!dropped) print; next }
        /^[ \t]*\[/ {
            name = $0
            sub(/^[ \t]*\[/, "", name)
            sub(/\].*$/, "", name)
            inside = plain(name) == section
            print
            if (inside) put()
            next
        }
        {
            key = $0
            dropped = sub(/=.*$/, "", key) && inside && (plain(key) in same)
            going = $0 ~ /\\$/
            if (!dropped) print
        }
        END {
            if (!done && section == "global") { print "[global]"; put() }
            exit !(done || ENVIRON["VALUE"] == "")
        }
    ' "$ITEM/draft" >"$ITEM/next" || fail "$DRAFT_PATH に [$1] がありません" "$DRAFT_PATH has no [$1]"
    edited
    command -v testparm >/dev/null 2>&1 || fail 'testparm がないので確かめられません' 'there is no testparm to test it with'
    {
        [ "$1" = global ] || printf '[global]\n'
        printf '[%s]\n' "$1"
        [ "$1" = global ] || printf 'path = /\n'
        printf '%s = %s\n' "$2" "$3"
    } >"$ITEM/only"
    if [ -n "$3" ]; then
        [ "$(samba_says "$ITEM/draft" "$1" "$2")" = "$(samba_says "$ITEM/only" "$1" "$2")" ] ||
            fail "Sambaが [$1] の $2 を別の値に読みます(include など)" "Samba reads another value for $2 of [$1] (an include?)"
    fi
    rm "$ITEM/only"
}

samba_says() {
    if [ "$2" = global ]; then
        testparm -s --parameter-name="$3" "$1" 2>/dev/null
    else
        testparm -s --section-name="$2" --parameter-name="$3" "$1" 2>/dev/null
    fi
}

# check_file PROGRAM WORD…: a program has to accept the draft ({} is its place).
check_file() {
    program=$(command -v "$1") || fail "$1 がないので確かめられません" "there is no $1 to test it with"
    shift
    count=$#
    while [ "$count" -gt 0 ]; do
        word=$1
        shift
        [ "$word" != '{}' ] || word=$ITEM/draft
        set -- "$@" "$word"
        count=$((count - 1))
    done
    said=$("$program" "$@" 2>&1) || fail "$program が断りました: $said" "$program refused it: $said"
}

# end_file [SERVICE]: the draft is put in place.
end_file() {
    if [ -f "$ITEM/before" ] && cmp -s "$ITEM/before" "$ITEM/draft"; then
        mv "$ITEM/draft" "$ITEM/after"
        : >"$ITEM/done"
        return
    fi
    mv "$ITEM/draft" "$ITEM/after"
    [ -z "${1:-}" ] || printf '%s\n' "$1" >"$ITEM/service"
    if [ -e "$ITEM/absent" ]; then
        make_folders "$(dirname "$DRAFT_PATH")"
        { cp "$ITEM/after" "$DRAFT_PATH" && chmod "$(cat "$ITEM/mode")" "$DRAFT_PATH"; } ||
            fail "$DRAFT_PATH を書けません" "$DRAFT_PATH cannot be written"
    else
        # Written into the file that is there: owner, mode, labels and links stay as they are.
        cat "$ITEM/after" >"$DRAFT_PATH" || fail "$DRAFT_PATH を書けません" "$DRAFT_PATH cannot be written"
    fi
    : >"$ITEM/done"
    [ -z "${1:-}" ] || wanted "$1"
}

# Folders that are missing, noted so that they go again.
make_folders() {
    [ ! -d "$1" ] || return 0
    make_folders "$(dirname "$1")"
    { mkdir -m 755 "$1" && printf '%s\n' "$1" >>"$ITEM/folders"; } || fail "$1 を作れません" "$1 cannot be made"
}

# make_link NUMBER PATH TARGET
make_link() {
    begin_item "$1" link
    printf '%s\n' "$2" >"$ITEM/path"
    if [ -e "$2" ] || [ -L "$2" ]; then
        fail "$2 がもうあります" "$2 is there already"
    fi
    printf '%s\n' "$3" >"$ITEM/after"
    make_folders "$(dirname "$2")"
    ln -s "$3" "$2" || fail "$2 を作れません" "$2 cannot be made"
    : >"$ITEM/done"
}

# take_mode NUMBER PATH BITS: bits (octal) of the mode are taken away.
take_mode() {
    begin_item "$1" mode
    if [ ! -e "$2" ] || [ -L "$2" ]; then
        fail "$2 がありません" "$2 is not there"
    fi
    printf '%s\n' "$2" >"$ITEM/path"
    stat -c '%d %i' "$2" >"$ITEM/meta"
    stat -c %a "$2" >"$ITEM/before"
    before=$(cat "$ITEM/before")
    printf '%o\n' "$((0$before & ~0$3))" >"$ITEM/after"
    chmod "$(cat "$ITEM/after")" "$2" || fail "$2 の権限を変えられません" "the mode of $2 cannot be changed"
    : >"$ITEM/done"
}

kernel_file() {
    printf '/proc/sys/%s\n' "$(printf '%s' "$1" | tr . /)"
}

# set_kernel NUMBER NAME VALUE
set_kernel() {
    begin_item "$1" kernel
    kernel_file "$2" >"$ITEM/path"
    cat "$(cat "$ITEM/path")" >"$ITEM/before" 2>/dev/null || fail "$2 という設定がありません" "there is no setting $2"
    printf '%s\n' "$3" >"$ITEM/after"
    cat "$ITEM/after" >"$(cat "$ITEM/path")" || fail "$2 を変えられません" "$2 cannot be set"
    : >"$ITEM/done"
    if grep -q "^[[:space:]]*$2[[:space:]]*=" /etc/sysctl.conf 2>/dev/null; then
        say "注意: /etc/sysctl.conf にも $2 があり、再起動のときはそちらが後に読まれます" "Note: /etc/sysctl.conf sets $2 as well and is read later at a restart" >&2
    fi
}
