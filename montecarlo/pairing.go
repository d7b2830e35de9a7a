package montecarlo

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
)

// What would have become of a child without the programme is never observed, so
// no data fix how the two lives of a child share luck. No mean depends on it, but
// the range of every difference between them does. Each figure that contains
// avoided cost is therefore worked out twice in every replication: with common
// random numbers in both lives, and under independent lives, where the life
// without the programme of a child who starts is drawn anew from the start. The
// range, and the chances that go with it, come from the pairing in which the total
// has the wider range from 5% to 95% in constant prices (see deciding.go); the other
// stands beside it.
const (
	commonNumbers    = "common random numbers"
	independentLives = "independent lives"
)

// decides is the total that decides an event, whose pairing its probability takes.
var decides = map[string]string{
	OwnSaves: NetSaving, Saves: NetPublic, OwnCashableSaves: OwnNetCashable, CashableSaves: NetCashable,
	TargetMetGross: targetGross, TargetMet: targetNet,
}

// decidedBy is the key of the total that decides a figure's pairing: its own, but
// for an event.
func decidedBy(k Key) Key {
	total, event := decides[k.Name]
	if !event {
		total = k.Name
	}
	return Key{Name: total, Of: k.Of}
}

// fillIndependent records every figure that contains avoided cost once more, under
// independent lives. In the central projection the two are the same.
func fillIndependent(s *sheet, l *contract.Ledger, f *figures) {
	f.independent = true
	if l.Independent != nil {
		l = l.Independent
		f.care.addUp(s, l)
	}
	fillSavings(s, f)
	fillValue(s, f)
	fillTargets(s, f)
	f.independent = false
}

// wider returns the pairing in which each total has the wider range from 5% to
// 95% in constant prices: common random numbers if both are as wide. Totals without
// avoided cost are not in it.
func (r *runner) wider(described []Distribution, n int) map[Key]string {
	common, pairing := map[Key]float64{}, map[Key]string{}
	for _, c := range r.deciders() {
		if c.period != overall || c.Unit == Probability {
			continue
		}
		key := Key{Name: c.Name, Of: c.Of}
		if c.Arm != "" {
			continue
		}
		width := r.width(c, described[c.at], n)
		if !c.independent {
			common[key] = width
			continue
		}
		pairing[key] = commonNumbers
		if width > common[key] {
			pairing[key] = independentLives
		}
	}
	return pairing
}

// decides reports whether a total's spread is shown in the column's pairing.
func (c column) decides(wider map[Key]string) bool {
	if c.independent {
		return wider[decidedBy(c.Key)] == independentLives
	}
	return c.Arm != "" || wider[decidedBy(c.Key)] != independentLives
}

// width is how far a total's 95% quantile is above its 5% quantile over n
// replications.
func (r *runner) width(c column, d Distribution, n int) float64 {
	return r.quantile(c, d, 0.95, n) - r.quantile(c, d, 0.05, n)
}

// quantile is a quantile of a total, whether it was asked for or not.
func (r *runner) quantile(c column, d Distribution, p float64, n int) float64 {
	for _, q := range d.Quantiles {
		if q.P == p {
			return q.Value
		}
	}
	if r.condensed != nil {
		at, _, _ := r.condensed[c.at].quantile(p)
		return at.value
	}
	values := r.column(c, c.at, n)
	sortValues(values)
	return values[orderstatistic.At(n, p)]
}

// pair puts the figures under independent lives beside those with common random
// numbers, and the wider range in front.
func (r *Result) pair(independent *Result, wider map[Key]string) {
	for _, other := range independent.Totals {
		s := find(r.Totals, func(s *Summary) bool { return s.Key == other.Key })
		s.Pairing, s.OtherPairing = wider[decidedBy(s.Key)], &other.Distribution
		if s.Pairing == independentLives {
			common := s.Distribution
			s.OtherPairing = &common
			s.SD, s.Quantiles, s.Rates = other.SD, other.Quantiles, other.Rates
		}
	}
	for _, other := range independent.Probabilities {
		p := find(r.Probabilities, func(p *ProbabilityOf) bool { return p.Key == other.Key })
		p.Pairing, other.Pairing = wider[decidedBy(p.Key)], independentLives
		if p.Pairing == independentLives {
			*p, other = other, *p
			other.Pairing = commonNumbers
		}
		p.OtherPairing = &other
	}
	pairSeries(r.Quarterly, independent.Quarterly, wider)
	pairSeries(r.Yearly, independent.Yearly, wider)
}

// pairSeries is pair for series.
func pairSeries(all, independent List[Series], wider map[Key]string) {
	for _, other := range independent {
		s := find(all, func(s *Series) bool { return s.Key == other.Key })
		s.Pairing, s.OtherPairing = wider[decidedBy(s.Key)], other.By
		if s.Pairing != independentLives {
			continue
		}
		common := s.By
		s.OtherPairing, s.By = common, slices.Clone(common)
		for i := range s.By {
			s.By[i].SD, s.By[i].Quantiles = other.By[i].SD, other.By[i].Quantiles
		}
	}
}

// find returns the figure of a list that fits; there must be one.
func find[T any](all []T, fits func(*T) bool) *T {
	return &all[slices.IndexFunc(all, func(one T) bool { return fits(&one) })]
}

// pairingIn takes the pairing off the names of a figure: what it is of, its arm, and
// then the pairing, which is common random numbers if it is not named.
func pairingIn(of []string) (rest []string, independent bool) {
	if len(of) < 3 {
		return of, false
	}
	switch of[2] {
	case "", commonNumbers:
		return slices.Concat(of[:2], of[3:]), false
	case independentLives:
		return slices.Concat(of[:2], of[3:]), true
	}
	return of, false // which no figure has
}

// independentCells lists the weeks of a tally under independent lives.
func independentCells(t *contract.Tally) (cells [][]int64) {
	s := t.Shape
	for w := contract.Tracking; w <= contract.AfterTracking; w++ {
		for cohort := range s.Cohorts {
			for commissioner := range s.Commissioners {
				for state := range s.States {
					cells = append(cells, t.Independent.WeeksIn(w, contract.Counterfactual, cohort, commissioner, state))
				}
			}
		}
	}
	return cells
}

// pairingConventions says how the two lives of a child share luck.
func pairingConventions(e lives.Engine) string {
	text := "what would have become of a child without the programme is never observed, so ranges and probabilities that contain avoided cost " +
		"are worked out twice, with common random numbers in both lives of a child and with independent lives from the start on, and the wider is shown; " +
		"no mean depends on it, and differences between versions have common random numbers throughout"
	if e == lives.Plain {
		text += "; the plain engine has other numbers in common than the jump engine, those of the same week, so that only its independent lives are paired alike"
	}
	return text
}
