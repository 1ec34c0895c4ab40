# Scheduled backups: cron entries, timers and configurations that name a backup program, and when they last ran.
# Reads: cron files, unit files, configurations of backup products. Passwords in them are taken out before anything is stored.
# Root sees more: other people's cron tables and scripts.

backups_words='restic|borg|rsync|rsnapshot|duplicity|duply|bacula|bareos|amanda|amdump|pg_dump|pg_basebackup|pgbackrest|barman|mysqldump|mariadb-dump|mariabackup|xtrabackup|mongodump|veeam|tar |tar$|dump |rclone|rdiff-backup|backup|kopia|burp|urbackup|dirvish|backintime|timeshift|snapper|zfs send|btrfs send|scp |robocopy|netbackup|bpbackup|arcserve|dsmc|networker|cp -'
backups_cron() {
    code=2
    for file in /etc/crontab /etc/anacrontab /etc/cron.d/* /var/spool/cron/* /var/spool/cron/crontabs/* /var/spool/cron/tabs/*; do
        [ -f "$file" ] || continue
        [ "$code" = 13 ] || code=0
        if [ -r "$file" ]; then printf '==> %s\n' "$file"; grep -v '^[[:space:]]*\(#\|$\)' "$file" | sed 's/^==>/ ==>/'
        else printf '==> %s !unreadable\n' "$file"; code=13; fi
    done
    for dir in /var/spool/cron /var/spool/cron/crontabs /var/spool/cron/tabs; do
        [ -d "$dir" ] && [ ! -r "$dir" ] && { printf '==> %s !unreadable\n' "$dir"; code=13; }
    done
    return $code
}
# Scripts that cron runs by folder, and those named in cron tables: only their lines that name a backup program.
backups_scripts() {
    code=2
    named=$(cat /etc/crontab /etc/cron.d/* /var/spool/cron/* /var/spool/cron/crontabs/* 2>/dev/null | grep -v '^[[:space:]]*#' | grep -oE '/[A-Za-z0-9_./-]+' | sort -u | head -n 200)
    for file in /etc/cron.daily/* /etc/cron.weekly/* /etc/cron.monthly/* /etc/cron.hourly/* $named; do
        [ -f "$file" ] || continue
        case $file in /bin/* | /sbin/* | /usr/bin/* | /usr/sbin/* | /etc/crontab | /dev/*) continue ;; esac
        [ "$code" = 13 ] || code=0
        [ -r "$file" ] || { printf '==> %s !unreadable\n' "$file"; code=13; continue; }
        case $(head -c 2 "$file" | tr -cd '#!') in '#!') ;; *) continue ;; esac
        printf '==> %s\n' "$file"
        limit grep -nE "$backups_words" "$file" | grep -v '^[0-9]*:[[:space:]]*#' | head -n 40
    done
    return $code
}
backups_units() {
    for dir in /etc/systemd/system /usr/lib/systemd/system /lib/systemd/system /run/systemd/system; do
        [ -d "$dir" ] && [ ! -L "${dir%/systemd/system}" ] && limit grep -lE "^Exec[A-Za-z]*=.*($backups_words)" "$dir"/*.service 2>/dev/null
    done | sort -u | head -n 100 | while read -r file; do
        name=${file##*/}
        name=${name%.service}
        printf '==> %s\n' "$file"
        grep -E '^(ExecStart|User|Description|EnvironmentFile)=' "$file"
        for timer in /etc/systemd/system/"$name".timer /usr/lib/systemd/system/"$name".timer /lib/systemd/system/"$name".timer; do
            [ -f "$timer" ] || continue
            grep -E '^On[A-Za-z]*=' "$timer"
            break
        done
        have systemctl || continue
        limit systemctl show "$name.service" -p Result -p ExecMainStatus -p ExecMainExitTimestamp -p ActiveState 2>/dev/null | sed 's/^/service /'
        limit systemctl show "$name.timer" -p ActiveState -p UnitFileState -p LastTriggerUSec 2>/dev/null | sed 's/^/timer /'
    done
    echo searched
}
backups_runs() {
    have journalctl || return 127
    limit journalctl -q --no-pager -o short-iso -t CRON -t cron -t crond --since -35days 2>/dev/null | grep -E "CMD .*($backups_words)" | tail -n 500
    for file in /var/log/cron /var/log/cron.log /var/log/syslog; do
        [ -r "$file" ] && grep -a -E "CMD .*($backups_words)" "$file" | tail -n 200
    done
    echo searched
}
backups_products() {
    for path in /opt/veeam /usr/sbin/veeamservice /usr/sbin/bacula-fd /usr/sbin/bareos-fd /usr/openv /opt/Arcserve /opt/tivoli/tsm /opt/Veritas \
        /etc/rsnapshot.conf /etc/borgmatic /etc/pgbackrest.conf /etc/pgbackrest /etc/barman.conf /etc/amanda /usr/bin/urbackupclientctl /opt/Acronis /usr/lib/Acronis; do
        [ -e "$path" ] && echo "$path"
    done
    for program in restic borg rsnapshot duplicity borgmatic pgbackrest barman kopia rclone amdump burp rdiff-backup timeshift; do command -v "$program"; done
    echo searched
}
section cron backups_cron
section scripts backups_scripts
section units backups_units
section runs backups_runs
section products backups_products
section veeam veeamconfig job list
section veeam-sessions veeamconfig session list
section_file configs /etc/rsnapshot.conf /etc/borgmatic/config.yaml /etc/borgmatic.d/*.yaml /etc/pgbackrest.conf /etc/pgbackrest/pgbackrest.conf /etc/barman.conf /etc/barman.d/*.conf
section_file fstab /proc/mounts
section now date -u +%Y-%m-%dT%H:%M:%SZ
