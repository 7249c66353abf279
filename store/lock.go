package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"gatehouse/store/fault"
)

// lockFile takes the lock beside the data file. The data file itself is never
// opened with plain file calls: closing such a handle would drop SQLite's own
// POSIX locks.
func lockFile(path string) (*os.File, error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, hint(err, dir)
	}
	f, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, hint(err, dir)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fault.New(fault.Conflict, "another gatehouse is already using %s; stop it first", path)
		}
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return f, nil
}

// hint adds what a person needs to mend a folder that cannot be written.
func hint(err error, dir string) error {
	if !errors.Is(err, fs.ErrPermission) {
		return err
	}
	mode := "missing"
	if st, e := os.Stat(dir); e == nil {
		mode = st.Mode().String()
	}
	return fmt.Errorf("%w: gatehouse runs as uid %d, gid %d and %s is %s; try: chown %d:%d %s",
		err, os.Getuid(), os.Getgid(), dir, mode, os.Getuid(), os.Getgid(), dir)
}
