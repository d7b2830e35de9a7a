package lives

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// Tables are a programme made ready to be simulated: everything that the loop
// over children needs, in whole numbers.
type Tables struct {
	programme  *model.Programme
	shape      *contract.Shape
	rules      contract.Rules
	weeks      int
	quarter    []int // by week
	boundaries []int // first week of each quarter, then weeks
	early      int   // referral weeks that the contract's minimum looks at
	leftCare   int
	// council is the cumulative distribution of the referring commissioner,
	// in order of name so that listing order changes nothing.
	council  cumulative
	cohorts  []cohort
	capacity model.Capacity
	written  []writtenRow // the programme's rows
	rates    []float64    // its probabilities, by number
	// visit separates the words of a state's first, second, … stay.
	visit uint64
}

// cohort is one cohort of the tables.
type cohort struct {
	index    int
	key      uint64
	children float64
	law      model.ReferralLaw
	first    int        // first referral week
	week     cumulative // of the referral week, from first

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
	weeks            []rows // of the tally's weeks, by commissioner
	// placements are the moves out of the planned state by how long the child
	// waited for a start.
	placements []course
	limited    bool // by the programme's capacity
}

// metric is what one metric pays for the cohort's children.
type metric struct {
	index   int
	trigger contract.Trigger
	payable contract.StateSet
	council []bool // by commissioner: whether the metric pays for its children
	// ageFrom and ageTo limit the age on the first day of the start week, in
	// days.
	ageFrom, ageTo int
}

// pays tells whether the metric pays for a child at all.
func (m *metric) pays(c *cohort, child *child) bool {
	if !m.council[child.council] {
		return false
	}
	age := child.age + 7*child.lag
	return !c.ages || age >= m.ageFrom && age < m.ageTo
}

// row is the moves out of one state.
type row struct {
	luck int    // the state whose words are drawn: a planned state draws its parent's
	key  uint64 // of those words
	course
}

type phases []phase

// phase is a piece of a row: a constant weekly hazard while both clocks are
// inside it.
type phase struct {
	sinceFrom, sinceTo int
	inFrom, inTo       int
	hazard             uint64
	to                 choice
}

// at returns the phase in force, and for how many weeks of the next few it is in
// force for a child who does not move. There always is one: phases tile both
// clocks.
func (p phases) at(since, in, weeks int) (*phase, int) {
	i := 0
	for i < len(p)-1 && !p[i].holds(since, in) {
		i++
	}
	f := &p[i]
	return f, min(f.sinceTo-since, f.inTo-in, weeks)
}

func (f *phase) holds(since, in int) bool {
	return since >= f.sinceFrom && since < f.sinceTo && in >= f.inFrom && in < f.inTo
}

// NewTables prepares a programme. An invalid one gives the error of its
// Validate.
func NewTables(p *model.Programme) (*Tables, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	rules := p.Rules()
	p = within(p)
	calendar := p.Calendar()
	t := &Tables{
		programme: p, shape: p.Shape(), rules: rules, weeks: p.Weeks,
		boundaries: calendar.Boundaries(), early: p.MinimumReferrals.Weeks,
		visit: golden, capacity: p.Capacity,
	}
	for k := range p.Weeks {
		q, _ := calendar.Index(calendar.Quarter(k))
		t.quarter = append(t.quarter, q)
	}
	t.leftCare = slices.Index(t.shape.States, model.LeftCare)
	t.council = councils(p.Commissioners)
	numbered, rows := number(p)
	t.written = rows
	reached := Reachable(p)
	for i := range p.Cohorts {
		t.cohorts = append(t.cohorts, t.newCohort(numbered, i))
		t.cohorts[i].reached = reached[i]
	}
	t.collect(p)
	t.fill(p)
	return t, nil
}

// within returns the programme with lags and tracking no longer than the
// programme itself, which changes nothing and keeps their sum small.
func within(p *model.Programme) *model.Programme {
	short := *p
	short.Cohorts = slices.Clone(p.Cohorts)
	for i := range short.Cohorts {
		c := &short.Cohorts[i]
		c.Lag, c.Tracking = min(c.Lag, p.Weeks), min(c.Tracking, p.Weeks)
	}
	return &short
}

