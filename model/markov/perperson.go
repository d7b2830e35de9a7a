package markov

import "errors"

// PerPerson is what one person of the cohort collects: the mean over all lives that
// the moves allow, and how far one life may be from it by chance alone. It says nothing
// of doubt about the probabilities.
type PerPerson struct {
	Mean          float64    `json:"mean"`     // in the values' unit, discounted
	Variance      float64    `json:"variance"` // in that unit squared; its root is the standard deviation
	Convention    Convention `json:"convention"`
	Cycles        int        `json:"cycles"`
	CyclesPerYear float64    `json:"cycles_per_year"` // 0: not said by the model
}

// PerPerson returns the exact mean and variance of the total of all the values over
// one life. Several values are one total, so that what an amount depends on can be
// written piece by piece: the variance of a sum is not the sum of variances. The errors
// are those of Validate and of [Trace.Total].
//
// The mean is that of Trace.Total. The variance is found by carrying beside each share
// of the cohort the first two moments of what its members have collected. A share π of
// whom a part p makes a move worth a takes with it
//
//	p π,   p (m₁ + a π),   p (m₂ + 2 a m₁ + a² π)
//
// where m₁ and m₂ are the sums of the amounts and of their squares (Sobel, The variance
// of discounted Markov decision processes, Journal of Applied Probability
// 1982;19:794–802; van Daalen and Caswell, Lifetime reproductive output: individual
// stochasticity, variance, and sensitivity analysis, Theoretical Ecology
// 2017;10:355–374, on rewards in states and on moves). After each cycle its mean is
// taken off everybody, so that no digit is lost in a difference of large squares.
func (m Model) PerPerson(c Convention, values ...Value) (PerPerson, error) {
	if err := m.Validate(); err != nil {
		return PerPerson{}, err
	}
	chain := m.chain()
	v, err := m.valuation(chain, c, values)
	if err != nil {
		return PerPerson{}, err
	}
	for _, one := range values { // by all that amounts depend on
		chain.tellApart(max(one.In.From, one.In.To))
	}
	cohort := m.cohort(chain, moments)
	cohort.gain = func(move *readyMove, cyclesIn int, shares []float64) {
		collect(shares, v.moved(move.flow, cohort.since, cyclesIn))
	}
	result := PerPerson{Convention: c, Cycles: m.Cycles, CyclesPerYear: m.CyclesPerYear}
	for k := range m.Cycles {
		hold := func(part float64) {
			if part > 0 {
				cohort.Each(func(state, cyclesAgo int, shares []float64) { collect(shares, part*v.held(state, k, cyclesAgo)) })
			}
		}
		hold(v.start)
		cohort.Step()
		hold(v.end)
		mean := cohort.moment(1)
		cohort.Each(func(_, _ int, shares []float64) { collect(shares, -mean) })
		result.Mean += mean
	}
	result.Variance = max(0, cohort.moment(2))
	// Only amounts near the largest number there is can overflow.
	if err := errors.Join(finite("the mean", result.Mean), finite("the variance", result.Variance)); err != nil {
		return PerPerson{}, err
	}
	return result, nil
}

// moments is the share of a group and the first and second moment of what its members
// have collected, in place of counts.
const moments = 3

// collect gives all of a share an amount.
func collect(shares []float64, amount float64) {
	shares[2] += amount * (2*shares[1] + amount*shares[0])
	shares[1] += amount * shares[0]
}

// moment is one of the moments of the whole group.
func (g *Group) moment(n int) float64 {
	sum := 0.0
	g.Each(func(_, _ int, shares []float64) { sum += shares[n] })
	return sum
}
