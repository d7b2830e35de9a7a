package scenario

import (
	"errors"
	"slices"
	"strings"
)

// names is the names that there are of one thing.
type names struct {
	what  string // "state"
	valid []string
	// unread says that the block which gives the names could not be read:
	// there is nothing to compare with.
	unread bool
}

// check returns what is wrong with a name; nil if it is valid.
func (n names) check(name string) error {
	if n.unread || slices.Contains(n.valid, name) {
		return nil
	}
	problem := (&NameError{What: n.what, Name: name, Valid: n.valid}).Error()
	if pieceOf(name, n.valid) {
		problem = more(problem, "in brackets, a name with a comma needs straight quotes")
	}
	return errors.New(problem)
}

// name reads one of the names.
func (c cursor) name(of names) string {
	return value(c, want{what: "the name of a " + of.what}, func(text string, _ want) (string, error) {
		return text, of.check(text)
	})
}

// nameList reads a list of names.
func (c cursor) nameList(of names) []string {
	var all []string
	if c.given() && c.n.kind == scalar && strings.ContainsRune(c.n.text, ',') {
		c.fault("%s was given where a list is needed: put it in square brackets, as %s", c.kind(), of.bracketed(c.n.text))
		return nil
	}
	items := c.list()
	for i := 0; i < len(items); i++ {
		item := items[i]
		name, last := tornItem(items, i, of)
		if i = last; name == "" {
			name = item.name(of)
		}
		if name != "" && slices.Contains(all, name) {
			item.fault("%s is in the list twice", quote(name))
		}
		all = append(all, name)
	}
	if c.given() && c.n.kind == sequence && len(all) == 0 {
		c.fault("the list is empty: name at least one %s", of.what)
	}
	return all
}

// known reports whether something in the document has a name.
func (d *decoder) known(name string) bool {
	return slices.ContainsFunc([]names{d.states, d.cohorts, d.commissioners, d.metrics}, func(n names) bool {
		return slices.Contains(n.valid, name)
	})
}