// newCohort prepares a cohort of a numbered programme, but for its rates.
func (t *Tables) newCohort(p *model.Programme, i int) cohort {
	m := &p.Cohorts[i]
	c := cohort{
		index: i, key: purpose("cohort", m.Name),
		law:   m.Referrals.Law,
		first: m.Referrals.First, week: newCumulative(m.Referrals.Shares(), nil),
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
		luck := cmp.Or(state.Parent, state.Name)
		c.rows = append(c.rows, row{luck: index[luck], key: purpose("state", luck), course: newCourse(moves[state.Name], index)})
	}
	for k := range t.shape.Commissioners {
		c.weeks = append(c.weeks, rowsOf(t.shape, i, k))
	}
	c.limited = !p.Capacity.None() && (p.Capacity.Cohorts == nil || slices.Contains(p.Capacity.Cohorts, m.Name))
	waits := 0
	if c.limited {
		waits = min(p.Capacity.Lapse, p.Weeks)
	}
	for wait := range waits + 1 {
		c.placements = append(c.placements, newCourse(placementRow(p, m, m.Lag+wait), index))
	}
	for k, paid := range p.Contract.Metrics {
		if slices.Contains(paid.Cohorts, m.Name) {
			c.metrics = append(c.metrics, t.newMetric(k, m, index))
		}
	}
	return c
}

// lived is the rows of the tally's weeks in which children can be.
func (t *Tables) lived() (rows []int) {
	for i := range t.cohorts {
		c := &t.cohorts[i]
		for _, first := range c.weeks {
			for w := range first {
				for arm, row := range first[w] {
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

// newMetric prepares the k-th metric for a cohort that it pays for.
func (t *Tables) newMetric(k int, c *model.Cohort, index map[string]int) metric {
	paid := t.programme.Contract.Metrics[k]
	m := metric{index: k, trigger: paid.Trigger, payable: payable(t.programme, paid, c, index), ageTo: math.MaxInt}
	for _, name := range t.shape.Commissioners {
		m.council = append(m.council, len(paid.Commissioners) == 0 || slices.Contains(paid.Commissioners, name))
	}
	m.ageFrom = int(math.Ceil(paid.Ages.From * model.DaysPerYear))
	if paid.Ages.To > 0 {
		m.ageTo = int(math.Ceil(paid.Ages.To * model.DaysPerYear))
	}
	return m
}

// placementRow returns the moves out of the planned state for a child with a
// lag: while tracked those of a failure, then the parent's.
func placementRow(p *model.Programme, c *model.Cohort, lag int) markov.Row {
	parents := p.BackgroundOf(c)[c.PlannedState]
	end := lag + c.Tracking
	if end == 0 {
		return parents
	}
	return slices.Concat(clip(c.Failure, markov.Span{To: end}), clip(parents, markov.Span{From: end}))
}

// cohortRows returns the moves out of every state for a cohort. One table
// serves both arms, because only the intervention arm ever enters the planned
// state, whose moves are those of the child's placement.
func cohortRows(p *model.Programme, c *model.Cohort) map[string]markov.Row {
	rows := maps.Clone(p.BackgroundOf(c))
	if c.HoldUntilStart && c.Lag > 0 {
		rows[c.StartState] = slices.Concat(
			markov.Row{{Since: markov.Span{To: c.Lag}}},
			clip(rows[c.StartState], markov.Span{From: c.Lag}),
		)
	}
	return rows
}

// clip keeps the part of a row inside a span of weeks since referral. A row
// without pieces becomes one in which nobody moves.
func clip(r markov.Row, to markov.Span) markov.Row {
	if len(r) == 0 {
		return markov.Row{{Since: to}}
	}
	var out markov.Row
	for _, piece := range r {
		if since, ok := piece.Since.And(to); ok {
			piece.Since = since
			out = append(out, piece)
		}
	}
	return out
}

func end(s markov.Span) int {
	if s.To == 0 {
		return math.MaxInt
	}
	return s.To
}

// payable is the set of states that a metric pays for in a cohort. A state
// stands for itself and for every state of which it is the parent.
func payable(p *model.Programme, m contract.Metric, c *model.Cohort, index map[string]int) contract.StateSet {
	var set contract.StateSet
	if len(m.States) == 0 {
		return set.Add(index[c.PlannedState])
	}
	for i, state := range p.States {
		if slices.Contains(m.States, state.Name) || slices.Contains(m.States, state.Parent) {
			set = set.Add(i)
		}
	}
	return set
}

// councils is the cumulative distribution of the commissioner of a child.
func councils(list []model.Commissioner) cumulative {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(list[i].Name, list[j].Name) })
	shares := make([]float64, len(list))
	for i, j := range order {
		shares[i] = list[j].ReferralShare
	}
	return newCumulative(shares, order)
}
