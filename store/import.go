package store

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"time"

	"gatehouse/store/fault"
)

// What an import brings.
const (
	ImportCustomers   = "customers"
	ImportAssets      = "assets"
	ImportAssignments = "assignments"
	ImportFleet       = "fleet" // an ISO 15143-3 snapshot
	ImportVehicles    = "vehicles"
	ImportJobs        = "jobs"
)

// The states of an import. Every step that takes time has one of its own, so
// that it cannot be started twice.
const (
	ImportUploaded = "uploaded"
	ImportChecking = "checking"
	ImportChecked  = "checked"
	ImportApplying = "applying"
	ImportApplied  = "applied"
	ImportUndoing  = "undoing"
	ImportUndone   = "undone"
	ImportFailed   = "failed"
)

// Import is a file on its way into the provider's rows: uploaded, checked
// without changing anything, applied as a whole or not at all, and undone if
// somebody wants it undone.
type Import struct {
	ID        ImportID
	Number    int64
	Kind      string
	File      FileID
	FileName  string
	State     string
	Options   ImportOptions
	Mapping   map[string]int // column key → index in the file's header
	Tally     Tally
	Says      string // why it failed, or what to know
	By        string
	CreatedAt time.Time
	AppliedAt time.Time
	UndoneAt  time.Time
}

// ImportOptions say how to read a file where it should not be recognised.
// Empty means: recognise it.
type ImportOptions struct {
	Encoding  string `json:"encoding,omitempty"`
	Delimiter string `json:"delimiter,omitempty"`
	Decimal   string `json:"decimal,omitempty"`
	Order     string `json:"order,omitempty"` // of dates: MDY, DMY, YMD
	Sheet     string `json:"sheet,omitempty"`
	Header    int    `json:"header,omitempty"`    // line of the column names
	NewTypes  string `json:"new_types,omitempty"` // unknown customer types: "add", else "Other"
	JobKind   string `json:"job_kind,omitempty"`  // what jobs are that do not say it
	For       string `json:"for,omitempty"`       // whose all rows are: "c12" a customer's, "g5" a group's
}

// Tally counts the rows of an import by their verdict.
type Tally struct{ Total, Added, Changed, Same, Refused, Kept, Parked int64 }

// Running reports whether the import is being worked on right now.
func (i Import) Running() bool {
	return i.State == ImportChecking || i.State == ImportApplying || i.State == ImportUndoing
}

const importColumns = `i.id, i.number, i.kind, coalesce(i.file_id, 0), i.file_name, i.state, i.options, i.mapping,
	i.total, i.added, i.changed, i.same, i.refused, i.kept, i.parked, i.says, coalesce(u.name, ''), i.created_at, i.applied_at, i.undone_at`

const importFrom = `{imports} i LEFT JOIN {users} u ON u.id = i.user_id`

func (i *Import) row(r *row) {
	i.ID, i.Number, i.Kind, i.File, i.FileName, i.State = ImportID(r.int()), r.int(), r.str(), FileID(r.int()), r.str(), r.str()
	_ = json.Unmarshal([]byte(r.str()), &i.Options) // the schema lets nothing but JSON in
	_ = json.Unmarshal([]byte(r.str()), &i.Mapping)
	i.Tally = Tally{r.int(), r.int(), r.int(), r.int(), r.int(), r.int(), r.int()}
	i.Says, i.By, i.CreatedAt, i.AppliedAt, i.UndoneAt = r.str(), r.str(), r.unix(), r.unix(), r.unix()
}

// Imports lists imports, newest first, a page at a time.
func (s Staff) Imports(ctx context.Context, after string) (Page[Import], error) {
	return page(ctx, s.scope, pageQuery[Import]{columns: importColumns, from: importFrom, id: `i.id`,
		sorts: map[string]string{"number": `i.id`}, sort: "-number", after: after, into: (*Import).row,
		key: func(i *Import, _ string) (any, int64) { return int64(i.ID), int64(i.ID) }})
}

// Import reads one import.
func (s Staff) Import(ctx context.Context, id ImportID) (Import, error) {
	return one(ctx, s.scope, "import", (*Import).row, `SELECT `+importColumns+` FROM `+importFrom+` WHERE i.id = :id`, p(":id", id))
}

