# --- Services: stopped, and told to read their settings anew ---

# Processes of a program, by its path.
running() {
    for pid in /proc/[0-9]*; do
        [ "$(readlink "$pid/exe" 2>/dev/null)" != "$1" ] || printf '%s\n' "${pid#/proc/}"
    done
}

# stop_unit NUMBER NAME PROGRAM
stop_unit() {
    begin_item "$1" unit
    printf '%s\n' "$2" >"$ITEM/path"
    printf '%s\n' "$3" >"$ITEM/program"
    if has_systemd; then
        for one in "$2.service" "$2.socket"; do
            systemctl cat "$one" >/dev/null 2>&1 || continue
            printf '%s %s %s\n' "$one" "$(systemctl is-enabled "$one" 2>/dev/null)" "$(systemctl is-active "$one" 2>/dev/null)" >>"$ITEM/units"
        done
        [ -s "$ITEM/units" ] || fail "$2 というサービスがありません" "there is no service $2"
        : >"$ITEM/done"
        while read -r one _; do
            systemctl disable --now "$one" >/dev/null 2>&1 || fail "$one を止められません" "$one cannot be stopped"
        done <"$ITEM/units"
    elif [ -x "/etc/init.d/$2" ]; then
        for link in /etc/rc[2-5].d/S[0-9][0-9]"$2" /etc/rc.d/rc[2-5].d/S[0-9][0-9]"$2"; do
            [ ! -L "$link" ] || printf '%s %s\n' "$link" "$(readlink "$link")" >>"$ITEM/links"
        done
        if [ -n "$3" ] && [ -n "$(running "$(readlink -f "$3")")" ]; then
            : >"$ITEM/was-running"
        fi
        : >"$ITEM/done"
        [ ! -e "$ITEM/links" ] || while read -r link _; do rm "$link"; done <"$ITEM/links"
        "/etc/init.d/$2" stop >/dev/null 2>&1
        [ ! -e "$ITEM/was-running" ] || stop_program "$(readlink -f "$3")"
    else
        fail "$2 を始めるものが分かりません" "what starts $2 is not known"
    fi
}

stop_program() {
    for signal in TERM TERM KILL; do
        for pid in $(running "$1"); do kill -s "$signal" "$pid" 2>/dev/null; done
        [ -n "$(running "$1")" ] || return 0
        sleep 1
    done
    fail "$1 が止まりません" "$1 does not stop"
}

# --- Services read their settings anew, once, at the end ---

wanted() {
    grep -qx "$1" "$STATE/services" 2>/dev/null || printf '%s\n' "$1" >>"$STATE/services"
}

reload_all() {
    [ -f "$STATE/services" ] || return 0
    while read -r service; do
        case $service in
        ssh) reload sshd ssh sshd ;;
        samba) reload smbd smbd smb samba ;;
        postgresql) reload postgres postgresql ;;
        *) reload "$service" "$service" ;;
        esac || return 1
    done <"$STATE/services"
}

# reload PROCESS UNIT…: by systemd where it runs the unit; else the first process of the program gets the signal it knows.
reload() {
    process=$1
    shift
    if has_systemd; then
        for unit in "$@"; do
            if systemctl is-active --quiet "$unit"; then
                systemctl reload-or-restart "$unit" </dev/null && systemctl is-active --quiet "$unit"
                return
            fi
        done
    fi
    leaders=
    for pid in /proc/[0-9]*; do
        [ "$(cat "$pid/comm" 2>/dev/null)" = "$process" ] || continue
        parent=$(sed -n 's/^PPid:[[:space:]]*//p' "$pid/status" 2>/dev/null)
        [ "$(cat "/proc/$parent/comm" 2>/dev/null)" = "$process" ] || leaders="$leaders ${pid#/proc/}"
    done
    if [ -z "$leaders" ]; then
        say "$process は動いていません。次に始まるときから効きます" "$process does not run: it holds from its next start on"
        return 0
    fi
    for pid in $leaders; do kill -s HUP "$pid"; done
    sleep 1
    for pid in $leaders; do kill -0 "$pid" 2>/dev/null || return 1; done
}
