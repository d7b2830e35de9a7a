package scenario

import (
	"github.com/edgeofcare/edgeofcare/model"
)

// Shares that add up to 100% cannot vary one by one. Where each is a count out of
// one total, as in {residential: 14 of 20, foster: 6 of 20}, they vary together by
// Dirichlet's law.

// sharedCounts reports whether every share is a count, and records it where some are
// and others are not, or where the counts do not add up to their total.
func (d *decoder) sharedCounts(to cursor, all []named) bool {
	var sum, of int64
	counts := 0
	for i, n := range all {
		events, total, ok := int64(0), int64(0), false
		if n.given() {
			events, total, ok = parseCounts(n.n.text)
		}
		if !ok {
			continue
		}
		if counts == 0 {
			of = total
		}
		counts++
		sum += events
		if total != of && i > 0 {
			n.cursor.fault("this is out of %d and others are out of %d: all must be out of one total", total, of)
			return false
		}
	}
	switch {
	case counts == 0:
		return false
	case counts < len(all):
		to.fault("some shares are counts and others are not: write all as counts out of one total, as {residential: 14 of 20, foster: 6 of 20}")
		return false
	case sum != of:
		to.fault("the counts add up to %d of %d: they must add up to the total", sum, of)
		return false
	}
	return true
}

// together notes that the shares of a block vary together.
func (d *decoder) together(to cursor, all []named) {
	for _, n := range all {
		for i := range d.p.Uncertain {
			if u := &d.p.Uncertain[i]; string(u.Path) == n.path {
				u.Shares = model.Path(to.path)
			}
		}
	}
}
