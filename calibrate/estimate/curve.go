package estimate

import (
	"math"
	"slices"
)

// Curve is how long children stay in a state and where they go, as seen and as
// fitted. Every list has an entry for each week from 0.
type Curve struct {
	Cohort string `json:"cohort,omitempty"`
	State  string `json:"state"`
	// From is the first week at which anybody was under observation: the curve is of
	// those still there then. It is above 0 only where no stay was seen from its start.
	From   int              `json:"from,omitempty"`
	AtRisk []int            `json:"at_risk"` // under observation in the state at that week
	Moves  map[string][]int `json:"moves"`   // seen up to that week, by where they went
	// Still is the share still there (Kaplan and Meier 1958), with its 95% interval
	// (Greenwood's variance on the log-log scale). Gone is the share that has left, by
	// where it went first (Aalen and Johansen 1978, for competing risks).
	Still []float64            `json:"still"`
	Low   []float64            `json:"low"`
	High  []float64            `json:"high"`
	Gone  map[string][]float64 `json:"gone"`
	// FittedStill and FittedGone are the same at the estimated rates.
	FittedStill []float64            `json:"fitted_still"`
	FittedGone  map[string][]float64 `json:"fitted_gone"`
}

// Curves draws each state over so many weeks, beside the rates, which are of a table
// without ages and periods. A stay that was seen only from some day on is at risk from
// that day, not before (left truncation); an exit at 18 is not one. Days are exact.
func Curves(spells []Spell, s Settings, rates []Rate, weeks int) ([]Curve, error) {
	s.InState, s.Ages, s.Periods = nil, nil, nil
	table, err := Count(spells, s)
	if err != nil {
		return nil, err
	}
	all, _, _ := stays(spells, s)
	var curves []Curve
	for _, cell := range table.Cells {
		var own []stay
		for _, c := range all {
			if c.State == cell.State && (!s.Cohorts || c.Cohort == cell.Cohort) {
				own = append(own, c)
			}
		}
		c := Curve{Cohort: cell.Cohort, State: cell.State, Gone: map[string][]float64{}, FittedGone: map[string][]float64{}, Moves: map[string][]int{}}
		c.observe(own, cell.Moves, weeks)
		c.fit(rates, weeks)
		curves = append(curves, c)
	}
	return curves, nil
}

// observe works out what was seen, day by day.
func (c *Curve) observe(own []stay, to []Moved, weeks int) {
	days := 7 * weeks
	enter, leave := make([]int, days+2), make([]int, days+2) // by day; the last stands for all later days
	moves := make([]map[string]int, days+2)
	first := days
	for _, x := range own {
		enter[min(x.from, days+1)]++
		leave[min(x.to, days+1)]++
		first = min(first, x.from)
		if x.next != "" && x.to <= days {
			if moves[x.to] == nil {
				moves[x.to] = map[string]int{}
			}
			moves[x.to][x.next]++
		}
	}
	c.From = (first + 6) / 7
	still, variance, gone, risk, seen := 1.0, 0.0, map[string]float64{}, 0, map[string]int{}
	for day := range days + 1 {
		if n := total(moves[day]); n > 0 { // risk: entered before the day, and not left before it
			for name, m := range moves[day] {
				gone[name] += still * float64(m) / float64(risk)
				seen[name] += m
			}
			still *= 1 - float64(n)/float64(risk)
			variance += float64(n) / (float64(risk) * float64(risk-n)) // infinite once nobody is left
		}
		risk += enter[day] - leave[day]
		if day%7 == 0 {
			c.record(still, variance, risk)
			for _, m := range to {
				c.Gone[m.To] = append(c.Gone[m.To], gone[m.To])
				c.Moves[m.To] = append(c.Moves[m.To], seen[m.To])
			}
		}
	}
}

// record adds a week.
func (c *Curve) record(still, variance float64, risk int) {
	low, high := still, still
	if still > 0 && still < 1 {
		half := 1.959964 * math.Sqrt(variance) / -math.Log(still)
		low, high = math.Pow(still, math.Exp(half)), math.Pow(still, math.Exp(-half))
	}
	c.Still, c.Low, c.High, c.AtRisk = append(c.Still, still), append(c.Low, low), append(c.High, high), append(c.AtRisk, risk)
}

// fit follows the rates from the first week under observation.
func (c *Curve) fit(rates []Rate, weeks int) {
	own := slices.DeleteFunc(slices.Clone(rates), func(r Rate) bool { return r.State != c.State || r.Cohort != c.Cohort })
	still, gone := 1.0, map[string]float64{}
	for week := range weeks + 1 {
		if week > c.From {
			leaving := 0.0
			for _, r := range own {
				if r.InState.From <= week-1 && (r.InState.To == 0 || week-1 < r.InState.To) {
					gone[r.To] += still * r.Probability.Value
					leaving += r.Probability.Value
				}
			}
			still *= 1 - leaving
		}
		c.FittedStill = append(c.FittedStill, still)
		for name := range c.Gone {
			c.FittedGone[name] = append(c.FittedGone[name], gone[name])
		}
	}
}

func total(moves map[string]int) int {
	n := 0
	for _, m := range moves {
		n += m
	}
	return n
}
