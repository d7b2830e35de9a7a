package montecarlo

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
)

// summarise turns the values of the first n replications into a result.
func (r *runner) summarise(n int) *Result {
	result := &Result{
		Programme: r.programme.Name, Title: r.programme.Title, Case: r.programme.Case,
		Conventions: r.conventions(n), Incomplete: n < r.options.Replications,
		Budgets: finance.Budgets(r.central), Deadweight: r.expectation.Deadweight,
		Cautions: r.programme.Cautions, run: r,
	}
	described := r.describe(n)
	for _, c := range r.columns {
		switch {
		case c.period == quarterly:
			var periods []string
			for _, q := range r.sheet.shape.Quarters {
				periods = append(periods, q.String())
			}
			result.Quarterly = append(result.Quarterly, r.series(c, periods, described))
		case c.period == yearly:
			var periods []string
			for _, y := range r.sheet.years {
				periods = append(periods, y.String())
			}
			result.Yearly = append(result.Yearly, r.series(c, periods, described))
		case c.period == daily:
			var periods []string
			for _, day := range r.account.Days {
				periods = append(periods, day.String())
			}
			result.Daily = append(result.Daily, r.series(c, periods, described))
		case slices.Contains(ranked, c.Name):
			result.Ranked = append(result.Ranked, r.rank(c, n))
		case c.Unit == Probability:
			d := described[c.at]
			result.Probabilities = append(result.Probabilities, ProbabilityOf{c.Name, c.Of, d.Mean, d.StdErr})
		case !finite(r.centre[c.at]) || !finite(described[c.at].Mean):
			result.warn(NoPayments, "the %s is left out: there are replications without any payment", c.Measure)
		default:
			result.Totals = append(result.Totals, Summary{
				Measure: c.Measure, Central: c.scale(r.centre[c.at]), Exact: r.exact(c), ExactSD: r.exactSD(c), Distribution: described[c.at],
			})
		}
	}
	result.check()
	r.warnings(result, n)
	return result
}

// exact tells whether a figure's central projection is its exact mean. The
// exact expectation knows no queue, so under a limit nothing but referrals is.
func (r *runner) exact(c column) bool {
	return c.exact && (r.programme.Capacity.None() || c.Name == Referred || c.Name == ReferredEarly)
}

// exactSD is the exact standard deviation of the units paid under a metric, or
// under all of them if no child can earn under two; 0 if it is not known. A sum
// of N alike and independent things has the variance E[N] × that of one +
// Var[N] × their mean², and a child's units do not depend on other children's.
func (r *runner) exactSD(c column) float64 {
	if c.Name != PaidUnits || !r.exact(c) {
		return 0
	}
	variance := 0.0
	earns := map[string]bool{}
	for _, one := range r.expectation.PerChild {
		if c.Of != "" && c.Of != one.Metric {
			continue
		}
		if earns[one.Cohort] {
			return 0 // what a child earns under one metric goes with what it earns under another
		}
		earns[one.Cohort] = true
		referrals := r.programme.Cohorts[slices.Index(r.sheet.shape.Cohorts, one.Cohort)].Referrals
		children := referrals.Expected()
		_, fraction := math.Modf(children)
		number := fraction * (1 - fraction)
		if referrals.Law == model.Poisson {
			number = children
		}
		variance += children*one.Variance + number*one.Mean*one.Mean
	}
	return math.Sqrt(variance)
}

func (r *runner) series(c column, periods []string, described []Distribution) Series {
	s := Series{Measure: c.Measure, Exact: r.exact(c), Periods: periods, By: described[c.at : c.at+c.width]}
	for _, v := range r.centre[c.at : c.at+c.width] {
		s.Central = append(s.Central, c.scale(v))
	}
	return s
}

// describe works out the distribution of every value, on all workers.
func (r *runner) describe(n int) []Distribution {
	described := make([]Distribution, len(r.centre))
	columns := r.byValue()
	r.overValues(func(i int) {
		tails := columns[i].period == overall
		if r.condensed != nil {
			described[i] = r.condensed[i].distribution(r.options.Quantiles, tails)
			return
		}
		described[i] = distribution(r.column(columns[i], i, n), r.options.Quantiles, tails)
	})
	return described
}

// column returns one value of the first n replications, in order, as reported.
func (r *runner) column(c column, at, n int) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = c.scale(r.values[i*len(r.centre)+at])
	}
	return values
}

// distribution describes values, which it sorts; with tails if wanted.
func distribution(values, quantiles []float64, tails bool) Distribution {
	n := float64(len(values))
	var d Distribution
	d.Mean, d.SD = stat.MeanStdDev(values, nil)
	if len(values) == 1 {
		d.SD = 0
	}
	d.StdErr = d.SD / math.Sqrt(n)
	slices.Sort(values)
	for _, p := range quantiles {
		low, high := around(len(values), p)
		q := Quantile{P: p, Value: stat.Quantile(p, stat.Empirical, values, nil), Low: values[low], High: values[high]}
		if tails {
			q.Beyond, q.BeyondStdErr = beyond(values, p)
		}
		d.Quantiles = append(d.Quantiles, q)
	}
	return d
}

