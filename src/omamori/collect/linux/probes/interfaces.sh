# Network interfaces, their kind, addresses and whether DHCP gave them.
# Root sees no more than others.

configured() {
    # Only the lines that tell how an address is got; the files may hold keys of wireless networks.
    grep -HsE '^[[:space:]]*iface |^BOOTPROTO=|^DEVICE=' /etc/network/interfaces /etc/network/interfaces.d/* /etc/sysconfig/network-scripts/ifcfg-*
    return 0
}
drivers() {
    ls -l /sys/class/net/*/device/driver 2>/dev/null
    return 0
}
section addr ip addr show
have ip || section ifconfig ifconfig -a
section links ls -l /sys/class/net
section_file uevent /sys/class/net/*/uevent
section drivers drivers
section configured configured
