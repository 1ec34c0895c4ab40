# Where the machine turns to outside itself: name servers, proxies, time servers, package servers, agents.
# Reads only the lines that name a server; what stands between :// and @ is taken out here, on the machine.
# Root sees more: configuration files that others may not read.

without_secrets() {
    sed 's#://[^/@ ]*@#://[secret: password, set]@#g'
}
proxies() {
    grep -HsiE '(^|[^a-z])((https?|ftp|all)_?proxy|Acquire::[a-z]+::Proxy|proxy)[ "]*[= ]' /etc/environment /etc/profile /etc/profile.d/* /etc/apt/apt.conf \
        /etc/apt/apt.conf.d/* /etc/yum.conf /etc/dnf/dnf.conf /etc/wgetrc /etc/sysconfig/proxy /etc/systemd/system/*.d/*.conf |
        grep -vi 'password' | without_secrets
    return 0
}
time_servers() {
    grep -HsE '^[[:space:]]*(server|servers|pool|peer|NTP=|FallbackNTP=)' /etc/chrony.conf /etc/chrony/chrony.conf /etc/chrony/conf.d/* \
        /etc/chrony/sources.d/* /etc/ntp.conf /etc/ntpsec/ntp.conf /etc/openntpd/ntpd.conf /etc/systemd/timesyncd.conf \
        /etc/systemd/timesyncd.conf.d/*
    return 0
}
package_servers() {
    grep -HsE '^[[:space:]]*(deb |deb-src |URIs:|baseurl|mirrorlist|metalink|https?:|ftp:)' /etc/apt/sources.list /etc/apt/sources.list.d/* \
        /etc/yum.repos.d/*.repo /etc/zypp/repos.d/*.repo /etc/apk/repositories | without_secrets
    return 0
}
agents() {
    grep -HsE '^[[:space:]]*(Server|ServerActive|master|server|dd_url|site|host)[[:space:]]*[:=]' /etc/zabbix/zabbix_agentd.conf /etc/zabbix/zabbix_agent2.conf \
        /etc/salt/minion /etc/puppet/puppet.conf /etc/puppetlabs/puppet/puppet.conf /etc/datadog-agent/datadog.yaml /etc/fusioninventory/agent.cfg \
        /etc/glpi-agent/agent.cfg | without_secrets
    return 0
}
section_file resolv /etc/resolv.conf
section_file resolved /run/systemd/resolve/resolv.conf
section proxies proxies
section time time_servers
section repositories package_servers
section agents agents
