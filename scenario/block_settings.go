package scenario

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// fields is a block whose names are settings of the format.
type fields struct {
	cursor
	// mistyped are the settings that a name which is not one is thought to
	// stand for: they are not missing besides.
	mistyped map[string]bool
}

// fields reads a block of settings. Names other than those allowed are faults.
func (c cursor) fields(allowed ...string) fields {
	f := fields{cursor: c, mistyped: map[string]bool{}}
	if !c.given() {
		return f
	}
	if c.n.kind != block {
		if name, value, ok := tight(c.n.text); ok && slices.Contains(allowed, name) {
			c.noSpace(name, value)
		} else {
			c.fault("%s", more(fmt.Sprintf("%s was given where a block of settings is needed: %s", c.kind(), settingsHere(allowed)), c.byPath(allowed)))
		}
		f.n = nil
		return f
	}
	for i, e := range c.n.entries {
		if !slices.Contains(allowed, e.name) {
			f.unknown(i, allowed)
		}
	}
	return f
}

// noSpace reports a colon without a space after it.
func (c cursor) noSpace(name, value string) {
	c.fault("%s", noSpace(name, value))
}

// unknown reports the name of the i-th entry, which is no setting.
func (f *fields) unknown(i int, allowed []string) {
	e := f.n.entries[i]
	path := under(f.path, e.name)
	if f.d.full() || f.d.strayNumber(e, f.path) {
		return
	}
	if name, value, ok := tight(e.name); ok && slices.Contains(allowed, name) {
		f.mistyped[name] = true
		f.d.report(e.at, under(f.path, name), "%s", noSpace(name, value))
		return
	}
	if f.torn(i) {
		return
	}
	if slices.Contains(besideValue, e.name) {
		f.d.report(e.at, path, "there is no value beside %s: to say where a whole block comes from, write {value: …, %s: …} with the block as the value", quote(e.name), e.name)
		return
	}
	if near, ok := nearest(e.name, allowed); ok {
		f.mistyped[near] = true
		settings := ""
		if e.at.layer > 0 {
			settings = " " + words.Capital(settingsNear(e.name, allowed))
		}
		f.d.report(e.at, path, "there is no setting called %s: did you mean %s?%s", quote(e.name), quote(near), settings)
		return
	}
	f.d.report(e.at, path, "there is no setting called %s: %s", quote(e.name), settingsNear(e.name, allowed))
}

// settingsNear lists the settings of a block for a name that is none of them.
func settingsNear(name string, allowed []string) string {
	if len(allowed) <= listMost {
		return settingsHere(allowed)
	}
	return areNear("settings here", name, allowed, listMost) + "; the file that edgeofcare init writes explains all"
}

// settingsHere lists the settings of a block.
func settingsHere(allowed []string) string {
	if len(allowed) == 1 {
		return "the only setting here is " + quote(allowed[0])
	}
	return "the settings here are " + list(allowed)
}

// may goes to a setting that may be left out.
func (f fields) may(name string) cursor {
	path := under(f.path, name)
	if !f.given() {
		return cursor{d: f.d, path: path}
	}
	e, ok := f.n.entry(name)
	if !ok {
		return cursor{d: f.d, path: path, at: f.at}
	}
	return f.d.enter(e.value, path)
}

// need goes to a setting that must be there.
func (f fields) need(name string, w fmt.Stringer) cursor {
	c := f.may(name)
	if _, ok := f.has(name); ok || !f.given() {
		return c
	}
	if f.mistyped[name] || f.n.broken {
		f.d.mark(c.path)
		return c
	}
	f.d.fault(f.at, c.path, "%s", more(fmt.Sprintf("%s is missing: write %s", quote(name), w), f.replaced()))
	return c
}

// byPath says how an edit that gave a value for a whole block sets one setting of it;
// empty where no edit did.
func (c cursor) byPath(names []string) string {
	if c.at.layer == 0 {
		return ""
	}
	return "to change one of them, name it in the path, as in " + under(c.path, names[0])
}

// replaced says, where a block is an edit's and something is missing in it, how an
// edit changes one setting alone: once for the block, in the first fault of it.
func (c cursor) replaced() string {
	if c.at.layer == 0 || !c.given() || len(c.n.names()) == 0 || c.d.replaced[c.path] {
		return ""
	}
	c.d.replaced[c.path] = true
	return "an edit that gives a block gives the whole of it: to change one setting of a block that is there, name it in the path, as in " + under(c.path, c.n.names()[0])
}

func (f fields) has(name string) (*entry, bool) {
	if !f.given() {
		return nil, false
	}
	return f.n.entry(name)
}

// sentence says what is wanted where an example would not help.
type sentence string

func (s sentence) String() string { return string(s) }
