package sensitivity

import (
	"context"
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Reversed is how bad each of several drivers must be, alone, for an event to
// have a given probability.
type Reversed struct {
	Version     *scenario.Version `json:"version"`
	Party       string            `json:"party"` // whose loss or hurdle it is
	Event       string            `json:"event"`
	Probability float64           `json:"probability"` // that was asked for
	// Answers are by driver: those with a crossing first, the nearest to today first of
	// all, by [Answer.Distance], and then the others in the order of the drivers.
	Answers []Answer `json:"answers"`
	// LeftOut are the drivers that fit the file and not what was put on it.
	LeftOut     []string               `json:"left_out,omitempty"`
	Conventions montecarlo.Conventions `json:"conventions"` // of the case as it is
}

// Answer is what was found for one driver.
type Answer struct {
	Driver Driver `json:"driver"`
	Text   string `json:"text"` // the answer in a sentence
	// Neutral is the case as it is.
	Neutral Tried `json:"neutral"`
	// Already reports that the probability asked for is reached at neutral. A
	// crossing is then how much better the driver must be for it to be missed.
	Already bool `json:"already"`
	// Found reports that there is a crossing in the range.
	Found bool `json:"found"`
	// Crossings are the values nearest to neutral at which the answer turns, at
	// most one on each side, the nearer first.
	Crossings []Crossing `json:"crossings,omitempty"`
	// Distance is how far the nearest crossing is from today: the share of the
	// driver's range on that side, from 0 to 1. Nil if there is no crossing.
	Distance *float64 `json:"distance,omitempty"`
	// Extreme is where the probability comes nearest to what was asked for, if
	// there is no crossing: the highest that was tried, or the lowest if it is
	// reached already.
	Extreme Tried `json:"extreme"`
	// Moves are, if there is no crossing, what the driver brings in and what it costs
	// at Extreme, or at the end of the range if today is the extreme: receipts and the
	// cost of delivery or, for events of saving, gross avoided cost and outcome
	// payments. They say why it cannot. Empty where today is the best of the range.
	Moves []Moved `json:"moves,omitempty"`
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

// Moved is what a driver makes of the mean of a measure, in £.
type Moved struct {
	Measure string  `json:"measure"`
	Today   float64 `json:"today"`
	Value   float64 `json:"value"` // of the driver, where it is Then
	Then    float64 `json:"then"`
}

// Tried is the probability of the event at one value of a driver.
type Tried struct {
	Value float64 `json:"value"` // in the driver's unit
	montecarlo.ProbabilityOf
}

// Reverse finds for each driver alone the value at which an event becomes as
// likely as a given probability, strictly between 0 and 1. Events are those of
// package montecarlo: [montecarlo.FacilityShort], [montecarlo.LosesMoney],
// [montecarlo.MissesHurdle], [montecarlo.Saves] and others. What happens to an
// investor happens to the party of the options; savings are those of the public.
// Nil drivers stand for those of [Drivers] that can change the probability. One of these
// that does not fit the version, because of what was put on top of the case, is changed
// so that it fits or, where it cannot, left out: see [Reversed.LeftOut].
//
// The probability need not rise or fall steadily with a driver: fewer referrals
// can lower the capital that is needed, and fewer still the income that repays
// it. So the range is searched outwards from neutral in about twelve parts, and
// the first part in which the answer turns is halved until one step of the driver
// is left. A crossing and back within one part is not seen. All runs have common
// random numbers. A probability near the one asked for is known to its standard
// error, and the value no better than that.
//
// An event of capital in a programme without delivery terms gives an error that
// wraps [finance.ErrNoDelivery].
func Reverse(ctx context.Context, v *scenario.Version, drivers []Driver, event string, probability float64, o Options) (*Reversed, error) {
	if !(probability > 0 && probability < 1) {
		return nil, fmt.Errorf("probability %v: it must lie between 0 and 1", probability)
	}
	if drivers == nil {
		if v.Document() == nil {
			return nil, scenario.ErrNoDocument
		}
		drivers = Drivers(v.Document(), event)
	}
	for _, driver := range drivers {
		if err := driver.validate(); err != nil {
			return nil, err
		}
	}
	var leftOut []string
	if v.Document() != nil {
		drivers, leftOut = fitted(v, drivers)
	}
	o.Run.Undivided = true // only chances are read
	runs, err := o.versions(v, MostRuns(drivers))
	if err != nil {
		return nil, err
	}
	key := montecarlo.Key{Name: event}
	if key.NeedsDelivery() {
		key.Of = o.party()
		if err := needDelivery(v.Programme); err != nil {
			return nil, err
		}
	}
	base, err := runs.run(ctx)
	if err != nil {
		return nil, err
	}
	if _, ok := chance(base, key); !ok {
		return nil, noEvent(base, event)
	}
	out := &Reversed{
		Version: base.Version, Party: o.party(), Event: event, Probability: probability, Conventions: base.Conventions,
		LeftOut: leftOut,
	}
	for _, driver := range drivers {
		s := search{runs: runs, driver: driver, event: key, wanted: probability, tried: map[int]Tried{}, money: map[int][2]float64{}}
		answer, err := s.answer(ctx)
		if err != nil {
			return nil, err
		}
		out.Answers = append(out.Answers, answer)
	}
	runs.runs.finish()
	out.Answers = nearestFirst(out.Answers)
	return out, nil
}

// chance returns the probability of an event and whether a result has it. An
// event of capital that is not one party's is the programme's.
func chance(r *montecarlo.Result, event montecarlo.Key) (montecarlo.ProbabilityOf, bool) {
	if p, ok := r.Probabilities.Of(event.Name, event.Of); ok {
		return p, true
	}
	return r.Probabilities.Of(event.Name)
}

// noEvent says which events a result has.
func noEvent(r *montecarlo.Result, event string) error {
	var valid []string
	for _, p := range r.Probabilities {
		if !slices.Contains(valid, p.Name) {
			valid = append(valid, p.Name)
		}
	}
	return fmt.Errorf("there is no event %q: the events are %s", event, words.Quoted(valid, len(valid)))
}

// sentence says what was found.
func (a Answer) sentence(event string, wanted float64) string {
	d := a.Driver
	text := fmt.Sprintf("%s: the probability of %q is %s at %s", d.Name, event, a.Neutral.chance(), d.Text(d.Neutral))
	if !a.Found {
		never, most := "never reaches", "highest"
		if a.Already {
			never, most = "never falls below", "lowest"
		}
		return text + fmt.Sprintf(" and %s %s in the range: the %s is %s at %s",
			never, words.Percent(wanted), most, a.Extreme.chance(), d.Text(a.Extreme.Value))
	}
	turns := "reaches"
	if a.Already {
		turns = "falls below"
	}
	var at []string
	for _, c := range a.Crossings {
		probability := c.chance()
		if c.StdErr != nil {
			probability += " ± " + words.Percent(*c.StdErr)
		}
		at = append(at, fmt.Sprintf("at %s (%s)", d.Text(c.Value), probability))
	}
	return text + fmt.Sprintf(" and %s %s %s", turns, words.Percent(wanted), words.And(at))
}

// chance writes the probability.
func (t Tried) chance() string { return words.Chance(t.Probability, t.Replications, t.Certain) }
