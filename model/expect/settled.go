package expect

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/numbered"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// settled is what programmes that differ in numbers alone have in common. It does
// not change once it is made.
type settled struct {
	programme *model.Programme // the first, with numbers in place of probabilities
	rows      []numbered.Row
	rates     []float64 // the first programme's probabilities, by number
	shape     *contract.Shape
	lived     []int // rows of weeks that may hold anything but 0
	cohorts   []settledCohort
	jumps     *jumps // of the cohorts' blocks
	paths     *paths // of the differences between their arms
}

// settledCohort is what does not depend on the numbers of a cohort.
type settledCohort struct {
	timing *timing
	rows   []markov.Row // its moves by state, numbered
	pieces [][]int      // the numbers of each piece of these rows
	// reached is the states that children can get to by moves or a start, by arm.
	reached  [2]contract.StateSet
	leftCare int
	lanes    *lanes
	blocks   *blocks // nil where the weeks are followed one by one
	// difference is that between the arms while children are tracked; nil where it
	// is worked out from both.
	difference *apart
	// windows is the weeks of each window, and apart those in which the arms can
	// differ while children are tracked.
	windows [2]*quarterSums
	apart   *quarterSums
	// birthdays is weeks in left care since the 18th birthday, of one child referred,
	// by window and quarter.
	birthdays [2][]float64
	// Of one child referred, or of one who starts, by quarter.
	referred, preparing, started []float64
	early                        float64
	metrics                      []settledMetric
	// earning is the first week that no metric looks at of those for which a child who
	// starts is followed.
	earning int
}

// settledMetric is a metric that pays for a cohort's children.
type settledMetric struct {
	index     int
	earn      earn
	payable   contract.StateSet
	underAges []float64
	pays      []bool // by commissioner
	sums      *quarterSums
	on        *measured // nil where it does not look at all children on one date
	// counts is the probability that a week counts, by weeks since referral, and paid
	// that it lies before the 18th birthday too.
	counts, paid []float64
	// weeks reports whether its units are weeks in the planned state.
	weeks bool
	// pauses is how its weeks with pauses are followed; nil where the plain rule does it.
	pauses *pauses
}

func settle(p *model.Programme) (s *settled, err error) {
	s = &settled{shape: p.Shape(), jumps: &jumps{}, paths: &paths{}}
	s.programme, s.rows = numbered.Programme(p)
	if s.rates, err = s.collect(p, nil); err != nil {
		return nil, err
	}
	under18 := shareUnder18(p.Ages, p.Weeks, everyAge)
	for i := range p.Cohorts {
		c := unmoved(s.programme, i, newTiming(p, p.Cohorts[i].Referrals, under18))
		s.cohorts = append(s.cohorts, settleCohort(c, s.jumps, s.paths))
		s.addLived(i)
	}
	return s, nil
}

// collect lists the probabilities of a programme by number, in the memory of rates.
func (s *settled) collect(p *model.Programme, rates []float64) (_ []float64, err error) {
	rates = rates[:0]
	for i := range s.rows {
		if rates, err = s.rows[i].Collect(p, rates); err != nil {
			return rates, fmt.Errorf("%w: %s", err, remedy)
		}
	}
	return rates, nil
}

// addLived adds the rows of a cohort's weeks.
func (s *settled) addLived(cohort int) {
	for _, w := range []contract.Window{contract.Tracking, contract.AfterTracking} {
		for _, arm := range contract.Arms() {
			for k := range s.shape.Commissioners {
				for state := range s.shape.States {
					if s.cohorts[cohort].lives(arm, state) {
						s.lived = append(s.lived, s.shape.WeeksRow(w, arm, cohort, k, state))
					}
				}
			}
		}
	}
}

// redraw returns a Redraw with memory of its own.
func (s *settled) redraw() (*Redraw, error) {
	r := &Redraw{
		settled: s, rates: slices.Clone(s.rates),
		counts: contract.NewCounts[float64](s.shape), apart: contract.NewCounts[float64](s.shape),
	}
	r.counts.LivedOnlyIn(s.lived)
	r.apart.LivedOnlyIn(s.lived)
	for _, arm := range contract.Arms() {
		r.share[arm], r.cumulated[arm] = make([]float64, s.programme.Weeks), make([]float64, s.programme.Weeks)
		r.sums[arm] = make([]float64, len(s.shape.Quarters))
	}
	r.jumps, r.paths, r.differences = s.jumps.clone(), s.paths.clone(), make([]float64, len(s.cohorts))
	for i := range s.cohorts {
		of := &s.cohorts[i]
		c := redrawn{
			cohort: unmoved(s.programme, i, of.timing), settled: of,
			lanes: of.lanes.clone(of.timing.weeks()), blocks: of.blocks.clone(r.jumps, len(s.shape.Quarters)),
		}
		for _, row := range of.rows {
			c.rows = append(c.rows, numbered.Clone(row))
		}
		fill(c.rows, of.rows, s.rates)
		if err := c.ready(c.rows); err != nil {
			return nil, err
		}
		r.cohorts = append(r.cohorts, c)
	}
	return r, nil
}

