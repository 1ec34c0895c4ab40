# Settings of server programs that decide who may use them: databases, web, DICOM, SNMP, FTP, name service, printing, screen sharing.
# Reads: their configuration files. Passwords and community strings in them are taken out before anything is stored.
# Root sees more: configurations closed to others.

settings_programs() {
    for program in postgres psql mysqld mariadbd nginx apache2 httpd Orthanc snmpd vsftpd proftpd redis-server mongod dnsmasq named unbound cupsd \
        x11vnc Xvnc vncserver dockerd tomcat squid memcached rpcbind in.tftpd; do
        command -v "$program"
    done
    ls -d /usr/lib/postgresql/*/bin/postgres /usr/pgsql-*/bin/postgres /opt/tomcat /usr/share/tomcat* /opt/jma /etc/mongod.conf 2>/dev/null
    echo searched
}
# Of a command line only the options that are judged leave the machine: any other argument may be a password.
settings_options() {
    head -c 20000 | awk '
        wanted { printf "%s ", $0; wanted = 0; next }
        tolower($0) ~ /^-(-?nopw|localhost|usepw)$/ { printf "%s ", $0; next }
        tolower($0) ~ /^-?-?securitytypes=[a-z0-9,]*$/ { printf "%s ", $0; next }
        tolower($0) ~ /^(-h|--host)=?(tcp|unix|fd):\/\/[0-9a-z.:\/_-]*$/ { printf "%s ", $0; next }
        tolower($0) ~ /^-?-?securitytypes$/ || tolower($0) == "-rfbauth" || $0 == "-H" || $0 == "--host" { printf "%s ", $0; wanted = 1 }
    '
}
settings_processes() {
    for pid in /proc/[0-9]*; do
        read -r name 2>/dev/null <"$pid/comm" || continue
        case $name in
        x11vnc | Xvnc | Xtigervnc | vino-server | dockerd | memcached | mongod | redis-server | rsync)
            printf '%s ' "$name"
            tr '\0\n' '\n ' <"$pid/cmdline" 2>/dev/null | settings_options
            echo
            ;;
        esac
    done
    echo searched
}
section programs settings_programs
section processes settings_processes
section_file postgresql /etc/postgresql/*/*/postgresql.conf /etc/postgresql/*/*/conf.d/*.conf /etc/postgresql/*/*/pg_hba.conf /var/lib/pgsql/data/postgresql.conf /var/lib/pgsql/data/pg_hba.conf /var/lib/pgsql/*/data/postgresql.conf /var/lib/pgsql/*/data/pg_hba.conf /var/lib/pgsql/*/data/postgresql.auto.conf /var/lib/postgresql/*/*/postgresql.auto.conf
section_file mysql /etc/my.cnf /etc/my.cnf.d/*.cnf /etc/mysql/my.cnf /etc/mysql/conf.d/*.cnf /etc/mysql/mysql.conf.d/*.cnf /etc/mysql/mariadb.conf.d/*.cnf
section_file nginx /etc/nginx/nginx.conf /etc/nginx/conf.d/*.conf /etc/nginx/sites-enabled/*
section_file apache /etc/apache2/apache2.conf /etc/apache2/ports.conf /etc/apache2/conf-enabled/*.conf /etc/apache2/mods-enabled/*.conf /etc/apache2/sites-enabled/* /etc/httpd/conf/httpd.conf /etc/httpd/conf.d/*.conf
section_file orthanc /etc/orthanc/*.json
section_file snmpd /etc/snmp/snmpd.conf /etc/snmp/snmpd.conf.d/*.conf /var/lib/snmp/snmpd.conf /usr/local/etc/snmp/snmpd.conf
section_file ftp /etc/vsftpd.conf /etc/vsftpd/vsftpd.conf /etc/proftpd/proftpd.conf /etc/proftpd.conf
section_file redis /etc/redis/redis.conf /etc/redis.conf /etc/redis/conf.d/*.conf
section_file mongodb /etc/mongod.conf
section_file dns /etc/dnsmasq.conf /etc/dnsmasq.d/*.conf /etc/bind/named.conf /etc/bind/named.conf.options /etc/bind/named.conf.local /etc/named.conf /etc/unbound/unbound.conf /etc/unbound/unbound.conf.d/*.conf
section_file cups /etc/cups/cupsd.conf
section_file vnc /etc/vncserver.users /etc/tigervnc/vncserver-config-defaults /etc/tigervnc/vncserver-config-mandatory /etc/x11vnc.conf /etc/systemd/system/x11vnc.service
section_file tomcat /etc/tomcat*/server.xml /opt/tomcat/conf/server.xml /usr/share/tomcat*/conf/server.xml
section_file docker /etc/docker/daemon.json /etc/systemd/system/docker.service.d/*.conf
section_file squid /etc/squid/squid.conf
section_file rsyncd /etc/rsyncd.conf
section_file orca /etc/jma-receipt/jma-receipt.env /opt/jma/etc/jma-receipt.env
