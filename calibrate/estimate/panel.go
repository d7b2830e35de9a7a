package estimate

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Visit is where a child was found on a day. What happened between visits is not known.
type Visit struct {
	Child int
	On    calendar.Date
	State string
}

// Panel estimates the hazards of the allowed moves, by state of origin, from the
// status at visits alone. Between visits hazards are constant, so that from one to the
// next the chances are exp(Q·weeks), with Q the matrix of hazards; the likelihood of all
// pairs of visits is made largest (Kalbfleisch and Lawless, JASA 1985;80:863–871).
// Visits are taken to fall on days that have nothing to do with the moves.
//
// The 95% intervals are Wald's on the log scale, from the curvature there. Moves and
// Weeks of a rate are not counts: they are those that would have told as much, 1 over
// the variance of the log hazard, and so many over the hazard. The error says which
// spells or moves cannot be, or which hazard the visits cannot tell from others.
func Panel(visits []Visit, allowed map[string][]string) ([]Rate, error) {
	p := panel{places: map[string]int{}}
	if err := p.prepare(visits, allowed); err != nil {
		return nil, err
	}
	start := make([]float64, len(p.moves))
	for i := range start {
		start[i] = math.Log(0.01) // a week
	}
	problem := optimize.Problem{Func: p.surprise, Grad: p.slope}
	result, err := optimize.Minimize(problem, start, &optimize.Settings{GradientThreshold: 1e-5, MajorIterations: 500}, &optimize.BFGS{})
	if result == nil {
		return nil, fmt.Errorf("the likelihood cannot be made largest: %w", err)
	}
	x := result.X
	slope := make([]float64, len(x))
	p.slope(slope, x)
	for i, s := range slope {
		if math.Abs(s) > 0.05 {
			return nil, p.moves[i].unknown()
		}
	}
	return p.rates(x)
}

// panel is pairs of visits, counted, and the moves with a hazard.
type panel struct {
	states []string
	places map[string]int
	moves  []Rate
	pairs  map[pair]int
	gaps   []int // days between visits that occur
}

// pair is two visits of one child, one after the other.
type pair struct{ days, from, to int }

// prepare counts pairs and lists moves.
func (p *panel) prepare(visits []Visit, allowed map[string][]string) error {
	var faults []error
	place := func(state string) int {
		at, ok := p.places[state]
		if !ok {
			at = len(p.states)
			p.states, p.places[state] = append(p.states, state), at
		}
		return at
	}
	for _, from := range slices.Sorted(maps.Keys(allowed)) {
		place(from)
		to := slices.Clone(allowed[from])
		slices.Sort(to)
		for _, name := range slices.Compact(to) {
			if name == from {
				faults = append(faults, fmt.Errorf("a move from %s to itself is no move: leave it out", from))
			}
			place(name)
			p.moves = append(p.moves, Rate{Where: Where{State: from}, To: name})
		}
	}
	ordered := slices.Clone(visits)
	slices.SortStableFunc(ordered, func(a, b Visit) int { return cmp.Or(cmp.Compare(a.Child, b.Child), a.On.Compare(b.On)) })
	p.pairs = map[pair]int{}
	strange, noDay, both := map[string]int{}, 0, map[[2]string]int{}
	for i, v := range ordered {
		if _, ok := p.places[v.State]; !ok {
			strange[v.State]++
			continue
		}
		if v.On.IsZero() {
			noDay++
			continue
		}
		if i == 0 || ordered[i-1].Child != v.Child || ordered[i-1].On.IsZero() {
			continue
		}
		before := ordered[i-1]
		if days := v.On.Sub(before.On); days > 0 {
			p.pairs[pair{days, p.places[before.State], p.places[v.State]}]++
			p.gaps = append(p.gaps, days)
		} else if v.State != before.State {
			both[[2]string{before.State, v.State}]++
		}
	}
	for _, state := range slices.Sorted(maps.Keys(strange)) {
		faults = append(faults, fmt.Errorf("%s found in %q, which is in none of the moves: add a move from it or to it, or leave those visits out", found(strange[state]), state))
	}
	if noDay > 0 {
		faults = append(faults, fmt.Errorf("%s found on no day: each visit needs one", found(noDay)))
	}
	for _, two := range slices.SortedFunc(maps.Keys(both), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
		faults = append(faults, fmt.Errorf("%s found in %s and in %s on one day: keep one of the two visits", found(both[two]), two[0], two[1]))
	}
	slices.Sort(p.gaps)
	p.gaps = slices.Compact(p.gaps)
	if len(p.moves) == 0 || len(p.pairs) == 0 {
		faults = append(faults, errors.New("there is no move, or no child with two visits: nothing can be estimated"))
	}
	return errors.Join(faults...)
}

