package desk

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"gatehouse/app/sheet"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// waits is what a parked row waits for.
type waits struct {
	What string `json:"what"`
	Code string `json:"code"`
	Name string `json:"name,omitempty"`
}

// tag finds whose a code is, and remembers it for the next row.
func (t *jobs) tag(ctx context.Context, s store.Staff, what, code string) (foundTag, error) {
	key := what + "\x00" + strings.ToLower(code)
	if f, ok := t.tags[key]; ok {
		return f, nil
	}
	f := foundTag{}
	var err error
	if f.JobTag, err = s.FindTag(ctx, what, code); fault.Of(err) == fault.NotFound && err != nil {
		f.unknown, err = true, nil
	}
	if err == nil && len(t.tags) < 50_000 {
		t.tags[key] = f
	}
	return f, err
}

// readTag finds whose the job is. A code that nobody goes by parks the row: it
// is brought in when somebody has said what the code means, and not before.
func (t *jobs) readTag(ctx context.Context, s store.Staff, c *cells, w *jobPlan) (*plan, error) {
	code, name, group := c.text("customer"), c.text("customer_name"), c.text("group")
	w.tag = t.whole
	if t.whole.Customer == 0 && t.whole.Group == 0 && code+name != "" {
		f, err := t.customerTag(ctx, s, code, name)
		if err != nil {
			return nil, err
		}
		if f.unknown {
			return t.park(store.CodeCustomer, orElse(code, name), name), nil
		}
		w.tag = f.JobTag
	}
	if group != "" && t.whole.Group == 0 {
		f, err := t.tag(ctx, s, store.CodeGroup, group)
		if err != nil {
			return nil, err
		}
		if f.unknown {
			return t.park(store.CodeGroup, group, ""), nil
		}
		w.tag = joined(w.tag, f.JobTag)
	}
	w.settleTag(code+name+group == "")
	return nil, nil
}

// customerTag goes by the code, and by the name where nobody has the code.
func (t *jobs) customerTag(ctx context.Context, s store.Staff, code, name string) (foundTag, error) {
	f := foundTag{unknown: true}
	var err error
	if code != "" {
		f, err = t.tag(ctx, s, store.CodeCustomer, code)
	}
	if err == nil && f.unknown && name != "" {
		f, err = t.tag(ctx, s, store.CodeCustomer, name)
	}
	return f, err
}

// joined is a customer's tag with that of a group.
func joined(of, group store.JobTag) store.JobTag {
	if group.None {
		return of
	}
	if of.Customer != 0 && !of.None {
		group.Customer, group.CustomerName = of.Customer, of.CustomerName
	}
	return group
}

func (t *jobs) park(what, code, name string) *plan {
	word := map[string]string{store.CodeCustomer: "customer or group", store.CodeGroup: "group"}[what]
	t.count(store.JobTag{CustomerName: "Parked"}, store.VerdictPark, 1)
	return &plan{verdict: store.VerdictPark, before: waits{what, clipped(code, 300), clipped(name, 200)}, says: "No " + word + " here goes by “" + short(code) + "”. Decide what it means."}
}

// settleTag lays whose the job is over what it is now. A row that says nothing
// leaves a job where it is.
func (w *jobPlan) settleTag(silent bool) {
	if silent && w.was.ID != 0 && w.tag == (store.JobTag{}) {
		w.tag = store.JobTag{Customer: w.was.Customer, CustomerName: w.was.CustomerName, Group: w.was.Group, GroupName: w.was.GroupName}
		return
	}
	w.edit.Group, w.edit.Customer = w.tag.Group, w.tag.Customer
	if w.tag.Group != 0 && w.was.ID == 0 && w.tag.Customer == 0 {
		w.edit.Customer = 0
	}
	if w.was.ID == 0 {
		return
	}
	w.diff.of("Customer", w.was.CustomerName, w.tag.CustomerName)
	w.diff.of("Group", w.was.GroupName, w.tag.GroupName)
	if w.was.ByGroup && w.was.Group == w.tag.Group && w.was.Customer == w.tag.Customer {
		w.edit.Customer = 0
	}
}

