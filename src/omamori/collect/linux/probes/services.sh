# Services: systemd units, or where there is no systemd OpenRC, upstart or init scripts; and what inetd/xinetd starts.
# Reads unit properties and scripts, never starts or asks a script. Environment of a service is not read.
# Root sees no more than others.

init_name() {
    cat /proc/1/comm
}
loaded_units() {
    have systemctl || return 127
    limit systemctl show --no-pager --all \
        --property=Id,Description,LoadState,ActiveState,SubState,UnitFileState,User,DynamicUser,ExecStart,Type '*.service'
}
unit_files() {
    have systemctl || return 127
    limit systemctl list-unit-files --type=service --no-legend --no-pager
}
init_scripts() {
    [ -d /etc/init.d ] || return 127
    ls -1 /etc/init.d
}
init_links() {
    for folder in /etc/rc2.d /etc/rc3.d /etc/rc5.d /etc/rcS.d /etc/rc.d/rc2.d /etc/rc.d/rc3.d /etc/rc.d/rc5.d; do
        # /etc/rc3.d may be a link to /etc/rc.d/rc3.d: the same names twice do no harm.
        [ -d "$folder" ] && ls -1 "$folder" | sed "s#^#$folder/#"
    done
    return 0
}
init_programs() {
    [ -d /etc/init.d ] || return 127
    grep -HsE '^[[:space:]]*(DAEMON|PROGRAM|exec|prog|NAME|command)=' /etc/init.d/*
    return 0
}
process_names() {
    ps -eo pid,user,comm 2>/dev/null || ps -o pid,user,comm
}
section init init_name
section show loaded_units
section unit-files unit_files
section openrc rc-status --servicelist
section openrc-levels rc-update show
section upstart initctl list
section init-scripts init_scripts
section init-links init_links
section init-programs init_programs
section processes process_names
section_file inetd /etc/inetd.conf
section_file xinetd /etc/xinetd.d/*
