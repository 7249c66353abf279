package desk

import (
	"context"
	"encoding/json"
	"time"

	"gatehouse/app/sheet"
	"gatehouse/store"
	"gatehouse/store/fault"
)

var assignmentColumns = []Column{
	{Key: "external_id", Label: "Asset ID", Help: "Your own number for the asset.", Example: "L-012", synonyms: []string{"id", "external id", "asset", "asset number", "unit number", "unit id", "fleet number", "Inventarnummer", "Gerätenummer"}},
	{Key: "serial", Label: "Serial number", Example: "", synonyms: []string{"serial", "serial no", "s/n", "Seriennummer"}},
	{Key: "pin", Label: "PIN or VIN", Example: "", synonyms: []string{"pin", "vin", "FIN"}},
	{Key: "name", Label: "Asset name", Help: "Where there is no number: the name, if only one asset has it.", Example: "", synonyms: []string{"name", "machine", "unit", "equipment", "Maschine", "Gerät", "Bezeichnung"}},
	{Key: "customer", Label: "Customer number", Required: true, Help: "Your number of the customer who has it.", Example: "K-1001", synonyms: []string{"customer", "customer code", "customer id", "customer no", "Kundennummer", "Kunden-Nr"}},
	{Key: "from", Label: "From", Help: "First day with the customer; without it today.", Example: "2026-03-01", synonyms: []string{"start", "start date", "on rent", "Beginn", "von", "Mietbeginn"}},
	{Key: "to", Label: "To", Help: "Last day with the customer; without it open.", Example: "2026-05-31", synonyms: []string{"end", "end date", "off rent", "until", "Ende", "bis", "Mietende"}},
}

// assignments brings who has which machine.
type assignments struct {
	*reading
	held *holding
}

func openAssignments(_ context.Context, s store.Staff, i store.Import, f sheet.Found) (target, error) {
	how := newReading(s, i, assignmentColumns, f)
	return &assignments{reading: how, held: &holding{byCode: map[string]store.Customer{}, spans: map[store.AssetID][]span{}}}, nil
}

func (t *assignments) judge(ctx context.Context, s store.Staff, e entry) (plan, error) {
	c := &cells{of: e.cells, how: t.reading}
	key := store.AssetKey{ExternalID: c.text("external_id"), PIN: c.text("pin"), Serial: c.text("serial"), Name: c.text("name")}
	named := orElse(key.ExternalID, orElse(key.Serial, orElse(key.PIN, key.Name)))
	out := plan{label: named, verdict: store.VerdictSame}
	if named == "" {
		return out, fault.New(fault.Invalid, "This row names no asset.")
	}
	id, err := s.MatchAsset(ctx, key)
	if err == nil && id == 0 {
		err = fault.New(fault.NotFound, "There is no asset “%s” here.", short(named))
	}
	if err != nil {
		return out, err
	}
	var diff differences
	h, err := t.held.read(ctx, s, c, id, &diff)
	if err == nil && h == nil && len(c.bad) == 0 {
		c.bad.Add("customer", "This row names no customer.")
	}
	if err = orErr(err, c.err(nil)); err != nil {
		return out, err
	}
	if out.object, out.says = int64(id), diff.String(); len(diff) == 0 {
		return out, nil
	}
	if err := t.held.claim(id, h, e.line); err != nil {
		return out, err
	}
	out.verdict = store.VerdictAdd
	if h.extends {
		out.verdict = store.VerdictChange
	}
	out.do = func(ctx context.Context, s store.Staff) (int64, any, error) {
		b, err := h.do(ctx, s, id)
		return int64(id), b, err
	}
	return out, nil
}

