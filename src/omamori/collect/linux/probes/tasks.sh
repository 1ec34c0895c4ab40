# What runs by itself: systemd timers, cron tables, anacron, folders of scripts.
# Root sees more: the cron tables of all accounts. Others see only their own.

timers() {
    have systemctl || return 127
    limit systemctl show --no-pager --all \
        --property=Id,UnitFileState,ActiveState,Unit,TimersCalendar,TimersMonotonic,LastTriggerUSec,NextElapseUSecRealtime '*.timer'
}
timer_services() {
    have systemctl || return 127
    units=$(limit systemctl show --no-pager --property=Unit '*.timer' | sed -n 's/^Unit=//p')
    [ -n "$units" ] || return 0
    # Names of units have no blanks.
    # shellcheck disable=SC2086
    limit systemctl show --no-pager --property=Id,User,ExecStart $units
}
cron_folders() {
    for folder in /etc/cron.hourly /etc/cron.daily /etc/cron.weekly /etc/cron.monthly /etc/periodic/15min /etc/periodic/hourly \
        /etc/periodic/daily /etc/periodic/weekly /etc/periodic/monthly; do
        [ -d "$folder" ] && ls -lL "$folder" | sed -n "s#^-#$folder -#p"
    done
    return 0
}
own_crontab() {
    have crontab || return 127
    [ "$(id -u)" = 0 ] && return 0
    printf '==> %s\n' "$(id -un)"
    limit crontab -l 2>/dev/null
    return 0
}
cron_daemon() {
    { ps -eo comm 2>/dev/null || ps -o comm; } | grep -E '^(cron|crond|anacron|dcron|fcron)$'
    return 0
}
section timers timers
section timer-services timer_services
section_file cron-system /etc/crontab /etc/cron.d/*
section_file anacron /etc/anacrontab
section cron-folders cron_folders
section_file crontabs /var/spool/cron/crontabs/* /var/spool/cron/* /var/spool/cron/tabs/* /etc/crontabs/*
section own-crontab own_crontab
section cron-daemon cron_daemon
section at atq
