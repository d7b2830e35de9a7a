package markov

import (
	"fmt"
	"math"
)

// WeeksPerYear is the number of weekly cycles in a year.
const WeeksPerYear = 52.18

// WithinCycles turns the probabilities p of having left for each cause within
// n cycles into probabilities per cycle. The p are crude: each is the chance of
// leaving for that cause while the others also act, so they add up to at most
// 1. All causes of leaving a state must be given together, over the same n.
//
// They are shares of those who left for a cause, wherever they went on to. A
// published probability of being in a state n cycles later is something else where
// that state can be left again, or be reached by way of another: it mixes moves of
// several cycles, and no row can be converted by itself. The root of the whole
// matrix can be taken (package calibrate/estimate); or give a model rates, and compare
// its trace after n cycles with such probabilities. Nor are p the probabilities of
// successive cycles: those are pieces of a [Row].
//
// Under constant hazards, with P = Σp, the probability per cycle of leaving is
//
//	q = 1 − (1 − P)^(1/n)
//
// and each cause keeps its share, q·pᵢ/P. (Chiang, Introduction to Stochastic
// Processes in Biostatistics, 1968, on competing risks; Miller and Homan,
// Medical Decision Making 1994;14:52–58, for one cause.) P must be below 1
// unless n is 1: no constant hazard empties a state in a finite time.
func WithinCycles(n int, p ...float64) ([]float64, error) {
	if err := inRange("the number of cycles", float64(n), n >= 1, "1 or more"); err != nil {
		return nil, err
	}
	total := 0.0
	for _, x := range p {
		if err := inRange("a probability", x, x >= 0 && x <= 1, "from 0 to 1"); err != nil {
			return nil, err
		}
		total += x
	}
	if err := inRange("the sum of the probabilities", total, reachable(n, total),
		"below 1 (at most 1 within one cycle), those who stayed left out"); err != nil {
		return nil, err
	}
	perCycle := make([]float64, len(p))
	for i, x := range p {
		if x > 0 {
			perCycle[i] = x / total * leaving(n, total)
		}
	}
	return perCycle, nil
}

// StillThere returns the probability per cycle of leaving such that the share
// s has not left after n cycles, under a constant hazard:
//
//	1 − s^(1/n)
//
// (Miller and Homan, Medical Decision Making 1994;14:52–58.) s must be above 0
// unless n is 1.
func StillThere(n int, s float64) (float64, error) {
	if err := inRange("the number of cycles", float64(n), n >= 1, "1 or more"); err != nil {
		return 0, err
	}
	if err := inRange("the share still there", s, s <= 1 && (s > 0 || s == 0 && n == 1),
		"above 0 (from 0 after one cycle) and at most 1"); err != nil {
		return 0, err
	}
	return 0 - math.Expm1(math.Log(s)/float64(n)), nil // 0, not -0, where all are still there
}

// AnnualRate turns a rate r of events per person-year into the probability of
// an event per cycle, where a year has cyclesPerYear cycles:
//
//	1 − e^(−r/cyclesPerYear)
//
// (Fleurence and Hollenbeak, PharmacoEconomics 2007;25:3–6.) A rate is not a
// probability, and may be above 1.
func AnnualRate(r, cyclesPerYear float64) (float64, error) {
	if err := inRange("the annual rate", r, r >= 0 && r <= math.MaxFloat64, "0 or more, and finite"); err != nil {
		return 0, err
	}
	if err := inRange("the cycles per year", cyclesPerYear,
		cyclesPerYear > 0 && cyclesPerYear <= math.MaxFloat64, "above 0, and finite"); err != nil {
		return 0, err
	}
	return -math.Expm1(-r / cyclesPerYear), nil
}

// MeanStay turns a mean stay of m cycles, the one of leaving included, into
// the probability per cycle of leaving:
//
//	1/m
//
// the mean of the geometric distribution (Feller, An Introduction to
// Probability Theory and Its Applications, volume 1).
func MeanStay(m float64) (float64, error) {
	if err := inRange("the mean stay in cycles", m, m >= 1 && m <= math.MaxFloat64, "1 or more, and finite"); err != nil {
		return 0, err
	}
	return 1 / m, nil
}

// leaving is the probability per cycle such that p have left after n cycles.
// For one cycle it is p itself, free of rounding.
func leaving(n int, p float64) float64 {
	if n == 1 {
		return min(p, 1)
	}
	return -math.Expm1(math.Log1p(-p) / float64(n))
}

// reachable reports whether a constant hazard can have p leave in n cycles. A
// sum a rounding error below 1 is meant as 1.
func reachable(n int, p float64) bool {
	if n == 1 {
		return p <= 1+sumTolerance
	}
	return p < 1-sumTolerance
}

// inRange returns an error unless ok. Callers write ok so that NaN fails.
func inRange(what string, value float64, ok bool, allowed string) error {
	if ok {
		return nil
	}
	return fmt.Errorf("%s is %v: must be %s", what, value, allowed)
}
