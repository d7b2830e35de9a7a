package finance

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
)

// turnsOf lists investors in order of drawing, those who share together.
func turnsOf(investors []investor, order model.DrawOrder) [][]int {
	if order == model.FirstLoss {
		ranks := ranked(investors)
		slices.Reverse(ranks)
		return ranks
	}
	all := make([]int, len(investors))
	for i := range all {
		all[i] = i
	}
	return [][]int{all}
}

// draw takes an amount from one investor.
func (a *Account) draw(investor, day int, amount int64) {
	a.Drawn[investor*len(a.Days)+day] += amount
	one := &a.held.stakes[investor]
	one.drawn += amount
	one.put += amount
	one.capital += amount
	a.held.capitalIn += amount
}

// drawTranche draws all that tranches up to the day have released.
func (f *facility) drawTranche(a *Account, day int) {
	if f.closed(&a.held, day) {
		return
	}
	for i := range f.investors {
		a.draw(i, day, f.free(&a.held, i, f.investors[i].released[day]))
	}
}

// closed reports whether nothing can be drawn any more.
func (f *facility) closed(h *holding, day int) bool { return day > f.lastDraw || h.covenants.stopped }

// free is what is left of a part of an investor's commitment.
func (f *facility) free(h *holding, investor int, part int64) int64 {
	return max(0, part-h.stakes[investor].drawn)
}

// drawFor draws up to an amount, from investors in their turn and from those of
// one turn in proportion to what is left of their commitments.
func (f *facility) drawFor(a *Account, day int, amount int64) {
	if f.scheduled || f.closed(&a.held, day) {
		return
	}
	if f.tranches != nil {
		f.drawByTranche(a, day, amount)
		return
	}
	for _, turn := range f.turns {
		if amount == 0 {
			return
		}
		amount -= f.drawFrom(a, day, turn, amount, func(i int) int64 { return f.investors[i].released[day] })
	}
}

// drawByTranche draws what an earlier tranche released before what a later one did.
func (f *facility) drawByTranche(a *Account, day int, amount int64) {
	for _, on := range f.tranches {
		if on > day || amount == 0 {
			return
		}
		amount -= f.drawFrom(a, day, f.turns[0], amount, func(i int) int64 {
			of := &f.investors[i]
			if of.commitment[day] == of.commitment[on] {
				return of.released[on]
			}
			return portion(of.commitment[day], of.released[on], of.commitment[on]) // it has risen since
		})
	}
}

// drawFrom draws up to an amount from investors, in proportion to what is left of
// a part of each one's commitment, and returns what it drew. The penny in which a
// commitment ends is its last.
func (f *facility) drawFrom(a *Account, day int, turn []int, amount int64, part func(int) int64) int64 {
	h, free := &a.held, int64(0)
	weights, parts := h.weights[:len(turn)], h.parts[:len(turn)]
	for n, i := range turn {
		weights[n] = f.free(h, i, part(i))
		free += weights[n]
	}
	if free == 0 {
		return 0
	}
	drawn := min(amount, free)
	apportion(drawn, weights, parts)
	for n, i := range turn {
		a.draw(i, day, parts[n])
	}
	return drawn
}
