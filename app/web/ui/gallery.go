package ui

import (
	"math"
	"net/url"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Gallery shows every part of the design system on one page, filled with an
// example fleet. It is what the look is judged by.
func Gallery(v *View) g.Node {
	return Page(v, "Fleet overview",
		PageHead(v, "Fleet overview", []Link{{Label: "Fleet", Href: "#"}}, LinkButton("#export", "Export", "download"), DialogPrimary("#invite", "Invite user", "plus", "invite")),
		galleryStats(), galleryCharts(v), galleryList(v), galleryForms(v), galleryParts(v), galleryMap(v), galleryDialogs(v),
	)
}

type sampleRow struct {
	id, name, customer, group, kind, status string
	hours                                   int64
	fuel                                    float64
	seen                                    time.Duration
}

var galleryNow = time.Date(2026, 11, 21, 14, 5, 0, 0, time.UTC)

var sampleRows = []sampleRow{
	{"EX-1041", "Excavator 14 t · Volvo EC140E", "Brightwater Civil", "North yard", "ok", "Working", 4812, 71, 2 * time.Minute},
	{"TH-2210", "Telehandler 9 m · JCB 535-95", "Brightwater Civil", "North yard", "idle", "Idle", 2034, 44, 9 * time.Minute},
	{"BL-0312", "Boom lift 20 m · Haulotte HA20", "Kestrel Homes", "Site 14", "crit", "Fault", 3377, 12, 3 * time.Hour},
	{"GN-5507", "Generator 100 kVA · Atlas Copco QAS 100", "Marsh & Lowe Rail", "Depot", "ok", "Working", 9120, 63, 20 * time.Second},
	{"DP-1190", "Dumper 6 t · Thwaites 6T", "Marsh & Lowe Rail", "Depot", "warn", "Offline", 1450, 30, 49 * time.Hour},
	{"FL-3302", "Forklift 3 t · Linde H30", "Dunmore Foods", "Warehouse 2", "info", "In service", 7902, 20, time.Hour},
	{"LT-6611", "Lighting tower · Trime X-Eco", "Festival Ops", "Main stage", "neutral", "Returned", 402, 67, 1200 * time.Hour},
}

func galleryStats() g.Node {
	return Stats(
		StatLink("#assets", "Working now", "8 of 15", "53 % of the fleet"),
		StatLink("#assets", "Open faults", "2", "1 new since yesterday"),
		Stat("Hours this week", "1,284", "+6 % on last week"),
		Stat("Requests waiting", "3", "oldest: 2 days"),
	)
}

func galleryCharts(v *View) g.Node {
	days, work, idle := []string{}, []float64{42, 48, 45, 51, 58, 54, 20, 16, 49, 55, 60, 63, 59, 57}, []float64{12, 14, 10, 13, 15, 16, 6, 5, 13, 12, 15, 14, 16, 15}
	var times []time.Time
	var fuel, load []float64
	for i := range work {
		days = append(days, v.format().local(galleryNow.AddDate(0, 0, i-14)).Format(v.format().dayLayout()))
	}
	for i := range 72 {
		times = append(times, galleryNow.Add(time.Duration(i-72)*2*time.Hour))
		fuel, load = append(fuel, 55+30*math.Sin(float64(i)/7)+6*math.Cos(float64(i)*1.9)), append(load, 22+9*math.Cos(float64(i)/5))
	}
	fuel[30], fuel[31] = math.NaN(), math.NaN()
	return Grid(
		Col(8, Card("Utilisation, last 14 days", BarChart(v, BarSpec{"util", "Working and idle hours per day", "Fourteen days. Working hours lie between 16 and 63, lowest at the weekend.", "Day", days, []Series{{"Working h", work}, {"Idle h", idle}}}))),
		Col(4, Card("Fleet health", Meter(8, 15, 0, "8 of 15 working"), DL(Row("Working", "8"), Row("Idle", "3"), Pair{"Fault", Badge("crit", "2")}, Pair{"Trend", Sparkline("Working machines, last two weeks", work)})),
			Notice("info", "Service week starts on Monday. Two machines are booked.")),
		Col(12, Card("Fuel and load", LineChart(v, LineSpec{"fuel", "Fuel level and engine load", "Six days. Fuel swings between 20 and 90 percent and is missing for four hours; load stays around 22.", "Time", times, []Series{{"Fuel %", fuel}, {"Load %", load}}}))),
	)
}

func galleryList(v *View) g.Node {
	q := url.Values{"status": {"crit"}, "q": {"lift"}}
	return List("assets",
		Filters(v, FilterSpec{Action: "/assets", Query: q, Placeholder: "Find by ID, model or customer", Filters: []Filter{
			{"status", "Status", "crit", []Option{{Label: "Any status"}, {Value: "ok", Label: "Working"}, {Value: "crit", Label: "Fault"}}},
			{"customer", "Customer", "", []Option{{Label: "All customers"}, {Value: "1", Label: "Brightwater Civil"}}},
		}}),
		Table(v, sampleTable(v), sampleRows),
		Pager(v, len(sampleRows), "1,000+", "", "?after=7"))
}

func sampleTable(v *View) TableSpec[sampleRow] {
	return TableSpec[sampleRow]{
		ID: "fleet", Caption: "All assets", Path: "/assets", Sort: "id", Select: true,
		RowID: func(r sampleRow) string { return r.id },
		Bulk:  Bulk(v, "fleet", "/assets/bulk", Button("Assign to group"), Button("Share with customer"), Danger("Remove")),
		RowClass: func(r sampleRow) string {
			if r.kind == "crit" {
				return "hot"
			}
			return ""
		},
		RowActions: func(r sampleRow) g.Node {
			return RowMenu("Actions for "+r.id, MenuLink("#edit", "Edit", "pencil"), MenuLink("#history", "History", "history"), PostDanger("/assets/remove", "Remove", "trash", "id", r.id))
		},
		Columns: []Column[sampleRow]{
			{Label: "Asset", Sort: "id", Bytes: func(b []byte, r sampleRow) []byte { return AppendTwo(b, "/assets/"+r.id, r.id, r.name) }},
			{Label: "Customer", Sort: "customer", Bytes: func(b []byte, r sampleRow) []byte { return AppendText(b, r.customer) }},
			{Label: "Group", Bytes: func(b []byte, r sampleRow) []byte { return AppendText(b, r.group) }},
			{Label: "Status", Sort: "status", Cell: func(r sampleRow) g.Node { return Badge(r.kind, r.status) }},
			{Label: "Hours", Sort: "hours", Align: "end", Bytes: func(b []byte, r sampleRow) []byte { return v.AppendN(b, r.hours) }},
			{Label: "Fuel", Bytes: func(b []byte, r sampleRow) []byte {
				return v.AppendMeter(b, r.fuel, 100, 25, "Fuel "+v.F(r.fuel, 0)+" %", v.F(r.fuel, 0)+" %")
			}},
			{Label: "Last seen", Quiet: true, Bytes: func(b []byte, r sampleRow) []byte { return v.AppendAgo(b, galleryNow.Add(-r.seen), galleryNow) }},
		},
	}
}

func galleryForms(v *View) g.Node {
	errs := map[string]string{"email": "Enter a full email address, such as ana@example.com.", "role": "Choose what this person may do."}
	return Grid(
		Col(6, Card("A form with mistakes", ErrorSummary(v, errs, "email", "role"), Form("#form",
			Two(Input(Field{Name: "name", Label: "Name", Value: "Ana Kowalska", Required: true, Autocomplete: "off"}),
				Input(Field{Name: "email", Label: "Email", Value: "ana@", Type: "email", Required: true, Error: errs["email"], Autocomplete: "off"})),
			Select(Field{Name: "role", Label: "Role", Error: errs["role"], Hint: "What a role may do is listed under Settings."}, []Option{{Value: "", Label: "Choose a role"}, {Value: "a", Label: "Administrator", Group: "Staff"}, {Value: "v", Label: "Viewer", Group: "Portal"}}),
			Switch("fleet", "1", "Access to the whole fleet", "Turn off to choose single groups.", true, false),
			FormActions(Primary("Send invitation", Icon("send")), LinkButton("#", "Cancel", ""))))),
		Col(6, Card("Every other field", GetForm("#get",
			Input(Field{Name: "pw", Label: "Password", Type: "password", Value: "", Hint: "At least 12 characters.", Autocomplete: "new-password"}),
			Two(Input(Field{Name: "interval", Label: "Service interval", Value: "250", Suffix: "hours", Inputmode: "numeric"}), Input(Field{Name: "from", Label: "From", Type: "date"})),
			Textarea(Field{Name: "note", Label: "Note", Placeholder: "What should the workshop know?"}, 3),
			Radios(Field{Name: "how", Label: "Send it", Value: "mail"}, []Option{{Value: "mail", Label: "By email", Hint: "The link works for 7 days."}, {Value: "link", Label: "As a link to copy"}}),
			Checks(Field{Name: "groups", Label: "Groups"}, Checkbox("groups", "1", "North yard", "", true, false), Checkbox("groups", "2", "Site 14", "", false, true)),
			FileField(Field{Name: "file", Label: "List of assets", Hint: "CSV or XLSX, up to 20 MB."}, ".csv,.xlsx")))),
	)
}

func galleryParts(v *View) g.Node {
	return g.Group{
		Steps(v, []Step{{"Customer", "#1", "done"}, {"What to share", "", "current"}, {"Invite", "", "todo"}}),
		Tabs(v, []Tab{{"Details", "#d", true, ""}, {"Requests", "#r", false, "3"}, {"History", "#h", false, ""}}),
		Grid(
			Col(4, Card("History", Timeline([]TimelineItem{
				{Icon: "check", Kind: "ok", Title: "Request closed", Who: "Ana Kowalska", When: "2 h ago"},
				{Icon: "message", Kind: "info", Title: "Answer", Who: "Sam Ortega", When: "yesterday", Body: g.Text("The part is here, we come on Tuesday.")},
				{Icon: "alert-triangle", Kind: "warn", Title: "Low oil pressure", When: "11/18/2026"}}))),
			Col(4, CardWith(CardSpec{Title: "API key", Note: "Shown only once", Actions: []g.Node{Menu("More", "settings", MenuLink("#", "Rename", "pencil"), PostDanger("#", "Revoke", "trash"))}},
				CopyField("key", "Key", "gh_api_4nX0q1kD0c"), QR("https://example.com/portal/acme/invitation/abc"), Progress(v, 640, 1000, "Importing assets"))),
			Col(4, Card("", Empty("inbox", "No requests yet", "When your customer asks for something, it shows up here.", PrimaryLink("#", "New request", "plus")))),
		),
		Grid(
			Col(6, Card("Branding", Form("#branding", Picks(Field{Name: "theme", Label: "Theme", Value: "1"}, []Pick{{"1", "Calm blue", "Default", ThemePicture("#1f5fbf", "#0f2747", "#b3201c")}, {"2", "Amber works", "", ThemePicture("#f2a900", "#1d1d1b", "#b3201c")}})))),
			Col(6, Card("Before you start", BadgeMenu("warn", "Portal access pending", MenuLink("#", "Resend", "send"), PostDanger("#", "Disable", "power")),
				Ticks(Tick{OK: true, Text: "3 assets are assigned."}, Tick{Text: "There is no e-mail address.", Fix: "Add one", Href: "#email"}),
				Reading("Terms of use", h.P(g.Text("This portal shows information that your provider shares with your company."))))),
		),
		Stack(Notice("ok", "The invitation is on its way."), Notice("warn", "Mail is switched off. Copy the link instead."), Notice("crit", "The file could not be read.", Details("Why", Muted("Line 12 has 9 columns, the head has 11.")))),
		Actions(Primary("Primary"), Button("Second"), Danger("Remove"), PlainButton("Disabled", g.Attr("disabled")), PostButton("#", "Post", "player-play"), IconButton("refresh", "Refresh"), TextLink("#", "A plain link"),
			Badge("ok", "Working"), Badge("warn", "Offline"), Badge("crit", "Fault"), Badge("info", "In service"), Badge("idle", "Idle"), Badge("neutral", "Returned")),
	}
}

func galleryMap(v *View) g.Node {
	return CardWith(CardSpec{Title: "Where the fleet is", Flush: true}, Map(v, "map", "/points.json", MapOpts{Label: "Map of the fleet", ListTo: "#assets"}))
}

func galleryDialogs(v *View) g.Node {
	return g.Group{
		Dialog(v, "invite", "Invite user", "#invite", g.Group{h.P(h.Class("muted"), g.Text("They get an email with a link that works for 7 days.")),
			Input(Field{ID: "d-name", Name: "name", Label: "Name", Required: true}), Input(Field{ID: "d-email", Name: "email", Label: "Email", Type: "email", Required: true})},
			CancelButton(v), Primary("Send invitation")),
		Confirm(v, "remove", "Remove BL-0312?", "Its history stays. The customer no longer sees it.", "#remove", "Remove", "id", "1"),
	}
}
