package main

import (
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/internal/subtraction"
)

// hiddenTime are the places of which the time at risk is not shown: in the table of
// counts, and in that of rates. It is that of few children, and as much else as it would
// follow from.
type hiddenTime struct{ counts, rates map[estimate.Where]bool }

// timeSum is a time at risk that is shown, or known from the rows of a programme file or
// from a run that is not divided by age, year or cohort, which nothing hides.
type timeSum struct {
	of     []int // cells
	where  estimate.Where
	weeks  float64
	hidden map[estimate.Where]bool // nil: known
	rate   bool
}

// hideTime hides time at risk, state by state.
func (e *estimated) hideTime() hiddenTime {
	h := hiddenTime{map[estimate.Where]bool{}, map[estimate.Where]bool{}}
	if !e.Suppress {
		return h
	}
	byState := map[string][]estimate.Cell{}
	for _, c := range e.table.Cells {
		byState[c.State] = append(byState[c.State], c)
		h.counts[c.Where] = e.hidden(c.Children)
	}
	for _, r := range e.rates {
		h.rates[timeOf(r)] = e.fewChildren(timeOf(r))
	}
	for state, cells := range byState {
		secrets, sums := e.secretTimes(cells), e.timeSums(h, state, cells)
		for next := nextTime(sums, secrets, len(cells)); next != nil; next = nextTime(sums, secrets, len(cells)) {
			next.hidden[next.where] = true
		}
	}
	return h
}

// timeOf is where the time of a rate was spent: one that is pooled has that of all bands.
func timeOf(r estimate.Rate) estimate.Where {
	if r.Pooled {
		r.InState = estimate.Band{}
	}
	return r.Where
}

// undivided is a place without its band of weeks.
func undivided(w estimate.Where) estimate.Where {
	w.InState = estimate.Band{}
	return w
}

// secretTimes are the cells of few children, and such of one row or one band together, who
// may be the same few.
func (e *estimated) secretTimes(cells []estimate.Cell) (secrets [][]int) {
	rows, bands := map[estimate.Where][]int{}, map[estimate.Band][]int{}
	for i, c := range cells {
		if e.hidden(c.Children) {
			secrets = append(secrets, []int{i})
			rows[undivided(c.Where)] = append(rows[undivided(c.Where)], i)
			bands[c.InState] = append(bands[c.InState], i)
		}
	}
	for i, c := range cells {
		for _, together := range [][]int{rows[undivided(c.Where)], bands[c.InState]} {
			if len(together) > 1 && together[0] == i {
				secrets = append(secrets, together)
			}
		}
	}
	return secrets
}

// timeSums are all times at risk of a state that are shown or known.
func (e *estimated) timeSums(h hiddenTime, state string, cells []estimate.Cell) (sums []timeSum) {
	within := func(of func(estimate.Where) bool) (all []int, weeks float64) {
		for i, c := range cells {
			if of(c.Where) {
				all, weeks = append(all, i), weeks+c.Weeks
			}
		}
		return all, weeks
	}
	add := func(where estimate.Where, hidden map[estimate.Where]bool, rate bool, of func(estimate.Where) bool) {
		all, weeks := within(of)
		sums = append(sums, timeSum{all, where, weeks, hidden, rate})
	}
	for _, c := range cells {
		add(c.Where, h.counts, false, func(w estimate.Where) bool { return w == c.Where })
		if e.By != "" {
			add(c.Where, nil, false, func(w estimate.Where) bool { return w.InState == c.InState })
		}
	}
	for _, r := range e.rates {
		if at := timeOf(r); at.State == state {
			add(at, h.rates, true, func(w estimate.Where) bool { return undivided(w) == undivided(at) && inside(w.InState, at.InState) })
		}
	}
	for _, r := range slices.Concat(e.rowRates, e.common) {
		if at := timeOf(r); at.State == state {
			add(at, nil, true, func(w estimate.Where) bool {
				return (at.Cohort == "" || w.Cohort == at.Cohort) && inside(w.InState, at.InState)
			})
		}
	}
	return sums
}

// inside reports whether a band lies within another.
func inside(band, in estimate.Band) bool {
	return band.From >= in.From && (in.To == 0 || band.From < in.To)
}

// nextTime is what is to be hidden next: of what a secret follows from, the shortest time
// of a count, or else of a rate. It is nil if none follows, or nothing more can be hidden.
func nextTime(sums []timeSum, secrets [][]int, cells int) *timeSum {
	var (
		known [][]int
		shown []*timeSum
	)
	for i := range sums {
		if s := &sums[i]; s.hidden == nil || !s.hidden[s.where] {
			known, shown = append(known, s.of), append(shown, s)
		}
	}
	solved := subtraction.Reduce(known, cells)
	for _, secret := range secrets {
		made, follows := solved.Follows(secret)
		if !follows {
			continue
		}
		var best *timeSum
		for k, s := range shown {
			if s.hidden == nil || math.Abs(made[k]) < 1e-9 {
				continue
			}
			if best == nil || best.rate && !s.rate || best.rate == s.rate && s.weeks < best.weeks {
				best = s
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}
