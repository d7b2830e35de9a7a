package contract

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/located"
)

// cashableShares returns the share of avoided cost that is cashable, in
// billionths by cohort.
func (c Care) cashableShares(s *Shape) ([]int64, error) {
	var faults []error
	for _, name := range slices.Sorted(maps.Keys(c.Cashable)) {
		faults = append(faults, known("cohorts."+name, "cohort", name, s.Cohorts))
	}
	var shares []int64
	for _, cohort := range s.Cohorts {
		share, err := shareOf(c.Cashable[cohort])
		faults = append(faults, located.Within("cohorts."+cohort+".cashable share", err))
		shares = append(shares, share)
	}
	return shares, errors.Join(faults...)
}

// cash works out a share of what is avoided by quarter. Where care costs more
// with the programme, the cashable part is negative.
func cash(cashable, without, with []int64, share int64) {
	without, with = without[:len(cashable)], with[:len(cashable)]
	for q := range cashable {
		cashable[q] = part(without[q]-with[q], share)
	}
}

// Avoided returns the cost of care that is expected to be avoided, in pence by
// cohort, not rounded: over the tracking window and all commissioners and quarters
// together, in constant prices. It goes into the memory of into if that is enough,
// and allocates nothing then. Counts of another shape than the pricer's are an error.
func (p *Pricer) Avoided(expected *Expected, into []float64) ([]float64, error) {
	if p == nil || expected == nil || !p.shape.same(expected.Shape) || len(expected.Weeks) != p.shape.WeeksRow(numWindows, 0, 0, 0, 0)*len(p.shape.Quarters) {
		return nil, errors.New("the expected counts do not have the shape of the pricer: give those of the same programme, whole")
	}
	into = into[:0]
	for k := range p.shape.Cohorts {
		avoided := 0.0
		for c := range p.shape.Commissioners {
			avoided += p.avoidedBy(expected, k, c)
		}
		into = append(into, avoided)
	}
	return into, nil
}

// avoidedBy is Avoided for the children of one cohort and commissioner.
func (p *Pricer) avoidedBy(expected *Expected, cohort, commissioner int) float64 {
	s, quarters, avoided := p.shape, len(p.shape.Quarters), 0.0
	without, with := s.WeeksRow(Tracking, Counterfactual, cohort, commissioner, 0), s.WeeksRow(Tracking, Intervention, cohort, commissioner, 0)
	for _, state := range p.care.costed[commissioner] {
		if expected.lived != nil && !expected.lived[without+state] && !expected.lived[with+state] {
			continue
		}
		more, at := row(expected.Weeks, with+state, quarters), commissioner*len(s.States)+state
		if p.care.pence != nil && p.care.perWeek != nil {
			for q, weeks := range row(expected.Weeks, without+state, quarters) {
				avoided += (weeks - more[q]) * p.care.perWeek[at]
			}
			continue
		}
		cost := row(p.care.constant, at, quarters)
		for q, weeks := range row(expected.Weeks, without+state, quarters) {
			avoided += (weeks - more[q]) * cost[q]
		}
	}
	return avoided
}

// SetAvoided tells the pricer what every cohort is expected to avoid, as [Pricer.Avoided]
// returns it. Where that is below zero, half a penny or more, the cohort's care is
// expected to cost more with the programme, and the extra cost is cash in full: its
// cashable share is 1 from now on. Every other cohort has the share of the terms.
// Clones made before are not told. It allocates nothing. The error says that there is
// not one amount for each cohort.
func (p *Pricer) SetAvoided(avoided []float64) error {
	if len(avoided) != len(p.cashable) {
		return fmt.Errorf("there are %d amounts of what is avoided for %d cohorts: give one for each", len(avoided), len(p.cashable))
	}
	for k, pence := range avoided {
		p.cashable[k] = p.care.cashable[k]
		if pence <= -0.5 {
			p.cashable[k] = whole
		}
	}
	return nil
}
