package estimate

import (
	"maps"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/subtraction"
)

// hideMixed hides numbers of one move where cohorts, ages or periods are not divided at the
// same weeks, as where one is pooled over bands and another is not. Whoever has the run
// without cohorts knows the sum of each band over all of them; less what is shown of those
// that are divided there, that is what the pooled one has in the band, which is in no table
// of its own and may be small. Unknown is what each cohort has in each of the finest bands;
// known are the sums of cohorts, of bands and of all, and each number that is shown. As long
// as a small number, or a part of one that is not divided there, follows from them by linear
// equations, the smallest number that it follows from is hidden.
func hideMixed(all []counted) {
	t := newMixed(all)
	if t == nil {
		return
	}
	for {
		hide := t.next()
		if hide < 0 {
			return
		}
		t.all[hide].hidden = true
	}
}

// mixed is a table whose cohorts are not divided at the same weeks.
type mixed struct {
	all     []counted
	cohorts []Where // without bands of weeks
	bands   []Band  // the finest
	rows    []int   // which numbers are in a sum of a cohort that is shown; -1 in none
}

// newMixed is nil where all are divided at the same weeks, or no sum is shown.
func newMixed(all []counted) *mixed {
	t := &mixed{all: all}
	var from []int
	total, bands := 0, map[Where]map[Band]bool{}
	for _, c := range all {
		from, total = append(from, c.InState.From), total+c.moves
		w := undivided(c)
		if bands[w] == nil {
			t.cohorts, bands[w] = append(t.cohorts, w), map[Band]bool{}
		}
		bands[w][c.InState] = true
	}
	if Small(total) || !slices.ContainsFunc(t.cohorts, func(w Where) bool { return !maps.Equal(bands[w], bands[t.cohorts[0]]) }) {
		return nil
	}
	slices.Sort(from)
	from = append(slices.Compact(from), 0)
	for i, f := range from[:len(from)-1] {
		t.bands = append(t.bands, Band{f, from[i+1]})
	}
	t.rows = places(all, undivided)
	return t
}

// undivided is where a number is, but for its band of weeks.
func undivided(c counted) Where {
	c.InState = Band{}
	return c.Where
}

// parts are the unknowns that make a number up: cohort × finest band.
func (t *mixed) parts(c counted) (at []int) {
	k := slices.Index(t.cohorts, undivided(c))
	for b, band := range t.bands {
		if band.From >= c.InState.From && (c.InState.To == 0 || band.From < c.InState.To) {
			at = append(at, k*len(t.bands)+b)
		}
	}
	return at
}

// next is the number to hide next; -1 if nothing follows that may not be known, or nothing
// more can be hidden.
func (t *mixed) next() int {
	sums, shown := t.known()
	basis := subtraction.Reduce(sums, len(t.cohorts)*len(t.bands))
	for _, c := range t.all {
		for _, secret := range t.secrets(c) {
			made, follows := basis.Follows(secret)
			if !follows {
				continue
			}
			best := -1
			for k, i := range shown {
				if i < 0 || math.Abs(made[k]) < 1e-9 {
					continue
				}
				if n := t.all[i].moves; best < 0 || n > 0 && (t.all[best].moves == 0 || n < t.all[best].moves) {
					best = i
				}
			}
			if best >= 0 {
				return best
			}
		}
	}
	return -1
}

// secrets are the unknowns of which the sum must not be known: those of a small number, and
// each part of a number that is not divided.
func (t *mixed) secrets(c counted) (all [][]int) {
	parts := t.parts(c)
	if Small(c.moves) {
		all = append(all, parts)
	}
	if len(parts) > 1 && c.moves > 0 {
		for _, one := range parts {
			all = append(all, []int{one})
		}
	}
	return all
}

// known are the sums that are known, with the place of the number where it is one that is
// shown, and else -1.
func (t *mixed) known() (sums [][]int, shown []int) {
	add := func(of []int, number int) { sums, shown = append(sums, of), append(shown, number) }
	byRow := map[int][]int{}
	for i, c := range t.all {
		parts := t.parts(c)
		if t.rows[i] >= 0 {
			byRow[t.rows[i]] = append(byRow[t.rows[i]], parts...)
		}
		if !c.hidden {
			add(parts, i)
		}
	}
	for _, row := range slices.Sorted(maps.Keys(byRow)) {
		add(byRow[row], -1)
	}
	for b := range t.bands {
		var column []int
		for k := range t.cohorts {
			column = append(column, k*len(t.bands)+b)
		}
		add(column, -1)
	}
	return sums, shown
}
