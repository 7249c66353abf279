package desk

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"gatehouse/app/sheet"
	"gatehouse/store"
	"gatehouse/store/fault"
)

var jobColumns = []Column{
	{Key: "external_id", Label: "D.O. number", Required: true, Help: "The number the job has elsewhere. Rows with the same number are items of one job; a number that is known here changes that job.", Example: "DO-10234",
		synonyms: []string{"do no", "do", "do #", "d.o. no.", "do number", "delivery order", "delivery order no", "order", "order no", "order number", "order id", "job no", "job number", "job id", "ticket", "ticket number", "reference", "ref", "ref no", "work order", "work order no", "unique key", "id", "external id", "request id", "case number", "Auftragsnummer", "Auftrag", "Lieferschein", "Lieferscheinnummer"}},
	{Key: "kind", Label: "Kind", Help: "work order, delivery or collection", Example: "Delivery", synonyms: []string{"type", "job type", "type of job", "delivery or collection", "order type", "Art", "Auftragsart"}},
	{Key: "day", Label: "Date", Help: "The day it is done.", Example: "2026-03-01", synonyms: []string{"delivery date", "collection date", "job date", "scheduled date", "schedule date", "scheduled", "planned date", "day", "Datum", "Lieferdatum", "Termin"}},
	{Key: "from", Label: "Time from", Help: "Start of the time window; both times may stand in this one column.", Example: "08:00", synonyms: []string{"time window", "time slot", "timeslot", "window", "start time", "from time", "time", "delivery time", "Uhrzeit", "Zeit von", "Zeitfenster"}},
	{Key: "to", Label: "Time to", Example: "12:00", synonyms: []string{"end time", "to time", "Zeit bis"}},
	{Key: "customer", Label: "Customer code", Help: "Your number of the customer, or the code or name of its group.", Example: "K-1001", synonyms: []string{"customer id", "customer no", "customer number", "client code", "client id", "account", "account no", "account number", "debtor", "agency", "Kundennummer", "Kunden-Nr", "Debitor"}},
	{Key: "customer_name", Label: "Customer name", Help: "Where there is no code.", Example: "", synonyms: []string{"customer", "client", "client name", "account name", "shipper", "shipper name", "company", "agency name", "Kunde", "Kundenname", "Firma"}},
	{Key: "group", Label: "Group", Help: "By name or code.", Example: "", synonyms: []string{"group name", "group code", "business unit", "depot", "branch", "borough", "region", "Gruppe", "Niederlassung"}},
	{Key: "subject", Label: "Subject", Help: "What there is to do; a work order needs it.", Example: "", synonyms: []string{"title", "job", "task", "work", "service", "problem", "complaint type", "request type", "summary", "Betreff", "Tätigkeit"}},
	{Key: "description", Label: "Description", Help: "The customer can read it.", Example: "", synonyms: []string{"details", "descriptor", "job description", "problem description", "work description", "Beschreibung"}},
	{Key: "instructions", Label: "Instructions", Help: "For whoever does it; customers do not see it.", Example: "Ring twice", synonyms: []string{"instruction", "driver notes", "delivery instructions", "remarks", "remark", "notes", "note", "Anweisung", "Bemerkung", "Hinweis"}},
	{Key: "contact_name", Label: "Deliver to / collect from", Example: "Ana Lopes", synonyms: []string{"deliver to", "collect from", "recipient", "consignee", "receiver", "contact", "contact name", "contact person", "attention", "name", "Empfänger", "Ansprechpartner"}},
	{Key: "contact_phone", Label: "Phone", Example: "+49 40 123456", synonyms: []string{"phone number", "phone no", "telephone", "mobile", "contact number", "contact no", "Telefon"}},
	{Key: "contact_email", Label: "E-mail", Example: "", synonyms: []string{"email", "e-mail address", "notify email", "contact email"}},
	{Key: "address", Label: "Address", Example: "Harbour street 4", synonyms: []string{"delivery address", "collection address", "address 1", "address line 1", "street", "street address", "incident address", "ship to address", "Adresse", "Anschrift", "Straße", "Lieferadresse"}},
	{Key: "address2", Label: "Address, second line", Example: "", synonyms: []string{"address 2", "address line 2", "unit no", "Adresszusatz"}},
	{Key: "postal", Label: "Postal code", Example: "20457", synonyms: []string{"zip", "zip code", "postcode", "incident zip", "PLZ", "Postleitzahl"}},
	{Key: "city", Label: "City", Example: "Hamburg", synonyms: []string{"town", "Ort", "Stadt"}},
	{Key: "state", Label: "State", Help: "Of the address.", Example: "", synonyms: []string{"province", "county", "Bundesland"}},
	{Key: "country", Label: "Country", Example: "", synonyms: []string{"Land"}},
	{Key: "lat", Label: "Latitude", Help: "In degrees. Both coordinates may stand in this one column.", Example: "53.5436", synonyms: []string{"lat", "coordinates", "gps", "Breitengrad"}},
	{Key: "lon", Label: "Longitude", Example: "9.9652", synonyms: []string{"lon", "lng", "long", "Längengrad"}},
	{Key: "status", Label: "Status", Help: "Only for jobs that are not here yet.", Example: "", synonyms: []string{"job status", "state of job", "order status", "Stand"}},
	{Key: "reason", Label: "Reason", Help: "Why it failed, waits, or was cancelled.", Example: "", synonyms: []string{"failed reason", "cancel reason", "Grund"}},
	{Key: "priority", Label: "Priority", Example: "", synonyms: []string{"prio", "urgency", "severity", "Priorität"}},
	{Key: "received_at", Label: "Received", Help: "When it came in; without it now.", Example: "", synonyms: []string{"created", "created date", "created at", "date created", "opened", "opened at", "reported", "received at", "received date", "order date", "Eingang", "Eingangsdatum"}},
	{Key: "due_by", Label: "Due by", Example: "", synonyms: []string{"due", "due date", "deadline", "complete by", "target date", "fällig", "Frist"}},
	{Key: "done_at", Label: "Done", Help: "When it was done, if it was.", Example: "", synonyms: []string{"closed date", "closed", "closed at", "date closed", "completed", "completed at", "completed date", "completion date", "delivered at", "done at", "erledigt am", "Erledigt"}},
	{Key: "assignee", Label: "Assign to", Help: "The e-mail address or the name of one of your people, or a vehicle's name.", Example: "", synonyms: []string{"assigned to", "assignee", "driver", "technician", "vehicle", "van", "truck", "Fahrer", "Techniker", "Fahrzeug"}},
	{Key: "asset", Label: "Asset", Help: "Its ID, serial number or PIN.", Example: "", synonyms: []string{"asset id", "machine", "equipment", "serial number", "Gerät", "Maschine"}},
	{Key: "sku", Label: "Item number", Example: "SKU-1", synonyms: []string{"sku", "item code", "item no", "item", "product code", "article", "article number", "part number", "Artikelnummer", "Artikel"}},
	{Key: "item", Label: "Item", Help: "What is brought or fetched.", Example: "Concrete C25", synonyms: []string{"item description", "product", "product name", "goods", "article description", "item name", "Artikelbezeichnung", "Bezeichnung", "Ware"}},
	{Key: "quantity", Label: "Quantity", Example: "12", synonyms: []string{"qty", "amount", "pieces", "pcs", "Menge", "Anzahl"}},
	{Key: "unit", Label: "Unit", Example: "bags", synonyms: []string{"uom", "unit of measure", "Einheit"}},
	{Key: "serials", Label: "Serial numbers", Help: "Of the item.", Example: "", synonyms: []string{"serial numbers", "serials", "item serial", "Seriennummern"}},
}

