package mailtext

import "strings"

// content is what a letter says, in the order in which it is read. All of it is
// plain text already fit to be shown; writing it down as text or HTML adds
// nothing and leaves out nothing.
type content struct {
	subject  string
	preview  string // what lists of letters show beside the subject
	heading  string
	greeting string
	body     []string
	facts    []fact
	code     string
	button   button
	after    []string // below the button: how long it works
	doubt    string   // what to do when the letter is not for the reader
	blocks   []block
	sender   string
	footer   []string
	quit     button // the way out of letters of this kind
	spare    string // says that the address below does what the button does
}

type fact struct{ label, value string }

type button struct{ label, href string }

type block struct {
	title string
	text  []string
	link  button
}

// letter writes the content down.
func (c content) letter(b Brand, r Reader) Letter {
	c.greeting = r.say("Hello,")
	if name := plain(r.Name); name != "" {
		c.greeting = r.say("Hello %s,", name)
	}
	c.sender = plain(b.Name)
	c.spare = r.say("If the button does not work, copy this address into your browser:")
	for _, l := range b.FooterLines {
		c.footer = append(c.footer, lines(l)...)
	}
	c.button.href = href(c.button.href)
	c.body, c.after = filled(c.body), filled(c.after)
	return Letter{Subject: c.subject, Text: c.text(), HTML: c.html(b, r.Lang)}
}

// filled leaves out the sentences that did not apply.
func filled(sentences []string) []string {
	var kept []string
	for _, s := range sentences {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

// fact adds a line to the table of facts, unless there is nothing to tell.
func (c *content) fact(label, value string) {
	if value != "" {
		c.facts = append(c.facts, fact{label, value})
	}
}

// welcome adds the provider's own blocks.
func (c *content) welcome(b Brand, r Reader) {
	for _, own := range []struct {
		Block
		title, link string
	}{
		{b.Help, r.say("Getting started"), r.say("Read more")},
		{b.Community, r.say("Community"), r.say("Have a look")},
		{b.Support, r.say("Questions?"), r.say("Get in touch")},
	} {
		shown := block{plain(own.Title), lines(own.Text), button{plain(own.LinkLabel), href(own.Href)}}
		if shown.title == "" && len(shown.text) == 0 && shown.link.href == "" {
			continue
		}
		if shown.title == "" {
			shown.title = own.title
		}
		if shown.link.label == "" {
			shown.link.label = own.link
		}
		c.blocks = append(c.blocks, shown)
	}
}

// written is the link where nothing can be clicked.
func (b button) written() string {
	target := strings.TrimPrefix(strings.TrimPrefix(b.href, "mailto:"), "tel:")
	if strings.ReplaceAll(b.label, "\u200c", "") == target {
		return target
	}
	return b.label + ": " + target
}

const column = 72

// text is the letter for programs, and people, that do without HTML.
func (c content) text() string {
	var parts []string
	add := func(sentences ...string) {
		for _, s := range sentences {
			parts = append(parts, wrap(s))
		}
	}
	add(c.greeting)
	add(c.body...)
	if len(c.facts) > 0 {
		var rows []string
		for _, f := range c.facts {
			rows = append(rows, "  "+f.label+": "+f.value)
		}
		parts = append(parts, strings.Join(rows, "\n"))
	}
	if c.code != "" {
		parts = append(parts, "  "+c.code)
	}
	if c.button.href != "" {
		parts = append(parts, c.button.label+":\n"+c.button.href)
	}
	add(c.after...)
	for _, b := range c.blocks {
		section := []string{"* " + b.title}
		for _, l := range b.text {
			section = append(section, wrap(l))
		}
		if b.link.href != "" {
			section = append(section, b.link.written())
		}
		parts = append(parts, strings.Join(section, "\n"))
	}
	if c.doubt != "" {
		parts = append(parts, wrap(c.doubt))
	}
	last := append([]string{"-- ", c.sender}, c.footer...)
	if c.quit.href != "" {
		last = append(last, c.quit.label+":", c.quit.href)
	}
	parts = append(parts, strings.Join(last, "\n"))
	return strings.Join(parts, "\n\n") + "\n"
}

// wrap breaks lines between words.
func wrap(text string) string {
	var b strings.Builder
	width := 0
	for i, word := range strings.Fields(text) {
		n := len([]rune(word))
		switch {
		case i == 0:
		case width+1+n > column:
			b.WriteByte('\n')
			width = 0
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(word)
		width += n
	}
	return b.String()
}
