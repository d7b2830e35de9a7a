package scenario

import (
	"slices"
	"strings"
)

// named is one entry of a block whose names are up to the author of the file.
type named struct {
	cursor // the value
	name   string
	at     place // of the name
}

// fault records that the entry cannot be used because of its name.
func (n named) fault(problem string, args ...any) { n.d.fault(n.at, n.path, problem, args...) }

// named reads a block with an entry for each of some things, at most so many.
func (c cursor) named(things string, most int) []named {
	switch {
	case !c.given():
		return nil
	case c.n.kind != block:
		if name, value, ok := tight(c.n.text); ok && c.n.kind == scalar {
			c.noSpace(name, value)
			return nil
		}
		c.fault("%s was given where a block is needed: write the name of each of the %s with a colon after it", c.kind(), things)
		return nil
	case len(c.n.entries) > most:
		c.fault("there are %d %s: at most %d are allowed", len(c.n.entries), things, most)
		return nil
	}
	var all []named
	bare := false // the block holds its own evidence
	for i := 0; i < len(c.n.entries); i++ {
		e := c.n.entries[i]
		if c.d.strayNumber(e, c.path) {
			c.d.mark(c.path)
			continue
		}
		if slices.Contains(besideValue, e.name) {
			if !bare {
				(&fields{cursor: c}).unknown(i, nil)
			}
			bare = true
			continue
		}
		if name, value, ok := tight(e.name); ok && (e.value.kind == null || strings.ContainsAny(value[:1], "{[")) {
			c.d.fault(e.at, under(c.path, name), "%s", noSpace(name, value))
			continue
		}
		if whole, last := c.tornName(i); last > i {
			i, e = last, entry{name: whole, at: e.at, value: c.n.entries[last].value}
		}
		path := under(c.path, e.name)
		all = append(all, named{cursor: c.d.enterWith(e.value, path, c.beside), name: e.name, at: e.at})
	}
	return all
}

// defined is named for things whose names are used in the paths of edits.
func (c cursor) defined(things string, most int) []named {
	all := c.named(things, most)
	for _, n := range all {
		switch {
		case strings.ContainsAny(n.name, ".*"):
			n.fault("a name cannot have a full stop or a star: paths of edits use them")
		case strings.ContainsAny(n.name, "{}"):
			n.fault("a name cannot have a brace: edits in a version are written with them, as {cohorts.step-down.lag=26}")
		case strings.HasSuffix(n.name, "+"):
			n.fault("a name cannot end in a plus sign: an edit that adds to a value is written with it, as unit costs.foster+=50")
		}
		if problem := curled(n.name); problem != "" {
			n.fault("%s cannot be a name: %s", quote(n.name), problem)
		}
	}
	return all
}

// isOne reports whether the name of an entry is valid, and records it if not.
func (n named) isOne(of names) bool {
	err := of.check(n.name)
	if err != nil {
		n.fault("%s", more(err.Error(), curled(n.name)))
	}
	return err == nil
}
