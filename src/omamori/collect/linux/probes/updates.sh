# Updates that wait, judged from the package lists already on the machine: nothing is refreshed, no server is asked.
# Also: how the machine updates itself, age of its lists, last update, whether a restart waits.
# Root sees no more than others (a package manager may note the question in its own log).

apt_pending() {
    have apt || return 127
    # The two empty names keep apt from writing its cache files.
    limit apt -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -qq list --upgradable
}
apt_settings() {
    have apt-config || return 127
    limit apt-config dump | grep -E '^(APT::Periodic::|Unattended-Upgrade::(Origins-Pattern|Allowed-Origins|Automatic-Reboot))'
    return 0
}
apt_lists() {
    [ -d /var/lib/apt/lists ] || return 127
    find /var/lib/apt/lists /var/lib/apt/periodic -maxdepth 2 \
        '(' -name '*Release' -o -name '*_Packages*' -o -name update-success-stamp -o -type d ')' -exec stat -c '%Y %n' {} + 2>/dev/null
    return 0
}
dnf_pending() {
    if have dnf; then
        limit dnf -C -q check-update
    elif have yum; then
        limit yum -C -q check-update
    else
        return 127
    fi
}
dnf_security() {
    if have dnf; then
        limit dnf -C -q updateinfo list --security
    elif have yum; then
        limit yum -C -q updateinfo list security
    else
        return 127
    fi
}
zypper_pending() {
    have zypper || return 127
    limit zypper --no-refresh --non-interactive -q list-updates
}
apk_pending() {
    have apk || return 127
    limit apk version -l '<'
}
list_folders() {
    for folder in /var/cache/dnf /var/cache/yum /var/cache/libdnf5 /var/cache/zypp/raw /var/cache/apk; do
        [ -d "$folder" ] && find "$folder" -maxdepth 5 '(' -name repomd.xml -o -name '*.solv' -o -name 'APKINDEX*' ')' -exec stat -c '%Y %n' {} +
    done
    return 0
}
dpkg_log() {
    [ -d /var/lib/dpkg/info ] || return 127
    for file in /var/log/dpkg.log.1 /var/log/dpkg.log; do
        [ -r "$file" ] && awk '$3 == "upgrade" { last = $0 } END { if (last) print last }' "$file"
    done
    return 0
}
last_installed() {
    if [ -f /lib/apk/db/installed ]; then
        stat -c '%Y apk' /lib/apk/db/installed
    fi
    if [ -d /var/lib/dpkg/info ]; then
        find /var/lib/dpkg/info -name '*.list' -exec stat -c '%Y dpkg' {} + | sort -n | tail -n 1
    fi
    if [ -f /var/lib/rpm/Packages ] || [ -f /var/lib/rpm/rpmdb.sqlite ] || [ -f /var/lib/rpm/Packages.db ] ||
        [ -f /usr/lib/sysimage/rpm/rpmdb.sqlite ] || [ -f /usr/lib/sysimage/rpm/Packages.db ]; then
        limit rpm -qa --qf '%{INSTALLTIME} rpm\n' | sort -n | tail -n 1
    fi
    return 0
}
local_offset() {
    (unset TZ && date +%z)
}
timers() {
    ls -1 /etc/systemd/system/timers.target.wants /etc/systemd/system/multi-user.target.wants /etc/systemd/system/basic.target.wants 2>/dev/null
    return 0
}
programs() {
    for program in unattended-upgrade dnf-automatic yum-cron needrestart; do
        have "$program" && printf '%s\n' "$program"
    done
    return 0
}
kernels() {
    ls -1 /boot 2>/dev/null | grep -E '^(vmlinuz|vmlinux|kernel)-'
    ls -1 /lib/modules 2>/dev/null | sed 's/^/modules-/'
    return 0
}
kernel_package() {
    have dpkg-query || return 127
    limit dpkg-query -W -f '${db:Status-Abbrev}\t${Package}\t${Version}\n' "linux-image-$(uname -r)"
}
sources() {
    # Only the lines that name a server, without what stands between :// and @.
    grep -HsE '^[[:space:]]*(deb |deb-src |URIs:|baseurl|mirrorlist|metalink|https?:|ftp:)' /etc/apt/sources.list /etc/apt/sources.list.d/* \
        /etc/yum.repos.d/*.repo /etc/zypp/repos.d/*.repo /etc/apk/repositories | sed 's#://[^/@ ]*@#://[secret: password, set]@#g'
    return 0
}
section apt apt_pending
section apt-settings apt_settings
section apt-lists apt_lists
section dnf dnf_pending
section dnf-security dnf_security
section zypper zypper_pending
section apk apk_pending
section list-files list_folders
section dpkg-log dpkg_log
section last-installed last_installed
section offset local_offset
section programs programs
section timers timers
section_file automatic /etc/dnf/automatic.conf /etc/yum/yum-cron.conf /etc/sysconfig/automatic_online_update
section reboot-flag ls -1 /var/run/reboot-required /run/reboot-needed
section_file reboot-packages /var/run/reboot-required.pkgs
section running uname -r
section running-build uname -v
section kernels kernels
section kernel-package kernel_package
section sources sources
