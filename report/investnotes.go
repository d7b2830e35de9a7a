package report

import (
	"fmt"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// notes say what the figures rest on and how they are to be read.
func (v *investment) notes() []string {
	c, runs := v.results[0].Conventions, byVersion(v.results...)
	all := []string{assumedNote(v.versions...)}
	all = append(all, solvedNotes(v.versions...)...)
	all = append(all,
		"Capital requirement: how far receipts less costs, added up day by day, ever fall below £0. It takes no account of the facility, interest or repayment, so it is the same whoever finances the programme.",
		"Consortium: all investors together with whoever met a shortfall beyond the facility or paid under a guarantee. The figures of an investor on its own leave out what it found or guaranteed; its whole position has them.",
	)
	all = append(all, repaymentNotes(v.versions...)...)
	all = append(all, sharedRateNotes(v.results...)...)
	if v.anyTerms(func(t model.Terms) bool {
		return t.EarnsInterest() || t.PreferredReturn.Yearly > 0 || t.CommitmentFee.Yearly > 0
	}) {
		all = append(all, "Capital bears interest, a preferred return or a fee here, so a larger facility costs more. The facility needed is worked out at today's commitments only: edgeofcare size says how large it must be.")
	}
	all = append(all,
		"P95 is the amount not exceeded in 95% of replications, so P5 of a return is its bad end. ± is one Monte Carlo standard error. 0% or 100% means none or all of the replications that were run.",
		v.errors(),
		monthEnds,
		dateNote(c, v.versions[0].Programme),
	)
	if len(v.parties()) > 0 && slices.ContainsFunc(v.parties(), v.undefined) {
		all = append(all, undefinedNote)
		if v.versions[0].Programme.Inflation != 0 {
			all = append(all, undefinedInOnePrices)
		}
	}
	all = append(all,
		"IRR: internal rate of return a year. -100% means that nothing comes back; none means that no capital is needed, which is above every rate and multiple.",
		centralNote(c)+" The capital requirement is a deepest point, which is deeper on average than that of the average, so the two differ even where no cap binds.",
		rangeNotes(runs),
		fmt.Sprintf("Present value of the surplus: %s a year %s, effective, from %s, each cash flow on its day.", words.Rate(c.DiscountRate), kindOfRate(v.results[0].Prices), c.Start.Long()),
		madeNote(c, fingerprints(runs)),
	)
	return append(all, warned(runs)...)
}

// errors says how well the quantiles are known.
func (v *investment) errors() string {
	if v.results[0].Conventions.Replications == 1 {
		return oneReplication
	}
	var amount, rate, multiple precision
	for _, r := range v.results {
		for name, shown := range amountQuantiles {
			s, _ := r.Totals.Of(name)
			for _, q := range s.Quantiles {
				if slices.Contains(shown, q.P) {
					amount.of(q.P, &q.Value, q.Low, q.High)
				}
			}
		}
		for _, one := range r.Ranked {
			into := &multiple
			if one.Name == montecarlo.InternalRate {
				into = &rate
			} else if one.Name != montecarlo.MoneyMultiple {
				continue
			}
			for _, q := range one.Quantiles {
				if slices.Contains(returnQuantiles, q.P) {
					into.of(q.P, q.Value, q.Low, q.High)
				}
			}
		}
	}
	return fmt.Sprintf("Quantiles are known, with about 95%% confidence, to within %s for amounts, %.1f percentage points for IRRs and %.2f for multiples.%s The bounds of each are in --format csv and json.",
		words.Pounds(math.Ceil(amount.most)), 100*rate.most, multiple.most, leftOpen(amount, rate, multiple))
}

// undefinedNote says how replications without a rate of return are counted.
const undefinedNote = "In some replications no IRR balances the cash flows, or several do. Quantiles are over all replications: those that lose money without an IRR count below every rate (\"loss\"), and the others without one above every rate (\"no rate\")."

// oneReplication stands in place of errors that cannot be estimated.
const oneReplication = "One replication says nothing of how well its figures are known: run more (-n)."

// monthEnds is what a day more or less can cost.
const monthEnds = "Costs fall on month ends: a claim that slips past one has to be bridged by a month's cost of delivery."

// undefinedInOnePrices says why a replication may have a rate of return in one kind of
// prices and not in the other.
const undefinedInOnePrices = "A few replications may have an IRR in constant prices and none in cash, or the other way round: the index rises in a step on each 1 April, which moves later cash flows against earlier ones."

// dateNote says when money moves, and what kind of rates the rates of return
// are.
func dateNote(c montecarlo.Conventions, p *model.Programme) string {
	text := "Dates: " + c.Capital + ". "
	if c.Prices == contract.Constant {
		return text + "Prices are constant, so rates of return are real: what is earned above general inflation."
	}
	return text + "Amounts are in cash, with inflation of " + words.Rate(p.Inflation) + " a year, so rates of return are nominal."
}

// kindOfRate is what a rate for amounts in some prices is called.
func kindOfRate(prices contract.Prices) string {
	if prices == contract.Cash {
		return "nominal"
	}
	return "real"
}

// manyRuns are the notes of a table that is made by many runs of a programme.
func manyRuns(c montecarlo.Conventions, versions ...*scenario.Version) []string {
	first := versions[0]
	all := []string{assumedNote(first), dateNote(c, first.Programme), rangeNote(c), madeNote(c, "programme "+c.Fingerprint)}
	return append(all, versionsWarned(c.Prices, versions...)...)
}
