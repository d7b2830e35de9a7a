package estimate

import (
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/subtraction"
)

// Small reports whether a number of children or moves is from 1 to 5: small enough to
// point to somebody.
func Small(n int) bool { return n >= 1 && n <= mostSmall }

const (
	mostSmall = 5
	inPlace   = 3 // of a small count
)

// Hide says which of some counts, whose sum is known unless it is small itself, must not
// be shown: the small ones, and the next smallest too where their sum would give one of
// them away, as it does if one is hidden, or several of which each must be 1, or 5.
func Hide(counts []int) []bool { return protect(counts, make([]bool, len(counts))) }

// protect hides counts beside those that are hidden already.
func protect(counts []int, already []bool) []bool {
	hidden := slices.Clone(already)
	var total, n int
	ones, mosts := true, true
	for i, c := range counts {
		total += c
		if hidden[i] = hidden[i] || Small(c); hidden[i] {
			n++
			ones, mosts = ones && c == 1, mosts && c == mostSmall
		}
	}
	if n > 0 && !Small(total) && (n == 1 || ones || mosts) {
		if i := nextSmallest(counts, hidden); i >= 0 {
			hidden[i] = true
		}
	}
	return hidden
}

// nextSmallest is the place of the smallest count that is not hidden, 0 being the last
// resort; -1 if there is none.
func nextSmallest(counts []int, hidden []bool) int {
	best := -1
	for i, c := range counts {
		if !hidden[i] && (best < 0 || c > 0 && (counts[best] == 0 || c < counts[best])) {
			best = i
		}
	}
	return best
}

// Suppress returns the rates as they may leave a council. Hidden are 1 to 5 moves, and
// the next smallest number of the same move in another band, age, cohort or period where
// the undivided total would give them away: see [Hide]. A hidden count is replaced by
// its part, by child-weeks, of what all hidden counts of that move have together, at
// least 1; of 1 to 5 together, 3 is divided. Everything is worked out again from that, so
// that no rate of the same row gives the true number away.
//
// Where a move is pooled over bands in one cohort, age or period and not in another, so much
// is hidden that what the pooled one has in a band does not follow either.
//
// What two tables that are divided at other places give away by their difference, it
// cannot know.
func Suppress(rates []Rate) []Rate {
	rates = slices.Clone(rates)
	parts := map[move][]counted{}
	var order []move
	for i, r := range rates {
		m := move{r.State, r.To}
		if parts[m] == nil {
			order = append(order, m)
		}
		parts[m] = add(parts[m], i, r)
	}
	for _, m := range order {
		hideParts(parts[m])
		replace(rates, parts[m])
	}
	work(rates)
	return rates
}

// move is from a state to another.
type move struct{ from, to string }

// counted is one number of moves, which one rate rests on, or several if it was pooled
// over bands of weeks in the state.
type counted struct {
	Where

	rates  []int // places in the list
	moves  int
	weeks  float64
	hidden bool
}

// add adds what a rate rests on.
func add(all []counted, i int, r Rate) []counted {
	w := r.Where
	if r.Pooled {
		w.InState = Band{}
		if k := slices.IndexFunc(all, func(c counted) bool { return c.Where == w }); k >= 0 {
			all[k].rates = append(all[k].rates, i)
			return all
		}
	}
	return append(all, counted{Where: w, rates: []int{i}, moves: r.Moves, weeks: r.Weeks})
}

// hideParts hides numbers of one move, in each of the sums that a less divided table has:
// over bands of weeks, over the rest, and over all, and in several of them together. One
// hidden for a sum may be alone in another, so that it is done again until no more are
// hidden.
func hideParts(all []counted) {
	sums := []func(c counted) Where{
		func(c counted) Where { c.InState = Band{}; return c.Where },
		func(c counted) Where { return Where{InState: c.InState} },
		func(counted) Where { return Where{} },
	}
	for before := -1; before < hiddenOf(all); {
		before = hiddenOf(all)
		for _, sum := range sums {
			groups := map[Where][]int{}
			for i, c := range all {
				groups[sum(c)] = append(groups[sum(c)], i)
			}
			for _, group := range groups {
				hideGroup(all, group)
			}
		}
		hideByBoth(all, sums[0], sums[1])
		hideMixed(all)
	}
}

// hideByBoth hides numbers until sums over bands of weeks and over the rest together give
// no small one away.
func hideByBoth(all []counted, row, column func(c counted) Where) {
	rows, columns := places(all, row), places(all, column)
	cells := make([]subtraction.Cell, len(all))
	total := 0
	for i, c := range all {
		cells[i] = subtraction.Cell{Row: rows[i], Column: columns[i], Count: c.moves, Small: Small(c.moves), Hidden: c.hidden}
		total += c.moves
	}
	if Small(total) {
		return // no sum is shown
	}
	for next := subtraction.Next(cells); next >= 0; next = subtraction.Next(cells) {
		cells[next].Hidden, all[next].hidden = true, true
	}
}

// places are numbers of the sums that numbers of moves are in. Those of sums that a less
// divided table hides, of which only the sum of all is known, are -1.
func places(all []counted, sum func(c counted) Where) []int {
	var (
		found []Where
		sums  []int
		at    = make([]int, len(all))
	)
	for i, c := range all {
		at[i] = slices.Index(found, sum(c))
		if at[i] < 0 {
			at[i] = len(found)
			found, sums = append(found, sum(c)), append(sums, 0)
		}
		sums[at[i]] += c.moves
	}
	hidden := Hide(sums)
	for i, k := range at {
		if hidden[k] {
			at[i] = -1
		}
	}
	return at
}

func hiddenOf(all []counted) int {
	n := 0
	for _, c := range all {
		if c.hidden {
			n++
		}
	}
	return n
}

// hideGroup hides numbers that have a sum. One that is hidden for another sum counts.
func hideGroup(all []counted, group []int) {
	counts, hidden := make([]int, len(group)), make([]bool, len(group))
	for k, i := range group {
		counts[k] = all[i].moves
		hidden[k] = all[i].hidden
	}
	for k, hide := range protect(counts, hidden) {
		all[group[k]].hidden = hide
	}
}

// replace puts parts of a sum in place of hidden numbers.
func replace(rates []Rate, all []counted) {
	sum, weeks := 0, 0.0
	for _, c := range all {
		if c.hidden {
			sum, weeks = sum+c.moves, weeks+c.weeks
		}
	}
	if Small(sum) {
		sum = inPlace
	}
	for _, c := range all {
		if !c.hidden {
			continue
		}
		part := max(1, int(math.Round(float64(sum)*c.weeks/weeks)))
		for _, i := range c.rates {
			rates[i].Moves, rates[i].Suppressed = part, true
		}
	}
}