// NewImport is a file that was uploaded to be imported. Once is drawn for
// each form: the same file sent twice by the same form is one import.
type NewImport struct {
	Kind, Once string
	File       NewFile
	Options    ImportOptions
	Mapping    map[string]int
}

// AddImport keeps an uploaded file. again tells that this very form had
// brought it already.
func (s Staff) AddImport(ctx context.Context, n NewImport) (id ImportID, again bool, err error) {
	if err := s.Can(ImportUpload); err != nil {
		return 0, false, err
	}
	if s.groups {
		return 0, false, fault.New(fault.Forbidden, "An import can touch every customer and asset, so it takes somebody with access to all groups.")
	}
	once := clip(n.Once, 100) + ":" + n.Kind + ":" + hex.EncodeToString(n.File.Sum)
	err = s.Update(ctx, func(s Staff) error {
		known, err := s.number(ctx, `SELECT i.id FROM {imports} i WHERE i.user_id = :user AND i.once = :once`, p(":once", once))
		if err != nil || known != 0 {
			id, again = ImportID(known), true
			return err
		}
		id, err = s.addImport(ctx, n, once)
		return err
	})
	return id, again, err
}

func (s Staff) addImport(ctx context.Context, n NewImport, once string) (ImportID, error) {
	file, err := s.keep(ctx, ImportUpload, n.File)
	if err != nil {
		return 0, err
	}
	number, err := s.nextNumber(ctx, "import")
	if err != nil {
		return 0, err
	}
	id, err := s.insert(ctx, ImportUpload, "imports", set{"number", number}, set{"kind", n.Kind}, set{"file_id", file}, set{"file_name", FileName(n.File.Name)},
		set{"once", once}, set{"state", ImportUploaded}, set{"options", asJSON(n.Options)}, set{"mapping", asJSON(n.Mapping)},
		set{"user_id", s.user}, set{"created_at", s.Now()})
	return ImportID(id), err
}

// asJSON is v as JSON; the types it is called with cannot fail.
func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	if string(b) == "null" {
		return "{}"
	}
	return string(b)
}

// Remembered is what somebody last chose for a file with the same header.
type Remembered struct {
	Mapping map[string]int // nil: nobody did
	Options ImportOptions
}

// RememberedMapping is what somebody last chose for a file with this header.
func (s Staff) RememberedMapping(ctx context.Context, kind, header string) (m Remembered, err error) {
	err = s.each(ctx, `SELECT m.mapping, m.options FROM {import_mappings} m WHERE m.kind = :kind AND m.header = :header`, func(r *row) error {
		if err := json.Unmarshal([]byte(r.str()), &m.Mapping); err != nil {
			return err
		}
		return json.Unmarshal([]byte(r.str()), &m.Options)
	}, p(":kind", kind), p(":header", header))
	return m, err
}

// MapImport saves which column means what, for this import and for the next
// file with the same header. What was checked before no longer counts.
func (s Staff) MapImport(ctx context.Context, id ImportID, o ImportOptions, mapping map[string]int, header string) error {
	return s.Update(ctx, func(s Staff) error {
		was, err := s.Import(ctx, id)
		if err != nil {
			return err
		}
		if err := s.moveImport(ctx, ImportMap, id, ImportUploaded, ImportUploaded, ImportChecked, ImportFailed); err != nil {
			return err
		}
		if _, err := s.write(ctx, ImportMap, `UPDATE <imports> SET options = :options, mapping = :mapping, says = '' WHERE {mine:imports} AND id = :id`,
			p(":id", id), p(":options", asJSON(o)), p(":mapping", asJSON(mapping))); err != nil {
			return err
		}
		_, err = s.write(ctx, ImportMap, `INSERT INTO <import_mappings> (provider_id, kind, header, mapping, options) VALUES (:provider, :kind, :header, :mapping, :options)
			ON CONFLICT (provider_id, kind, header) DO UPDATE SET mapping = :mapping, options = :options`, p(":kind", was.Kind), p(":header", header), p(":mapping", asJSON(mapping)), p(":options", asJSON(o)))
		return err
	})
}
