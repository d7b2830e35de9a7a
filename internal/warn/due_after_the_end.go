package warn

import (
	"fmt"
	"math"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
)

// dueAfterTheEnd warns of payments and of avoided cost that no figure holds because
// the programme ends first: the difference to the exact expectation of the same
// programme, priced in the same way, with an end after everything that can be paid.
func (v *version) dueAfterTheEnd() {
	weeks := lastWeek(v.p) + 1
	if weeks <= v.p.Weeks {
		return
	}
	longer := *v.p
	longer.Weeks = min(weeks, mostWeeks)
	e, err := expect.Of(&longer)
	if err != nil {
		return // only what has nothing to do with the end, and a run reports that
	}
	ledger, err := model.Price(&longer, e.Counts, v.central.Prices)
	if err != nil {
		return
	}
	here, there := sums(v.central), sums(ledger)
	payments, avoided := there.payments-here.payments, there.avoided-here.avoided
	if payments <= slight*there.payments && math.Abs(avoided) <= slight*math.Abs(there.avoided) {
		return
	}
	atStake := payments
	if payments < 1 {
		atStake = math.Abs(avoided)
	}
	v.warn("after the end", "end", atStake,
		"%s after the end of the programme, %s, and no figure here includes that: children are still followed then, the last of them until %s. Move end to that day, unless the contract stops paying before",
		fall(payments, there.payments, avoided), v.p.Calendar().Last(v.p.Weeks-1).Long(), longer.Calendar().Last(longer.Weeks-1).Long())
}

// fall says what falls after the end.
func fall(payments, all, avoided float64) string {
	care := words.Pounds(avoided) + " of avoided cost"
	if avoided < 0 {
		care = words.Pounds(-avoided) + " of extra cost of care"
	}
	if payments < 1 {
		return care + " falls"
	}
	return fmt.Sprintf("%s of payments (%s of all that would be paid) and %s fall", words.Pounds(payments), words.Percent(share(payments, all)), care)
}

// mostWeeks is the longest that a programme may last: 60 years.
const mostWeeks = 60 * 52

// lastWeek is the last week, counted from 0, in which anything can be earned or
// avoided cost counts.
func lastWeek(p *model.Programme) int {
	last := 0
	for _, c := range p.Cohorts {
		followed := c.Tracking
		for _, m := range metricsOf(p, c.Name) {
			if !m.Trigger.Definition().On.IsZero() {
				continue // the date is within the programme
			}
			followed = max(followed, min(m.Trigger.Definition().Reach, mostWeeks))
		}
		if c.Referrals.Children > 0 {
			last = max(last, c.Referrals.Last+c.Lag+followed-1)
		}
	}
	return last
}

// metricsOf are the metrics that pay for a cohort.
func metricsOf(p *model.Programme, cohort string) (all []contract.Metric) {
	for _, m := range p.Contract.Metrics {
		for _, name := range m.Cohorts {
			if name == cohort {
				all = append(all, m)
			}
		}
	}
	return all
}

// share is a part of a whole; 0 of nothing.
func share(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return part / whole
}
