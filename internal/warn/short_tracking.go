package warn

import (
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
)

// shortTracking warns where children are paid for after they are no longer followed:
// avoided cost stops counting then, and payments do not.
func (v *version) shortTracking() {
	for _, c := range v.p.Cohorts {
		late, all, reach := 0.0, 0.0, 0
		var metrics []string
		for _, m := range metricsOf(v.p, c.Name) {
			if on := m.Trigger.Definition().On; !on.IsZero() {
				if week := v.p.Calendar().Through(on) - 1; week >= c.Referrals.First+c.Lag+c.Tracking {
					one, _ := v.claimed(v.p, c, m, math.MaxInt)
					metrics, reach = append(metrics, m.Name), max(reach, week-c.Referrals.First-c.Lag+1)
					late, all = late+one*referredBefore(&c, week-c.Lag-c.Tracking), all+one
				}
				continue
			}
			if m.Trigger.Definition().Reach <= c.Tracking+1 {
				continue // a month more or less is rounded up to whole weeks
			}
			one, err := v.claimed(v.p, c, m, math.MaxInt)
			within, errWithin := v.claimed(v.p, c, m, c.Tracking)
			if err != nil || errWithin != nil || one <= within {
				continue // only errors that a run reports
			}
			metrics, reach = append(metrics, m.Name), max(reach, m.Trigger.Definition().Reach)
			late, all = late+one-within, all+one
		}
		if late > slight*all && late >= 1 {
			v.warn("short tracking", "cohorts."+c.Name+".tracking", late,
				"children of %s are followed for %s from the start, and %s can pay until week %d: %s (%s of these claims, before caps) is for weeks in which avoided cost no longer counts. Set tracking to as long as the contract pays, unless no effect is claimed for those weeks",
				quoted(c.Name), weeks(c.Tracking), words.Quoted(metrics, len(metrics)), reach, words.Pounds(late), words.Percent(share(late, all)))
		}
	}
}

// referredBefore is the share of a cohort's children who are referred in a week or
// before it.
func referredBefore(c *model.Cohort, week int) (share float64) {
	for i, s := range c.Referrals.Shares() {
		if c.Referrals.First+i <= week {
			share += s
		}
	}
	return share
}

// claimed is what a metric comes to for one cohort in its first weeks from the
// start, before caps, grants and other payers: in exact expectation, with a
// programme that knows only this cohort and ends for each child when those weeks
// do.
func (v *version) claimed(p *model.Programme, c model.Cohort, m contract.Metric, most int) (float64, error) {
	alone := *p
	m.Trigger = only(m.Trigger, most)
	if m.Trigger == nil {
		return 0, nil
	}
	m.Cohorts, m.Cap = []string{c.Name}, contract.MetricCap{}
	alone.Cohorts = []model.Cohort{c}
	alone.Capacity, alone.Facility = model.Capacity{}, nil
	alone.Contract = contract.Terms{Metrics: []contract.Metric{m}, Payers: []contract.Payer{
		{Name: contract.ClaimingCommissioner, Shares: []contract.DatedShare{{Share: decimal.NewFromInt(1)}}},
	}}
	e, err := expect.Of(&alone)
	if err != nil {
		return 0, err
	}
	ledger, err := model.Price(&alone, e.Counts, v.central.Prices)
	if err != nil {
		return 0, err
	}
	return sums(ledger).payments, nil
}

// only is a trigger that pays nothing after so many weeks from the start; nil if
// nothing is left of it.
func only(t contract.Trigger, most int) contract.Trigger {
	if t.Definition().Reach <= most {
		return t
	}
	d := t.Definition()
	copied, _ := contract.NewTrigger(d.Kind)
	left := false
	for i, term := range copied.Definition().Terms {
		from := d.Terms[i]
		switch {
		case term.Weeks != nil:
			*term.Weeks = *from.Weeks
			if from.Name == "window" {
				*term.Weeks, left = min(*from.Weeks, most), most > 0
			}
		case term.Months != nil:
			*term.Months = *from.Months
			if from.Name == "window" {
				*term.Months = months(*from.Months, most)
				left = *term.Months > 0
			}
		case term.Days != nil:
			*term.Days = *from.Days
		case term.EachWeeks != nil:
			*term.EachWeeks = slices.DeleteFunc(slices.Clone(*from.EachWeeks), func(week int) bool { return week > most })
			left = left || len(*term.EachWeeks) > 0
		case term.EachMonths != nil:
			*term.EachMonths = slices.DeleteFunc(slices.Clone(*from.EachMonths), func(month int) bool { return contract.WeeksIn(month) > most })
			left = left || len(*term.EachMonths) > 0
		case term.Interruption != nil:
			*term.Interruption = *from.Interruption
		}
	}
	if !left {
		return nil
	}
	return copied
}

// months is the most of some months that end within so many weeks.
func months(all, most int) int {
	all = min(all, max(0, most)) // a month is more than a week
	for all > 0 && contract.WeeksIn(all) > most {
		all--
	}
	return all
}
