package sensitivity

import (
	"math"

	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// CapitalSummary is what a run says to those who finance a programme. Amounts
// are in £.
type CapitalSummary struct {
	// FacilityNeeded is the facility that would have been enough. Where money
	// bears interest or a preferred return it holds for today's commitments
	// only, and [Size] says how large the facility must be.
	FacilityNeeded montecarlo.Summary `json:"facility_needed"`
	// Requirement is the capital requirement: the deepest point of receipts
	// less costs of delivery, added up day by day.
	Requirement montecarlo.Summary `json:"requirement"`
	// Surplus is receipts less costs of delivery: what all who finance the
	// programme gain or lose.
	Surplus montecarlo.Summary `json:"surplus"`
	// Rate is the internal rate of return of [Options.Party].
	Rate montecarlo.Ranked `json:"rate"`
	// Short is the probability that the facility is not enough, Loses that the
	// party gets back less than it paid in, and Misses that it earns less than
	// the hurdle.
	Short  montecarlo.ProbabilityOf `json:"short"`
	Loses  montecarlo.ProbabilityOf `json:"loses"`
	Misses montecarlo.ProbabilityOf `json:"misses"`
}

// capitalOf reads the figures from a run of a programme with delivery terms.
func capitalOf(r *montecarlo.Result, party string) CapitalSummary {
	total := func(name string) montecarlo.Summary {
		s, _ := r.Total(name, "")
		return s
	}
	chance := func(event, of string) montecarlo.ProbabilityOf {
		p, _ := r.Probability(event, of)
		return p
	}
	rate, _ := r.Rank(montecarlo.InternalRate, party)
	return CapitalSummary{
		FacilityNeeded: total(montecarlo.FacilityNeeded),
		Requirement:    total(montecarlo.CapitalRequirement),
		Surplus:        total(montecarlo.Surplus),
		Rate:           rate,
		Short:          chance(montecarlo.FacilityShort, ""),
		Loses:          chance(montecarlo.LosesMoney, party),
		Misses:         chance(montecarlo.MissesHurdle, party),
	}
}

// quantile returns a quantile of a summary, which must be one that was asked for.
func quantile(s montecarlo.Summary, p float64) float64 {
	for _, q := range s.Quantiles {
		if q.P == p {
			return q.Value
		}
	}
	return math.NaN()
}
