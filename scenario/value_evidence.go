package scenario

import (
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// evidence is where a value comes from.
type evidence struct {
	status       model.Status
	source, note string
	solvedFor    *model.SolvedFor
	fittedTo     calendar.Date
	edition      string
	nextDue      calendar.Date
}

// within fills in what evidence does not say from that of the block it stands
// in. Evidence with a status of its own is complete: the source and note of the
// block are then about something else.
func (e evidence) within(outer evidence) evidence {
	if e.status != model.Unstated {
		return e
	}
	e.status = outer.status
	if e.source == "" {
		e.source = outer.source
	}
	if e.note == "" {
		e.note = outer.note
	}
	if e.solvedFor == nil {
		e.solvedFor = outer.solvedFor
	}
	if e.fittedTo.IsZero() {
		e.fittedTo = outer.fittedTo
	}
	if e.edition == "" {
		e.edition, e.nextDue = outer.edition, outer.nextDue
	}
	return e
}

// evidence returns what a node says of its value, inside what its surroundings
// say. Only texts count; the decoder reports anything else.
func (n *node) evidence(outer evidence, by string) (evidence, string) {
	for {
		if n.set != nil {
			outer, by = n.set.evidence, n.set.by
		}
		value, ok := n.entry("value")
		if n.kind != block || !ok {
			return outer, by
		}
		outer = n.ownEvidence().within(outer)
		n = value.value
	}
}

// ownEvidence reads status, source, note, edition and what the value was solved for
// or fitted to out of a block.
func (n *node) ownEvidence() evidence {
	text := func(name string) string {
		if e, ok := n.entry(name); ok && e.value.kind == scalar {
			return e.value.text
		}
		return ""
	}
	own := evidence{source: text("source"), note: text("note"), solvedFor: n.solution(), fittedTo: n.day(fittedTo), edition: text(edition), nextDue: n.day(nextDue)}
	_ = own.status.UnmarshalText([]byte(text("status"))) // the decoder reports it
	return own
}

// besideValue is what may stand beside a value, to say where it comes from.
var besideValue = []string{"status", "source", "note", solvedFor, fittedTo, edition, nextDue}

// aside goes to what stands beside the value at the cursor under one of the names
// that its block allows. It may be left out.
func (c cursor) aside(name string) cursor {
	path := under(c.path, name)
	if c.wrapped != nil {
		if e, ok := c.wrapped.entry(name); ok {
			return c.d.enter(e.value, path)
		}
	}
	return cursor{d: c.d, path: path, at: c.at}
}

// strayAside reports whether something stands beside the value that may not, and
// may be one of the allowed names mistyped.
func (c cursor) strayAside(allowed []string) bool {
	return c.wrapped != nil && slices.ContainsFunc(c.wrapped.names(), func(name string) bool {
		return name != "value" && !slices.Contains(besideValue, name) && !slices.Contains(allowed, name)
	})
}

// wrapper checks what stands beside a value. What more may stand there is read
// with the value.
func (d *decoder) wrapper(n *node, path string, beside []string) {
	for i, e := range n.entries {
		switch e.name {
		case "value":
		case "status":
			if status := d.enter(e.value, under(path, e.name)); status.n != nil {
				status.unmarshal(new(model.Status), aStatus)
			}
		case "source":
			d.enter(e.value, under(path, e.name)).source()
		case "note", edition:
			d.enter(e.value, under(path, e.name)).text()
		case solvedFor:
			d.solvedFor(d.enter(e.value, under(path, e.name)))
		case fittedTo:
			d.enter(e.value, under(path, e.name)).publishedDay()
		case nextDue:
			d.enter(e.value, under(path, e.name)).date()
		case rangeLaw, "normal", "triangular", "PERT", "uniform", oneOf: // the value reads it
			d.laws = append(d.laws, visited{path, e.at})
		default:
			if !slices.Contains(beside, e.name) {
				d.beside(n, i, path, slices.Concat(besideValue, beside))
			}
		}
	}
}

// source reads where a value comes from: a name listed under sources, or free
// text that is not nearly one.
func (c cursor) source() {
	name := c.text()
	if slices.Contains(c.d.sources, name) {
		return
	}
	for _, listed := range c.d.sources {
		if wrong := min(2, max(1, len(listed)/4)); alike(name, listed, wrong) {
			c.warn("%s is not listed under sources: did you mean %s? If it is a different source, list it there", quote(name), quote(listed))
			return
		}
	}
}

// beside reports the i-th entry, which is none of those that may stand beside a
// value.
func (d *decoder) beside(n *node, i int, path string, allowed []string) {
	e := n.entries[i]
	if before, ok := n.tornOff(i); ok && before.name != "value" {
		d.report(before.value.at, under(path, before.name), "a text with a comma needs straight quotes here: write %s",
			quote(n.whole(i)))
		return
	}
	near, ok := nearest(e.name, slices.Concat(allowed, lawNames))
	switch {
	case ok:
		d.report(e.at, under(path, e.name), "%s cannot stand beside value: did you mean %s?", quote(e.name), quote(near))
	case !d.strayNumber(e, path):
		only := words.And(allowed) + " can"
		if value, _ := n.entry("value"); value.value.kind == scalar && !strings.HasPrefix(path, "published.") {
			only += ", and what says how well it is known (" + words.Or(lawNames) + ")"
		}
		d.report(e.at, under(path, e.name), "%s cannot stand beside value, only %s: move it under value, or remove it", quote(e.name), only)
	}
}

// beside checks where a number that is worked out comes from; the rest of
// {times: …} or {plus: …} is the edit's to check.
func (n named) beside() {
	for _, e := range n.n.entries {
		at := n.d.enter(e.value, under(n.path, e.name))
		switch e.name {
		case "status":
			at.unmarshal(new(model.Status), aStatus)
		case "source":
			at.source()
		case "note", edition:
			at.text()
		case solvedFor:
			n.d.solvedFor(at)
		case fittedTo:
			at.publishedDay()
		case nextDue:
			at.date()
		}
	}
}

// evidence reads where the values of a case, or of the whole file, come from.
func (f fields) evidence() evidence {
	if !f.given() {
		return evidence{}
	}
	f.may("note").text()
	f.may("source").source()
	if status := f.may("status"); status.given() {
		status.unmarshal(new(model.Status), aStatus)
	}
	return f.n.ownEvidence()
}

var aStatus = want{what: "published, derived or assumed"}
