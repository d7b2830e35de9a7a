package estimate

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Memory is a test of whether children leave a state at the same rate however long
// they have been there.
type Memory struct {
	Cohort string `json:"cohort,omitempty"`
	State  string `json:"state"`
	Moves  int    `json:"moves"`
	// Bands are the parts of the stay compared, each with about the same number of
	// moves. There is one where there were too few moves for a test.
	Bands     []Rate  `json:"bands"`
	Statistic float64 `json:"statistic"`
	Freedom   int     `json:"degrees_of_freedom"`
	P         float64 `json:"p"` // 1 where there was no test
}

// Advice is what follows from a test of memorylessness.
type Advice string

// The advice that a test can give.
const (
	TooFew  Advice = "too few moves" // fewer than 20: neither shown nor ruled out
	OneRate Advice = "one rate"      // nothing speaks against one rate for the whole stay
	ByWeeks Advice = "by weeks"      // divide the row by weeks in the state
)

// Advice is by weeks below p 0.05. What is found may also be children who differ:
// those who leave early leave behind those who stay long, and the rate falls though
// no child's does. A row by weeks in the state fits either.
func (m Memory) Advice() Advice {
	switch {
	case m.Freedom == 0:
		return TooFew
	case m.P < 0.05:
		return ByWeeks
	}
	return OneRate
}

const (
	testFrom  = 20 // moves
	testBands = 4
)

// Memoryless tests each state, whatever the destination, against a rate that changes
// with the weeks in it. With moves d and child-weeks T in up to four bands, cut at the
// quartiles of the moves, the likelihood ratio statistic
//
//	2 Σ d·ln((d/T) ÷ (Σd/ΣT))
//
// is compared with the χ² law of one degree of freedom fewer than there are bands
// (Andersen, Borgan, Gill and Keiding 1993, section VI.1). Of the settings cohorts
// and guard matter; others are for counts.
func Memoryless(spells []Spell, s Settings) ([]Memory, error) {
	s.InState, s.Ages, s.Periods = nil, nil, nil
	whole, err := Count(spells, s)
	if err != nil {
		return nil, err
	}
	all, _, _ := stays(spells, s)
	var tests []Memory
	for _, c := range whole.Cells {
		m := Memory{Cohort: c.Cohort, State: c.State, Moves: c.moved(""), P: 1}
		var own []stay
		for _, x := range all {
			if x.State == c.State && (!s.Cohorts || x.Cohort == c.Cohort) {
				own = append(own, x)
			}
		}
		m.test(own, s)
		tests = append(tests, m)
	}
	return tests, nil
}

// test compares the hazards of bands.
func (m *Memory) test(own []stay, s Settings) {
	if m.Moves >= testFrom {
		s.InState = quartiles(own)
	}
	bands := map[Band]*Rate{}
	var total Rate
	for _, c := range own {
		c.divide(s, func(w Where, days int, last bool) {
			r := bands[w.InState]
			if r == nil {
				r = &Rate{Where: w, Weekly: s.Weekly}
				bands[w.InState] = r
			}
			r.Weeks += float64(days) / 7
			total.Weeks += float64(days) / 7
			if last && c.next != "" {
				r.Moves++
				total.Moves++
			}
		})
	}
	for _, r := range bands {
		m.Bands = append(m.Bands, *r)
		if r.Moves > 0 {
			m.Statistic += 2 * float64(r.Moves) * math.Log(float64(r.Moves)/r.Weeks*total.Weeks/float64(total.Moves))
		}
	}
	work(m.Bands)
	slices.SortFunc(m.Bands, func(a, b Rate) int { return a.InState.From - b.InState.From })
	m.Freedom = len(m.Bands) - 1
	if m.Freedom > 0 {
		m.P = distuv.ChiSquared{K: float64(m.Freedom)}.Survival(max(0, m.Statistic))
	}
}

// quartiles are the weeks, above 0 and rising, at which quarters of the moves have
// happened.
func quartiles(own []stay) []int {
	var at []int
	for _, c := range own {
		if c.next != "" {
			at = append(at, c.to)
		}
	}
	slices.Sort(at)
	var cuts []int
	for i := 1; i < testBands; i++ {
		week := (at[i*len(at)/testBands] + 6) / 7
		if week > 0 && (len(cuts) == 0 || week > cuts[len(cuts)-1]) {
			cuts = append(cuts, week)
		}
	}
	return cuts
}
