package app

import (
	"path/filepath"
	"syscall"
)

// networks are kinds of file systems on which SQLite's locks cannot be relied
// on, by the number statfs gives.
var networks = map[int64]string{
	0x6969: "NFS", 0x517b: "SMB", 0xff534d42: "CIFS", 0xfe534d42: "SMB2", 0x65735546: "FUSE", 0x01021997: "9P", 0x5346414f: "AFS", 0x00c36400: "Ceph",
}

// fileWarning says what is wrong with where the data file lies, if anything.
func fileWarning(path string) string {
	var st syscall.Statfs_t
	if err := syscall.Statfs(filepath.Dir(path), &st); err != nil {
		return ""
	}
	if name := networks[int64(uint32(st.Type))]; name != "" {
		return "data file: it lies on a network file system (" + name + "); two machines could write at once and destroy it. Put it on a local disk"
	}
	return ""
}

// diskSpace is what is free where the data file lies, in bytes.
func diskSpace(path string) (free, total uint64, ok bool) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(filepath.Dir(path), &st); err != nil || st.Bsize <= 0 {
		return 0, 0, false
	}
	return st.Bavail * uint64(st.Bsize), st.Blocks * uint64(st.Bsize), true
}
