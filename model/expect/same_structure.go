package expect

import (
	"fmt"
	"math"
	"reflect"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// remedy is what to do about a programme of another structure.
const remedy = "make a new Redraw"

// sameStructure returns why a programme differs from the one that was settled in
// more than numbers. Capacity and prices make no difference to an expectation.
func (s *settled) sameStructure(p *model.Programme) error {
	was := s.programme
	if p == nil {
		return &model.Fault{Path: "programme", Problem: "there is none"}
	}
	if p.Weeks != was.Weeks || p.Start != was.Start || len(p.Background) != len(was.Background) || len(p.Cohorts) != len(was.Cohorts) ||
		!slices.Equal(p.States, was.States) || p.Ages != was.Ages || p.MinimumReferrals.Weeks != was.MinimumReferrals.Weeks ||
		!slices.EqualFunc(p.Commissioners, was.Commissioners, func(a, b model.Commissioner) bool { return a.Name == b.Name }) {
		return fmt.Errorf("the programme differs in weeks, states, rows, cohorts, ages, commissioners or the weeks of its minimum from the first one: %s", remedy)
	}
	for i := range p.Cohorts {
		if !sameCohort(&p.Cohorts[i], &was.Cohorts[i]) {
			return fmt.Errorf("cohort %q differs in its terms from that of the first programme: %s", p.Cohorts[i].Name, remedy)
		}
	}
	if len(p.Contract.Metrics) != len(was.Contract.Metrics) {
		return fmt.Errorf("there are %d metrics, where the first programme had %d: %s", len(p.Contract.Metrics), len(was.Contract.Metrics), remedy)
	}
	for i := range p.Contract.Metrics {
		if !sameMetric(&p.Contract.Metrics[i], &was.Contract.Metrics[i]) {
			return fmt.Errorf("metric %q differs in what it pays for from that of the first programme: %s", p.Contract.Metrics[i].Name, remedy)
		}
	}
	return nil
}

func sameCohort(a, b *model.Cohort) bool {
	return a.Name == b.Name && a.StartState == b.StartState && a.PlannedState == b.PlannedState && a.AlreadyThere == b.AlreadyThere &&
		a.Lag == b.Lag && a.Tracking == b.Tracking && a.HoldUntilStart == b.HoldUntilStart &&
		len(a.Background) == len(b.Background) && sameCalendar(&a.Referrals, &b.Referrals)
}

func sameCalendar(a, b *model.Referrals) bool {
	return a.First == b.First && a.Last == b.Last && a.Ramp == b.Ramp && slices.Equal(a.Pauses, b.Pauses)
}

// sameMetric compares what decides which units a life earns.
func sameMetric(a, b *contract.Metric) bool {
	return a.Name == b.Name && slices.Equal(a.Cohorts, b.Cohorts) && slices.Equal(a.Commissioners, b.Commissioners) &&
		a.Ages == b.Ages && slices.Equal(a.States, b.States) && (a.Trigger == b.Trigger || reflect.DeepEqual(a.Trigger, b.Trigger))
}

// checkNumbers returns what is wrong with the numbers of a programme, moves apart.
func checkNumbers(p *model.Programme) error {
	sum := 0.0
	for i := range p.Commissioners {
		share := p.Commissioners[i].ReferralShare
		if !(share >= 0 && share <= 1) {
			return fmt.Errorf("commissioner %q: a share of referrals of %v is outside 0 to 1", p.Commissioners[i].Name, share)
		}
		sum += share
	}
	if !(math.Abs(sum-1) < 1e-9) {
		return fmt.Errorf("the shares of referrals add up to %.6g: they must add up to 1 (100%%)", sum)
	}
	for i := range p.Cohorts {
		c := &p.Cohorts[i]
		if !(c.Referrals.Children >= 0 && c.Referrals.Children <= math.MaxInt32) {
			return fmt.Errorf("cohort %q: %v children are referred: they must be 0 or more, and at most %d", c.Name, c.Referrals.Children, math.MaxInt32)
		}
		if !(c.StartProbability >= 0 && c.StartProbability <= 1) {
			return fmt.Errorf("cohort %q: a start probability of %v is outside 0 to 1", c.Name, c.StartProbability)
		}
	}
	return nil
}
