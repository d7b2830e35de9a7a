package sensitivity

import (
	"context"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/copies"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Solved is at which values of one unknown a goal is reached.
type Solved struct {
	Version *scenario.Version `json:"version"`
	Goal    Goal              `json:"goal"`
	// GoalText is the goal in one line, as [ReadGoal] reads it.
	GoalText string `json:"goal_text"`
	// Unknown is what was solved for, and the range that was searched.
	Unknown Driver `json:"unknown"`
	// Today is the goal's figure at the value that changes nothing. Where the unknown
	// puts a point, it is not drawn there either.
	Today Reading `json:"today"`
	// Answers are where the goal turns from missed to met or back, the nearest to today
	// first; none if it does not turn within the range: Today.Met says on which side it
	// then is throughout.
	Answers []Solution `json:"answers"`
	// Extreme is, if there are no answers, where the goal comes nearest to turning, and
	// Moves what the unknown does there to what comes in and to what it costs, as in
	// [Answer.Moves]. They say why it does not.
	Extreme *Reading `json:"extreme,omitempty"`
	Moves   []Moved  `json:"moves,omitempty"`
	// Steps are the readings of the search, in the order in which they were made: first
	// with a few of the replications, then with all.
	Steps []Reading `json:"steps"`
	// StillDrawn are the multipliers among the uncertain inputs that go on moving the
	// unknown, though it is a point.
	StillDrawn  []string               `json:"still_drawn,omitempty"`
	Conventions montecarlo.Conventions `json:"conventions"` // of the runs with all replications
}

// Solution is one value of the unknown at which the goal turns.
type Solution struct {
	// Reading is at the last value at which the goal is met, and Missed one step of the
	// unknown further, where it is not.
	Reading
	Missed Reading `json:"missed"`
	// StdErr is the Monte Carlo error of the value: the standard error of the figure over
	// its slope at the answer. Low and High are 1.96 of these away. They say nothing of how well the
	// other inputs are known, which the figure itself holds. All are nil where there is no
	// such slope or error.
	ValueStdErr *float64 `json:"value_standard_error"`
	Low         *float64 `json:"low"`
	High        *float64 `json:"high"`
	// Lower and Higher are a part of the range on either side; nil beyond its ends.
	Lower  *Reading `json:"lower,omitempty"`
	Higher *Reading `json:"higher,omitempty"`
	// Check is a run of its own at the value, with CheckSeed, and CheckErrors how many
	// combined standard errors its figure is away; nil if these are not known.
	Check       Reading  `json:"check"`
	CheckSeed   uint64   `json:"check_seed"`
	CheckErrors *float64 `json:"check_standard_errors"`
}

// MetAbove reports whether the goal is met at values above the answer, and not below it.
func (s Solution) MetAbove() bool { return s.Value > s.Missed.Value }

// Solve finds the values of one unknown at which a goal turns from missed to met or back.
// A [Driver] is any number of the file: see [Drivers] and [ReadUnknown]. All other inputs
// stay as uncertain as they are, and all runs have common random numbers.
//
// The range is searched outwards from today's value in about twelve parts, with a few of
// the replications where these leave no doubt, and each part in which the goal turns is
// narrowed, with all of them, to one step of the unknown: a thousandth of a factor, or
// [Driver.Step]. A turn and back within one part is not seen. What differs in money alone
// is priced from the same lives. Every answer has a run with another seed beside it.
//
// A goal of capital in a programme without delivery terms gives an error that wraps
// [finance.ErrNoDelivery]; a measure that the programme does not have is a
// *[scenario.NameError].
func Solve(ctx context.Context, v *scenario.Version, goal Goal, unknown Driver, o Options) (*Solved, error) {
	if err := goal.check(); err != nil {
		return nil, err
	}
	if err := runnable(v); err != nil {
		return nil, err
	}
	if err := goal.inCurrencyOf(v.Programme); err != nil {
		return nil, err
	}
	unknown = finer(unknown)
	if err := unknown.validate(); err != nil {
		return nil, err
	}
	if v.Document() != nil {
		var err error
		if unknown, err = oneFitted(v, unknown); err != nil {
			return nil, err
		}
		unknown = finer(unknown)
	}
	o.Run = goal.options(o.Run)
	runs, err := o.versions(copies.Deep(v), unknown.mostRuns()+mostAfter)
	if err != nil {
		return nil, err
	}
	base, err := runs.run(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := goal.read(base, unknown.Neutral); err != nil {
		return nil, err
	}
	lines, err := runs.lines(ctx, base, []Driver{unknown}, []Goal{goal})
	if err != nil {
		return nil, err
	}
	out := &Solved{
		Version: base.Version, Goal: goal, GoalText: goal.String(), Unknown: unknown,
		StillDrawn: unknown.stillDrawn(base.Version.Programme), Conventions: base.Conventions,
	}
	s := search{line: lines[0]}
	if err := s.solve(ctx, out); err != nil {
		return nil, err
	}
	if c := s.conventions; c != nil { // of runs in which the unknown is a point
		out.Conventions.Uncertainty, out.Conventions.Uncertain, out.Conventions.Redrawn = c.Uncertainty, c.Uncertain, c.Redrawn
	}
	runs.runs.finish()
	return out, nil
}

// mostAfter is how many runs may follow the search of one part of the range: more turns,
// both sides of answers, and their checks.
const mostAfter = 40

// finer is an unknown with a step that is fine enough for an answer of its own.
func finer(d Driver) Driver {
	switch d.Unit {
	case factor:
		d.Step = min(d.Step, 0.001)
	case aYear:
		d.Step = min(d.Step, 0.01)
	}
	return d
}

// options are those of a run for a goal: with its quantile, and without what it does not
// need.
func (g Goal) options(o montecarlo.Options) montecarlo.Options {
	o.Undivided = true
	if g.Figure != aQuantile {
		return o
	}
	if o.Quantiles == nil {
		o.Quantiles = []float64{0.05, 0.25, 0.50, 0.75, 0.95}
	}
	if !slices.Contains(o.Quantiles, g.P) {
		o.Quantiles = append(slices.Clone(o.Quantiles), g.P)
	}
	return o
}

// solve searches both ways and says what was found.
func (s *search) solve(ctx context.Context, out *Solved) error {
	var err error
	if out.Today, err = s.full(ctx, s.neutral()); err != nil {
		return err
	}
	from, to := s.driver.ends()
	var turns []turn
	for _, end := range []int{from, to} {
		found, err := s.outwards(ctx, end, true)
		if err != nil {
			return err
		}
		turns = append(turns, found...)
	}
	s.nearestFirst(turns)
	for _, t := range turns {
		one, err := s.solution(ctx, t)
		if err != nil {
			return err
		}
		out.Answers = append(out.Answers, one)
	}
	if len(turns) == 0 {
		extreme, err := s.extreme(ctx, out.Today.Met)
		if err != nil {
			return err
		}
		at, err := s.full(ctx, extreme)
		if err != nil {
			return err
		}
		out.Extreme = &at
		if extreme != s.neutral() {
			if out.Moves, err = s.moved(ctx, s.goal, extreme); err != nil {
				return err
			}
		}
	}
	for _, run := range s.order {
		how := inFew
		if run.full {
			how = inFull
		}
		out.Steps = append(out.Steps, s.seen[how][run.steps].readings[s.goal])
	}
	return nil
}

// solution is what is known of one turn.
func (s *search) solution(ctx context.Context, t turn) (Solution, error) {
	inner, err := s.full(ctx, t.inner)
	if err != nil {
		return Solution{}, err
	}
	outer, err := s.full(ctx, t.outer)
	if err != nil {
		return Solution{}, err
	}
	one, at := Solution{Reading: inner, Missed: outer}, t.inner
	if outer.Met {
		one, at = Solution{Reading: outer, Missed: inner}, t.outer
	}
	if err := s.sides(ctx, &one, at); err != nil {
		return one, err
	}
	s.interval(&one)
	return one, s.check(ctx, &one, at)
}

// sides reads the goal half a part of the range below and above the answer.
func (s *search) sides(ctx context.Context, one *Solution, at int) error {
	from, to := s.driver.ends()
	away := max(1, (to-from)/(2*gridParts))
	for _, side := range []struct {
		steps int
		into  **Reading
	}{{at - away, &one.Lower}, {at + away, &one.Higher}} {
		if side.steps < from || side.steps > to {
			continue
		}
		r, err := s.full(ctx, side.steps)
		if err != nil {
			return err
		}
		*side.into = &r
	}
	return nil
}

// interval gives the value the error that comes from that of the figure.
func (s *search) interval(one *Solution) {
	a, b := one.Reading, one.Reading
	if one.Lower != nil {
		a = *one.Lower
	}
	if one.Higher != nil {
		b = *one.Higher
	}
	slope := (b.figure - a.figure) / (b.Value - a.Value)
	rises := one.MetAbove() != s.wanted().AtMost // across the answer
	if one.Reading.StdErr == nil || !finite(slope) || slope == 0 || slope > 0 != rises {
		return
	}
	e := *one.Reading.StdErr / math.Abs(slope)
	low, high := one.Value-z95*e, one.Value+z95*e
	one.ValueStdErr, one.Low, one.High = &e, &low, &high
}

// check runs the answer with another seed.
func (s *search) check(ctx context.Context, one *Solution, at int) error {
	v, err := s.version(at)
	if err != nil {
		return err
	}
	o := s.nextSeed()
	one.CheckSeed = o.Seed
	r, err := montecarlo.Run(ctx, v, o)
	if err != nil {
		return err
	}
	if one.Check, err = s.wanted().read(r, one.Value); err != nil {
		return err
	}
	if a, b := one.Reading.StdErr, one.Check.StdErr; a != nil && b != nil && math.Hypot(*a, *b) > 0 {
		away := (one.Check.figure - one.Reading.figure) / math.Hypot(*a, *b)
		one.CheckErrors = &away
	}
	return nil
}

// nextSeed are the options of a run with all replications and the next seed.
func (l *line) nextSeed() montecarlo.Options {
	o := l.full.options
	o.Seed++
	o.Progress = nil
	return o
}
