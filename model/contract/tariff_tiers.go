package contract

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/located"
)

// Tier is the price of a unit where the rate of the cohort on the measuring date is
// From or more, and below the next tier's. All units of the cohort get the price of
// the one tier that the rate reaches; a rate below the lowest tier pays nothing.
//
// A payment by tiers is not linear in the children: its mean is not what the tier of
// the mean rate pays. As with a cap, the central projection is priced at the tier of
// the expected rate, and only replications give the mean.
type Tier struct {
	From   decimal.Decimal `json:"from"`   // a share from 0 to 1, included in the tier
	Amount decimal.Decimal `json:"amount"` // a unit
}

// tier is a tier made ready.
type tier struct {
	from   int64   // billionths
	tariff []int64 // pence by quarter
}

// setTiers gives the units of every metric with tiers the price of the tier that its
// cohort's rate reaches.
func (p *Pricer) setTiers(rates []CohortRate) {
	for i := range p.rates {
		r := &p.rates[i]
		if len(r.tiers) == 0 {
			continue
		}
		price := int64(0)
		for _, t := range r.tiers {
			if rates[i].Reaches(t.from) {
				price = t.tariff[r.quarter]
				break
			}
		}
		for c := range p.shape.Commissioners {
			p.work.tariff[p.shape.Row(r.metric, c)*len(p.shape.Quarters)+r.quarter] = price
		}
	}
}

// newTiers prepares the tiers of a metric, from the highest down. They must be listed
// from the lowest up or from the highest down.
func newTiers(m *Metric, s *Shape, index PriceIndex, in Prices) ([]tier, error) {
	var faults []error
	at := "metrics." + m.Name + ".tariff.tiers"
	if len(m.Tariff.Tiers) > 0 && (!m.Tariff.Amount.IsZero() || len(m.Tariff.ByCommissioner) > 0) {
		faults = append(faults, located.At(at, "a tariff has one amount, or tiers of a rate: remove one of the two"))
	}
	if len(m.Tariff.Tiers) > 0 && m.Tariff.Beyond != nil {
		faults = append(faults, located.At("metrics."+m.Name+".tariff.beyond", "a tariff by tiers of a rate has no other price beyond a number of units: remove one of the two"))
	}
	var tiers []tier
	for i, given := range m.Tariff.Tiers {
		from, err := shareOf(given.From)
		faults = append(faults, located.Within(fmt.Sprintf("%s.%d.from", at, i+1), err))
		prices, err := m.Tariff.byQuarter(given.Amount, s, index, in)
		faults = append(faults, located.Within(fmt.Sprintf("%s.%d.amount", at, i+1), err))
		tiers = append(tiers, tier{from, prices})
	}
	for i := 1; i < len(tiers); i++ {
		if tiers[i].from >= tiers[i-1].from {
			faults = append(faults, located.At(at, "%s does not come below %s: list the tiers from the highest rate down, each once", m.Tariff.Tiers[i].From, m.Tariff.Tiers[i-1].From))
		}
	}
	return tiers, errors.Join(faults...)
}
