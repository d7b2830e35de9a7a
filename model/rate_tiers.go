package model

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// RateTier is a tier of a cohort's rate on a measuring date, by which a payer pays or
// capital earns interest: from From, which is in the tier, up to Below, which is not.
type RateTier struct {
	Metric string              // whose rate it is
	From   decimal.Decimal     // a share from 0 to 1
	Below  decimal.NullDecimal // unset in the highest tier
}

// String names the tier: "restored, 60% to below 65%".
func (t RateTier) String() string {
	switch {
	case !t.Below.Valid:
		return t.Metric + ", " + words.Share(t.From) + " or more"
	case t.From.IsZero():
		return t.Metric + ", below " + words.Share(t.Below.Decimal)
	}
	return t.Metric + ", " + words.Share(t.From) + " to below " + words.Share(t.Below.Decimal)
}

// Has reports whether a rate is in the tier. That of a cohort to which nobody has been
// referred is in the lowest.
func (t RateTier) Has(rate contract.CohortRate) bool {
	return (t.From.IsZero() || rate.Reaches(billionths(t.From))) && !(t.Below.Valid && rate.Reaches(billionths(t.Below.Decimal)))
}

func billionths(share decimal.Decimal) int64 { return share.Shift(9).Round(0).IntPart() }

// RateTiers are the tiers of cohorts' rates by which anything is paid or earned: of
// each metric with tiers and then of each investor's interest, from the highest down
// to what is below the lowest, each once.
func (p *Programme) RateTiers() []RateTier {
	var all []RateTier
	of := func(metric string, from ...decimal.Decimal) {
		if last := len(from) - 1; last >= 0 && from[last].IsPositive() {
			from = append(from, decimal.Zero)
		}
		var below decimal.NullDecimal
		for _, bound := range from {
			one := RateTier{metric, bound, below}
			if !slices.ContainsFunc(all, func(o RateTier) bool { return o.String() == one.String() }) {
				all = append(all, one)
			}
			below = decimal.NewNullDecimal(bound)
		}
	}
	for _, m := range p.Contract.Metrics {
		var from []decimal.Decimal
		for _, tier := range m.Tariff.Tiers {
			from = append(from, tier.From)
		}
		of(m.Name, from...)
	}
	for _, by := range p.interestByRates() {
		var from []decimal.Decimal
		for _, tier := range by.Tiers {
			from = append(from, tier.From)
		}
		of(by.Metric, from...)
	}
	return all
}

// interestByRates is the interest by a rate of the facility and its investors.
func (p *Programme) interestByRates() []*InterestByRate {
	if p.Facility == nil {
		return nil
	}
	terms := []Terms{p.Facility.Terms}
	for _, i := range p.Facility.Investors {
		terms = append(terms, p.Facility.TermsOf(i))
	}
	var all []*InterestByRate
	for _, t := range terms {
		if t.InterestByRate != nil {
			all = append(all, t.InterestByRate)
		}
	}
	return all
}
