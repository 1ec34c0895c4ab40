# Installed packages of every package manager found. Reads their databases, asks no server.
# Root sees no more than others.

rpm_database() {
    # Without a database rpm would make one: ask only where there is one.
    for file in /var/lib/rpm/Packages /var/lib/rpm/Packages.db /var/lib/rpm/rpmdb.sqlite \
        /usr/lib/sysimage/rpm/Packages.db /usr/lib/sysimage/rpm/rpmdb.sqlite; do
        [ -f "$file" ] && return 0
    done
    return 1
}
rpm_list() {
    rpm_database || return 127
    limit rpm -qa --qf '%{NAME}\t%{EPOCH}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\t%{SOURCERPM}\t%{VENDOR}\t%{INSTALLTIME}\n'
}
dpkg_list() {
    have dpkg-query || return 127
    limit dpkg-query -W -f '${db:Status-Abbrev}\t${binary:Package}\t${Version}\t${Architecture}\t${source:Package}\t${Maintainer}\t${source:Version}\n'
}
dpkg_dates() {
    [ -d /var/lib/dpkg/info ] || return 127
    find /var/lib/dpkg/info -name '*.list' -exec stat -c '%Y %n' {} +
}
apk_list() {
    [ -f /lib/apk/db/installed ] || return 127
    awk '/^[PVAom]:/ || /^$/' /lib/apk/db/installed
}
section dpkg dpkg_list
section dpkg-dates dpkg_dates
section rpm rpm_list
section apk apk_list
section snap snap list
section flatpak flatpak list --app --columns=application,version,origin
