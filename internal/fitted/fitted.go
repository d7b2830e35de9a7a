// Package fitted says which case of a programme was fitted to what happened.
package fitted

import "github.com/edgeofcare/edgeofcare/scenario"

// Case is the case with the most inputs that say to what they were fitted; empty
// where no input does, or where two cases have as many, so that none is the fitted
// one. Low, medium and high cases keep some of the fitted inputs, and change others.
func Case(d *scenario.Document) string {
	if d == nil {
		return ""
	}
	name, most, alone := "", 0, false
	for _, c := range d.Cases() {
		v, err := d.Version(c.Name)
		if err != nil {
			continue // it cannot be run either
		}
		switch n := inputs(v); {
		case n > most:
			name, most, alone = c.Name, n, true
		case n == most:
			alone = false
		}
	}
	if !alone {
		return ""
	}
	return name
}

// inputs is how many inputs of a version were fitted.
func inputs(v *scenario.Version) (n int) {
	for _, in := range v.Programme.Register {
		if !in.FittedTo.IsZero() {
			n++
		}
	}
	return n
}
