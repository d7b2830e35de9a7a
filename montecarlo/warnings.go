package montecarlo

import (
	"fmt"
	"math"

	"github.com/edgeofcare/edgeofcare/internal/warn"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
)

func (r *runner) warnings(result *Result, n int) {
	if result.Incomplete {
		result.warn(wasStopped, "the run was stopped after %d of %d replications", n, r.options.Replications)
	}
	if r.condensed != nil {
		result.warn(fromHistograms, "the values of %s replications would take %s bytes of memory, more than the limit of %s: quantiles are read from histograms, each within what it says, and cases cannot be compared replication by replication",
			words.Count(float64(n)), words.Count(float64(r.bytes(n))), words.Count(float64(r.options.MemoryLimit)))
	}
	if r.options.Unwarned {
		return
	}
	for _, w := range warn.Version(r.version, r.expectation, r.central) {
		result.Warnings = append(result.Warnings, Warning{WarningKind(w.Kind), w.Path, w.Amount, w.Text})
	}
	for _, cohort := range r.version.Programme.Cohorts {
		more := r.costsMore(cohort.Name)
		if s, ok := result.Totals.Of(Avoided, cohort.Name); ok && more > 0 {
			result.atStake(harm, "", -s.Central, "%s", harmText(cohort, -s.Central, more))
		}
	}
	unpaid, _ := result.Totals.Of(Unpaid)
	if paid, _ := result.Totals.Of(Payments); unpaid.Mean > 0.001*paid.Mean {
		result.atStake(capBinds, "", unpaid.Mean, "caps cut %s of what is claimed, on average: care that is avoided beyond them is not paid for, which flatters every figure that sets it against payments",
			words.Pounds(unpaid.Mean))
	}
	if r.version.Programme.Delivery != nil && !r.version.Programme.Facility.AnySize() {
		result.warn(facilityTerms, "the %s is what is drawn and the shortfall together under today's terms: with tranches, a last day for drawing, a return, a fee, a day of repayment, a grant, a reserve or a covenant another size needs another sum, which sizing finds by running it",
			FacilityNeeded)
	}
	if !r.version.Programme.Capacity.None() {
		started, _ := result.Totals.Of(Started)
		result.warn(capacityBinds, "starts are limited: of %.1f children who could start %.1f do, on average; the central projection takes no account of it, so read the means and quantiles",
			started.Central, started.Mean)
	}
	r.manyChildren(result)
	for _, p := range r.options.Quantiles {
		if beyond := float64(n) * min(p, 1-p); beyond < 10 {
			result.warn(fewReplications, "the %.4g%% quantile rests on %.3g replications beyond it: run at least %.0f",
				100*p, beyond, math.Ceil(10/min(p, 1-p)))
		}
	}
	if result.Check.Errors > disagreement && n >= 100 {
		result.warn(disagrees, "the simulated mean of %s is %.1f standard errors from its exact expectation: please report this",
			result.Check.Worst, result.Check.Errors)
	}
}

// manyFrom is from how many children on the exact mean and standard deviation say nearly all
// of what chance in children's lives does.
const manyFrom = 20_000

// manyChildren warns that there are so many, with the exact figures, which are at hand.
func (r *runner) manyChildren(result *Result) {
	p := r.version.Programme
	children := 0.0
	for _, c := range p.Cohorts {
		children += c.Referrals.Expected()
	}
	if children < manyFrom || !p.Capacity.None() {
		return
	}
	text := fmt.Sprintf("%s children are expected to be referred, so many that chance in their lives adds little to any figure. ", words.Count(children))
	if paid, ok := result.Totals.Of(PaidUnits); ok {
		if sd := r.unitsSD(""); sd > 0 {
			text += fmt.Sprintf("At the stated rates payable %s are %s with a standard deviation of %s (%s), both exact. ",
				paid.Unit, words.Count(paid.Central), words.Count(sd), words.Percent(sd/paid.Central))
		}
	}
	result.warn(manyChildren, "%s", text+"One replication is enough for the central projection, which is the exact mean of all that no cap in pounds, minimum or capital comes before; some hundreds more say what these do, and what is not known of the rates")
}

// harmText says what a cohort's care is expected to cost more, in £ of the prices
// shown, and what that does to cash: the cashable share is one of what is avoided,
// and does not apply. Constant prices decide. In cash, what is avoided late weighs
// more, so that the sign may be another.
func harmText(c model.Cohort, more, constant float64) string {
	if more <= 0 {
		return fmt.Sprintf("cohort %q: in constant prices, which decide, care is expected to cost %s more with the programme than without it. In cash it costs %s less, because later years weigh more there. No cashable share is taken of that: it counts in full",
			c.Name, words.Pounds(constant), words.Pounds(-more))
	}
	text := fmt.Sprintf("cohort %q: care is expected to cost %s more with the programme than without it. All of that extra cost is cash and comes off cashable saving",
		c.Name, words.Pounds(more))
	if share := c.CashableShare.InexactFloat64(); share < 1 {
		text += fmt.Sprintf(", where the cohort's cashable share of %s would take off %s", words.Share(c.CashableShare), words.Pounds(share*more))
	}
	return text
}

// warnOfRatio says where a ratio to payments is not known, or not its range.
func (r *Result) warnOfRatio(k Key) {
	switch s, ok := r.Totals.Of(k.Name); {
	case !ok:
		r.warn(noPayments, "the %s is left out: nothing is paid", k)
	case s.SD == nil && r.Conventions.Replications > 1:
		r.warn(noPayments, "the range of the %s is left out: there are replications without any payment", k)
	}
}

func (r *Result) warn(kind WarningKind, text string, args ...any) {
	r.atStake(kind, "", 0, text, args...)
}

// atStake warns of a setting, with the amount in £ that is at stake.
func (r *Result) atStake(kind WarningKind, path string, amount float64, text string, args ...any) {
	r.Warnings = append(r.Warnings, Warning{kind, path, amount, words.In(r.Conventions.Currency, fmt.Sprintf(text, args...))})
}
