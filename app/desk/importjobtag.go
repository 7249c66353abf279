package desk

import (
	"context"
	"strings"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// foundTag is whose a code is, or why nobody's.
type foundTag struct {
	store.JobTag
	unknown bool
}

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
