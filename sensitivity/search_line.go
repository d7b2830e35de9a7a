package sensitivity

import (
	"context"
	"fmt"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// line is one driver along which runs are made, and what every goal reads in each of
// them. Places on it are whole steps of the driver. A run is made with all replications
// or, to look around, with the first few of the same ones: see [fewOf].
type line struct {
	driver   Driver
	goals    []Goal
	asIs     *scenario.Version
	options  Options
	full     *runner
	few      *runner // nil where all replications are few
	versions map[int]*scenario.Version
	seen     [2]map[int]seen // by few or full, by steps
	order    []made          // runs in the order in which they were made
	// conventions are those of the first run with all replications that was made for it.
	conventions *montecarlo.Conventions
}

// made is a run: where, and whether with all replications.
type made struct {
	steps int
	full  bool
}

// seen is what was read in a run.
type seen struct {
	readings []Reading // by goal
	money    map[string]float64
	chances  []montecarlo.ProbabilityOf // by goal; of events of the list alone
}

const (
	inFew  = 0
	inFull = 1
)

// fewOf is how many of n replications are enough to look around with; 0 where all n are
// few already.
func fewOf(n int) int {
	const least, share = 100, 20
	few := max(least, n/share)
	if 4*few > n {
		return 0
	}
	return few
}

// lines makes the lines of drivers on the same runs, given that of the version as it is.
func (v *versions) lines(ctx context.Context, asIs *montecarlo.Result, drivers []Driver, goals []Goal) ([]*line, error) {
	v.runs.options.Unwarned = true // figures of these runs are read, and that of the version as it is was warned of
	var few *runner
	kept := [2]*montecarlo.Result{inFull: asIs}
	if n := fewOf(v.runs.options.Replications); n > 0 {
		o := v.runs.options
		o.Replications, o.Progress = n, nil
		few = newRunner(o, 0)
		var err error
		if kept[inFew], err = few.run(ctx, v.asIs); err != nil {
			return nil, err
		}
	}
	var all []*line
	for _, d := range drivers {
		l := &line{
			driver: d, goals: goals, asIs: v.asIs, options: v.options, full: v.runs, few: few,
			versions: map[int]*scenario.Version{}, seen: [2]map[int]seen{{}, {}},
		}
		l.keep(kept)
		all = append(all, l)
	}
	return all, nil
}

// shareWorkers sets how many workers each run has, of all lines on the same runs.
func (l *line) shareWorkers(n int) {
	l.full.options.Workers = n
	if l.few != nil {
		l.few.options.Workers = n
	}
}

// neutral is the place of the case as it is.
func (l *line) neutral() int { return l.driver.steps(l.driver.Neutral) }

// look is what all goals read at a place, in all replications or in a few.
func (l *line) look(ctx context.Context, steps, how int) (seen, error) {
	runner := l.full
	if how == inFew && l.few != nil {
		runner = l.few
	} else {
		how = inFull
	}
	if s, ok := l.seen[how][steps]; ok {
		return s, nil
	}
	v, err := l.version(steps)
	if err != nil {
		return seen{}, err
	}
	r, err := runner.run(ctx, v)
	if err != nil {
		return seen{}, err
	}
	s, err := l.readAll(r, steps)
	if err != nil {
		return seen{}, err
	}
	if how == inFull && l.conventions == nil {
		l.conventions = &r.Conventions
	}
	l.seen[how][steps] = s
	l.order = append(l.order, made{steps, how == inFull})
	return s, nil
}

// keep takes runs of the version as it is, in a few replications and in all, which need
// not be made again; that in a few may be nil.
func (l *line) keep(asIs [2]*montecarlo.Result) {
	if l.putsAPoint() {
		return
	}
	for how, r := range asIs {
		if r == nil {
			continue
		}
		if s, err := l.readAll(r, l.neutral()); err == nil {
			l.seen[how][l.neutral()] = s
			l.order = append(l.order, made{l.neutral(), how == inFull})
		}
	}
}

// readAll is what all goals read in a run.
func (l *line) readAll(r *montecarlo.Result, steps int) (seen, error) {
	s := seen{money: map[string]float64{}}
	for _, g := range l.goals {
		reading, err := g.read(r, l.driver.value(steps))
		if err != nil {
			return seen{}, err
		}
		s.readings = append(s.readings, reading)
		p, _ := chance(r, g.Measure)
		s.chances = append(s.chances, p)
		for _, name := range sidesOf(g.Measure) {
			total, _ := r.Totals.Of(name)
			s.money[name] = total.Mean
		}
	}
	return s, nil
}

// version is the version with the driver at a place.
func (l *line) version(steps int) (*scenario.Version, error) {
	if v, ok := l.versions[steps]; ok {
		return v, nil
	}
	if steps == l.neutral() && !l.putsAPoint() {
		return l.asIs, nil
	}
	v, err := l.asIs.With("", l.driver.Edits(l.driver.value(steps))...)
	if err != nil {
		return nil, fmt.Errorf("driver %q at %s: %w", l.driver.Name, l.driver.Text(l.driver.value(steps)), err)
	}
	if err := l.options.checkParty(v.Programme); err != nil {
		return nil, err
	}
	l.versions[steps] = v
	return v, nil
}

// putsAPoint reports whether the driver puts a value in the place of another, which is
// then not drawn any more, even where the value is that of today.
func (l *line) putsAPoint() bool {
	for _, c := range l.driver.Changes {
		if c.Does == Put {
			return true
		}
	}
	return false
}

// sidesOf are what comes in and what it costs: of the investors' money or, for other
// measures, of the public purse.
func sidesOf(k montecarlo.Key) [2]string {
	if k.NeedsDelivery() {
		return [2]string{montecarlo.Receipts, montecarlo.DeliveryCost}
	}
	return [2]string{montecarlo.Avoided, montecarlo.Payments}
}

// moved is what the driver makes of the two sides of a goal at a place.
func (l *line) moved(ctx context.Context, goal, steps int) ([]Moved, error) {
	today, err := l.look(ctx, l.neutral(), inFull)
	if err != nil {
		return nil, err
	}
	then, err := l.look(ctx, steps, inFull)
	if err != nil {
		return nil, err
	}
	var all []Moved
	for _, name := range sidesOf(l.goals[goal].Measure) {
		all = append(all, Moved{name, today.money[name], l.driver.value(steps), then.money[name]})
	}
	return all, nil
}
