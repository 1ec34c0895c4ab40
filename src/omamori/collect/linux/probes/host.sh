# What the machine is: operating system, kernel, identity, hardware, clock, last start.
# Reads: /etc/os-release and its forerunners, uname, machine-id, /sys/class/dmi, /sys/class/net, /proc/uptime, timedatectl.
# Never asks a name server (no `hostname -f` or `-d`).
# Root sees more: the serial-like product_uuid of the hardware (used only to recognise the machine again).

section_file os-release /etc/os-release
section_file release-files /etc/redhat-release /etc/debian_version /etc/alpine-release /etc/SuSE-release
section uname uname -srm
section hostname uname -n
section_file domain /proc/sys/kernel/domainname /etc/resolv.conf
section_file machine-id /etc/machine-id /var/lib/dbus/machine-id
section_file uptime /proc/uptime
section date date -u +%s
section virt systemd-detect-virt
section_file dmi /sys/class/dmi/id/sys_vendor /sys/class/dmi/id/product_name /sys/class/dmi/id/product_uuid /sys/class/dmi/id/chassis_type
section_file macs /sys/class/net/*/address
section_file permanent /sys/class/net/*/addr_assign_type
section default-target systemctl get-default
section timedatectl timedatectl
section chrony chronyc -n tracking
section ntpq ntpq -pn
section_file timezone /etc/timezone
section localtime ls -l /etc/localtime
section addresses ip -o addr show
section links ls -l /sys/class/net
section hypervisor grep -m 1 -ow hypervisor /proc/cpuinfo
section display ls -l /etc/systemd/system/display-manager.service /etc/X11/default-display-manager
section installed stat -c '%Y %n' /lost+found /root/anaconda-ks.cfg /var/log/installer
