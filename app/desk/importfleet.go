package desk

import (
	"bytes"
	"context"
	"fmt"

	"gatehouse/app/aemp"
	"gatehouse/app/sheet"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// looksLikeSnapshot reports whether a file is XML or JSON, possibly packed:
// nothing else that can be imported begins like that.
func looksLikeSnapshot(f *spooled) bool {
	head := make([]byte, 512)
	n, _ := f.ReadAt(head, 0)
	head = bytes.TrimSpace(bytes.TrimPrefix(head[:n], []byte("\xef\xbb\xbf")))
	if bytes.HasPrefix(head, []byte("\xff\xfe<")) || bytes.HasPrefix(head, []byte("\xfe\xff\x00<")) || bytes.HasPrefix(head, []byte("\x1f\x8b")) {
		return true
	}
	low := bytes.ToLower(head)
	if bytes.HasPrefix(low, []byte("<!doctype html")) || bytes.HasPrefix(low, []byte("<html")) || bytes.HasPrefix(low, []byte("<table")) || bytes.Contains(low, []byte("<workbook")) {
		return false
	}
	return len(head) > 0 && (head[0] == '<' || head[0] == '{' || head[0] == '[')
}

// recogniseFleet refuses a snapshot that is not whole.
func (d *Desk) recogniseFleet(n *store.NewImport, f *spooled) error {
	snap, err := aemp.Parse(f.reader(), "", d.db.Now())
	if err != nil {
		return fault.Field("file", "%s", fault.Says(err))
	}
	if len(snap.Equipment) == 0 {
		return fault.Field("file", "This is a fleet snapshot, but there is no machine in it.")
	}
	n.Kind, n.File.Media = store.ImportFleet, "application/xml"
	return nil
}

// openFleet reads a kept snapshot. Machines are numbered in their order;
// behind them come the values that could not be taken, each with its reason.
func openFleet(ctx context.Context, s store.Staff, i store.Import) (source, error) {
	f, err := s.ImportFile(ctx, i.ID)
	if err != nil {
		return source{}, err
	}
	snap, err := aemp.Parse(f.Reader(), "", i.CreatedAt)
	if err != nil {
		return source{}, err
	}
	rows := func(yield func(entry, error) bool) {
		n := 0
		for k := range snap.Equipment {
			if n++; !yield(entry{line: n, machine: &snap.Equipment[k]}, ctx.Err()) {
				return
			}
		}
		for _, p := range snap.Skipped {
			if n++; !yield(entry{line: n, problem: fmt.Sprintf("Line %d of the file: %s", p.Line, p.What)}, ctx.Err()) {
				return
			}
		}
	}
	return source{rows: rows, close: func() {}}, nil
}

func openFleetTarget(_ context.Context, _ store.Staff, i store.Import, _ sheet.Found) (target, error) {
	return &fleet{source: fmt.Sprintf("Import %d", i.Number)}, nil
}
