package contract

import (
	"errors"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/located"
	"github.com/edgeofcare/edgeofcare/internal/missing"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// CohortRate is what share of the children referred have the outcome on a measuring
// date: those of a metric whose trigger looks at all of them on that date ([OnDate]),
// and whom it pays for. A child who has lost the outcome by then is not a success.
//
// In a replication both numbers are whole, and so is the rate that a contract would
// find. In a central projection they are expected numbers: its rate is the ratio of
// the two, which with a number of children that is fixed is the expected rate.
type CohortRate struct {
	Metric    string  `json:"metric"`
	Quarter   int     `json:"quarter"`   // of the measuring date, among those of the shape
	Successes float64 `json:"successes"` // children with the outcome on the date
	Referred  float64 `json:"referred"`  // children referred by then
}

// Rate returns the share as a number, and false where no child has been referred.
func (r CohortRate) Rate() (rate float64, ok bool) {
	if r.Referred == 0 {
		return 0, false
	}
	return r.Successes / r.Referred, true
}

// Reaches reports whether the rate is at least a share in billionths, so that
// 650_000_000 is 65%. It is exact for whole numbers; of expected ones, which are
// rounded, the last three of fifteen figures are not held against them. Where no
// child has been referred there is no rate, and it reaches nothing.
func (r CohortRate) Reaches(billionths int64) bool {
	missing := float64(billionths)*r.Referred - whole*r.Successes
	if r.Referred == 0 {
		return false
	}
	if math.Trunc(r.Referred) == r.Referred && math.Trunc(r.Successes) == r.Successes {
		return missing <= 0
	}
	return missing <= whole*r.Referred*1e-12
}

// rated is a metric that looks at its cohort on one date.
type rated struct {
	metric, quarter int
	cohorts         []int
	commissioners   []int
	tiers           []tier // from the highest down; nil where the price does not depend on the rate
}

// newRated prepares the metrics that look at their cohorts on one date, and refuses
// tiers of any other.
func newRated(metrics []Metric, s *Shape, index PriceIndex, in Prices) ([]rated, error) {
	var faults []error
	var all []rated
	for i := range metrics {
		m := &metrics[i]
		at := "metrics." + m.Name
		on := measuringDate(m)
		if on.IsZero() {
			if len(m.Tariff.Tiers) > 0 {
				faults = append(faults, located.At(at+".tariff.tiers", "tiers are of the rate of a cohort on a measuring date, and this trigger has none: write the trigger as {status on a date: {date: 2026-06-30}}, or one tariff"))
			}
			continue
		}
		r := rated{metric: i, quarter: slices.Index(s.Quarters, on.Quarter())}
		switch {
		case on.Quarter().Last() != on:
			faults = append(faults, located.At(at+".trigger", "%s is not the last day of a quarter: children are counted by quarter, so write that, such as %s", on, on.Quarter().Last()))
		case r.quarter < 0:
			faults = append(faults, located.At(at+".trigger", "%s is not in a quarter of the programme: %s", on, between(s.Quarters)))
		case m.Ages != AgeRange{}:
			faults = append(faults, located.At(at+".ages", "the metric looks at its whole cohort on a date, and a rate is of all children referred: remove the ages"))
		}
		for k, name := range s.Cohorts {
			if slices.Contains(m.Cohorts, name) {
				r.cohorts = append(r.cohorts, k)
			}
		}
		for c, name := range s.Commissioners {
			if m.paysFor(name) {
				r.commissioners = append(r.commissioners, c)
			}
		}
		var err error
		r.tiers, err = newTiers(m, s, index, in)
		faults = append(faults, err)
		all = append(all, r)
	}
	return all, errors.Join(faults...)
}

// measuringDate is the date on which a metric looks at its cohort, unset if it does not.
func measuringDate(m *Metric) calendar.Date {
	if missing.From(m.Trigger) {
		return calendar.Date{}
	}
	return m.Trigger.Definition().On
}

// rate finds the rate of every cohort that is measured.
func rate[N Number](p *Pricer, counts *Counts[N], into *Ledger) {
	if len(into.Rates) != len(p.rates) {
		into.Rates = p.noRates()
	}
	for i := range p.rates {
		r, found := &p.rates[i], &into.Rates[i]
		var successes, referred N
		for _, c := range r.commissioners {
			successes += counts.UnitsOf(r.metric, c)[r.quarter]
			for _, k := range r.cohorts {
				for _, n := range counts.ReferredIn(k, c)[:r.quarter+1] {
					referred += n
				}
			}
		}
		found.Metric, found.Quarter = p.shape.Metrics[r.metric], r.quarter
		found.Successes, found.Referred = float64(successes), float64(referred)
	}
}

// noRates are rates of nobody yet.
func (p *Pricer) noRates() []CohortRate {
	var rates []CohortRate
	for _, r := range p.rates {
		rates = append(rates, CohortRate{Metric: p.shape.Metrics[r.metric], Quarter: r.quarter})
	}
	return rates
}
