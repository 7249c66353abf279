package operator

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (c *Console) mailRoutes(r *mux.Router) {
	r.Handle("/mail", c.operator(c.showMail)).Methods("GET", "HEAD").Name("operator.mail")
	r.Handle("/mail", c.operator(c.saveMail)).Methods("POST").Name("operator.mail.save")
	r.Handle("/mail/test", c.operator(c.testMail)).Methods("POST").Name("operator.mail.test")
	r.Handle("/mail/off", c.operator(c.mailOff)).Methods("POST").Name("operator.mail.off")
}

// mailView is the mail page.
type mailView struct {
	Form    desk.MailForm
	Problem error
	To      string // where a test mail goes
	ToBad   string
	Test    *desk.MailTest
	Fixed   string // what decides the settings, if the page does not
	On      bool
	Queue   store.Queue
}

func (c *Console) showMail(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	return c.mailPage(w, r, o, http.StatusOK, mailView{})
}

// mailPage fills in what the view does not say: the stored settings.
func (c *Console) mailPage(w http.ResponseWriter, r *http.Request, o store.Operator, status int, m mailView) error {
	all, err := o.Settings(r.Context())
	if err != nil {
		return err
	}
	health, err := o.Health(r.Context())
	if err != nil {
		return err
	}
	if m.Problem == nil {
		m.Form = desk.MailFormOf(all)
	}
	m.On, m.Fixed, m.Queue = all[store.SetMailHost] != "", c.Fixed[store.SetMailHost], health.Queue
	if m.To == "" {
		m.To = o.Me().Email
	}
	return web.Page(w, r, status, mailSettingsPage(c.view(w, r, o), m, o.Now()))
}

func decodeMail(r *http.Request, prefix string) desk.MailForm {
	s := func(name string) string { return web.Str(r, prefix+name) }
	return desk.MailForm{Host: s("host"), Port: s("port"), Security: s("security"), User: s("user"), Password: r.PostForm.Get(prefix + "password"),
		From: s("from"), FromName: s("from_name"), Hello: s("hello")}
}

var errFixed = fault.New(fault.Conflict, "This is decided where the program is started, and changed there.")

func (c *Console) saveMail(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	if c.Fixed[store.SetMailHost] != "" {
		return errFixed
	}
	all, err := o.Settings(r.Context())
	if err != nil {
		return err
	}
	f := decodeMail(r, "")
	f.KeepPassword = all[store.SetMailPassword] != "" && f.Host == all[store.SetMailHost] && f.User == all[store.SetMailUser]
	if f.Host == "" {
		return c.mailPage(w, r, o, http.StatusUnprocessableEntity, mailView{Form: f, Problem: fault.Field("host", "Give the name of the mail server, such as mail.example.com. To do without, use “Switch mail off”.")})
	}
	if err := c.desk.SaveMail(r.Context(), o, f); isForm(err) {
		return c.mailPage(w, r, o, http.StatusUnprocessableEntity, mailView{Form: f, Problem: err})
	} else if err != nil {
		return err
	}
	if web.Str(r, "then") == "test" {
		return c.test(w, r, o, o.Me().Email)
	}
	if all[store.SetMailHost] == "" {
		return c.site.Done(w, r, base+"/mail", "Saved. Mail is on, and letters that were held are leaving now.")
	}
	return c.site.Done(w, r, base+"/mail", "Saved. Send a test mail to see whether it works.")
}

func (c *Console) testMail(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	return c.test(w, r, o, web.Str(r, "to"))
}

// test sends a test mail and shows what the server made of it.
func (c *Console) test(w http.ResponseWriter, r *http.Request, o store.Operator, to string) error {
	t, err := c.desk.TestMail(r.Context(), to, o.Me().Name, c.site.Origin(r))
	if isForm(err) {
		return c.mailPage(w, r, o, http.StatusUnprocessableEntity, mailView{To: to, ToBad: fault.Fields(err)["to"]})
	}
	if err != nil {
		return err
	}
	return c.mailPage(w, r, o, http.StatusOK, mailView{To: to, Test: &t})
}

func (c *Console) mailOff(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	if c.Fixed[store.SetMailHost] != "" {
		return errFixed
	}
	if err := o.SetSettings(r.Context(), map[string]string{store.SetMailHost: ""}); err != nil {
		return err
	}
	return c.site.Done(w, r, base+"/mail", "Mail is off. Letters are held from now on.")
}