// jobFieldKey is the key of the column of a provider's own field of jobs.
func jobFieldKey(id store.JobFieldID) string { return "job_field." + strconv.FormatInt(int64(id), 10) }

func jobColumnsOf(ctx context.Context, s store.Staff) ([]Column, error) {
	fields, err := s.JobFields(ctx)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(jobColumns)
	for _, f := range fields {
		out = append(out, Column{Key: jobFieldKey(f.ID), Label: f.Label, Help: map[string]string{"number": "A number", "date": "A date", "yesno": "yes or no"}[f.Kind]})
	}
	return out, nil
}

// jobs brings work orders, deliveries and collections.
type jobs struct {
	*reading
	how        store.ImportOptions
	fields     []store.JobField
	priorities []store.JobPriority
	people     map[string]store.UserID
	vehicles   map[string]store.VehicleID
	tags       map[string]foundTag
	whole      store.JobTag // whose all rows are, if the person said so
	now        time.Time    // of the upload
	rows       jobRows
	counts     map[string]*store.ImportCount
}

// foundTag is whose a code is, or why nobody's.
type foundTag struct {
	store.JobTag
	unknown bool
}

func openJobs(ctx context.Context, s store.Staff, i store.Import, f sheet.Found) (target, error) {
	cols, err := jobColumnsOf(ctx, s)
	if err != nil {
		return nil, err
	}
	t := &jobs{reading: newReading(s, i, cols, f), how: i.Options, now: i.CreatedAt, tags: map[string]foundTag{}, counts: map[string]*store.ImportCount{}}
	if t.fields, err = s.JobFields(ctx); err != nil {
		return nil, err
	}
	if t.priorities, err = s.JobPriorities(ctx); err != nil {
		return nil, err
	}
	if err := t.readPeople(ctx, s); err != nil {
		return nil, err
	}
	if err := t.readWhole(ctx, s); err != nil {
		return nil, err
	}
	if f.HeaderLine == 0 {
		return t, nil // an undo reads no file
	}
	return t, t.gather(ctx, s, i)
}