func orErr(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

func (t *assignments) undo(ctx context.Context, s store.Staff, r store.ImportRow) error {
	var b heldBefore
	if err := json.Unmarshal([]byte(r.Before), &b); err != nil {
		return err
	}
	id := store.AssetID(r.Object)
	if err := b.untouched(ctx, s, id, false); err != nil {
		return err
	}
	return b.undo(ctx, s, id)
}

// holding reads who shall have an asset, for one import.
type holding struct {
	byCode map[string]store.Customer // found already
	spans  map[store.AssetID][]span  // what earlier rows of the file give away
}

// span is the time for which a row of the file gives an asset away.
type span struct {
	start, end time.Time // end zero: open
	to         store.CustomerID
	name       string
	line       int
}

// hold is one assignment that a row wants. Days are calendar days, as midnight
// UTC; zero is today, or open.
type hold struct {
	customer store.Customer
	from, to time.Time
	span     span
	extends  bool
}

// read is nil when the row names no customer, or nothing would change.
func (t *holding) read(ctx context.Context, s store.Staff, c *cells, asset store.AssetID, diff *differences) (*hold, error) {
	code := c.text("customer")
	if code == "" {
		if c.text("from")+c.text("to") != "" {
			c.bad.Add("customer", "There are dates, but no customer number.")
		}
		return nil, nil
	}
	h := &hold{}
	var err error
	if h.customer, err = t.customer(ctx, s, code); err != nil {
		if fault.Of(err) != fault.NotFound {
			return nil, err
		}
		c.bad.Add("customer", "There is no customer with the number “%s”. The row was left out, so that the asset is not taken in without its customer.", short(code))
		return nil, nil
	}
	h.from, _ = c.day("from")
	h.to, _ = c.day("to")
	if !h.to.IsZero() && !h.from.IsZero() && h.to.Before(h.from) {
		c.bad.Add("to", "The last day lies before the first day.")
		return nil, nil
	}
	return h, h.against(ctx, s, asset, c, diff)
}

func (t *holding) customer(ctx context.Context, s store.Staff, code string) (store.Customer, error) {
	if c, ok := t.byCode[code]; ok {
		return c, nil
	}
	c, err := s.CustomerByCode(ctx, code)
	if err == nil && len(t.byCode) < 10_000 {
		t.byCode[code] = c
	}
	return c, err
}

// against holds the wish against what is there. Somebody else's time is a
// conflict that people must decide, not a file.
func (h *hold) against(ctx context.Context, s store.Staff, asset store.AssetID, c *cells, diff *differences) error {
	var all []store.Assignment
	if asset != 0 {
		var err error
		if all, err = s.AssetHistory(ctx, asset); err != nil {
			return err
		}
	}
	from := h.from
	if from.IsZero() {
		from = s.Today()
		for _, a := range all {
			if a.Customer == h.customer.ID && !a.From.After(s.Now()) && (a.To.IsZero() || a.To.After(s.Now())) {
				from = calendarDay(a.From.In(c.how.zone))
			}
		}
	}
	h.from = from
	h.span = span{start: s.DayStart(from), to: h.customer.ID, name: h.customer.Name}
	if !h.to.IsZero() {
		h.span.end = s.DayStart(h.to.AddDate(0, 0, 1))
	}
	if !h.span.end.IsZero() && !h.span.end.After(h.span.start) {
		c.bad.Add("to", "The last day lies before the first day.")
		return nil
	}
	nextDay := s.DayStart(from.AddDate(0, 0, 1))
	for _, a := range all {
		there := span{start: a.From, end: a.To}
		handedOver := !a.To.IsZero() && a.To.Before(nextDay) && !a.To.After(s.Now())
		switch {
		case !there.overlaps(h.span) || a.Customer != h.customer.ID && handedOver:
		case a.Customer != h.customer.ID:
			c.bad.Add("customer", "%s has it %s. Return it there first, or choose another time.", orElse(a.CustomerName, "Another customer"), days(a, c.how.zone))
			return nil
		case !a.From.After(h.span.start) && a.To.Equal(h.span.end):
			return nil // it has it just so
		default:
			h.extends = true
		}
	}
	diff.of("Customer", "", h.words())
	return nil
}

func (p span) overlaps(o span) bool {
	return (o.end.IsZero() || p.start.Before(o.end)) && (p.end.IsZero() || o.start.Before(p.end))
}

func (h *hold) words() string {
	out := h.customer.Name + ", from " + h.from.Format("2006-01-02")
	if !h.to.IsZero() {
		out += " to " + h.to.Format("2006-01-02")
	}
	return out
}

func days(a store.Assignment, zone *time.Location) string {
	out := "from " + a.From.In(zone).Format("2006-01-02")
	if a.To.IsZero() {
		return out + " on"
	}
	return out + " to " + a.LastDay().In(zone).Format("2006-01-02")
}

// claim keeps two rows of a file from giving an asset to two customers at the
// same time.
func (t *holding) claim(asset store.AssetID, h *hold, line int) error {
	h.span.line = line
	for _, o := range t.spans[asset] {
		if o.line != line && o.to != h.span.to && o.overlaps(h.span) {
			return fault.New(fault.Conflict, "Line %d of this file gives it to %s for that time.", o.line, o.name)
		}
	}
	t.spans[asset] = append(t.spans[asset], h.span)
	return nil
}

// heldBefore is what an undo needs to know of the assignments of one asset.
type heldBefore struct {
	Was  []store.Assignment `json:"was,omitempty"`
	Left string             `json:"left"`
}

func (h *hold) do(ctx context.Context, s store.Staff, asset store.AssetID) (*heldBefore, error) {
	was, err := s.AssetHistory(ctx, asset)
	if err != nil {
		return nil, err
	}
	out, err := s.Assign(ctx, store.AssignInput{Assets: []store.AssetID{asset}, Customer: h.customer.ID, From: h.from, To: h.to})
	if err != nil {
		return nil, err
	}
	if len(out.Conflicts) > 0 {
		return nil, fault.New(fault.Conflict, "%s has it for that time.", orElse(out.Conflicts[0].CustomerName, "Another customer"))
	}
	now, err := s.AssetHistory(ctx, asset)
	return &heldBefore{Was: was, Left: heldImprint(now)}, err
}

func heldImprint(all []store.Assignment) string {
	var out [][4]int64
	for _, a := range all {
		out = append(out, [4]int64{int64(a.ID), int64(a.Customer), a.From.Unix(), a.To.Unix()})
	}
	return imprint(out)
}

// untouched is a Conflict when somebody changed the assignments since. An
// asset that an import added without any must have none still.
func (b *heldBefore) untouched(ctx context.Context, s store.Staff, id store.AssetID, added bool) error {
	if b == nil && !added {
		return nil
	}
	now, err := s.AssetHistory(ctx, id)
	if err != nil {
		return err
	}
	if b == nil && len(now) > 0 || b != nil && heldImprint(now) != b.Left {
		return fault.New(fault.Conflict, "Who has it was changed after the import.")
	}
	return nil
}

func (b *heldBefore) undo(ctx context.Context, s store.Staff, id store.AssetID) error {
	if b == nil {
		return nil
	}
	return s.RestoreAssignments(ctx, id, b.Was)
}