// read lays the cells of a job's rows over what the job is now.
func (t *jobs) read(ctx context.Context, s store.Staff, c *cells, rows []entry, w *jobPlan) error {
	e := &w.edit
	c.set("subject", &e.Subject)
	c.set("description", &e.Description)
	c.set("instructions", &e.Instructions)
	c.set("contact_name", &e.ContactName)
	c.set("contact_phone", &e.ContactPhone)
	c.set("contact_email", &e.ContactEmail)
	if a := address(c); a != "" {
		e.Address = a
	}
	t.readPlace(c, w)
	t.readTimes(c, w)
	t.readStatus(c, w)
	t.readPriority(c, w)
	t.readAssignee(c, w)
	if err := t.readAsset(ctx, s, c, w); err != nil {
		return err
	}
	t.readItems(c, rows, w)
	t.readFields(c, w)
	w.shorten()
	if err := c.err(e.Validate()); err != nil {
		return err
	}
	w.compare()
	return nil
}

// shorten cuts what is longer than a field holds: files are full of remarks
// that nobody wants to lose a job over.
func (w *jobPlan) shorten() {
	e := &w.edit
	for _, f := range []struct {
		v     *string
		most  int
		label string
	}{{&e.Subject, 190, "Subject"}, {&e.Description, 7900, "Description"}, {&e.Instructions, 3900, "Instructions"}, {&e.Address, 590, "Address"}, {&e.ContactName, 190, "Deliver to / collect from"}} {
		if r := []rune(*f.v); len(r) > f.most {
			*f.v = string(r[:f.most]) + "…"
			w.note(f.label + " is cut after " + strconv.Itoa(f.most) + " characters.")
		}
	}
}

func address(c *cells) string {
	var lines []string
	add := func(parts ...string) {
		var said []string
		for _, p := range parts {
			if p != "" {
				said = append(said, p)
			}
		}
		if len(said) > 0 {
			lines = append(lines, strings.Join(said, " "))
		}
	}
	add(c.text("address"))
	add(c.text("address2"))
	add(c.text("postal"), c.text("city"), c.text("state"))
	add(c.text("country"))
	return strings.Join(lines, "\n")
}

func (t *jobs) readPlace(c *cells, w *jobPlan) {
	if c.text("lat")+c.text("lon") == "" {
		return
	}
	lat, lon, err := sheet.ParseLatLon(c.text("lat"), c.text("lon"))
	if err != nil {
		c.bad.Add("lat", "%s", fault.Says(err))
		return
	}
	if lat != 0 || lon != 0 { // what a system writes that knows no place
		w.edit.Lat, w.edit.Lon = store.Some(lat), store.Some(lon)
	}
}

var clockWord = regexp.MustCompile(`(?i)(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s*(am|pm|a\.m\.|p\.m\.)?`)

// clocks reads times of day such as 08:30, 2 PM or 8:00-12:00.
func clocks(text string) (out []string) {
	for _, m := range clockWord.FindAllStringSubmatch(text, -1) {
		h, min := 0, 0
		for _, d := range m[1] {
			h = h*10 + int(d-'0')
		}
		for _, d := range m[2] {
			min = min*10 + int(d-'0')
		}
		switch half := strings.ToLower(strings.ReplaceAll(m[3], ".", "")); {
		case half == "pm" && h < 12:
			h += 12
		case half == "am" && h == 12:
			h = 0
		}
		if h > 23 || min > 59 {
			return nil
		}
		out = append(out, time.Date(0, 1, 1, h, min, 0, 0, time.UTC).Format("15:04"))
	}
	return out
}

func (t *jobs) readTimes(c *cells, w *jobPlan) {
	e := &w.edit
	if at, whole := c.time("day"); !at.IsZero() {
		local := at.In(t.zone)
		e.Day = local.Format(time.DateOnly)
		if !whole && c.text("from") == "" && w.was.ID == 0 {
			e.From = local.Format("15:04")
		}
	}
	for _, key := range []string{"from", "to"} {
		if c.text(key) == "" {
			continue
		}
		times := clocks(c.text(key))
		switch {
		case len(times) == 0 || len(times) > 2 || key == "to" && len(times) > 1:
			c.bad.Add(key, "“%s” is not a time such as 08:30.", short(c.text(key)))
		case key == "to":
			e.To = times[0]
		default:
			if e.From = times[0]; len(times) == 2 {
				e.To = times[1]
			}
		}
	}
	w.received, _ = c.time("received_at")
	w.done, _ = c.time("done_at")
	if at, whole := c.time("due_by"); !at.IsZero() {
		if whole { // a day: until its end
			at = at.In(t.zone).AddDate(0, 0, 1).Add(-time.Minute).UTC()
		}
		e.DueBy = at
	}
	if e.Day == "" && !w.received.IsZero() && w.was.ID == 0 {
		e.Day = w.received.In(t.zone).Format(time.DateOnly)
	}
}

