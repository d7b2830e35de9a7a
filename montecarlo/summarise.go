package montecarlo

// summarise turns the values of the first n replications into a result.
func (r *runner) summarise(n int) *Result {
	result := r.described(n)
	result.check()
	r.warnings(result, n)
	return result
}

// described is a result without its check and its warnings.
func (r *runner) described(n int) *Result {
	result := &Result{Basis: r.basis(), Conventions: r.conventions(n), Incomplete: n < r.options.Replications, run: r}
	independent := &Result{}
	described := r.describe(n)
	wider := r.wider(described, n)
	for k, c := range r.columns {
		into := result
		if c.independent {
			into = independent
		}
		switch {
		case c.period == quarterly:
			into.Quarterly = append(into.Quarterly, r.series(c, described))
		case c.period == yearly:
			into.Yearly = append(into.Yearly, r.series(c, described))
		case c.period == whenPaid:
			into.WhenPaid = append(into.WhenPaid, r.series(c, described))
		case c.period == daily:
			into.Daily = append(into.Daily, r.series(c, described))
		case measures[measureIndex[c.Name]].Kind == kindRank:
			into.Ranked = append(into.Ranked, r.rank(c, n))
		case c.Unit == Probability:
			into.Probabilities = append(into.Probabilities, r.probability(c.Key, described[c.at], n))
		case c.Name == BenefitCost:
			if s, ok := r.ratio(c, described); ok {
				into.Totals = append(into.Totals, s)
			}
			into.warnOfRatio(c.Key)
		default:
			total := Summary{Key: c.Key, Central: c.scale(r.centre[c.at]), Exact: r.exact(c), ExactSD: r.exactSD(c), Distribution: described[c.at]}
			if c.decides(wider) {
				total.Rates = r.ofRates(k, described[c.at].Mean)
			}
			into.Totals = append(into.Totals, total)
		}
	}
	result.pair(independent, wider)
	return result
}

// probability is the share of n replications in which something happened. Where
// it happened in none or in all, the spread between them says nothing of the
// error.
func (r *runner) probability(k Key, d Distribution, n int) ProbabilityOf {
	p := chanceOf(k, d, n)
	p.Certain = r.certain(k)
	return p
}

// chanceOf is the share of n replications in which something happened.
func chanceOf(k Key, d Distribution, n int) ProbabilityOf {
	p := ProbabilityOf{Key: k, Probability: d.Mean, StdErr: d.StdErr, Replications: n}
	if d.Mean == 0 || d.Mean == 1 {
		p.StdErr = nil
	}
	return p
}

func (r *runner) series(c column, described []Distribution) Series {
	s := Series{Key: c.Key, Exact: r.exact(c), By: described[c.at : c.at+c.width]}
	for _, v := range r.centre[c.at : c.at+c.width] {
		s.Central = append(s.Central, c.scale(v))
	}
	return s
}

// describe works out the distribution of every value, on all workers.
func (r *runner) describe(n int) []Distribution {
	described := make([]Distribution, len(r.centre))
	columns := r.byValue()
	r.overValues(func() func(int) {
		if r.condensed != nil {
			return func(i int) {
				described[i] = r.condensed[i].distribution(r.options.Quantiles, columns[i].period == overall)
			}
		}
		d := newDescriber(n, r.options.Quantiles)
		return func(i int) { described[i] = d.describe(r, columns[i], i, columns[i].period == overall) }
	})
	return described
}
