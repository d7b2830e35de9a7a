package sensitivity

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"

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
	// Tried is every value that was run, in order: with all replications, or with a few
	// of them where these left no doubt.
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
// likely as a given probability, strictly between 0 and 1: it is [Solve] for a [Goal] of
// that event, driver by driver. Events are those of
// package montecarlo: [montecarlo.FacilityShort], [montecarlo.LosesMoney],
// [montecarlo.MissesHurdle], [montecarlo.Saves] and others. What happens to an
// investor happens to the party of the options; savings are those of the public.
// Nil drivers stand for those of [Drivers] that can change the probability. One of these
// that does not fit the version, because of what was put on top of the case, is changed
// so that it fits or, where it cannot, left out: see [Reversed.LeftOut].
//
// The probability need not rise or fall steadily with a driver: fewer referrals
// can lower the capital that is needed, and fewer still the income that repays
// it. So the range is searched outwards from neutral in about twelve parts, with a few
// of the replications where these leave no doubt, and
// the first part in which the answer turns is narrowed, with all of them, until one step
// of the driver is left. A crossing and back within one part is not seen. All runs have
// common random numbers. A probability near the one asked for is known to its standard
// error, and the value no better than that.
//
// An event of capital in a programme without delivery terms gives an error that
// wraps [finance.ErrNoDelivery].
func Reverse(ctx context.Context, v *scenario.Version, drivers []Driver, event string, probability float64, o Options) (*Reversed, error) {
	all, err := ReverseEvents(ctx, v, drivers, []string{event}, probability, o)
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// ReverseEvents is [Reverse] for several events, which share their runs. Nil drivers
// stand for those that can change the probability of any of them.
func ReverseEvents(ctx context.Context, v *scenario.Version, drivers []Driver, events []string, probability float64, o Options) ([]*Reversed, error) {
	if !(probability > 0 && probability < 1) {
		return nil, fmt.Errorf("probability %v: it must lie between 0 and 1", probability)
	}
	drivers, leftOut, err := searched(v, drivers, events)
	if err != nil {
		return nil, err
	}
	o.Run.Undivided = true // only chances are read
	runs, err := o.versions(v, len(events)*MostRuns(drivers))
	if err != nil {
		return nil, err
	}
	var goals []Goal
	for _, event := range events {
		key := montecarlo.Key{Name: event}
		if key.NeedsDelivery() {
			key.Of = o.party()
			if err := needDelivery(v.Programme); err != nil {
				return nil, err
			}
		}
		goals = append(goals, eventGoal(key, probability))
	}
	base, err := runs.run(ctx)
	if err != nil {
		return nil, err
	}
	var all []*Reversed
	for i, event := range events {
		if _, ok := chance(base, goals[i].Measure); !ok {
			return nil, noEvent(base, event)
		}
		all = append(all, &Reversed{
			Version: base.Version, Party: o.party(), Event: event, Probability: probability, Conventions: base.Conventions,
			LeftOut: leftOut,
		})
	}
	lines, err := runs.lines(ctx, base, drivers, goals)
	if err != nil {
		return nil, err
	}
	answers, err := along(ctx, lines)
	if err != nil {
		return nil, err
	}
	runs.runs.finish()
	for i, r := range all {
		for _, ofLine := range answers {
			r.Answers = append(r.Answers, ofLine[i])
		}
		r.Answers = nearestFirst(r.Answers)
	}
	return all, nil
}

// along searches several lines at a time, as many as there are workers, and gives each
// its part of these: what is set up for a run is then set up beside others. The answers
// are by line and goal, and no run depends on another.
func along(ctx context.Context, lines []*line) ([][]Answer, error) {
	if len(lines) == 0 {
		return nil, nil
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	workers := cmp.Or(lines[0].options.Run.Workers, runtime.GOMAXPROCS(0))
	atATime := min(workers, len(lines))
	lines[0].shareWorkers(workers / atATime)
	answers, failed := make([][]Answer, len(lines)), make([]error, len(lines))
	var searching sync.WaitGroup
	next := make(chan int)
	for range atATime {
		searching.Go(func() {
			for i := range next {
				if answers[i], failed[i] = lines[i].answers(ctx); failed[i] != nil {
					stop()
				}
			}
		})
	}
	for i := range lines {
		next <- i
	}
	close(next)
	searching.Wait()
	return answers, firstCause(failed)
}

// firstCause is the first error that is not that others were stopped for it.
func firstCause(failed []error) (err error) {
	for _, one := range failed {
		if one != nil && (err == nil || errors.Is(err, context.Canceled) && !errors.Is(one, context.Canceled)) {
			err = one
		}
	}
	return err
}

// answers are those for every goal of a line.
func (l *line) answers(ctx context.Context) (all []Answer, err error) {
	for i := range l.goals {
		s := search{line: l, goal: i}
		answer, err := s.answer(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, answer)
	}
	return all, nil
}

// searched are the drivers to search along as they fit a version, and the names of those
// that do not.
func searched(v *scenario.Version, drivers []Driver, events []string) (fitting []Driver, leftOut []string, err error) {
	if drivers == nil {
		if v.Document() == nil {
			return nil, nil, scenario.ErrNoDocument
		}
		drivers = Drivers(v.Document(), events...)
	}
	for _, driver := range drivers {
		if err := driver.validate(); err != nil {
			return nil, nil, err
		}
	}
	if v.Document() != nil {
		drivers, leftOut = fitted(v, drivers)
	}
	return drivers, leftOut, nil
}

// answer is what was found for one driver and one event.
func (s *search) answer(ctx context.Context) (Answer, error) {
	d := s.driver
	a := Answer{Driver: d}
	neutral, err := s.full(ctx, s.neutral())
	if err != nil {
		return a, err
	}
	a.Neutral, a.Already = s.chanceAt(s.neutral()), neutral.Met
	from, to := d.ends()
	var turns []turn
	for _, end := range []int{from, to} {
		first, err := s.outwards(ctx, end, false)
		if err != nil {
			return a, err
		}
		turns = append(turns, first...)
	}
	s.nearestFirst(turns)
	for _, t := range turns {
		a.Crossings = append(a.Crossings, Crossing{Tried: s.chanceAt(t.outer), Before: s.chanceAt(t.inner)})
	}
	if a.Found = len(turns) > 0; a.Found {
		far := d.To
		if a.Crossings[0].Value < d.Neutral {
			far = d.From
		}
		share := rounded(math.Abs(a.Crossings[0].Value-d.Neutral) / math.Abs(far-d.Neutral))
		a.Distance = &share
	}
	a.Extreme = s.chanceAt(s.extremeOf(a.Already))
	if !a.Found {
		extreme, err := s.extreme(ctx, a.Already)
		if err != nil {
			return a, err
		}
		a.Extreme = s.chanceAt(extreme)
		if a.Moves, err = s.moves(ctx, a, from, to); err != nil {
			return a, err
		}
	}
	for _, steps := range s.tried() {
		a.Tried = append(a.Tried, s.chanceAt(steps))
	}
	a.Text = a.sentence(s.wanted().Measure.Name, s.wanted().Wanted)
	return a, nil
}

// chanceAt is the probability of the goal's event at a place that was run.
func (s *search) chanceAt(steps int) Tried {
	return Tried{s.driver.value(steps), s.best(steps).chances[s.goal]}
}

// moves are the two sides where the probability comes nearest to what was asked for.
// Where that is today, they are those at the end of the range at which the balance of
// the two is lowest or, if what was asked for is reached already, none.
func (s *search) moves(ctx context.Context, a Answer, ends ...int) ([]Moved, error) {
	at := s.driver.steps(a.Extreme.Value)
	if at != s.neutral() {
		return s.moved(ctx, s.goal, at)
	}
	if a.Already {
		return nil, nil
	}
	sides := sidesOf(s.wanted().Measure)
	balance := func(steps int) float64 { return s.best(steps).money[sides[0]] - s.best(steps).money[sides[1]] }
	for _, end := range ends {
		if end != s.neutral() && (at == s.neutral() || balance(end) < balance(at)) {
			at = end
		}
	}
	return s.moved(ctx, s.goal, at)
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