// settleCohort settles a cohort of a numbered programme.
func settleCohort(c *cohort, j *jumps, of *paths) settledCohort {
	p, x := c.programme, c.timing
	s := settledCohort{timing: x, rows: movesOf(p, c.Cohort), leftCare: c.leftCare}
	for _, row := range s.rows {
		for _, piece := range row {
			var numbers []int
			for _, m := range piece.Moves {
				numbers = append(numbers, int(m.Probability))
			}
			s.pieces = append(s.pieces, numbers)
		}
	}
	s.reached[contract.Counterfactual] = reachable(p, s.rows, c.start)
	s.reached[contract.Intervention] = s.reached[contract.Counterfactual] | reachable(p, s.rows, c.planned)
	split := min(c.tracked, x.weeks())
	sums := func(from, until int) *quarterSums { return x.sums(p, c.Referrals, from, until) }
	s.windows = [2]*quarterSums{contract.Tracking: sums(0, split), contract.AfterTracking: sums(split, x.weeks())}
	s.apart = sums(min(c.lag, x.weeks()), split)
	over18 := make([]float64, x.weeks())
	for t := range over18 {
		over18[t] = 1 - x.under18[t]
	}
	s.birthdays = [2][]float64{contract.Tracking: x.byQuarter(over18[:split], 0), contract.AfterTracking: x.byQuarter(over18[split:], split)}

	s.referred = x.byQuarter([]float64{1}, 0)
	s.preparing = x.byQuarter(x.under18[:min(c.Lag, x.weeks())], 0)
	if c.lag < x.weeks() {
		s.started = x.byQuarter([]float64{x.under18[c.lag]}, c.lag)
	}
	s.early = x.referredBefore(p.MinimumReferrals.Weeks)
	for m := range p.Contract.Metrics {
		if slices.Contains(p.Contract.Metrics[m].Cohorts, c.Name) {
			s.metrics = append(s.metrics, settleMetric(c, m, sums))
		}
	}
	s.lanes = newLanes(c, s.rows, s.reached[contract.Intervention])
	for i := range s.metrics {
		s.metrics[i].pauses = newPauses(c, s.lanes, &s.metrics[i])
	}
	if s.lanes != nil {
		planned := contract.StateSet(0).Add(c.planned)
		s.lanes.apart = s.reached[contract.Counterfactual].Has(c.planned)
		for i := range s.metrics {
			if m := &s.metrics[i]; m.pauses == nil {
				s.lanes.apart = s.lanes.apart || m.payable != planned
				s.earning = max(s.earning, m.sums.until)
			}
		}
		s.difference = newApart(c, s.lanes, of)
	}
	s.blocks = newBlocks(c, &s, j)
	return s
}

// settleMetric settles a metric that pays for a cohort's children.
func settleMetric(c *cohort, index int, sums func(from, until int) *quarterSums) settledMetric {
	metric, weeks := &c.programme.Contract.Metrics[index], c.timing.weeks()
	from := min(c.lag, weeks)
	m := settledMetric{
		index: index, earn: earningsUnder(metric.Trigger), payable: c.payable(metric), underAges: c.underAges(metric),
		sums: sums(from, min(from+min(metric.Trigger.Definition().Reach, weeks), weeks)),
		on:   c.timing.measuredOn(c.programme, metric),
	}
	for _, commissioner := range c.programme.Commissioners {
		m.pays = append(m.pays, paysFor(metric, commissioner.Name))
	}
	m.counts = c.timing.reached
	if m.on != nil {
		m.counts = m.on.shares
	}
	for t, probability := range m.counts {
		m.paid = append(m.paid, probability*m.underAges[t])
	}
	m.weeks = m.paysPlannedWeeks(c, metric)
	return m
}

// possible reports whether rates are probabilities that add up to no more than 1 in any
// piece. Where they do so by rounding alone, it may say no.
func (s *settledCohort) possible(rates []float64) bool {
	for _, numbers := range s.pieces {
		sum := 0.0
		for _, number := range numbers {
			rate := rates[number]
			if !(rate >= 0) {
				return false
			}
			sum += rate
		}
		if sum > 1 {
			return false
		}
	}
	return true
}

// lives reports whether children can be in a state in one arm, birthdays counted.
func (s *settledCohort) lives(a contract.Arm, state int) bool {
	return s.reached[a].Has(state) || state == s.leftCare
}

// reachable returns the states to which moves lead from one, whatever their
// probability.
func reachable(p *model.Programme, rows []markov.Row, from int) contract.StateSet {
	var reached contract.StateSet
	var visit func(state int)
	visit = func(state int) {
		if reached.Has(state) {
			return
		}
		reached = reached.Add(state)
		for _, piece := range rows[state] {
			for _, m := range piece.Moves {
				visit(slices.IndexFunc(p.States, func(s model.State) bool { return s.Name == m.To }))
			}
		}
	}
	visit(from)
	return reached
}
