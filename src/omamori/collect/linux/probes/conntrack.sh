# Connections a router follows at this moment: who talks to whom through it, at most 50000 of them.
# Reads: conntrack -L (it asks the kernel and changes nothing), else /proc/net/nf_conntrack. Both need root.

conntrack_list() {
    have conntrack || return 127
    limit conntrack -L -o extended 2>/dev/null | head -n 50000
}
conntrack_file() {
    [ -e /proc/net/nf_conntrack ] || return 2
    [ -r /proc/net/nf_conntrack ] || return 13
    limit head -n 50000 /proc/net/nf_conntrack
}
section forwards cat /proc/sys/net/ipv4/ip_forward
section list conntrack_list
section file conntrack_file
