package sensitivity

import (
	"math"

	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Capital is what a run says to those who put up the capital. Amounts are in £.
type Capital struct {
	// FacilityNeeded is the facility that would have been enough; with
	// interest or a preferred return it is so at today's commitments only, and
	// [Size] says how large the facility must be.
	FacilityNeeded montecarlo.Summary `json:"facility_needed"`
	// Requirement is the capital requirement: the deepest point of receipts
	// less costs of delivery, added up day by day.
	Requirement montecarlo.Summary `json:"requirement"`
	// Surplus is receipts less costs of delivery: what all who finance the
	// programme gain or lose.
	Surplus montecarlo.Summary `json:"surplus"`
	// Rate is the internal rate of return of the party that was asked about:
	// see [Options.Party].
	Rate montecarlo.Ranked `json:"rate"`
	// Short is the probability that the facility is not enough, Loses that
	// the party gets back less than it paid in, and Misses that it earns less
	// than the hurdle.
	Short  montecarlo.ProbabilityOf `json:"short"`
	Loses  montecarlo.ProbabilityOf `json:"loses"`
	Misses montecarlo.ProbabilityOf `json:"misses"`
}

// capitalOf reads the figures of a run of a programme with delivery terms, as
// far as they are somebody's those of a party.
func capitalOf(r *montecarlo.Result, party string) Capital {
	total := func(name string) montecarlo.Summary {
		s, _ := r.Total(name, "")
		return s
	}
	chance := func(event, of string) montecarlo.ProbabilityOf {
		p, _ := r.Probability(event, of)
		return p
	}
	rate, _ := r.Rank(montecarlo.InternalRate, party)
	return Capital{
		FacilityNeeded: total(montecarlo.FacilityNeeded),
		Requirement:    total(montecarlo.CapitalRequirement),
		Surplus:        total(montecarlo.Surplus),
		Rate:           rate,
		Short:          chance(montecarlo.FacilityShort, ""),
		Loses:          chance(montecarlo.LosesMoney, party),
		Misses:         chance(montecarlo.MissesHurdle, party),
	}
}

// Difference is the mean over replications of one run's figure less another's,
// replication by replication: the same children with the same luck.
type Difference struct {
	Mean   float64 `json:"mean"`
	StdErr float64 `json:"standard_error"` // Monte Carlo
}

// difference compares a measure of two runs.
func difference(of, against *montecarlo.Result, m montecarlo.Measure) Difference {
	values := of.Values(m)
	for i, v := range against.Values(m) {
		values[i] -= v
	}
	mean, sd := stat.MeanStdDev(values, nil)
	if len(values) == 1 {
		sd = 0
	}
	return Difference{mean, sd / math.Sqrt(float64(len(values)))}
}

// quantile returns a quantile of a summary that was asked for.
func quantile(s montecarlo.Summary, p float64) float64 {
	for _, q := range s.Quantiles {
		if q.P == p {
			return q.Value
		}
	}
	return math.NaN()
}