// found says how many visits a fault is of.
func found(n int) string {
	if n == 1 {
		return "a child was"
	}
	return fmt.Sprintf("children were %d times", n)
}

// surprise is minus the log-likelihood at log hazards.
func (p *panel) surprise(x []float64) float64 {
	n := len(p.states)
	q := mat.NewDense(n, n, nil)
	for i, m := range p.moves {
		h, from := math.Exp(min(x[i], 5)), p.places[m.State]
		q.Set(from, p.places[m.To], h)
		q.Set(from, from, q.At(from, from)-h)
	}
	chances := map[int]*mat.Dense{}
	for _, days := range p.gaps {
		var scaled, after mat.Dense
		scaled.Scale(float64(days)/7, q)
		after.Exp(&scaled)
		chances[days] = &after
	}
	sum := 0.0
	for _, one := range p.ordered() {
		sum -= float64(p.pairs[one]) * math.Log(max(chances[one.days].At(one.from, one.to), 1e-300))
	}
	return sum
}

// ordered is the pairs in one order, so that sums are the same each time.
func (p *panel) ordered() []pair {
	return slices.SortedFunc(maps.Keys(p.pairs), func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.days, b.days), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
}

// slope is the gradient of the surprise, by central differences.
func (p *panel) slope(g, x []float64) {
	y := slices.Clone(x)
	for i := range x {
		const h = 1e-5
		y[i] = x[i] + h
		up := p.surprise(y)
		y[i] = x[i] - h
		g[i] = (up - p.surprise(y)) / (2 * h)
		y[i] = x[i]
	}
}

// rates are hazards at the top of the likelihood, with how well they are known.
func (p *panel) rates(x []float64) ([]Rate, error) {
	n := len(x)
	curve := mat.NewSymDense(n, nil)
	up, down, y := make([]float64, n), make([]float64, n), slices.Clone(x)
	for i := range n {
		const h = 1e-3
		y[i] = x[i] + h
		p.slope(up, y)
		y[i] = x[i] - h
		p.slope(down, y)
		y[i] = x[i]
		for j := range i + 1 {
			curve.SetSym(i, j, (up[j]-down[j])/(2*h))
		}
	}
	var factor mat.Cholesky
	var covariance mat.SymDense
	if !factor.Factorize(curve) || factor.Cond() > 1e10 || factor.InverseTo(&covariance) != nil {
		return nil, errors.New("the visits do not tell these hazards apart: leave out a move, or bring visits that are nearer together")
	}
	rates, leaving := slices.Clone(p.moves), map[string]float64{}
	for i := range rates {
		r, sd := &rates[i], math.Sqrt(covariance.At(i, i))
		if sd > 1 { // the visits tell less than one move would
			return nil, r.unknown()
		}
		h := math.Exp(x[i])
		r.Hazard = Interval{h, h * math.Exp(-1.959964*sd), h * math.Exp(1.959964*sd)}
		r.Moves = int(math.Round(1 / (sd * sd)))
		r.Weeks = float64(r.Moves) / h
		leaving[r.State] += h
	}
	for i := range rates {
		r := &rates[i]
		others := leaving[r.State] - r.Hazard.Value
		r.Probability = Interval{part(r.Hazard.Value, others), part(r.Hazard.Low, others), part(r.Hazard.High, others)}
	}
	return rates, nil
}

// unknown says that visits do not tell a hazard.
func (r *Rate) unknown() error {
	return fmt.Errorf("the hazard from %s to %s cannot be estimated from these visits: leave that move out, or bring visits that are nearer together", r.State, r.To)
}
