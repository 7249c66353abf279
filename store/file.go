package store

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
	"unicode"

	"gatehouse/store/fault"
)

// chunkSize is how much of a file one row holds.
const chunkSize = 256 << 10

// File is something a person uploaded. It lies in the data file in chunks, so
// that a backup is complete, and is never changed.
type File struct {
	ID        FileID
	Name      string
	Media     string
	Size      int64
	CreatedAt time.Time
}

func (f *File) row(r *row) {
	f.ID, f.Name, f.Media, f.Size, f.CreatedAt = FileID(r.int()), r.str(), r.str(), r.int(), r.unix()
}

// NewFile is a file about to be kept. Size and Sum (SHA-256) are those of Body.
type NewFile struct {
	Name, Media string
	Size        int64
	Sum         []byte
	Body        io.Reader
}

// FileName is a name as browsers send it, without folders and without
// characters that cannot be shown.
func FileName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, name)
	return pick(clip(strings.TrimSpace(name), 120), "file")
}

// keep writes a file, inside Update. Without room for it in the provider's
// plan it is Limited.
func (s Staff) keep(ctx context.Context, v Verb, f NewFile) (id FileID, err error) {
	if err := s.Can(v); err != nil {
		return 0, err
	}
	if err := s.roomFor(ctx, f.Size); err != nil {
		return 0, err
	}
	return s.keepFile(ctx, f)
}

// keepFile writes a file for which there is a right and room, inside Update.
func (s scope) keepFile(ctx context.Context, f NewFile) (id FileID, err error) {
	err = s.db.query(ctx, s.conn, `INSERT INTO files (provider_id, name, media, size, sha256, created_at) VALUES (:provider, :name, :media, :size, :sum, :now) RETURNING id`,
		s.binder([]int{0, 7}, []arg{p(":name", FileName(f.Name)), p(":media", f.Media), p(":size", f.Size), p(":sum", f.Sum)}),
		func(r *row) error { id = FileID(r.int()); return nil })
	if err != nil {
		return 0, err
	}
	return id, s.keepChunks(ctx, id, f)
}

func (s scope) keepChunks(ctx context.Context, id FileID, f NewFile) error {
	buf, got := make([]byte, chunkSize), int64(0)
	for seq := 0; ; seq++ {
		n, err := io.ReadFull(f.Body, buf)
		if n > 0 {
			got += int64(n)
			if e := s.db.query(ctx, s.conn, `INSERT INTO file_chunks (provider_id, file_id, seq, data) VALUES (:provider, :file, :seq, :data)`,
				s.binder([]int{0}, []arg{p(":file", id), p(":seq", seq), p(":data", buf[:n])}), func(*row) error { return nil }); e != nil {
				return e
			}
		}
		switch {
		case err == io.EOF || err == io.ErrUnexpectedEOF:
			if got != f.Size {
				return fmt.Errorf("keep file: got %d bytes of %d", got, f.Size)
			}
			return nil
		case err != nil:
			return fmt.Errorf("keep file: %w", err)
		}
	}
}

func (s Staff) roomFor(ctx context.Context, size int64) error {
	if s.home.StorageMB == 0 {
		return nil
	}
	used := int64(0) // a person limited to groups counts all of the provider's, too
	if err := s.db.query(ctx, s.conn, `SELECT bytes FROM file_totals WHERE provider_id = :provider`, s.binder([]int{0}, nil), func(r *row) error { used = r.int(); return nil }); err != nil {
		return err
	}
	if most := s.home.StorageMB << 20; used+size > most {
		return fault.New(fault.Limited, "This file has %s, and %s of your %d MB are used. Remove imports you no longer need, or ask for more room.", megabytes(size), megabytes(used), s.home.StorageMB)
	}
	return nil
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }

// drop removes a file, inside Update.
func (s Staff) drop(ctx context.Context, v Verb, id FileID) error {
	_, err := s.write(ctx, v, `DELETE FROM <files> WHERE {mine:files} AND id = :file`, p(":file", id))
	return err
}

// FileReader reads a kept file at any place. It reads committed chunks only,
// a few at a time.
type FileReader struct {
	File
	Tag string // changes with the content; "" where nobody asks
	ctx context.Context
	s   scope

	mu     sync.Mutex
	chunks map[int64][]byte
}

// ImportFile opens the file of an import.
func (s Staff) ImportFile(ctx context.Context, id ImportID) (*FileReader, error) {
	f, err := one(ctx, s.scope, "file", (*File).row, `SELECT f.id, f.name, f.media, f.size, f.created_at FROM {imports} i JOIN {files} f ON f.id = i.file_id WHERE i.id = :id`, p(":id", id))
	if err != nil {
		return nil, err
	}
	return &FileReader{File: f, ctx: ctx, s: s.scope, chunks: map[int64][]byte{}}, nil
}

// ReadAt implements io.ReaderAt.
func (f *FileReader) ReadAt(b []byte, off int64) (n int, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for n < len(b) {
		if off >= f.Size {
			return n, io.EOF
		}
		chunk, err := f.chunk(off / chunkSize)
		if err != nil {
			return n, err
		}
		m := copy(b[n:], chunk[min(off%chunkSize, int64(len(chunk))):])
		if m == 0 {
			return n, io.ErrUnexpectedEOF
		}
		n, off = n+m, off+int64(m)
	}
	return n, nil
}

// Reader reads the whole file from its beginning.
func (f *FileReader) Reader() io.Reader { return io.NewSectionReader(f, 0, f.Size) }

// chunksHeld is enough for a reader that goes forward while another part of
// the same workbook is read.
const chunksHeld = 4

func (f *FileReader) chunk(seq int64) ([]byte, error) {
	if c, ok := f.chunks[seq]; ok {
		return c, nil
	}
	var data []byte
	err := f.s.each(f.ctx, `SELECT k.data FROM {file_chunks} k WHERE k.file_id = :file AND k.seq = :seq`, func(r *row) error { data = r.bytes(); return nil },
		p(":file", f.ID), p(":seq", seq))
	if err != nil {
		return nil, err
	}
	if data == nil {
		return nil, fault.New(fault.NotFound, "This file is no longer there.")
	}
	if len(f.chunks) >= chunksHeld {
		clear(f.chunks)
	}
	f.chunks[seq] = data
	return data, nil
}

// FileBytes is what the files of all providers take up: counted anew, and as
// it is kept. They differ only if something is wrong.
func (y System) FileBytes(ctx context.Context) (there, kept int64, err error) {
	err = y.db.query(ctx, y.conn, `SELECT (SELECT coalesce(sum(size), 0) FROM files), (SELECT coalesce(sum(bytes), 0) FROM file_totals)`, nil, func(r *row) error {
		there, kept = r.int(), r.int()
		return nil
	})
	return there, kept, err
}
