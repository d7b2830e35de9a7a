package scenario

import (
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// A file may name a quarter as councils do, Q3 2020/21, or as the calendar quarter
// that is the same three months, 2020Q4. A document holds the first form alone, so
// that a path means one setting whichever form it is written in.

// quarterly are the settings whose names are quarters. A star is any name.
var quarterly = [][]string{
	{"grants"},
	{"published", "actual payments"},
	{"published", "plans", "*", "payments"},
}

// isQuarterly reports whether the names at a path are quarters.
func isQuarterly(path []string) bool {
	same := func(a, b string) bool { return a == b || a == "*" || b == "*" }
	return slices.ContainsFunc(quarterly, func(one []string) bool { return slices.EqualFunc(one, path, same) })
}

// heldAs is the name under which a document holds what is called name at a path.
func heldAs(path []string, name string) string {
	if !isQuarterly(path) {
		return name
	}
	quarter, err := calendar.ParseQuarter(name)
	if err != nil {
		return name // a fault of whoever reads it
	}
	return quarter.String()
}

// nameQuarters gives the quarters at and under a node at a path the names that a
// document holds. A quarter that is there in both forms is a fault.
func (n *node) nameQuarters(path []string) []finding {
	n = n.inner()
	var findings []finding
	for i := range n.entries {
		e := &n.entries[i]
		held := heldAs(path, e.name)
		if other, twice := n.entry(held); twice && held != e.name {
			findings = append(findings, e.at.fault(strings.Join(append(slices.Clone(path), held), "."), "%s and %s are the same quarter: remove one of them", quote(e.name), quote(other.name)))
			continue
		}
		e.name = held
		findings = append(findings, e.value.nameQuarters(append(slices.Clone(path), e.name))...)
	}
	return findings
}
