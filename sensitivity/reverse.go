package sensitivity

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Reversed is how bad each of several drivers must be, alone, for an event to
// have a given probability.
type Reversed struct {
	Programme   string                 `json:"programme"`
	Title       string                 `json:"title"`
	Case        string                 `json:"case"`
	Party       string                 `json:"party"` // whose loss or hurdle it is
	Event       Event                  `json:"event"`
	Probability float64                `json:"probability"` // that was asked for
	Answers     []Answer               `json:"answers"`     // by driver
	Conventions montecarlo.Conventions `json:"conventions"` // of the case as it is
	Cautions    []string               `json:"cautions,omitempty"`
}

// Answer is what was found for one driver. What can be said in a sentence stands
// in Text.
type Answer struct {
	Driver Driver `json:"driver"`
	Text   string `json:"text"`
	// Neutral is the case as it is.
	Neutral Tried `json:"neutral"`
	// Already tells that the probability is reached at neutral. A crossing is
	// then how much better the driver must be for it to be missed.
	Already bool `json:"already"`
	// Found tells whether there is a crossing in the range.
	Found bool `json:"found"`
	// Crossings are the values nearest to neutral at which the answer turns, at
	// most one on each side, the nearer first.
	Crossings []Crossing `json:"crossings,omitempty"`
	// Extreme is where the probability comes nearest to what was asked for, if
	// there is no crossing: the highest that was tried, or the lowest if it is
	// reached already.
	Extreme Tried `json:"extreme"`
	// Tried is every value that was run, in order.
	Tried []Tried `json:"tried"`
}

// Crossing is the first value, going from neutral, at which the probability is
// on the other side of what was asked for.
type Crossing struct {
	Tried
	// Before is one step nearer to neutral, where it is not yet.
	Before Tried `json:"before"`
}

// Tried is the probability of the event at one value of a driver.
type Tried struct {
	Value       float64 `json:"value"` // in the driver's unit
	Probability float64 `json:"probability"`
	StdErr      float64 `json:"standard_error"` // Monte Carlo
}

// Reverse asks of each driver alone at which value an event becomes as likely as
// a given probability. Nil stands for those of [Drivers] that bear on the event at all.
//
// The probability need not rise or fall steadily with a driver: fewer referrals
// can lower the capital that is needed, and fewer still the income that repays
// it. So the range is searched outwards from neutral on a grid of about
// twelve parts, and the first part in which the answer turns is halved until one
// step of the driver is left. A crossing and back within one part of the grid
// is not seen. All runs have the same luck; a probability near the one asked for
// is known to its standard error, and the value no better than that.
func Reverse(ctx context.Context, d *scenario.Document, drivers []Driver, event Event, probability float64, o Options) (*Reversed, error) {
	if !(probability > 0 && probability < 1) {
		return nil, fmt.Errorf("probability %v: it must lie between 0 and 1", probability)
	}
	if _, err := event.MarshalText(); err != nil {
		return nil, err
	}
	if drivers == nil {
		drivers = slices.DeleteFunc(Drivers(d), func(d Driver) bool { return !event.concerns(d.Name) })
	}
	p, err := o.programme(d)
	if err != nil {
		return nil, err
	}
	if event != SavesNothing {
		if err := needDelivery(p); err != nil {
			return nil, err
		}
	}
	for _, driver := range drivers {
		if err := driver.validate(); err != nil {
			return nil, err
		}
	}
	runs := newRunner(o.Run, MostRuns(drivers))
	base, err := runs.run(ctx, p)
	if err != nil {
		return nil, err
	}
	out := &Reversed{
		Programme: base.Programme, Title: base.Title, Case: base.Case, Party: o.party(), Event: event, Probability: probability,
		Conventions: base.Conventions, Cautions: base.Cautions,
	}
	for _, driver := range drivers {
		s := search{document: d, options: o, runs: runs, driver: driver, event: event, tried: map[int]Tried{}}
		answer, err := s.answer(ctx, probability)
		if err != nil {
			return nil, fmt.Errorf("driver %q: %w", driver.Name, err)
		}
		out.Answers = append(out.Answers, answer)
	}
	runs.finish()
	return out, nil
}

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

