# Tunnels: WireGuard, OpenVPN, IPsec (strongSwan, Libreswan), L2TP, PPTP, GRE.
# Reads: wg show (never its keys), the lines of the configurations that hold no secret, swanctl --list-conns, --list-sas, ip tunnel, ip xfrm policy.
# Root sees more: the tunnels that are up, and configurations that others may not read.

configured() {
    # Only options that hold no key and no password.
    grep -HsE '^[[:space:]]*(port|lport|proto|dev|local|remote|server|server-bridge|mode|client|tls-server|tls-client|route|push|verify-client-cert|client-cert-not-required|auth-user-pass-verify|auth-user-pass|plugin|cert|pkcs12|cipher|data-ciphers|auth)([[:space:]]|$)' \
        /etc/openvpn/*.conf /etc/openvpn/server/*.conf /etc/openvpn/client/*.conf
    return 0
}
unreadable() {
    for folder in /etc/openvpn /etc/openvpn/server /etc/openvpn/client /etc/wireguard; do
        if [ -d "$folder" ] && { [ ! -r "$folder" ] || [ ! -x "$folder" ]; }; then printf '%s\n' "$folder"; continue; fi
        for file in "$folder"/*.conf; do
            if [ -e "$file" ] && [ ! -r "$file" ]; then printf '%s\n' "$file"; fi
        done
    done
    return 0
}
doors() {
    grep -HsE '^[[:space:]]*(\[|port|ip range|local ip|listen-addr|listen|localip|remoteip|require|refuse|ipsec saref)' /etc/xl2tpd/xl2tpd.conf /etc/pptpd.conf
    return 0
}
section wg-links ip -o link show type wireguard
section wg-ports wg show all listen-port
section wg-peers wg show all allowed-ips
section wg-endpoints wg show all endpoints
section wg-handshakes wg show all latest-handshakes
section openvpn configured
section swanctl-conns swanctl --list-conns
section swanctl-sas swanctl --list-sas
section_file ipsec-conf /etc/ipsec.conf /etc/ipsec.d/*.conf
section doors doors
section tunnels ip tunnel show
section xfrm ip xfrm policy list
section programs ps -e -o comm
section unreadable unreadable