// jobWords are what other systems and languages call our statuses: a work
// order's, then a delivery's.
var jobWords = map[string][2]string{
	"open": {store.JobOpen, store.JobInfoReceived}, "new": {store.JobOpen, store.JobInfoReceived}, "assigned": {store.JobOpen, store.JobInfoReceived}, "scheduled": {store.JobOpen, store.JobInfoReceived}, "planned": {store.JobOpen, store.JobInfoReceived}, "unspecified": {store.JobOpen, store.JobInfoReceived}, "unassigned": {store.JobOpen, store.JobInfoReceived}, "emailsent": {store.JobOpen, store.JobInfoReceived}, "inforeceived": {store.JobOpen, store.JobInfoReceived}, "offen": {store.JobOpen, store.JobInfoReceived},
	"intransit": {store.JobInProgress, store.JobInTransit}, "dispatched": {store.JobInProgress, store.JobInTransit}, "outfordelivery": {store.JobInProgress, store.JobInTransit}, "atwarehouse": {store.JobOpen, store.JobInTransit},
	"inprogress": {store.JobInProgress, store.JobInTransit}, "started": {store.JobInProgress, store.JobInTransit}, "working": {store.JobInProgress, store.JobInTransit}, "inarbeit": {store.JobInProgress, store.JobInTransit},
	"onhold": {store.JobOnHold, store.JobOnHold}, "pending": {store.JobOnHold, store.JobOnHold}, "waiting": {store.JobOnHold, store.JobOnHold}, "hold": {store.JobOnHold, store.JobOnHold}, "wartet": {store.JobOnHold, store.JobOnHold},
	"completed": {store.JobCompleted, store.JobCompleted}, "complete": {store.JobCompleted, store.JobCompleted}, "done": {store.JobCompleted, store.JobCompleted}, "delivered": {store.JobCompleted, store.JobCompleted}, "collected": {store.JobCompleted, store.JobCompleted}, "finished": {store.JobCompleted, store.JobCompleted}, "erledigt": {store.JobCompleted, store.JobCompleted}, "zugestellt": {store.JobCompleted, store.JobCompleted},
	"closed": {store.JobClosed, store.JobCompleted}, "closedtesting": {store.JobClosed, store.JobCompleted}, "resolved": {store.JobClosed, store.JobCompleted}, "geschlossen": {store.JobClosed, store.JobCompleted},
	"partiallycompleted": {store.JobCompleted, store.JobPartial}, "completedpartial": {store.JobCompleted, store.JobPartial}, "partial": {store.JobCompleted, store.JobPartial},
	"failed": {store.JobCancelled, store.JobFailed}, "undelivered": {store.JobCancelled, store.JobFailed}, "return": {store.JobCancelled, store.JobReturn}, "returned": {store.JobCancelled, store.JobReturn},
	"cancelled": {store.JobCancelled, store.JobFailed}, "canceled": {store.JobCancelled, store.JobFailed}, "cancel": {store.JobCancelled, store.JobFailed}, "storniert": {store.JobCancelled, store.JobFailed},
	"draft": {store.JobDraft, store.JobInfoReceived},
}

var unjoined = strings.NewReplacer("_", "", "-", "")

// readStatus reads the status of a job that is not here yet. A word nobody
// knows is told, and the job is open, or done where the file says when.
func (t *jobs) readStatus(c *cells, w *jobPlan) {
	if w.was.ID != 0 {
		return
	}
	at := 0
	if w.edit.Kind != store.JobWork {
		at = 1
	}
	word := c.text("status")
	if known, ok := jobWords[unjoined.Replace(fold(word))]; ok {
		w.status = known[at]
	} else if word != "" {
		w.note("The status “" + short(word) + "” is not known here.")
	}
	if w.status == "" && !w.done.IsZero() {
		w.status = store.JobCompleted
	}
	w.noteDone()
	if w.reason = c.text("reason"); w.reason == "" && slices.Contains([]string{store.JobFailed, store.JobReturn, store.JobCancelled, store.JobOnHold}, w.status) {
		w.reason = word
	}
}

