package expect

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// Redraw works out the expected counts of many programmes that differ in numbers
// alone: the probabilities of moves and of a start, the numbers of children, and the
// commissioners' shares of referrals. States, rows, weeks, ages, cohorts and what
// metrics pay for must be those of the first programme. Prices and capacity, on which
// the expectation does not depend, may differ.
//
// Everything that does not depend on these numbers is settled once. A programme then
// takes some ten microseconds if no move depends on the time in a state, and nothing is
// allocated. Two goroutines must not use one Redraw at the same time: give each its
// own with Clone.
type Redraw struct {
	settled *settled
	rates   []float64 // of the last programme, by number
	cohorts []redrawn
	jumps   *jumps
	paths   *paths
	counts  *contract.Expected // of the last programme
	counted bool               // whether they are
	each    []PerChild
	apart   *contract.Expected // of Avoided: by how much the arms differ
	avoided []float64          // pence by cohort
	// differences is what a child referred avoids, by cohort, where costs are level.
	differences []float64
	// Working space: shares of one state by arm and week, sums by arm and quarter, and
	// see quarterSums.
	share     [2][]float64
	sums      [2][]float64
	cumulated [2][]float64
}

// redrawn is a cohort with rates of its own.
type redrawn struct {
	*cohort
	settled *settledCohort
	rows    []markov.Row // its moves by state
	lanes   *lanes       // nil where moves depend on the time in a state
	blocks  *blocks      // nil where the weeks are followed one by one
}

// NewRedraw settles a programme, which must not be changed while the Redraw is in
// use. The error is that of [Of].
func NewRedraw(p *model.Programme) (*Redraw, error) {
	if err := validate(p); err != nil {
		return nil, err
	}
	s, err := settle(p)
	if err != nil {
		return nil, err
	}
	return s.redraw()
}

// Clone returns a Redraw for the same programmes with memory of its own.
func (r *Redraw) Clone() *Redraw {
	clone, _ := r.settled.redraw() // the moves are those that the first was made of
	return clone
}

// Counts returns the counts of [Of] for a programme, to within a share of 1e-12 of the
// largest figure in each row; Rules are left out, because describing them takes longer
// than counting. They are the Redraw's own: do not change them, and copy what must
// outlast the next call.
//
// The error names what differs from the first programme in more than numbers, or a
// number that cannot be used. The counts of the programme before are then gone.
func (r *Redraw) Counts(p *model.Programme) (*contract.Expected, error) {
	r.counted = false
	if err := r.take(p); err != nil {
		return nil, err
	}
	clear(r.counts.Units)
	r.jumps.fill(r.rates)
	for i := range r.cohorts {
		c := &r.cohorts[i]
		if c.blocks != nil {
			c.blocks.follow(c.cohort)
			r.setBlocks(c)
		} else {
			c.follow(c.timing.weeks(), r.rates)
			r.setWeeks(c)
		}
		r.setChildren(c)
		if err := r.addMetrics(c); err != nil {
			return nil, err
		}
	}
	r.counted = true
	return r.counts, nil
}

// PerChild returns what one child earns by cohort and metric, with its variance, as [Of]
// does: of the programme that Counts was given last, or nil if it had none or that was an
// error. Means and variances are right to within a share of 1e-12 of the mean square. The
// slice is the Redraw's own and holds until the next call.
func (r *Redraw) PerChild() []PerChild {
	if !r.counted {
		return nil
	}
	r.each = r.each[:0]
	for i := range r.cohorts {
		c := &r.cohorts[i]
		for j := range c.settled.metrics {
			m := &c.settled.metrics[j]
			var mean, square float64
			if m.weeks && c.blocks != nil {
				mean, square = c.blocks.plannedMoments(c.cohort, c.lanes, m.paid)
			} else {
				mean, square = c.moments(c.earned(m, true), m.underAges, m.counts)
			}
			r.each = append(r.each, c.perChild(&c.programme.Contract.Metrics[m.index], mean, square))
		}
	}
	return r.each
}

// addMetrics adds what a cohort's children earn under every metric.
func (r *Redraw) addMetrics(c *redrawn) error {
	followed := false
	for i := range c.settled.metrics {
		m := &c.settled.metrics[i]
		if m.weeks && c.blocks != nil {
			r.addPlannedWeeks(c, m)
			continue
		}
		switch {
		case m.pauses != nil && c.lanes != nil:
			c.lanes.fill(r.rates)
		case m.pauses == nil && !followed:
			followed = true
			if err := c.refill(r.rates); err != nil { // which triggers may need
				return err
			}
			c.followChild(r.rates)
		}
		r.addUnits(c, m)
	}
	return nil
}

