package montecarlo

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// The benefit-cost ratio of a run is a ratio of means: the mean present value of
// gross avoided cost over the mean present value of payments. The mean of the
// ratios of single replications is another figure, which replications with few
// payments weigh on. Those ratios give the quantiles.

// ratio is the summary of the benefit-cost ratio, and whether anything is paid.
// Its standard error is by the delta method: Var(A ÷ P) ≈ (Var A + R² Var P −
// 2 R Cov(A, P)) ÷ (n P²), where 2 Cov(A, P) = Var A + Var P − Var(A − P).
func (r *runner) ratio(c column, described []Distribution) (Summary, bool) {
	of := func(name string, independent bool) Distribution {
		i := slices.IndexFunc(r.columns, func(c column) bool {
			return c.period == overall && c.independent == independent && c.is(name, nil)
		})
		return described[r.columns[i].at]
	}
	avoided, payments, net := of(valueAvoided, c.independent), of(valuePayments, false), of(ValueNet, c.independent)
	if payments.Mean == 0 || !finite(r.centre[c.at]) {
		return Summary{}, false
	}
	s := Summary{Key: c.Key, Central: r.centre[c.at]}
	s.Mean = avoided.Mean / payments.Mean
	if each := described[c.at]; finite(each.Mean) {
		s.SD, s.Quantiles = each.SD, each.Quantiles
	}
	if avoided.StdErr != nil {
		a, p, d := *avoided.StdErr**avoided.StdErr, *payments.StdErr**payments.StdErr, *net.StdErr**net.StdErr
		e := math.Sqrt(max(0, a+s.Mean*s.Mean*p-s.Mean*(a+p-d))) / math.Abs(payments.Mean)
		s.StdErr = &e
	}
	return s, true
}

// ratioDifference is the benefit-cost ratio of one result less that of another.
// The standard error is that of the difference of what each replication adds to
// either ratio, as both have the same random numbers.
func ratioDifference(r, base *Result, s, other Summary) Difference {
	d := difference(r, base, s, other)
	d.Mean = s.Mean - other.Mean
	if len(s.Quantiles) == 0 || len(other.Quantiles) == 0 {
		d.SD, d.Quantiles = nil, nil
	}
	adds := r.addsToRatio(s.Mean)
	for i, v := range base.addsToRatio(other.Mean) {
		adds[i] -= v
	}
	_, d.StdErr = spread(stat.StdDev(adds, nil), len(adds))
	return d
}

// addsToRatio is what each replication adds to a ratio of means, but for the
// number of replications: (A − R P) ÷ the mean of P.
func (r *Result) addsToRatio(ratio float64) []float64 {
	adds, payments := r.Values(valueAvoided), r.Values(valuePayments)
	mean := stat.Mean(payments, nil)
	for i, p := range payments {
		adds[i] = (adds[i] - ratio*p) / mean
	}
	return adds
}