func (t *jobs) readPeople(ctx context.Context, s store.Staff) error {
	t.people, t.vehicles = map[string]store.UserID{}, map[string]store.VehicleID{}
	if _, mapped := t.mapping["assignee"]; !mapped {
		return nil
	}
	all, err := s.JobDoers(ctx)
	for _, p := range all {
		for _, name := range []string{p.Name, p.Email} {
			if name = fold(name); name != "" {
				t.people[name] = p.ID
			}
		}
	}
	if err != nil {
		return err
	}
	vehicles, err := s.VehicleNames(ctx)
	for _, v := range vehicles {
		t.vehicles[fold(v.Name)] = v.ID
	}
	return err
}

// readWhole reads whose all rows of the file are, where somebody said so.
func (t *jobs) readWhole(ctx context.Context, s store.Staff) (err error) {
	n, _ := strconv.ParseInt(strings.TrimLeft(t.how.For, "cg"), 10, 64)
	switch {
	case n == 0:
		return nil
	case t.how.For[0] == 'g':
		g, err := s.Group(ctx, store.GroupID(n))
		t.whole = store.JobTag{Group: g.ID, GroupName: g.Name, Customer: g.Customer, CustomerName: g.CustomerName}
		return err
	}
	c, err := s.Customer(ctx, store.CustomerID(n))
	t.whole = store.JobTag{Customer: c.ID, CustomerName: c.Name}
	return err
}