// Avoided returns [contract.Pricer.Avoided] for the expected counts of a programme,
// in pence by cohort, in a fraction of the time that the counts take. The pricer is
// one of a programme with the same cohorts, commissioners, states and quarters; what
// care costs is as it has it. The slice is the Redraw's own and holds until the next
// call. The errors are those of Counts, and one for a pricer of another shape.
func (r *Redraw) Avoided(p *model.Programme, pricer *contract.Pricer) ([]float64, error) {
	r.counted = false
	if err := r.take(p); err != nil {
		return nil, err
	}
	if costs := pricer.LevelCosts(r.settled.shape); costs != nil && r.avoidedAtLevel(costs) {
		return r.avoided, nil
	}
	for i := range r.cohorts {
		c := &r.cohorts[i]
		c.follow(min(c.tracked, c.timing.weeks()), r.rates)
		r.setApart(c)
	}
	avoided, err := pricer.Avoided(r.apart, r.avoided)
	if err != nil {
		return nil, err
	}
	r.avoided = avoided
	return avoided, nil
}

// take takes the numbers of a programme.
func (r *Redraw) take(p *model.Programme) (err error) {
	if err := r.settled.sameStructure(p); err != nil {
		return err
	}
	if err := checkNumbers(p); err != nil {
		return err
	}
	if r.rates, err = r.settled.collect(p, r.rates); err != nil {
		return err
	}
	for i := range r.cohorts {
		if err := r.cohorts[i].take(p, i, r.rates); err != nil {
			return err
		}
	}
	return nil
}

// take takes the numbers of a cohort, with probabilities by number.
func (c *redrawn) take(p *model.Programme, index int, rates []float64) error {
	c.programme, c.Cohort = p, &p.Cohorts[index]
	c.expected = c.Referrals.Expected()
	if c.lanes == nil || !c.settled.possible(rates) {
		if err := c.refill(rates); err != nil {
			return err
		}
	}
	if c.lanes != nil {
		c.lanes.filled = false
	}
	return nil
}

// refill gives the cohort's chain its probabilities, or says what is wrong with them.
func (c *redrawn) refill(rates []float64) error {
	fill(c.rows, c.settled.rows, rates)
	if err := c.moves.Refill(c.rows); err != nil {
		return fmt.Errorf("cohort %q: %w", c.Name, err)
	}
	return nil
}

// fill sets the probabilities of rows to those of their numbers.
func fill(rows, numbered []markov.Row, rates []float64) {
	for s, row := range numbered {
		for i := range row {
			for j := range row[i].Moves {
				rows[s][i].Moves[j].Probability = rates[int(row[i].Moves[j].Probability)]
			}
		}
	}
}

// follow finds where the children are before a week since referral.
func (c *redrawn) follow(weeks int, rates []float64) {
	if c.lanes != nil {
		c.lanes.fill(rates)
		c.lanes.divide(c.cohort, weeks)
		return
	}
	c.divide(weeks)
}

// followChild finds where a child who starts is, for what a life earns.
func (c *redrawn) followChild(rates []float64) {
	switch {
	case c.lanes == nil || c.groups.starts == 0: // it is known, or nothing is earned
	case c.lanes.apart:
		c.lanes.fill(rates)
		c.lanes.startedChild(c.cohort, c.settled.earning)
	case c.blocks != nil:
		c.blocks.plannedShares(c.cohort, c.lanes, c.settled.earning)
	default:
		c.lanes.plannedShares(c.cohort, c.settled.earning)
	}
}

// setChildren sets the children referred and started, and the weeks before the start.
func (r *Redraw) setChildren(c *redrawn) {
	for k := range c.programme.Commissioners {
		children := c.children(k)
		r.counts.Early[r.counts.Shape.Row(c.index, k)] = children * c.settled.early
		set(r.counts.ReferredIn(c.index, k), c.settled.referred, children)
		set(r.counts.PreparingIn(c.index, k), c.settled.preparing, children)
		set(r.counts.StartedIn(c.index, k), c.settled.started, children*c.groups.starts)
	}
}

