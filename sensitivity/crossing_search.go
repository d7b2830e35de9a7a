package sensitivity

import (
	"cmp"
	"context"
	"math"
	"math/bits"
	"slices"

	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// gridParts is into how many parts the range of a driver is divided.
const gridParts = 12

// MostRuns is how many runs [Reverse] takes at most for drivers and one event.
// Most searches need far fewer.
func MostRuns(drivers []Driver) int {
	runs := 1
	for _, driver := range drivers {
		runs += driver.mostRuns()
	}
	return runs
}

// mostRuns is how many runs a search takes at most: the grid, and halving on
// either side.
func (d Driver) mostRuns() int {
	part := int((d.To-d.From)/d.Step)/gridParts + 2
	return gridParts + 3 + 2*bits.Len(uint(part))
}

// search looks for the value of a driver at which an event has the probability
// that is wanted.
type search struct {
	runs   *versions
	driver Driver
	event  montecarlo.Key
	wanted float64
	tried  map[int]Tried      // by steps
	money  map[int][2]float64 // means of what comes in and what it costs, by steps
}

func (s *search) answer(ctx context.Context) (Answer, error) {
	d := s.driver
	a := Answer{Driver: d}
	var err error
	if a.Neutral, err = s.try(ctx, d.steps(d.Neutral)); err != nil {
		return a, err
	}
	a.Already = s.reached(a.Neutral)
	from, to := int(math.Ceil(rounded(d.From/d.Step))), int(math.Floor(rounded(d.To/d.Step)))
	for _, end := range []int{from, to} {
		crossing, found, err := s.outwards(ctx, end, a.Already)
		if err != nil {
			return a, err
		}
		if found {
			a.Crossings = append(a.Crossings, crossing)
		}
	}
	distance := func(c Crossing) float64 { return math.Abs(c.Value - d.Neutral) }
	slices.SortStableFunc(a.Crossings, func(x, y Crossing) int { return cmp.Compare(distance(x), distance(y)) })
	a.Found = len(a.Crossings) > 0
	for _, t := range s.tried {
		a.Tried = append(a.Tried, t)
	}
	slices.SortFunc(a.Tried, func(x, y Tried) int { return cmp.Compare(x.Value, y.Value) })
	a.Extreme = a.extreme()
	if a.Found {
		far := d.To
		if a.Crossings[0].Value < d.Neutral {
			far = d.From
		}
		share := rounded(distance(a.Crossings[0]) / math.Abs(far-d.Neutral))
		a.Distance = &share
	} else {
		a.Moves = s.moves(a, from, to)
	}
	a.Text = a.sentence(s.event.Name, s.wanted)
	return a, nil
}

// try runs the programme with the driver at so many steps.
func (s *search) try(ctx context.Context, steps int) (Tried, error) {
	if t, ok := s.tried[steps]; ok {
		return t, nil
	}
	t := Tried{Value: s.driver.value(steps)}
	one, err := s.runs.at(ctx, s.driver, t.Value)
	if err != nil {
		return t, err
	}
	t.ProbabilityOf, _ = chance(one, s.event)
	s.tried[steps], s.money[steps] = t, s.means(one)
	return t, nil
}

// reached reports whether the probability is at least what is wanted.
func (s *search) reached(t Tried) bool { return t.Probability >= s.wanted }

// outwards goes from neutral to one end of the range until the answer turns, and
// then halves.
func (s *search) outwards(ctx context.Context, end int, already bool) (Crossing, bool, error) {
	neutral := s.driver.steps(s.driver.Neutral)
	whole := (s.driver.To - s.driver.From) / s.driver.Step
	parts := int(math.Ceil(gridParts * math.Abs(float64(end-neutral)) / whole))
	inner := neutral
	for i := 1; i <= parts; i++ {
		outer := neutral + int(math.Round(float64(i*(end-neutral))/float64(parts)))
		t, err := s.try(ctx, outer)
		if err != nil {
			return Crossing{}, false, err
		}
		if s.reached(t) != already {
			c, err := s.halve(ctx, inner, outer, already)
			return c, true, err
		}
		inner = outer
	}
	return Crossing{}, false, nil
}

// halve narrows a part of the range, at the outer end of which the answer has
// turned, to one step.
func (s *search) halve(ctx context.Context, inner, outer int, already bool) (Crossing, error) {
	for inner-outer > 1 || outer-inner > 1 {
		middle := inner + (outer-inner)/2
		t, err := s.try(ctx, middle)
		if err != nil {
			return Crossing{}, err
		}
		if s.reached(t) != already {
			outer = middle
		} else {
			inner = middle
		}
	}
	return Crossing{Tried: s.tried[outer], Before: s.tried[inner]}, nil
}

// extreme returns the value with the highest probability, or with the lowest if
// what was asked for is reached already; neutral if no value is beyond it.
func (a Answer) extreme() Tried {
	e := a.Neutral
	for _, t := range a.Tried {
		if a.Already && t.Probability < e.Probability || !a.Already && t.Probability > e.Probability {
			e = t
		}
	}
	return e
}

// sides are the two sides of an event: what the investors' money or the
// public purse gains, and what it pays.
func (s *search) sides() (comesIn, costs string) {
	if s.event.NeedsDelivery() {
		return montecarlo.Receipts, montecarlo.DeliveryCost
	}
	return montecarlo.Avoided, montecarlo.Payments
}

// means are the two sides of a run.
func (s *search) means(r *montecarlo.Result) [2]float64 {
	comesIn, costs := s.sides()
	gain, _ := r.Totals.Of(comesIn)
	cost, _ := r.Totals.Of(costs)
	return [2]float64{gain.Mean, cost.Mean}
}

// moves are the two sides where the probability comes nearest to what was asked for.
// Where that is today, they are those at the end of the range at which the balance of
// the two is lowest or, if what was asked for is reached already, none.
func (s *search) moves(a Answer, ends ...int) []Moved {
	neutral := s.driver.steps(s.driver.Neutral)
	at := s.driver.steps(a.Extreme.Value)
	if at == neutral && a.Already {
		return nil
	}
	balance := func(steps int) float64 { return s.money[steps][0] - s.money[steps][1] }
	for _, end := range ends {
		if a.Extreme.Value == a.Neutral.Value && end != neutral && (at == neutral || balance(end) < balance(at)) {
			at = end
		}
	}
	comesIn, costs := s.sides()
	today, then, value := s.money[neutral], s.money[at], s.driver.value(at)
	return []Moved{{comesIn, today[0], value, then[0]}, {costs, today[1], value, then[1]}}
}

// nearestFirst puts the answers with a crossing first, the nearest to today first.
func nearestFirst(answers []Answer) []Answer {
	sorted := slices.Clone(answers)
	far := func(a Answer) float64 {
		if a.Distance == nil {
			return math.Inf(1)
		}
		return *a.Distance
	}
	slices.SortStableFunc(sorted, func(a, b Answer) int { return cmp.Compare(far(a), far(b)) })
	return sorted
}
