# Local accounts and groups: state and dates of passwords (never the hashes), last logins, number of SSH keys.
# Reads: /etc/passwd without the second field and the comment, /etc/group, passwd -S, chage -l, lastlog or last, authorized_keys (counted only).
# Root sees more: states and dates of the passwords, keys in other people's homes.

accounts_passwd() {
    while IFS=: read -r name secret uid gid comment home shell; do
        [ -n "$secret" ] && secret=x
        printf '%s:%s:%s:%s::%s:%s\n' "$name" "$secret" "$uid" "$gid" "$home" "$shell"
    done </etc/passwd
}
accounts_groups() {
    while IFS=: read -r name secret gid members; do printf '%s:x:%s:%s\n' "$name" "$gid" "$members"; done </etc/group
}
accounts_names() {
    sed -n 's/^\([A-Za-z0-9_][A-Za-z0-9_.$-]*\):.*/\1/p' /etc/passwd | head -n 500
}
# Debian knows -a; elsewhere each account is asked for.
accounts_states() {
    passwd -S -a 2>/dev/null && return 0
    code=1
    for name in $(accounts_names); do passwd -S "$name" 2>/dev/null && code=0; done
    return $code
}
accounts_expiry() {
    code=1
    for name in $(accounts_names); do
        line=$(chage -l "$name" 2>/dev/null | grep '^Account expires') || continue
        code=0
        printf '%s %s\n' "$name" "$line"
    done
    return $code
}
# One line per account: name, and the number of keys, 0, or ? where we may not look.
accounts_keys() {
    while IFS=: read -r name secret uid gid comment home shell; do
        [ -n "$home" ] && [ "$home" != / ] || continue
        count=0
        if [ -d "$home" ] && [ ! -x "$home" ]; then count='?'
        elif [ -d "$home/.ssh" ] && [ ! -x "$home/.ssh" ]; then count='?'
        else
            for file in "$home/.ssh/authorized_keys" "$home/.ssh/authorized_keys2"; do
                [ -f "$file" ] || continue
                if [ ! -r "$file" ]; then count='?'; break; fi
                count=$((count + $(grep -c '^[[:space:]]*[^#[:space:]]' "$file")))
            done
        fi
        printf '%s %s\n' "$name" "$count"
    done </etc/passwd
}
section passwd accounts_passwd
section group accounts_groups
section states accounts_states
section expiry accounts_expiry
section keys accounts_keys
section lastlog lastlog
section last last -w -F -n 3000
section_file nsswitch /etc/nsswitch.conf
