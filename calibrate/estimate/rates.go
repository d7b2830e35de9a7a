package estimate

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Interval is an estimate and its 95% interval.
type Interval struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Rate is how often children move from a state to another.
type Rate struct {
	Where

	To          string   `json:"to"`
	Moves       int      `json:"moves"`            // that the rate rests on
	Weeks       float64  `json:"weeks"`            // child-weeks that it rests on
	Pooled      bool     `json:"pooled"`           // one hazard for all bands of weeks in the state
	Suppressed  bool     `json:"suppressed"`       // moves are not the true number: see [Suppress]
	Weekly      bool     `json:"weekly,omitempty"` // counted on a weekly grid
	Hazard      Interval `json:"hazard"`           // moves per child-week
	Probability Interval `json:"probability"`      // of moving there within a week
}

// Rates estimates a hazard for every state and destination of a table, each
// constant within its band of weeks in the state:
//
//	hazard = moves ÷ child-weeks at risk
//
// which is the maximum of the likelihood of competing risks (Andersen, Borgan, Gill
// and Keiding, Statistical Models Based on Counting Processes, 1993, section VI.1).
// Its interval is Jeffreys': the 2.5% and 97.5% quantiles of a Gamma law with shape
// moves + ½ and rate child-weeks, 0 below where there is no move (Brown, Cai and
// DasGupta, Statistica Sinica 2003;13:19–49; its coverage is nearer 95% than that of
// Garwood's exact interval, which is never below it). It takes stays as independent.
// With Λ the sum of a row's hazards, the weekly probability of a move is its share
// of 1 − e^(−Λ); its interval moves its own hazard and leaves the others.
//
// On a weekly grid the share of weeks that end elsewhere is the weekly probability, with
// Jeffreys' interval of a Beta law, and the hazards follow from it. It is that of being
// there a week later, exp(Q), and not of going there first: lower, in relative terms, by
// half the hazard at which the destination is left, and higher by half of what comes by
// way of a third state.
//
// Rare moves are pooled. A band of weeks in the state with fewer than least moves in
// all joins the one before it, or the first the one after it. Then a destination with
// fewer than least moves in any band has one hazard for all of them: see
// [Rate.Pooled]; if that is so of every destination, the bands are one. With least 0
// nothing is pooled. Cohorts, ages and periods are never pooled.
func Rates(t *Table, least int) []Rate {
	var rates []Rate
	for _, cells := range rowsOf(t.Cells) {
		rates = append(rates, rowRates(joined(cells, least), least)...)
	}
	for i := range rates {
		rates[i].Weekly = t.Settings.Weekly
	}
	work(rates)
	return rates
}

// rowsOf divides cells into those that differ in weeks in the state alone.
func rowsOf(cells []Cell) [][]Cell {
	var rows [][]Cell
	for i, c := range cells {
		same := c.Where
		if i > 0 {
			same.InState = cells[i-1].InState
		}
		if i == 0 || same != cells[i-1].Where {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], c)
	}
	return rows
}

// joined joins bands that have too few moves.
func joined(cells []Cell, least int) []Cell {
	var all []Cell
	for _, c := range cells {
		if n := len(all); n > 0 && (c.moved("") < least || all[n-1].moved("") < least) {
			all[n-1] = sum(all[n-1], c)
			continue
		}
		all = append(all, c)
	}
	if len(all) > 0 { // bands that nobody was seen in belong to those beside them
		all[0].InState.From, all[len(all)-1].InState.To = 0, 0
		for i := 1; i < len(all); i++ {
			all[i-1].InState.To = all[i].InState.From
		}
	}
	return all
}

// sum is two neighbouring bands as one. Its number of children is not known.
func sum(a, b Cell) Cell {
	a.InState.To, a.Weeks, a.Children = b.InState.To, a.Weeks+b.Weeks, 0
	a.Moves = slices.Clone(a.Moves)
	for _, m := range b.Moves {
		if i := slices.IndexFunc(a.Moves, func(x Moved) bool { return x.To == m.To }); i >= 0 {
			a.Moves[i].Moves += m.Moves
		} else {
			a.Moves = append(a.Moves, m)
		}
	}
	return a
}

// rowRates estimates the rates of one row, band by band.
func rowRates(bands []Cell, least int) []Rate {
	var to []string
	whole := bands[0]
	for _, b := range bands[1:] {
		whole = sum(whole, b)
	}
	for _, m := range whole.Moves {
		to = append(to, m.To)
	}
	slices.Sort(to)
	rare := func(name string) bool {
		return len(bands) > 1 && slices.ContainsFunc(bands, func(c Cell) bool { return c.moved(name) < least })
	}
	if len(to) > 0 && !slices.ContainsFunc(to, func(name string) bool { return !rare(name) }) {
		bands = []Cell{whole}
	}
	var rates []Rate
	for _, b := range bands {
		for _, name := range to {
			r := Rate{Where: b.Where, To: name, Moves: b.moved(name), Weeks: b.Weeks}
			if rare(name) {
				r.Moves, r.Weeks, r.Pooled = whole.moved(name), whole.Weeks, true
			}
			rates = append(rates, r)
		}
	}
	return rates
}

// work works hazards and probabilities out from moves and weeks.
func work(rates []Rate) {
	leaving := map[Where]float64{} // hazards, or on a weekly grid probabilities
	for i := range rates {
		r := &rates[i]
		if r.Weekly {
			r.Probability = share(r.Moves, r.Weeks)
			leaving[r.Where] += r.Probability.Value
			continue
		}
		r.Hazard = hazard(r.Moves, r.Weeks)
		leaving[r.Where] += r.Hazard.Value
	}
	for i := range rates {
		r := &rates[i]
		if r.Weekly {
			k := 1.0
			if p := min(leaving[r.Where], 1-1e-9); p > 0 {
				k = -math.Log1p(-p) / p
			}
			r.Hazard = Interval{k * r.Probability.Value, k * r.Probability.Low, k * r.Probability.High}
			continue
		}
		others := leaving[r.Where] - r.Hazard.Value
		r.Probability = Interval{part(r.Hazard.Value, others), part(r.Hazard.Low, others), part(r.Hazard.High, others)}
	}
}

// share is moves as a share of weeks, with Jeffreys' interval.
func share(moves int, weeks float64) Interval {
	law := distuv.Beta{Alpha: float64(moves) + 0.5, Beta: max(weeks-float64(moves), 0) + 0.5}
	p := Interval{Value: float64(moves) / weeks, High: law.Quantile(0.975)}
	if moves > 0 {
		p.Low = law.Quantile(0.025)
	}
	return p
}

// hazard is moves over time at risk, with Jeffreys' interval.
func hazard(moves int, weeks float64) Interval {
	law := distuv.Gamma{Alpha: float64(moves) + 0.5, Beta: 1}
	h := Interval{Value: float64(moves) / weeks, High: law.Quantile(0.975) / weeks}
	if moves > 0 {
		h.Low = law.Quantile(0.025) / weeks
	}
	return h
}

// part is the weekly probability of a cause with a hazard beside others.
func part(hazard, others float64) float64 {
	if hazard == 0 {
		return 0
	}
	return hazard / (hazard + others) * -math.Expm1(-hazard-others)
}
