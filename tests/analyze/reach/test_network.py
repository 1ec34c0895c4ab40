"""The network as it is read from rows."""

from __future__ import annotations

from small import device

from omamori.analyze.reach.network import network_of
from omamori.model.device import DeviceFact, DeviceInterface, DeviceRoute, DeviceVpn
from omamori.model.host import KernelSetting
from omamori.model.network import Interface, Route


def linux(asset, *addresses, forward=None, names=()):
    rows = [Interface(asset=asset, name=(*names, "eth0", "eth1")[at], address=one, prefix=24) for at, one in enumerate(addresses)]
    if forward is not None:
        rows.append(KernelSetting(asset=asset, name="net.ipv4.ip_forward", value=forward))
    return rows


def test_linux_that_forwards_is_a_device_and_other_machines_are_hosts():
    network = network_of(
        [*linux("router", "10.1.0.1", "10.2.0.1", forward="1"), *linux("pc", "10.1.0.9", forward="0"), *linux("nas", "10.1.0.8")]
    )
    assert [device.name for device in network.devices] == ["router"]
    assert [host.name for host in network.hosts] == ["nas", "pc"]
    assert set(network.attached) == {nic.segment for nic in network.devices[0].nics}


def test_routes_of_a_host_count_only_when_they_were_read():
    rows = [*linux("pc", "10.1.0.9"), Route(asset="pc", destination="0.0.0.0/0", gateway="10.1.0.1", interface="eth0")]
    (host,) = network_of(rows).hosts
    assert host.ways is not None and host.ways[0].gateway == 0x0A010001
    (host,) = network_of(rows, {("pc", "routes"): "not_collected"}).hosts
    assert host.ways is None


def test_networks_inside_a_machine_are_its_own():
    rows = [*linux("a", "172.17.0.1", names=("docker0",), forward="1"), *linux("b", "172.17.0.1", names=("docker0",), forward="1")]
    segments = [nic.segment for device in network_of(rows).devices for nic in device.nics]
    assert len(set(segments)) == 2


def test_how_sources_are_looked_at():
    rows = linux("r", "10.1.0.1", "10.2.0.1", forward="1")
    settings = [("all", "0"), ("eth0", "1"), ("eth1", "2")]
    rows += [KernelSetting(asset="r", name=f"net.ipv4.conf.{name}.rp_filter", value=value) for name, value in settings]
    (router,) = network_of(rows).devices
    assert [nic.reverse for nic in router.nics] == [1, 2]
    (router,) = network_of(rows[:3]).devices
    assert [nic.reverse for nic in router.nics] == [None, None]


def test_doubts_follow_the_tables_a_device_was_read_from():
    (one,) = network_of(device(), {("fw", "device_rules"): "not_understood", ("fw", "routes"): "not_collected"}).devices
    assert (one.rules_doubt, one.interfaces_doubt) == ("not_understood", None)


def test_a_next_hop_that_is_no_address_is_a_condition_and_ipv6_is_left_out():
    rows = [*device(), DeviceRoute(asset="fw", destination="10.9.0.0/16", gateway="vrf blue"), DeviceRoute(asset="fw", destination="::/0")]
    (one,) = network_of(rows).devices
    assert [way.condition for way in one.ways] == ["next hop vrf blue"]


def test_tunnels_without_addresses_join_devices_that_name_each_other():
    rows = []
    for name, own, peer in (("a", "203.0.113.1", "203.0.113.2"), ("b", "203.0.113.2", "203.0.113.1")):
        rows += [
            DeviceFact(asset=name, system="yamaha-rtx", forwards=True),
            DeviceInterface(asset=name, name="wan", address=own, prefix=24),
        ]
        rows += [DeviceInterface(asset=name, name="tunnel1", kind="tunnel")]
        rows += [DeviceVpn(asset=name, name="1", kind="ipsec", interface="tunnel1", peer=peer)]
    network = network_of(rows)
    assert {nic.segment for device in network.devices for nic in device.nics if nic.name == "tunnel1"} == {"tunnel a b"}
