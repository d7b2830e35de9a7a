package warn

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
)

// measuredEarly warns of a metric that looks at its cohort on a day by which some of the
// children cannot have begun, as where the start is late and the day stays where it is:
// whoever is referred by then lowers the rate, and nobody of them counts. What is at
// stake is the difference to a day by which all can have begun, in exact expectation or,
// where only interest goes by the rate, the capital that bears it.
func (v *version) measuredEarly() {
	for i, m := range v.p.Contract.Metrics {
		on := m.Trigger.Definition().On
		if on.IsZero() {
			continue
		}
		late, all, last := v.tooLate(m)
		if late < 1 || late <= slight*all {
			continue
		}
		day := v.p.Calendar().Last(last).Quarter().Last()
		later := *v.p
		later.Weeks = max(v.p.Weeks, day.Sub(v.p.Start)/7+1)
		later.Contract.Metrics = slices.Clone(v.p.Contract.Metrics)
		later.Contract.Metrics[i].Trigger = &contract.OnDate{Date: day}
		e, err := expect.Of(&later)
		if err != nil {
			continue // only what a run reports
		}
		ledger, err := model.Price(&later, e.Counts, v.central.Prices)
		if err != nil {
			continue
		}
		atStake, what := v.byTheRate(m), ""
		switch here, there := allowed(v.central, i), allowed(ledger, i); {
		case m.Tariff.Pays():
			atStake, what = max(there-here, here-there), ", and what is paid for it "+words.Pounds(there)+" instead of "+words.Pounds(here)
		case atStake > 0:
			what = "; the interest on " + words.Pounds(atStake) + " goes by that rate"
		}
		v.warn("measured early", "metrics."+m.Name+".trigger", atStake,
			"%s looks at its cohort on %s, and %.1f of %.1f children are referred too late to have begun by then: none of them can count, and those referred by then lower the rate. It is %s; on %s it would be %s%s. Where the start or referrals are late, move the day too, unless the contract fixes it",
			quoted(m.Name), on.Long(), late, all, rateIn(v.central, m.Name), day.Long(), rateIn(ledger, m.Name), what)
	}
}

// tooLate is how many of a metric's children cannot have begun by its measuring date, of
// how many, and the week in which the last of them all can.
func (v *version) tooLate(m contract.Metric) (late, all float64, last int) {
	week := v.p.Calendar().Through(m.Trigger.Definition().On) - 1
	for i := range v.p.Cohorts {
		c := &v.p.Cohorts[i]
		if !slices.Contains(m.Cohorts, c.Name) {
			continue
		}
		all += c.Referrals.Expected()
		late += c.Referrals.Expected() * (1 - referredBefore(c, week-c.Lag))
		last = max(last, c.Referrals.Last+c.Lag)
	}
	return late, all, last
}

// byTheRate is the capital whose interest goes by a metric's rate.
func (v *version) byTheRate(m contract.Metric) (committed float64) {
	if v.p.Facility == nil {
		return 0
	}
	for _, i := range v.p.Facility.Investors {
		if by := v.p.Facility.TermsOf(i).InterestByRate; by != nil && by.Metric == m.Name {
			committed += i.Commitment.InexactFloat64()
		}
	}
	return committed
}

// allowed is what is paid for a metric, in £.
func allowed(l *contract.Ledger, metric int) (sum float64) {
	for c := range l.Shape.Commissioners {
		sum += pounds(l.AllowedOf(metric, c))
	}
	return sum
}

// rateIn is the rate of a metric's cohort in a central ledger.
func rateIn(l *contract.Ledger, metric string) string {
	for _, r := range l.Rates {
		if rate, ok := r.Rate(); ok && r.Metric == metric {
			return words.Percent(rate)
		}
	}
	return "none"
}
