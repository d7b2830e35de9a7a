package expect

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// cohort is what is known of a programme's cohort once its children have been
// followed: where they are by week since referral, and when those weeks are.
// States go by their place in the programme's list.
type cohort struct {
	*model.Cohort
	programme *model.Programme
	index     int     // among the programme's cohorts
	expected  float64 // children referred
	timing    *timing
	moves     *markov.Chain
	groups    *groups
	work      work

	start, planned, leftCare int // states
	lag, tracked             int // first week since referral in the planned state, and after tracking
}

// work is memory that is used again for the next metric, and when the children are
// followed once more under other rates.
type work struct {
	everyone, inStart, child markov.Group
	units, squares, held     []float64 // by week
	milestones               []int     // by week since the start
	missed                   []places  // see pauses
}

func newCohort(p *model.Programme, index int, timing *timing) (*cohort, error) {
	c := unmoved(p, index, timing)
	if err := c.ready(movesOf(p, c.Cohort)); err != nil {
		return nil, err
	}
	c.divide(c.timing.weeks())
	return c, nil
}

// unmoved is a cohort of which everything but its moves is known.
func unmoved(p *model.Programme, index int, timing *timing) *cohort {
	c := &cohort{Cohort: &p.Cohorts[index], programme: p, index: index, timing: timing}
	c.expected = c.Referrals.Expected()
	c.lag, c.tracked = trackedWeeks(p, c.Cohort)
	is := func(name string) func(model.State) bool { return func(s model.State) bool { return s.Name == name } }
	c.start, c.planned = slices.IndexFunc(p.States, is(c.StartState)), slices.IndexFunc(p.States, is(c.PlannedState))
	c.leftCare = slices.IndexFunc(p.States, is(model.LeftCare))
	return c
}

// ready makes the moves out of every state ready, and room for the groups.
func (c *cohort) ready(moves []markov.Row) (err error) {
	names := make([]string, len(c.programme.States))
	for i, s := range c.programme.States {
		names[i] = s.Name
	}
	c.moves, err = markov.NewChain(names, moves)
	c.groups = &groups{others: c.table(), without: c.table(), started: c.table()}
	return err
}

// table returns zeros by state and week since referral.
func (c *cohort) table() [][]float64 { return table(len(c.programme.States), c.timing.weeks()) }

// children returns how many children a commissioner is expected to refer.
func (c *cohort) children(commissioner int) float64 {
	return c.expected * c.programme.Commissioners[commissioner].ReferralShare
}

// add adds a figure of one child by quarter to each commissioner's row of
// counts, for all the children that it refers. A commissioner whose row is nil is
// left out.
func (c *cohort) add(byQuarter []float64, row func(commissioner int) []float64) {
	for k := range c.programme.Commissioners {
		into, children := row(k), c.children(k)
		if into == nil {
			continue
		}
		for q, x := range byQuarter {
			into[q] += children * x
		}
	}
}

// payable returns the states that a metric pays for: those named and every state
// under one of them, by default the planned state alone.
func (c *cohort) payable(m *contract.Metric) contract.StateSet {
	if len(m.States) == 0 {
		return contract.StateSet(0).Add(c.planned)
	}
	var set contract.StateSet
	for i, s := range c.programme.States {
		if slices.Contains(m.States, s.Name) || slices.Contains(m.States, s.Parent) {
			set = set.Add(i)
		}
	}
	return set
}
