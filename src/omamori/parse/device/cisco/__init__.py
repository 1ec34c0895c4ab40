"""What Cisco IOS and ASA write alike: blocks of lines, addresses with masks, named ports, access lists, secrets, `show` outputs."""
