package scenario

import "fmt"

// A rate that is written as it was measured is multiplied in its own block,
// {still there: 70%, at: 52 weeks, times: 1.2}: what was measured stays, with where
// it came from. The factor multiplies the weekly probability that the rate comes to,
// whatever its form, so that two files which write one rate in two ways are changed
// alike.

// rateTimes is the name of the factor.
const rateTimes = "times"

// factor is what the weekly probability of a rate is multiplied by.
func (f fields) factor() float64 {
	at := f.may(rateTimes)
	factor := at.factor()
	switch {
	case !factor.Valid:
		return 1
	case factor.Decimal.IsNegative():
		at.fault("%s is below 0: write what the weekly probability is multiplied by, such as %s", factor.Decimal, aFactor.example)
		return 0
	}
	return factor.Decimal.InexactFloat64()
}

// chance checks a weekly probability that was multiplied.
func (c cursor) chance(p float64) float64 {
	if p > 1 && c.sound() {
		c.fault("the weekly probability is %.4g after it was multiplied: it must be at most 1", p)
		return 0
	}
	return p
}

// isRate reports whether a node is a rate written as it was measured.
func (n *node) isRate() bool {
	for _, name := range []string{"within", "annual rate", "mean stay", "still there"} {
		if _, ok := n.entry(name); ok {
			return n.kind == block
		}
	}
	return false
}

// scale multiplies a rate that is written as it was measured.
func (e *editor) scale(rate *node, path string) {
	if !e.spend(1) {
		return
	}
	before, factor := rate.was(), e.edit.factor.String()
	old, ok := rate.entry(rateTimes)
	if ok {
		var err error
		if factor, err = multiplied(old.value.inner(), e.edit.factor); err != nil {
			e.fault("%s %s", quote(under(path, rateTimes)), err)
			return
		}
	} else {
		rate.entries = append(rate.entries, entry{name: rateTimes, at: e.edit.at})
		old = &rate.entries[len(rate.entries)-1]
	}
	set := &origin{by: e.edit.owner(), evidence: e.edit.source}
	if set.evidence.note == "" {
		set.evidence.note = fmt.Sprintf("%s × the weekly probability", e.edit.factor)
	}
	old.value = &node{kind: scalar, text: factor, at: e.edit.at, set: set}
	e.note(path, before, rate)
}
