package operator

import (
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/desk"
	"gatehouse/app/mailer/smtp"
	"gatehouse/app/web/ui"
	"gatehouse/store/fault"
)

func mailSettingsPage(v *ui.View, m mailView, now time.Time) g.Node {
	return ui.Page(v, v.T("Mail"),
		ui.PageHead(v, v.T("Mail"), nil),
		ui.PageLead(v.T("One server for the whole appliance. Each provider's name stands before the sender's address.")),
		g.Iff(m.Test != nil, func() g.Node { return testResult(v, *m.Test) }),
		ui.Grid(ui.Col(8, mailCard(v, m)), ui.Col(4, testCard(v, m), queueCard(v, m, now))))
}

func mailCard(v *ui.View, m mailView) g.Node {
	bad := fault.Fields(m.Problem)
	if m.Fixed != "" {
		return ui.Card(v.T("Mail server"), ui.Notice("info", v.T("Decided by %s when the program was started, and changed there.", m.Fixed)),
			ui.DL(ui.Row(v.T("Server"), m.Form.Host), ui.Row(v.T("Port"), m.Form.Port), ui.Row(v.T("Encryption"), m.Form.Security), ui.Row(v.T("User name"), m.Form.User), ui.Row(v.T("Sender"), m.Form.From)))
	}
	return ui.Card(v.T("Mail server"), ui.ErrorSummary(v, bad, "host", "port", "security", "user", "password", "from", "from_name", "hello"),
		ui.Form(base+"/mail", mailFields(v, "", m.Form, bad, true),
			ui.FormActions(ui.Primary(v.T("Save and send me a test mail"), h.Name("then"), h.Value("test")), ui.Button(v.T("Save only"), h.Name("then"), h.Value("")))),
		g.If(m.On, ui.PostButton(base+"/mail/off", v.T("Switch mail off"), "ban")))
}

// mailFields are the fields of a mail server. The stored password is never
// sent back: an empty field keeps it.
func mailFields(v *ui.View, prefix string, f desk.MailForm, bad map[string]string, required bool) g.Node {
	field := func(name, label, value string) ui.Field {
		return ui.Field{Name: prefix + name, Label: v.T(label), Value: value, Error: bad[prefix+name], Autocomplete: "off"}
	}
	host, port, from := field("host", "Server", f.Host), field("port", "Port", f.Port), field("from", "Sender's address", f.From)
	host.Placeholder, host.Required = "mail.example.com", required
	port.Inputmode, port.Hint = "numeric", v.T("Left empty: 587, 465 or 25, to fit the encryption.")
	from.Type, from.Required, from.Placeholder = "email", required, "portal@example.com"
	password := field("password", "Password", "")
	password.Type, password.Autocomplete = "password", "new-password"
	if f.KeepPassword {
		password.Hint = v.T("One is stored. Leave this empty to keep it.")
	}
	hello := field("hello", "Name of this machine", f.Hello)
	hello.Hint = v.T("How we introduce ourselves to the server. Left empty: the sender's domain.")
	security := field("security", "Encryption", f.Security)
	return g.Group{
		ui.Two(ui.Input(host), ui.Input(port)),
		ui.Select(security, []ui.Option{{Value: smtp.StartTLS, Label: "STARTTLS (587)"}, {Value: smtp.TLS, Label: "TLS (465)"}, {Value: smtp.None, Label: v.T("None (25), never with a password")}}),
		ui.Two(ui.Input(field("user", "User name", f.User)), ui.Input(password)),
		ui.Two(ui.Input(from), ui.Input(field("from_name", "Sender's name", f.FromName))),
		ui.Details(v.T("More"), ui.Input(hello)),
	}
}

func testCard(v *ui.View, m mailView) g.Node {
	if !m.On {
		return ui.Card(v.T("Test mail"), h.P(ui.Muted(v.T("Enter a server first. The test takes the way every letter takes."))))
	}
	return ui.Card(v.T("Test mail"), ui.Form(base+"/mail/test",
		ui.Input(ui.Field{Name: "to", Label: v.T("To"), Type: "email", Value: m.To, Required: true, Error: m.ToBad}),
		ui.FormActions(ui.Button(v.T("Send test mail")))))
}

func queueCard(v *ui.View, m mailView, now time.Time) g.Node {
	q := m.Queue
	return ui.Card(v.T("Outbox"), ui.DL(
		ui.Row(v.T("Waiting"), v.N(q.Waiting+q.Deferred)), ui.Row(v.T("Held"), v.N(q.Held)), ui.Row(v.T("Failed"), v.N(q.Failed)),
		ui.Pair{Label: v.T("Last sent"), Value: v.Moment(q.LastSent, now)}))
}

// stages are the steps of handing over a letter, in their order.
var stages = []struct {
	stage smtp.Stage
	label string
}{
	{smtp.StageResolve, "Find the server"}, {smtp.StageConnect, "Connect"}, {smtp.StageGreeting, "Be greeted"}, {smtp.StageTLS, "Encrypt"},
	{smtp.StageAuth, "Sign in"}, {smtp.StageFrom, "Name the sender"}, {smtp.StageTo, "Name the recipient"}, {smtp.StageData, "Hand over the letter"},
}

// testResult tells how far the test mail came and what the server said.
func testResult(v *ui.View, t desk.MailTest) g.Node {
	if t.Failure == nil {
		return ui.Notice("ok", v.T("%s took the test mail for %s.", t.Server, t.To), said(v, t.Reply))
	}
	f := t.Failure
	reply := f.Reply
	if reply == "" && f.Cause != nil {
		reply = f.Cause.Error()
	}
	return ui.Notice("crit", v.T("The test mail did not get through: it failed at “%s” (%s).", v.T(stageLabel(f.Stage)), f.Stage),
		said(v, reply), h.P(g.Text(v.T(f.Hint))), stageList(v, t))
}

func stageLabel(of smtp.Stage) string {
	for _, s := range stages {
		if s.stage == of {
			return s.label
		}
	}
	return "Write the letter"
}

// said shows a server's own words.
func said(v *ui.View, words string) g.Node {
	if words == "" {
		return h.P(ui.Muted(v.T("The server said nothing.")))
	}
	return g.Group{h.P(ui.Muted(v.T("In the server's own words:"))), h.Pre(h.Code(g.Text(words)))}
}

// stageList shows how far the letter came. Steps that do not apply, such as
// signing in without a user name, are left out.
func stageList(v *ui.View, t desk.MailTest) g.Node {
	if stageLabel(t.Failure.Stage) == "Write the letter" {
		return nil
	}
	kind, items := "ok", g.Group{}
	for _, s := range stages {
		if s.stage == smtp.StageTLS && !t.Encrypted || s.stage == smtp.StageAuth && !t.SignedIn {
			if s.stage != t.Failure.Stage {
				continue
			}
		}
		if s.stage == t.Failure.Stage {
			items, kind = append(items, h.Li(ui.Badge("crit", v.T(s.label)))), "idle"
			continue
		}
		items = append(items, h.Li(ui.Badge(kind, v.T(s.label))))
	}
	return h.Ol(h.Class("badges"), h.Aria("label", v.T("How far it came")), items)
}
