"""What devices of the network print and write: tables of switches, routers and DHCP servers, logs of firewalls."""
