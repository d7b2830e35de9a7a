package calibrate

import (
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"

	"github.com/edgeofcare/edgeofcare/calibrate/claims"
	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
)

// caseload are the children of a day, in groups who are alike, and those who are to be
// referred later. Each group is a programme of its own in which only its children are
// referred, so long before the day that on it they have been in placement, or waiting, for
// as long as they have.
type caseload struct {
	Caseload
	groups []group
	now    int // the first week that has not ended by the day
}

// group are children who are alike; cohort is -1 for all who are referred later.
type group struct {
	cohort, council int
	waiting         bool
	weeks, children int
}

// told is a number of children; nil for 1 to 5.
func told(n int) *int {
	if estimate.Small(n) {
		return nil
	}
	return &n
}

// newCaseload checks children against a programme; nil for none.
func newCaseload(p *model.Programme, given []claims.Group, day, asOf calendar.Date) (*caseload, error) {
	if given == nil {
		return nil, nil
	}
	switch {
	case day != asOf:
		return nil, fmt.Errorf("a caseload of %s cannot be used: the forecast starts at the end of a quarter, and the caseload must be that of its last day, %s", day, asOf)
	case !p.Capacity.None():
		return nil, errors.New("a caseload cannot be used where the programme limits starts: children who wait would not compete with those who come later")
	}
	next, _ := p.Calendar().Index(asOf.Quarter().Add(1))
	l := &caseload{now: p.Calendar().Boundaries()[next]}
	children := map[group]int{}
	inPlacement, waiting, overdue := 0, 0, 0
	var faults []error
	for _, g := range given {
		one, err := l.group(p, g)
		if err != nil {
			faults = append(faults, fmt.Errorf("line %d: %w", g.Line, err))
			continue
		}
		children[one] += g.Children
		switch {
		case !g.Waiting:
			inPlacement += g.Children
		case g.Weeks > p.Cohorts[one.cohort].Lag:
			overdue += g.Children
			fallthrough
		default:
			waiting += g.Children
		}
	}
	for g, n := range children {
		g.children = n
		l.groups = append(l.groups, g)
	}
	slices.SortFunc(l.groups, group.compare)
	l.groups = append(l.groups, group{cohort: -1})
	l.Caseload = Caseload{InPlacement: told(inPlacement), Waiting: told(waiting), Overdue: told(overdue)}
	if overdue > 0 && estimate.Small(waiting-overdue) {
		l.Overdue = nil
	}
	return l, errors.Join(faults...)
}

func (g group) compare(h group) int {
	waiting := func(g group) int {
		if g.waiting {
			return 1
		}
		return 0
	}
	return cmp.Or(g.cohort-h.cohort, g.council-h.council, waiting(g)-waiting(h), g.weeks-h.weeks)
}

// group checks one row. No fault repeats what it holds.
func (l *caseload) group(p *model.Programme, g claims.Group) (group, error) {
	var cohorts []string
	for _, c := range p.Cohorts {
		cohorts = append(cohorts, c.Name)
	}
	_, councils := namesOf(p)
	one := group{slices.Index(cohorts, g.Cohort), slices.Index(councils, g.Council), g.Waiting, g.Weeks, 0}
	var faults []error
	if one.cohort < 0 {
		faults = append(faults, fmt.Errorf("the cohort is none of the programme, which has %s", words.Quoted(cohorts, 20)))
	}
	if one.council < 0 {
		faults = append(faults, fmt.Errorf("the council is none of the programme, which has %s", words.Quoted(councils, 20)))
	}
	if g.Weeks > l.now {
		faults = append(faults, fmt.Errorf("the programme has run for %d weeks on the day, and the children have been in placement, or waiting, for longer", l.now))
	}
	if err := errors.Join(faults...); err != nil {
		return one, err
	}
	c := p.Cohorts[one.cohort]
	switch ages := one.ages(p.Ages, c.Lag); {
	case !p.Ages.None() && ages.From >= ages.To:
		return one, errors.New("by the ages of the programme file all of the children would be 18 by the day")
	case !g.Waiting && g.Weeks >= c.Tracking:
		return one, fmt.Errorf("children of the cohort are followed for %d weeks from the start, and these have been in placement for longer: leave them out, as nothing more is paid for them", c.Tracking)
	}
	return one, nil
}

// seed is that of the group's lives, so that those of two groups of one cohort have
// nothing in common.
func (g group) seed(seed uint64) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d/%d/%d/%t/%d", seed, g.cohort, g.council, g.waiting, g.weeks)
	return h.Sum64()
}

