# Owner and mode of files that matter, programs that run with their owner's rights, folders anybody may write.
# Reads: stat and find on local file systems; never the contents.
# Root sees more: folders that are closed to others.

files_stat() {
    stat -c '%a %U %G %F %n' "$@" 2>/dev/null
    return 0
}
files_sensitive() {
    files_stat /etc/passwd /etc/passwd- /etc/shadow /etc/shadow- /etc/gshadow /etc/gshadow- /etc/group /etc/sudoers /etc/sudoers.d /etc/sudoers.d/* \
        /etc/ssh /etc/ssh/sshd_config /etc/ssh/ssh_host_*_key /etc/crontab /etc/cron.d /etc/cron.daily /etc/cron.hourly /etc/cron.weekly /etc/cron.monthly \
        /etc/cron.d/* /etc/cron.daily/* /etc/cron.hourly/* /etc/cron.weekly/* /etc/cron.monthly/* /var/spool/cron /var/spool/cron/crontabs \
        /etc/cron.allow /etc/at.allow /boot/grub/grub.cfg /boot/grub2/grub.cfg /etc/samba/smbpasswd /var/lib/samba/private/passdb.tdb \
        /etc/exports /etc/snmp/snmpd.conf /etc/orthanc/orthanc.json /etc/orthanc/credentials.json /etc/rsyslog.conf /etc/fstab /etc/ld.so.preload \
        /root /root/.ssh /root/.ssh/authorized_keys /etc/mysql/debian.cnf /root/.my.cnf /root/.pgpass /etc/profile /etc/environment \
        /var/log/wtmp /var/log/btmp /var/log/auth.log /var/log/secure /var/log/audit /var/run/docker.sock /etc/ssl/private
    echo searched
}
files_homes() {
    while IFS=: read -r name secret uid gid comment home shell; do
        case $shell in *nologin | *false | '') continue ;; esac
        case $home in / | /dev* | /proc* | /sys* | /bin | /usr* | /var/empty) continue ;; esac
        [ -d "$home" ] && files_stat "$home" && files_stat "$home/.ssh/authorized_keys"
    done </etc/passwd
    echo searched
}
# Local file systems only: a walk over a network share would load somebody else's server.
files_roots() {
    while read -r device path type rest; do
        case $type in ext2 | ext3 | ext4 | xfs | btrfs | f2fs | jfs | reiserfs | overlay | zfs) printf '%s\n' "$path" ;; esac
    done </proc/mounts | grep -vE '^/(proc|sys|dev|run|snap|var/lib/(docker|containers|kubelet|lxc|snapd))(/|$)|\\' | sort -u
}
# Folder by folder, small ones first, ten seconds in all: a disk with millions of images must not hold the look up.
# What was not walked is named, so that nobody takes it for empty.
files_walk() {
    brief=limit
    timeout 6 true >/dev/null 2>&1 && brief='timeout 6'
    begun=$(date +%s)
    mounted=" $(cut -d' ' -f2 /proc/mounts | tr '\n' ' ') "
    {
        for folder in /bin /sbin /lib /etc /root /opt /tmp /usr /home /var; do echo "$folder"; done
        for folder in /*; do
            case $folder in /bin | /sbin | /lib | /etc | /root | /opt | /tmp | /usr | /home | /var | /proc | /sys | /dev | /run | /snap) ;; *) echo "$folder" ;; esac
        done | while read -r folder; do
            # A file system of its own comes below, where it is local.
            case $mounted in *" $folder "*) ;; *) echo "$folder" ;; esac
        done
        files_roots | grep -vx /
    } | while read -r folder; do
        [ -d "$folder" ] && [ ! -L "$folder" ] || continue
        if [ $(($(date +%s) - begun)) -ge 10 ]; then echo "cut $folder"; continue; fi
        $brief find "$folder" -xdev \( -path '*/docker/overlay2' -o -path '*/containers/storage' \) -prune -o \
            \( -type f \( -perm -4000 -o -perm -2000 \) -printf 'setuid %m %u %g %p\n' \) -o \
            \( -type d -perm -0002 ! -perm -1000 -printf 'world-writable %m %u %g %p\n' \) 2>/dev/null
        [ $? = 124 ] && echo "cut $folder"
    done | head -n 5000
    echo searched
}
# Programs that units start as root, where somebody else owns or may write them.
files_programs() {
    for file in /etc/systemd/system/*.service /usr/local/lib/systemd/system/*.service /etc/init.d/*; do
        [ -f "$file" ] || continue
        case $file in
        *.service)
            grep -q '^User=' "$file" && ! grep -q '^User=root' "$file" && continue
            sed -n 's/^Exec[A-Za-z]*=[-@:+!]*\(\/[^ ]*\).*/\1/p' "$file"
            ;;
        *) printf '%s\n' "$file" ;;
        esac
    done | sort -u | head -n 500 | while read -r program; do [ -e "$program" ] && files_stat "$program"; done
    grep -hoE '^[^#]*[[:space:]]root[[:space:]]+(/[^ ;&|]+)' /etc/crontab /etc/cron.d/* 2>/dev/null | sed 's/.*[[:space:]]\(\/[^ ]*\)$/\1/' | sort -u | head -n 200 |
        while read -r program; do [ -e "$program" ] && files_stat "$program"; done
    echo searched
}
section sensitive files_sensitive
section homes files_homes
section walk files_walk
section programs files_programs
section nosuid grep nosuid /proc/mounts