// noteDone tells where the file's words on when a job was done contradict the
// others, which real files do.
func (w *jobPlan) noteDone() {
	if w.status == store.JobDraft {
		w.note("A draft: its customer sees it once it is open.")
	}
	switch {
	case w.done.IsZero():
	case w.status != "" && !store.JobDone(w.status):
		w.note("The time when it was done is left out: it is not.")
	case !w.received.IsZero() && w.done.Before(w.received):
		w.note("It was done before it came in, says the file.")
	}
}

// readPriority leaves Start by before Due by: the file knows only the latter.
func (t *jobs) readPriority(c *cells, w *jobPlan) {
	e := &w.edit
	if word := c.text("priority"); word != "" {
		at := slices.IndexFunc(t.priorities, func(p store.JobPriority) bool { return fold(p.Name) == fold(word) })
		if at < 0 {
			w.note("The priority “" + short(word) + "” is not known here.")
		} else {
			e.Priority = t.priorities[at].ID
		}
	}
	if w.was.ID != 0 || e.DueBy.IsZero() || !e.StartBy.IsZero() {
		return
	}
	came := w.received
	if came.IsZero() {
		came = t.now
	}
	for _, p := range t.priorities {
		if p.ID == e.Priority || e.Priority == 0 && p.Default {
			if start := came.Add(time.Duration(p.StartMin) * time.Minute); p.StartMin > 0 && start.After(e.DueBy) {
				e.StartBy = e.DueBy
			}
		}
	}
}

func (t *jobs) readAssignee(c *cells, w *jobPlan) {
	word := c.text("assignee")
	if word == "" || w.was.ID != 0 { // afterwards it is decided here
		return
	}
	if v, ok := t.vehicles[fold(word)]; ok {
		w.edit.Vehicle = v
		return
	}
	if p, ok := t.people[fold(word)]; ok {
		w.edit.Assignee = p
		return
	}
	w.note("Nobody here and no vehicle is called “" + short(word) + "”, so it is not assigned.")
}

func (t *jobs) readAsset(ctx context.Context, s store.Staff, c *cells, w *jobPlan) error {
	word := c.text("asset")
	if word == "" || w.was.ID != 0 {
		return nil
	}
	for _, k := range []store.AssetKey{{ExternalID: word}, {Serial: word}, {PIN: word}} {
		id, err := s.MatchAsset(ctx, k)
		if err != nil && rowSays(err) == "" {
			return err
		}
		if id != 0 && err == nil {
			w.edit.Assets = []store.AssetID{id}
			return nil
		}
	}
	w.note("There is no asset “" + short(word) + "” here.")
	return nil
}

// readItems makes an item of each row that names one.
func (t *jobs) readItems(c *cells, rows []entry, w *jobPlan) {
	var items []store.JobItem
	for _, e := range rows {
		r := cells{of: e.cells, how: t.reading}
		i := store.JobItem{SKU: r.text("sku"), Description: r.text("item"), Quantity: 1, Unit: r.text("unit"), Serials: r.text("serials")}
		if i.SKU+i.Description == "" {
			continue
		}
		if n := r.number("quantity"); n.OK {
			i.Quantity = n.V
		}
		for k, says := range r.bad {
			c.bad.Add(k, "%s", says)
		}
		items = append(items, i)
	}
	if len(items) > 0 {
		w.edit.Items = items
	}
}

func (t *jobs) readFields(c *cells, w *jobPlan) {
	for _, f := range t.fields {
		v := c.text(jobFieldKey(f.ID))
		if v == "" || f.Shape != "" && f.Shape != w.edit.Shape() {
			continue
		}
		if w.edit.Values == nil {
			w.edit.Values = map[store.JobFieldID]string{}
		}
		w.edit.Values[f.ID] = c.field(jobFieldKey(f.ID), f.Kind)
	}
}
