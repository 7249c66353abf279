package desk

import (
	"context"

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
	b, err := beforeOf[heldBefore](r)
	if err != nil {
		return err
	}
	id := store.AssetID(r.Object)
	if err := b.untouched(ctx, s, id, false); err != nil {
		return err
	}
	return b.undo(ctx, s, id)
}