// ages are those with which the group's children enter, given that nobody is 18 on the
// day. Those in placement enter at the start, a lag after their referral.
func (g group) ages(of model.Ages, lag int) model.Ages {
	const perWeek = 7 / model.DaysPerYear
	if of.None() {
		return of
	}
	if !g.waiting {
		of.From, of.To = of.From+float64(lag)*perWeek, of.To+float64(lag)*perWeek
	}
	of.To = min(of.To, 18-float64(g.weeks)*perWeek)
	return of
}

// programme is a programme in which only the group's children are referred.
func (g group) programme(of *model.Programme, now int) *model.Programme {
	p := *of
	p.Cohorts = slices.Clone(p.Cohorts)
	if g.cohort < 0 {
		for k := range p.Cohorts {
			r := &p.Cohorts[k].Referrals
			r.Pauses = slices.DeleteFunc(slices.Clone(r.Pauses), func(pause model.Pause) bool { return pause.To <= now })
			for i := range r.Pauses {
				r.Pauses[i].From = max(now, r.Pauses[i].From)
			}
			r.Pauses = slices.Insert(r.Pauses, 0, model.Pause{From: 0, To: now})
		}
		return &p
	}
	for k := range p.Cohorts {
		p.Cohorts[k].Referrals.Children = 0
	}
	c := &p.Cohorts[g.cohort]
	c.Referrals = model.Referrals{Children: float64(g.children), First: now - g.weeks, Last: now - g.weeks}
	p.Ages = g.ages(p.Ages, c.Lag)
	p.Commissioners = slices.Clone(p.Commissioners)
	for k := range p.Commissioners {
		p.Commissioners[k].ReferralShare = 0
	}
	p.Commissioners[g.council].ReferralShare = 1
	p.Background = map[string]markov.Row{} // with the overrides of the cohort
	for state, row := range of.BackgroundOf(c) {
		if !slices.ContainsFunc(p.States, func(s model.State) bool { return s.Name == state && s.Parent != "" }) {
			p.Background[state] = row
		}
	}
	c.Background = nil
	if g.waiting {
		c.Lag = max(c.Lag, g.weeks)
		p.Background[c.StartState] = from(p.Background[c.StartState], g.weeks)
		return &p
	}
	for state, row := range p.Background {
		p.Background[state] = earlier(row, c.Lag)
	}
	c.Failure = from(earlier(c.Failure, c.Lag), g.weeks)
	c.AlreadyThere += c.Lag
	c.Lag, c.StartProbability = 0, 1
	return &p
}

// from is a row in whose first weeks since the start nobody moves.
func from(row markov.Row, week int) markov.Row {
	if week == 0 || len(row) == 0 {
		return row
	}
	later := markov.Row{{Since: markov.Span{To: week}}}
	for _, piece := range row {
		var any bool
		if piece.Since, any = piece.Since.And(markov.Span{From: week}); any {
			later = append(later, piece)
		}
	}
	return later
}

// earlier is a row whose clock since referral starts so many weeks after referral.
func earlier(row markov.Row, weeks int) markov.Row {
	var shifted markov.Row
	for _, piece := range row {
		switch {
		case piece.Since.To == 0:
		case piece.Since.To <= weeks:
			continue
		default:
			piece.Since.To -= weeks
		}
		piece.Since.From = max(0, piece.Since.From-weeks)
		shifted = append(shifted, piece)
	}
	return shifted
}

// goOn returns a function for one worker that puts the lives of the caseload in the place
// of what a replication counts from the day on.
func (l *caseload) goOn(seed uint64, last int) func(montecarlo.Lived) error {
	tables := make([]*lives.Tables, len(l.groups))
	simulators := make([]*lives.Simulator, len(l.groups))
	latest := -1
	return func(lived montecarlo.Lived) error {
		quarters := len(lived.Counts.Shape.Quarters)
		for _, part := range partsOf(lived.Counts) {
			for at := range part {
				if at%quarters > last {
					part[at] = 0
				}
			}
		}
		for i, g := range l.groups {
			if lived.Draw != latest {
				p := g.programme(lived.Programme, l.now)
				if tables[i] == nil || tables[i].Redraw(p) != nil {
					var err error
					if tables[i], err = lives.NewTables(p); err != nil {
						return err
					}
					simulators[i] = tables[i].Simulator(lives.Jump)
				}
			}
			addLater(lived.Counts, simulators[i].Replicate(g.seed(seed), lived.Replication), last)
		}
		latest = lived.Draw
		return nil
	}
}

// addLater adds what a tally counts after a quarter.
func addLater(to *contract.Expected, from *contract.Tally, last int) {
	quarters := len(to.Shape.Quarters)
	parts := partsOf(to)
	for k, part := range [3][]int64{from.Units, from.Weeks, from.Independent.Weeks} {
		for at, n := range part {
			if n != 0 && at%quarters > last {
				parts[k][at] += float64(n)
			}
		}
	}
}
