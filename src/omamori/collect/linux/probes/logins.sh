# Logins: who logged in over SSH from where, and who was refused, in the last 60 days.
# Reads: the journal (journalctl), /var/log/auth.log*, /var/log/secure*. Only the lines of sshd about logins are taken, of each source the
# last 20000. Names no account has are left out: some are a password typed into the wrong field. Root sees more: the logs themselves.

logins_only() {
    # What sshd and its session processes (sshd-session since OpenSSH 9.8) write about a login and its end.
    grep -aE 'sshd(-session|-auth)?(\[[0-9]+\])?: (Accepted |Failed |Invalid user |error: maximum authentication|message repeated |Disconnected from |Received disconnect from |Connection (closed|reset) by |Timeout, client not responding from |pam_unix\(sshd:session\): session )' |
        sed -E -e 's/: [A-Z0-9-]+ [A-Za-z0-9]+:[A-Za-z0-9+\/=:]+.*$//' -e 's/: [A-Z0-9-]+ ID .*$//' \
            -e 's/(nvalid user ).* from /\1- from /' -e 's/( by invalid user | from invalid user ).* ([0-9a-fA-F.:]+ port )/\1- \2/' | tail -n 20000
    return 0
}
logins_journal() {
    have journalctl || return 127
    # Exit 13: a person who is in no group of the log's readers sees only his own part.
    if [ "$(id -u)" != 0 ] && ! id -Gn | grep -qE '(^| )(adm|systemd-journal|wheel)( |$)'; then return 13; fi
    limit journalctl -q --no-pager -o short-iso --since '-60 days' -t sshd -t sshd-session -t sshd-auth 2>/dev/null | logins_only
}
logins_reaches() {
    have journalctl || return 127
    limit journalctl -q --no-pager -o short-iso --since '-60 days' 2>/dev/null | head -n 1 | cut -c 1-24
}
logins_logs() {
    # Oldest first, as ls sorts by time; at most nine of each.
    for path in $(ls -tr /var/log/auth.log /var/log/auth.log.[0-9] /var/log/auth.log.[0-9].gz /var/log/secure /var/log/secure-???????? /var/log/secure-????????.gz 2>/dev/null | tail -n 9); do
        printf '%s\n' "$path"
    done
}
logins_open() {
    case $1 in *.gz) limit gzip -dc "$1" ;; *) limit cat "$1" ;; esac 2>/dev/null
}
logins_files() {
    found=$(logins_logs)
    [ -n "$found" ] || return 2
    for path in $found; do [ -r "$path" ] || return 13; done
    for path in $found; do logins_open "$path"; done | logins_only
}
logins_begin() {
    for path in $(logins_logs); do
        [ -r "$path" ] || return 13
        logins_open "$path" | head -n 1 | cut -c 1-32
        return 0
    done
    return 2
}
logins_zone() {
    (unset TZ && date +%z)
}
section zone logins_zone
section journal logins_journal
section journal-begins logins_reaches
section files logins_files
section files-begin logins_begin