// search looks for an event's probability along one driver.
type search struct {
	document *scenario.Document
	options  Options
	runs     *runner
	driver   Driver
	event    Event
	tried    map[int]Tried // by steps
}

// try runs the programme with the driver at so many steps.
func (s *search) try(ctx context.Context, steps int) (Tried, error) {
	if t, ok := s.tried[steps]; ok {
		return t, nil
	}
	t := Tried{Value: s.driver.at(steps)}
	p, err := s.options.programme(s.document, s.driver.Edits(t.Value)...)
	if err != nil {
		return t, fmt.Errorf("at %s: %w", s.driver.Text(t.Value), err)
	}
	r, err := s.runs.run(ctx, p)
	if err != nil {
		return t, fmt.Errorf("at %s: %w", s.driver.Text(t.Value), err)
	}
	t.Probability, t.StdErr = s.event.of(r, s.options.party())
	s.tried[steps] = t
	return t, nil
}

func (s *search) answer(ctx context.Context, wanted float64) (Answer, error) {
	d := s.driver
	a := Answer{Driver: d}
	var err error
	if a.Neutral, err = s.try(ctx, d.steps(d.Neutral)); err != nil {
		return a, err
	}
	a.Already = a.Neutral.Probability >= wanted
	turned := func(t Tried) bool { return (t.Probability >= wanted) != a.Already }
	from, to := int(math.Ceil(rounded(d.From/d.Step))), int(math.Floor(rounded(d.To/d.Step)))
	for _, end := range []int{from, to} {
		crossing, found, err := s.outwards(ctx, end, turned)
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
	a.Text = a.sentence(s.event, wanted)
	return a, nil
}

// outwards goes from neutral to one end of the range until the answer turns, and
// then halves.
func (s *search) outwards(ctx context.Context, end int, turned func(Tried) bool) (Crossing, bool, error) {
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
		if turned(t) {
			c, err := s.halve(ctx, inner, outer, turned)
			return c, true, err
		}
		inner = outer
	}
	return Crossing{}, false, nil
}

// halve narrows a part of the range, at the outer end of which the answer has
// turned, to one step.
func (s *search) halve(ctx context.Context, inner, outer int, turned func(Tried) bool) (Crossing, error) {
	for inner-outer > 1 || outer-inner > 1 {
		middle := inner + (outer-inner)/2
		t, err := s.try(ctx, middle)
		if err != nil {
			return Crossing{}, err
		}
		if turned(t) {
			outer = middle
		} else {
			inner = middle
		}
	}
	return Crossing{Tried: s.tried[outer], Before: s.tried[inner]}, nil
}

// extreme returns the value with the highest probability, or with the lowest if
// what was asked for is reached already; neutral if there is none beyond it.
func (a Answer) extreme() Tried {
	e := a.Neutral
	for _, t := range a.Tried {
		if a.Already && t.Probability < e.Probability || !a.Already && t.Probability > e.Probability {
			e = t
		}
	}
	return e
}

// sentence says what was found.
func (a Answer) sentence(event Event, wanted float64) string {
	d := a.Driver
	text := fmt.Sprintf("%s: %q has a probability of %s at %s", d.Name, event, percent(a.Neutral.Probability), d.Text(d.Neutral))
	if !a.Found {
		never, most := "is not reached anywhere in the range", "highest"
		if a.Already {
			never, most = "is reached everywhere in the range", "lowest"
		}
		text += fmt.Sprintf(", and %s %s: ", percent(wanted), never)
		if a.Extreme == a.Neutral {
			return text + "that is the " + most
		}
		return text + fmt.Sprintf("the %s is %s at %s", most, percent(a.Extreme.Probability), d.Text(a.Extreme.Value))
	}
	turns := "reaches"
	if a.Already {
		turns = "falls below"
	}
	for i, c := range a.Crossings {
		link := ", and"
		if i == 0 {
			link = fmt.Sprintf(", and %s %s", turns, percent(wanted))
		}
		text += fmt.Sprintf("%s at %s (%s ± %s)", link, d.Text(c.Value), percent(c.Probability), percent(c.StdErr))
	}
	return text
}

// percent writes a share in per cent, to a tenth.
func percent(share float64) string { return fmt.Sprintf("%.1f%%", 100*share) }
