package ui

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Field is one thing a form asks for. Its element id is "f-" and its name,
// unless ID says otherwise (needed when two forms of a page share a name).
type Field struct {
	Name, Label, Value, Type, Hint, Error, Placeholder, Autocomplete string

	Required, ReadOnly, Disabled, Multiple, Autofocus bool

	Max       int // most characters
	Inputmode string
	ID        string
	Min, Step string // for numbers and dates
	Top       string // greatest number or latest date
	Pattern   string
	Suffix    string   // unit behind the control
	Attrs     []g.Node // further attributes of the control
}

func (f Field) id() string {
	if f.ID != "" {
		return f.ID
	}
	return fieldID(f.Name)
}

// about ties the control to its hint and error.
func (f Field) about() g.Node {
	d := ""
	if f.Hint != "" {
		d = f.id() + "-hint"
	}
	if f.Error != "" {
		if d != "" {
			d += " "
		}
		d += f.id() + "-error"
	}
	return g.Group{attr("aria-describedby", d), g.If(f.Error != "", h.Aria("invalid", "true"))}
}

// common are the attributes every kind of control has.
func (f Field) common() g.Node {
	return g.Group{h.ID(f.id()), h.Name(f.Name), flag("required", f.Required), flag("disabled", f.Disabled),
		flag("autofocus", f.Autofocus), flag("multiple", f.Multiple), attr("autocomplete", f.Autocomplete), f.about(), g.Group(f.Attrs)}
}

func (f Field) label() g.Node {
	return h.Label(h.For(f.id()), g.Text(f.Label), g.If(f.Required, star()))
}

func star() g.Node {
	return h.Span(h.Class("star"), h.Aria("hidden", "true"), g.Text(" *"))
}

func (f Field) remarks() g.Node {
	return g.Group{
		g.If(f.Error != "", h.P(h.Class("err"), h.ID(f.id()+"-error"), Icon("alert-triangle"), h.Span(g.Text(f.Error)))),
		g.If(f.Hint != "", h.P(h.Class("hint"), h.ID(f.id()+"-hint"), g.Text(f.Hint))),
	}
}

func (f Field) wrap(control g.Node) g.Node {
	return h.Div(h.Class("field"), f.label(), control, f.remarks())
}

// Input is a one-line field. Type is any type of an HTML input; default text.
func Input(f Field) g.Node {
	kind := f.Type
	if kind == "" {
		kind = "text"
	}
	in := h.Input(h.Type(kind), f.common(), h.Value(f.Value), flag("readonly", f.ReadOnly), attr("placeholder", f.Placeholder),
		attr("inputmode", f.Inputmode), g.If(f.Max > 0, h.MaxLength(strconv.Itoa(f.Max))), attr("min", f.Min), attr("max", f.Top), attr("step", f.Step), attr("pattern", f.Pattern))
	switch {
	case kind == "password":
		in = h.Div(h.Class("join"), h.Data("reveal", ""), in)
	case f.Suffix != "":
		in = h.Div(h.Class("join"), in, h.Span(h.Class("suffix"), g.Text(f.Suffix)))
	}
	return f.wrap(in)
}

// Textarea is a field of several lines.
func Textarea(f Field, rows int) g.Node {
	return f.wrap(h.Textarea(f.common(), h.Rows(strconv.Itoa(rows)), flag("readonly", f.ReadOnly), attr("placeholder", f.Placeholder),
		g.If(f.Max > 0, h.MaxLength(strconv.Itoa(f.Max))), g.Text("\n"+f.Value)))
}

// Option is one answer of a Select or of Radios.
type Option struct {
	Value, Label, Group string
	Disabled            bool
	Hint                string // below the label, in Radios
}

// Select asks for one of several answers; options of the same Group that follow
// one another stand under one heading.
func Select(f Field, options []Option) g.Node {
	return f.wrap(h.Select(f.common(), optionNodes(options, f.Value)))
}

func optionNodes(options []Option, value string) g.Node {
	var out g.Group
	for i := 0; i < len(options); {
		group, items := options[i].Group, g.Group{}
		for ; i < len(options) && options[i].Group == group; i++ {
			o := options[i]
			items = append(items, h.Option(h.Value(o.Value), flag("selected", o.Value == value), flag("disabled", o.Disabled), g.Text(o.Label)))
		}
		if group == "" {
			out = append(out, items)
		} else {
			out = append(out, h.OptGroup(h.LabelAttr(group), items))
		}
	}
	return out
}

// Checkbox is a yes or no. Its id is made of name and value.
func Checkbox(name, value, label, hint string, checked, disabled bool) g.Node {
	return tick("check", name, value, label, hint, checked, disabled)
}

// Switch is a Checkbox for something that is on or off from the moment it is saved.
func Switch(name, value, label, hint string, checked, disabled bool) g.Node {
	return tick("switch", name, value, label, hint, checked, disabled)
}

func tick(class, name, value, label, hint string, checked, disabled bool) g.Node {
	id := fieldID(name + "-" + value)
	return h.Div(h.Class(class),
		h.Input(h.Type("checkbox"), g.If(class == "switch", h.Role("switch")), h.ID(id), h.Name(name), h.Value(value), flag("checked", checked), flag("disabled", disabled),
			g.If(hint != "", h.Aria("describedby", id+"-hint"))),
		h.Div(h.Label(h.For(id), g.Text(label)), g.If(hint != "", h.P(h.Class("hint"), h.ID(id+"-hint"), g.Text(hint)))))
}

// Checks is a group of Checkboxes under one question.
func Checks(f Field, boxes ...g.Node) g.Node {
	return h.FieldSet(h.Class("field choices"), h.ID(f.id()), h.TabIndex("-1"), f.about(), h.Legend(g.Text(f.Label), g.If(f.Required, star())), f.remarks(), g.Group(boxes))
}

// Radios asks for one of a few answers and shows all of them.
func Radios(f Field, options []Option) g.Node {
	return h.FieldSet(h.Class("field choices"), h.ID(f.id()), h.TabIndex("-1"), f.about(), h.Legend(g.Text(f.Label), g.If(f.Required, star())), f.remarks(),
		g.Map(options, func(o Option) g.Node {
			id := f.id() + "-" + fieldID(o.Value)
			return h.Div(h.Class("check"),
				h.Input(h.Type("radio"), h.ID(id), h.Name(f.Name), h.Value(o.Value), flag("checked", o.Value == f.Value), flag("disabled", o.Disabled || f.Disabled), flag("required", f.Required), g.If(o.Hint != "", h.Aria("describedby", id+"-hint"))),
				h.Div(h.Label(h.For(id), g.Text(o.Label)), g.If(o.Hint != "", h.P(h.Class("hint"), h.ID(id+"-hint"), g.Text(o.Hint)))))
		}))
}

// FileField asks for a file. Accept is as in HTML: ".csv,.xlsx".
func FileField(f Field, accept string) g.Node {
	return h.Div(h.Class("field"), f.label(), h.Div(h.Class("drop"), h.Data("drop", ""), Icon("cloud-upload"),
		h.Input(h.Type("file"), f.common(), attr("accept", accept))), f.remarks())
}
