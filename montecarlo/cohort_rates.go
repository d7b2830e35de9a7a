package montecarlo

import "github.com/edgeofcare/edgeofcare/model/contract"

// fillRates records the rate of every cohort that is looked at on a measuring date, and
// which of the tiers by which anything is paid or earned it is in.
func fillRates(s *sheet, l *contract.Ledger, f *figures) {
	for _, rate := range l.Rates {
		share, _ := rate.Rate()
		f.put(Key{Name: CohortRate, Of: rate.Metric}, share, afterCaps)
	}
	for _, tier := range s.tiers {
		for _, rate := range l.Rates {
			if rate.Metric == tier.Metric {
				f.event(RateInTier, tier.String(), tier.Has(rate))
			}
		}
	}
}
