"""The lab hospital: network namespaces with real servers, to try scans, checks and blocks on. Linux, root."""