// eachKey reads the rows of a file with the key of the job each belongs to. A
// row without a number, but with an item, belongs to the job above it.
func (t *jobs) eachKey(ctx context.Context, s store.Staff, i store.Import, fn func(e entry, key string) error) error {
	src, err := openSource(ctx, s, i)
	if err != nil {
		return err
	}
	defer src.close()
	last := ""
	for e, err := range src.rows {
		if err != nil {
			return err
		}
		key := t.keyOf(e)
		if key == "" && last != "" && t.hasItem(e) {
			key = last
		}
		if last = key; key != "" && e.problem == "" {
			if err := fn(e, key); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *jobs) keyOf(e entry) string {
	c := cells{of: e.cells, how: t.reading}
	number := strings.ToLower(c.text("external_id"))
	if number == "" {
		return ""
	}
	return t.kind(&c) + "\x00" + number
}

func (t *jobs) hasItem(e entry) bool {
	c := cells{of: e.cells, how: t.reading}
	return c.text("sku")+c.text("item") != ""
}

var kindWords = map[string]string{"delivery": store.JobDelivery, "deliveries": store.JobDelivery, "d": store.JobDelivery, "drop": store.JobDelivery, "dropoff": store.JobDelivery, "deliver": store.JobDelivery, "lieferung": store.JobDelivery, "zustellung": store.JobDelivery,
	"collection": store.JobCollection, "collections": store.JobCollection, "c": store.JobCollection, "collect": store.JobCollection, "pickup": store.JobCollection, "pick-up": store.JobCollection, "return": store.JobCollection, "abholung": store.JobCollection,
	"workorder": store.JobWork, "work": store.JobWork, "service": store.JobWork, "job": store.JobWork, "repair": store.JobWork, "inspection": store.JobWork, "maintenance": store.JobWork, "wo": store.JobWork, "auftrag": store.JobWork, "reparatur": store.JobWork, "wartung": store.JobWork}

// kind is what a row is; a word that is not known is reported and taken for
// the file's usual kind.
func (t *jobs) kind(c *cells) string {
	usual := t.how.JobKind
	if usual == "" {
		usual = store.JobDelivery
		if _, mapped := t.mapping["subject"]; mapped {
			usual = store.JobWork
		}
	}
	word := c.text("kind")
	if word == "" {
		return usual
	}
	if k, known := kindWords[fold(word)]; known {
		return k
	}
	c.bad.Add("kind", "“%s” is neither a work order, a delivery nor a collection.", short(word))
	return usual
}

func (t *jobs) judge(ctx context.Context, s store.Staff, e entry) (plan, error) {
	set := t.rows.set(e.line)
	if set == nil {
		return t.judgeJob(ctx, s, []entry{e}, nil)
	}
	if set.left--; int(set.first) != e.line {
		return set.follower()
	}
	rows, err := t.rows.all(set)
	if err != nil {
		return plan{}, err
	}
	out, err := t.judgeJob(ctx, s, rows, set)
	out, err = settled(out, err)
	set.lead = &lead{out.verdict, out.label, out.says, out.object, out.before}
	return out, err
}

// settled turns what a person caused into a refusal, which the other rows of
// the job share.
func settled(out plan, err error) (plan, error) {
	if says := rowSays(err); says != "" {
		return refuse(out.label, "%s", says), nil
	}
	return out, err
}

// follower is the verdict on a further row of a job: that on its first one.
func (set *rowSet) follower() (plan, error) {
	lead := set.lead
	if lead == nil {
		return plan{}, fmt.Errorf("a row comes before the first of its job, line %d", set.first)
	}
	if set.left == 0 {
		set.lead = nil
	}
	out := plan{verdict: lead.verdict, label: lead.label, object: lead.object, says: fmt.Sprintf("An item of the job in line %d.", set.first)}
	switch lead.verdict {
	case store.VerdictRefuse:
		out.says = fmt.Sprintf("The job in line %d, of which this is an item, is refused.", set.first)
	case store.VerdictPark:
		out.before, out.says = lead.before, lead.says
	case store.VerdictAdd, store.VerdictChange:
		out.do = func(context.Context, store.Staff) (int64, any, error) { return lead.object, nil, nil }
	}
	return out, nil
}

func (t *jobs) summary() []store.ImportCount {
	out := make([]store.ImportCount, 0, len(t.counts))
	for _, c := range t.counts {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b store.ImportCount) int {
		if a.Rows != b.Rows {
			return int(b.Rows - a.Rows)
		}
		return strings.Compare(a.Name+a.In, b.Name+b.In)
	})
	return out[:min(len(out), 200)]
}

func (t *jobs) count(tag store.JobTag, verdict string, rows int) {
	key := fmt.Sprint(tag.Customer, " ", tag.Group)
	c := t.counts[key]
	if c == nil {
		c = &store.ImportCount{Customer: tag.Customer, Group: tag.Group, Name: tag.CustomerName, In: tag.GroupName}
		t.counts[key] = c
	}
	c.Rows += int64(rows)
	switch verdict {
	case store.VerdictAdd:
		c.New++
	case store.VerdictChange:
		c.Changed++
	}
}

// judgeJob is the verdict on a job of one or more rows.
func (t *jobs) judgeJob(ctx context.Context, s store.Staff, rows []entry, set *rowSet) (plan, error) {
	c := &cells{of: rows[0].cells, how: t.reading}
	w := jobPlan{}
	w.edit.Kind, w.edit.ExternalID = t.kind(c), c.text("external_id")
	out := plan{label: orElse(w.edit.ExternalID, c.text("subject"))}
	if w.edit.ExternalID == "" {
		return out, fault.New(fault.Invalid, "This row has no number of its own, so that it would be added again with every file.")
	}
	id, err := s.MatchJob(ctx, w.edit.Kind, w.edit.ExternalID)
	if err != nil {
		return out, err
	}
	if err := t.load(ctx, s, id, &w); err != nil {
		return out, err
	}
	parked, err := t.readTag(ctx, s, c, &w)
	if err != nil {
		return out, err
	}
	if parked != nil {
		parked.label, parked.object = out.label, int64(id)
		return *parked, nil
	}
	if err := t.read(ctx, s, c, rows, &w); err != nil {
		return out, err
	}
	out.object, out.verdict, out.says = int64(id), store.VerdictSame, w.diff.String()
	switch {
	case id == 0:
		out.verdict, out.says = store.VerdictAdd, w.words()
	case len(w.diff) > 0:
		out.verdict = store.VerdictChange
	}
	t.count(w.tag, out.verdict, len(rows))
	if out.verdict == store.VerdictSame {
		return out, nil
	}
	out.do = func(ctx context.Context, s store.Staff) (int64, any, error) {
		made, before, err := w.do(ctx, s)
		if set != nil {
			set.lead.object = made // for the rows that follow
		}
		return made, before, err
	}
	return out, nil
}
