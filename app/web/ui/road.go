package ui

import (
	"strconv"
	"strings"

	"gatehouse/assets"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Lines is a text of several lines as it was typed.
func Lines(text string) g.Node {
	var out g.Group
	for i, l := range strings.Split(text, "\n") {
		if i > 0 {
			out = append(out, h.Br())
		}
		out = append(out, g.Text(l))
	}
	return out
}

// Photo is a picture and a small one of it.
type Photo struct{ Href, Thumb, Alt string }

// Photos shows pictures small; each leads to itself.
func Photos(all []Photo) g.Node {
	if len(all) == 0 {
		return nil
	}
	return h.Ul(h.Class("photos"), g.Map(all, func(p Photo) g.Node {
		return h.Li(h.A(h.Href(SafeHref(p.Href)), h.Img(h.Src(SafeHref(p.Thumb)), h.Alt(p.Alt), g.Attr("loading", "lazy"))))
	}))
}

// SignaturePicture shows a signature on white paper, whatever the theme.
func SignaturePicture(label, src, alt string) g.Node {
	return g.El("figure", h.Class("signature"), h.Img(h.Src(SafeHref(src)), h.Alt(alt)), g.El("figcaption", h.Class("muted"), g.Text(label)))
}

// RoadScript loads what SignatureField, PhotosField, LocateField and QueueForm
// need; without it all of them are plain fields.
func RoadScript() g.Node { return h.Script(h.Src(assets.Path("road.js")), h.Defer()) }

// SignatureField asks for a signature: drawn where scripts run, else a picture
// of one. A drawing arrives as a data address under the name, a picture as a
// file under name_file.
func SignatureField(v *View, f Field) g.Node {
	id := f.id()
	return h.Div(h.Class("field sign"), h.Data("sign", ""),
		h.Span(h.Class("label"), h.ID(id+"-label"), g.Text(f.Label)),
		h.Input(h.Type("hidden"), h.Name(f.Name), h.Value(f.Value)),
		h.Div(h.Class("sign-box"), h.ID(id), h.TabIndex("-1"), f.about(),
			g.El("canvas", h.Class("sign-pad"), h.Role("img"), h.Aria("label", v.T("Box to sign in with a finger, a pen or the mouse"))),
			h.Button(h.Type("button"), h.Class("btn"), h.Data("sign-clear", ""), g.Text(v.T("Clear")))),
		h.Div(h.Class("sign-file"), h.Label(h.For(id+"-file"), g.Text(v.T("Or a picture of the signature"))),
			h.Input(h.Type("file"), h.ID(id+"-file"), h.Name(f.Name+"_file"), h.Accept("image/jpeg,image/png,image/webp"))),
		f.remarks())
}

// PhotosField asks for up to most photos. Where scripts run they are made
// smaller before they are sent, and shown.
func PhotosField(v *View, f Field, most int) g.Node {
	f.Multiple = true
	return h.Div(h.Class("field photos-field"), h.Data("photos", strconv.Itoa(most)), h.Data("t-remove", v.T("Remove")), f.label(),
		h.Input(h.Type("file"), f.common(), h.Accept("image/jpeg,image/png,image/webp")), h.Ul(h.Class("photos"), h.Data("photo-list", "")), f.remarks())
}

// LocateField offers to add where somebody is: as lat, lon and accuracy.
func LocateField(v *View, lat, lon, accuracy string) g.Node {
	says := ""
	if lat != "" {
		says = v.T("Position added.")
	}
	return h.Div(h.Class("field js"), HiddenFields("lat", lat, "lon", lon, "accuracy", accuracy),
		h.Button(h.Type("button"), h.Class("btn"), h.Data("locate", ""), h.Data("t-wait", v.T("Looking for your position…")), h.Data("t-done", v.T("Position added, exact to %s m.")),
			h.Data("t-failed", v.T("Your position could not be found. You can go on without it.")), Icon("map-pin"), g.Text(v.T("Add my position"))),
		h.P(h.Class("hint"), h.Role("status"), h.Data("locate-says", ""), g.Text(says)))
}

// QueueForm is a form whose sending survives a bad network where scripts run:
// it is kept on the phone under its key and sent until it arrives. Label says
// what it is, in a list of what waits.
func QueueForm(action, label, once string, body ...g.Node) g.Node {
	return h.Form(h.Class("form"), h.Method("post"), h.Action(SafeHref(action)), h.EncType("multipart/form-data"), g.Attr("novalidate"), h.Data("queue", label),
		HiddenFields("once", once, "at", ""), g.Group(body))
}

// Queue is where a page shows what waits to be sent; who keeps apart what
// several people did on one phone.
func Queue(v *View, who string) g.Node {
	return h.Section(h.Class("notice warn queue"), h.Data("road", who), g.Attr("hidden"), h.Role("status"), h.Aria("label", v.T("Waits to be sent")),
		h.Data("t-waits", v.T("kept on this phone, is sent as soon as there is a network")), h.Data("t-signin", v.T("kept on this phone; sign in again to send it")),
		h.Data("t-refused", v.T("This was not accepted. Open the job and look at it again.")), h.Data("t-now", v.T("Send now")), h.Data("t-discard", v.T("Discard")),
		Icon("cloud-upload"), h.Div(h.P(h.Strong(g.Text(v.T("Waits to be sent")))), h.Ul()))
}

// Big makes the targets of a page large enough for a thumb.
func Big(body ...g.Node) g.Node { return h.Div(h.Class("big-targets stack"), g.Group(body)) }

// Tile is one thing of a list for a thumb: a heading that leads somewhere, a
// badge, and what is to be known of it.
func Tile(href, title string, badge g.Node, lines ...string) g.Node {
	return h.Li(h.Class("tile card"), h.Div(h.Class("tile-head"), h.H2(h.A(h.Class("cover"), h.Href(SafeHref(href)), g.Text(title))), badge),
		g.Map(lines, func(l string) g.Node { return g.If(l != "", h.P(g.Text(l))) }))
}

// Tiles is a list of them.
func Tiles(all ...g.Node) g.Node { return h.Ul(h.Class("tiles"), g.Group(all)) }

// Public is a page for people without an account: the brand on top, a heading,
// and what there is to see. Nothing leads on from it, and no search engine
// keeps it.
func Public(v *View, title string, body ...g.Node) g.Node {
	return document(v, title, "public",
		h.Header(h.Class("plain-brand"), publicMark(v)),
		h.Main(h.ID("main"), h.TabIndex("-1"), h.Class("public-main"), h.H1(g.Text(title)), g.Group(body)),
		plainFooter(v))
}

// publicMark is the brand, which leads nowhere here.
func publicMark(v *View) g.Node {
	return h.Span(h.Class("logo"), h.Span(h.Class("mark"), h.Aria("hidden", "true"), g.Text(firstLetter(brandName(v)))), h.Span(g.Text(brandName(v))))
}