// around returns the places in order of the values that bound a quantile with
// about 95% confidence.
func around(n int, p float64) (low, high int) {
	at, margin := float64(n)*p, 1.96*math.Sqrt(float64(n)*p*(1-p))
	return max(0, int(math.Floor(at-margin))), min(n-1, int(math.Ceil(at+margin)))
}

// beyond is the mean of sorted values from a quantile on, and its standard error:
// the variance of the tail is widened by that of the quantile itself. (Manistre
// and Hancock, "Variance of the CTE estimator", North American Actuarial
// Journal 2005; 9(2): 129-156.)
func beyond(values []float64, p float64) (mean, standardError float64) {
	at := min(int(math.Ceil(p*float64(len(values)))), len(values))
	tail, q, inside := values[max(0, at-1):], values[max(0, at-1)], p
	if p < 0.5 {
		tail, inside = values[:max(1, at)], 1-p
	}
	mean, sd := stat.MeanStdDev(tail, nil)
	if len(tail) == 1 {
		sd = 0
	}
	return mean, math.Sqrt((sd*sd + inside*(mean-q)*(mean-q)) / float64(len(tail)))
}

// check compares the means of exact totals with their exact values.
func (r *Result) check() {
	for _, s := range r.Totals {
		if !s.Exact {
			continue
		}
		r.Check.Compared++
		if errors := s.errors(); errors > r.Check.Errors {
			r.Check.Errors, r.Check.Worst = errors, s.Measure
		}
	}
}

// errors is how many Monte Carlo standard errors the mean is from the exact
// expectation. Rounding cells to the penny is allowed for where nothing varies.
func (s Summary) errors() float64 {
	difference := math.Abs(s.Mean - s.Central)
	if difference < 1 && s.Unit == Pounds || difference < 1e-9*math.Abs(s.Central) {
		return 0
	}
	return difference / max(s.StdErr, 1e-9*math.Abs(s.Central), 1e-300)
}

// disagreement is how many standard errors between simulation and exact
// expectation are too many for chance, over all the totals of a run.
const disagreement = 5

func (r *runner) warnings(result *Result, n int) {
	if result.Incomplete {
		result.warn(Stopped, "the run was stopped after %d of %d replications", n, r.options.Replications)
	}
	if r.condensed != nil {
		result.warn(Condensed, "the values of %s replications would take %s bytes of memory, more than the limit of %s: quantiles are read from histograms, each within what it says, and cases cannot be compared replication by replication",
			words.Count(float64(n)), words.Count(float64(r.bytes(n))), words.Count(float64(r.options.MemoryLimit)))
	}
	for _, cohort := range r.sheet.shape.Cohorts {
		if s, ok := result.Total(Avoided, cohort); ok && s.Central < 0 {
			result.warn(Harm, "cohort %q: care is expected to cost %s more with the programme than without it", cohort, words.Pounds(-s.Central))
		}
	}
	unpaid, _ := result.Total(Unpaid, "")
	if paid, _ := result.Total(Payments, ""); unpaid.Mean > 0.001*paid.Mean {
		result.warn(CapBinds, "caps cut %s of what is claimed, on average: care that is avoided beyond them is not paid for, which flatters every figure that sets it against payments",
			words.Pounds(unpaid.Mean))
	}
	if r.programme.Delivery != nil && !r.programme.Facility.AnySize() {
		result.warn(FacilityTerms, "the %s is what is drawn and the shortfall together under today's terms: with tranches, a last day for drawing, interest or a preferred return another size needs another sum, which sizing finds by running it",
			FacilityNeeded)
	}
	if !r.programme.Capacity.None() {
		started, _ := result.Total(Started, "")
		result.warn(CapacityBinds, "starts are limited: of %.1f children who could start %.1f do, on average; the central projection takes no account of it, so read the means and quantiles",
			started.Central, started.Mean)
	}
	for _, p := range r.options.Quantiles {
		if beyond := float64(n) * min(p, 1-p); beyond < 10 {
			result.warn(FewReplications, "the %.4g%% quantile rests on %.3g replications beyond it: run at least %.0f",
				100*p, beyond, math.Ceil(10/min(p, 1-p)))
		}
	}
	if result.Check.Errors > disagreement && n >= 100 {
		result.warn(Disagreement, "the simulated mean of %s is %.1f standard errors from its exact expectation: please report this",
			result.Check.Worst, result.Check.Errors)
	}
}

func (r *Result) warn(kind WarningKind, text string, args ...any) {
	r.Warnings = append(r.Warnings, Warning{kind, fmt.Sprintf(text, args...)})
}
