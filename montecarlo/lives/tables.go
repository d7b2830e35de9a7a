package lives

import (
	"cmp"
	"math"
	"reflect"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/keyed"
	"github.com/edgeofcare/edgeofcare/internal/numbered"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// Tables are a programme made ready to be simulated: everything that the loop
// over children needs, with hazards as whole numbers. Any number of simulators
// may work on the same tables at once.
type Tables struct {
	programme  *model.Programme
	shape      *contract.Shape
	rules      contract.Rules
	weeks      int
	first      calendar.Date // of week 0
	quarter    []int         // by week
	boundaries []int         // first week of each quarter, then weeks
	early      int           // referral weeks that the contract's minimum looks at
	leftCare   int
	// commissioner is the distribution of the referring commissioner, in order
	// of name so that listing order changes nothing.
	commissioner  discrete
	cohorts       []cohort
	moves         []transitions // of all cohorts; those that are the same throughout are there once
	capacity      model.Capacity
	programmeRows []numbered.Row // in the order in which rates are numbered
	rates         []float64      // its probabilities, by number
	// visitStep separates the words of a state's first, second, … stay.
	visitStep uint64
}

// cohort is one cohort of the tables.
type cohort struct {
	index    int
	key      uint64
	children float64
	law      model.ReferralLaw
	first    int      // first referral week
	week     discrete // of the referral week, from first

	ages             bool
	ageFrom, ageTo   int // days
	birthdaySlip     int // weeks added to what is left before the 18th birthday; always 0
	start, planned   int
	alreadyThere     int
	lag, tracking    int
	startProbability float64
	rows             []row                // by state
	reached          [2]contract.StateSet // by arm
	metrics          []metric
	weeks            []weekRows // of the tally's weeks, by commissioner
	// placements are the moves out of the planned state by how long the child
	// waited for a start.
	placements []transitions
	limited    bool    // by the programme's capacity
	curves     *curves // for children in blocks; nil if they wait for one another
}

// NewTables prepares a programme, which must not be changed while the tables are
// in use. An invalid programme gives the error of its Validate.
func NewTables(p *model.Programme) (*Tables, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	rules := p.Rules()
	p = within(p)
	calendar := p.Calendar()
	t := &Tables{
		programme: p, shape: p.Shape(), rules: rules, weeks: p.Weeks, first: p.Start,
		boundaries: calendar.Boundaries(), early: p.MinimumReferrals.Weeks,
		visitStep: keyed.Golden, capacity: p.Capacity,
	}
	for k := range p.Weeks {
		q, _ := calendar.Index(calendar.Quarter(k))
		t.quarter = append(t.quarter, q)
	}
	t.leftCare = slices.Index(t.shape.States, model.LeftCare)
	t.commissioner = byCommissioner(p.Commissioners)
	withNumbers, rows := numbered.Programme(p)
	t.programmeRows = rows
	reached := Reachable(p)
	for i := range p.Cohorts {
		t.cohorts = append(t.cohorts, t.newCohort(withNumbers, i))
		t.cohorts[i].reached = reached[i]
	}
	if err := t.collect(p); err != nil {
		return nil, err // cannot be: the rows are the programme's own
	}
	t.fill(p)
	t.curve()
	return t, nil
}

// within returns the programme with lags and tracking no longer than the
// programme itself, and no more weeks already there than can still be counted on,
// which changes nothing and keeps their sums in range.
func within(p *model.Programme) *model.Programme {
	short := *p
	short.Cohorts = slices.Clone(p.Cohorts)
	for i := range short.Cohorts {
		c := &short.Cohorts[i]
		c.Lag, c.Tracking = min(c.Lag, p.Weeks), min(c.Tracking, p.Weeks)
		c.AlreadyThere = alreadyThere(c, p)
	}
	return &short
}

// alreadyThere is the weeks already there, as many as leave room for the programme's.
func alreadyThere(c *model.Cohort, p *model.Programme) int {
	return min(c.AlreadyThere, math.MaxInt-1-p.Weeks)
}

// newCohort prepares a cohort of a numbered programme, but for its rates.
func (t *Tables) newCohort(p *model.Programme, i int) cohort {
	m := &p.Cohorts[i]
	c := cohort{
		index: i, key: keyed.Purpose("cohort", m.Name),
		law:   m.Referrals.Law,
		first: m.Referrals.First, week: newDiscrete(m.Referrals.Shares(), nil),
		ages:  !p.Ages.None(),
		start: slices.Index(t.shape.States, m.StartState), planned: slices.Index(t.shape.States, m.PlannedState),
		alreadyThere: m.AlreadyThere, lag: m.Lag, tracking: m.Tracking,
	}
	c.ageFrom, c.ageTo = p.Ages.Days()
	index := map[string]int{}
	for s, name := range t.shape.States {
		index[name] = s
	}
	moves := cohortRows(p, m)
	for _, state := range p.States {
		stream := cmp.Or(state.Parent, state.Name)
		c.rows = append(c.rows, row{
			stream: index[stream], key: keyed.Purpose("state", stream), transitions: t.transitions(moves[state.Name], index),
		})
	}
	for k := range t.shape.Commissioners {
		c.weeks = append(c.weeks, weekRowsOf(t.shape, i, k))
	}
	c.limited = !p.Capacity.None() && (p.Capacity.Cohorts == nil || slices.Contains(p.Capacity.Cohorts, m.Name))
	waits := 0
	if c.limited {
		waits = min(p.Capacity.Lapse, p.Weeks)
	}
	for wait := range waits + 1 {
		c.placements = append(c.placements, t.transitions(placementRow(p, m, m.Lag+wait), index))
	}
	for k, paid := range p.Contract.Metrics {
		if slices.Contains(paid.Cohorts, m.Name) {
			c.metrics = append(c.metrics, t.newMetric(k, m, index))
		}
	}
	return c
}

// transitions prepares a numbered row. It has the memory of one before that is the same,
// as rows are that cohorts have in common: rates are filled into both at once.
func (t *Tables) transitions(r markov.Row, index map[string]int) transitions {
	made := newTransitions(r, index)
	i := slices.IndexFunc(t.moves, func(other transitions) bool { return reflect.DeepEqual(made, other) })
	if i < 0 {
		i, t.moves = len(t.moves), append(t.moves, made)
	}
	return t.moves[i]
}

// reachableRows is the rows of the tally's weeks in which children of some cohorts
// can be in some arms.
func (t *Tables) reachableRows(of func(*cohort) bool, arms ...contract.Arm) (rows []int) {
	for i := range t.cohorts {
		c := &t.cohorts[i]
		if !of(c) {
			continue
		}
		for _, first := range c.weeks {
			for w := range first {
				for _, arm := range arms {
					row := first[w][arm]
					for state := range t.shape.States {
						if c.reached[arm].Has(state) {
							rows = append(rows, row+state)
						}
					}
				}
			}
		}
	}
	return rows
}

// byCommissioner is the distribution of the commissioner of a child.
func byCommissioner(list []model.Commissioner) discrete {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(list[i].Name, list[j].Name) })
	shares := make([]float64, len(list))
	for i, j := range order {
		shares[i] = list[j].ReferralShare
	}
	return newDiscrete(shares, order)
}