// set sets a row to a multiple of figures, none of which is below 0 but by rounding.
func set(row, figures []float64, multiple float64) {
	row = row[:len(figures)]
	for q, x := range figures {
		if x < 0 {
			x = 0
		}
		row[q] = multiple * x
	}
}

// setWeeks sets the weeks in every state that children can be in.
func (r *Redraw) setWeeks(c *redrawn) {
	for s := range c.programme.States {
		moved := c.settled.reached[contract.Intervention].Has(s)
		if moved {
			c.occupancy(s, 0, c.timing.weeks(), &r.share)
		}
		for w, sums := range c.settled.windows {
			clear(r.sums[0])
			clear(r.sums[1])
			if moved {
				sums.ofBoth(&r.share, &r.sums, &r.cumulated)
			}
			for _, arm := range contract.Arms() {
				if c.settled.lives(arm, s) {
					r.setRows(c, contract.Window(w), arm, s)
				}
			}
		}
	}
}

// setRows sets the weeks of a state in one arm and window to the sums of that arm.
func (r *Redraw) setRows(c *redrawn, w contract.Window, arm contract.Arm, state int) {
	sums := r.sums[arm]
	if state == c.leftCare {
		for q, weeks := range c.settled.birthdays[w] {
			sums[q] += weeks
		}
	}
	lo, hi := c.settled.windows[w].lo, c.settled.windows[w].hi
	for k := range c.programme.Commissioners {
		set(r.counts.WeeksIn(w, arm, c.index, k, state)[lo:hi], sums[lo:hi], c.children(k))
	}
}

// occupancy sets the shares of all children under 18 who are in a state, by arm and by
// week from one to before another.
func (c *redrawn) occupancy(state, from, until int, share *[2][]float64) {
	if c.lanes != nil {
		c.lanes.occupancy(c.cohort, slices.Index(c.lanes.states, state), from, until, share)
		return
	}
	for _, arm := range contract.Arms() {
		c.groups.in(arm, state, share[arm][:until])
		for t := from; t < until; t++ {
			share[arm][t] *= c.timing.under18[t]
		}
	}
}

// setApart sets the weeks by which the arms differ while children are tracked, to the
// rows of the counterfactual arm.
func (r *Redraw) setApart(c *redrawn) {
	sums := c.settled.apart
	if sums.from >= sums.until {
		return
	}
	for s := range c.programme.States {
		if !c.settled.reached[contract.Intervention].Has(s) {
			continue
		}
		c.occupancy(s, sums.from, sums.until, &r.share)
		less, with := r.share[contract.Counterfactual][sums.from:sums.until], r.share[contract.Intervention][sums.from:sums.until]
		for i := range less {
			less[i] -= with[i]
		}
		sums.of(less, r.sums[0], r.cumulated[0])
		for k := range c.programme.Commissioners {
			row, children := r.apart.WeeksIn(contract.Tracking, contract.Counterfactual, c.index, k, s)[sums.lo:sums.hi], c.children(k)
			for q, x := range r.sums[0][sums.lo:sums.hi] {
				row[q] = children * x
			}
		}
	}
}

// earned is what a child who starts earns under a metric; squares may be left out.
func (c *redrawn) earned(m *settledMetric, squares bool) earnings {
	if m.pauses != nil {
		return m.pauses.earned(c.cohort, c.lanes, squares)
	}
	return m.earn(c.cohort, m.payable)
}

// addUnits adds what a cohort's children earn under a metric.
func (r *Redraw) addUnits(c *redrawn, m *settledMetric) {
	units := c.earned(m, false).units
	for t := m.sums.from; t < m.sums.until; t++ {
		units[t] *= c.groups.starts * m.underAges[t]
	}
	lo, hi := m.sums.lo, m.sums.hi
	if m.on != nil {
		lo, hi = m.on.quarter, m.on.quarter+1
		r.sums[0][lo] = m.on.sum(units[m.sums.from:m.sums.until], m.sums.from)
	} else {
		m.sums.of(units[m.sums.from:m.sums.until], r.sums[0], r.cumulated[0])
	}
	for k := range c.programme.Commissioners {
		if !m.pays[k] {
			continue
		}
		row, children := r.counts.UnitsOf(m.index, k), c.children(k)
		for q := lo; q < hi; q++ {
			row[q] += children * max(0, r.sums[0][q])
		}
	}
}
