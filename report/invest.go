package report

import (
	"fmt"
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Invest lays cases out side by side for those who put up the capital: what
// comes in and what delivery costs, how much capital that takes and when,
// whether the facility is enough, and what all investors together get back. A
// second table says what each gets back. Below is the central cash flow by
// financial year: in short for several cases, line by line for one case or if
// every line is asked for. A table for a spreadsheet has every figure of capital.
//
// The quantiles that are shown are 5%, 50%, 90%, 95% and 99%: run with them, because
// there is a dash for one that the results do not have. A programme without
// delivery terms gives an error that wraps [finance.ErrNoDelivery].
func Invest(c *montecarlo.Comparison, everyLine bool) ([]Table, error) {
	if !compared(c) {
		return nil, errNoComparison
	}
	v := &investment{sideBySide: newSideBySide(c.Results)}
	for _, r := range c.Results {
		if _, ok := r.Totals.Of(montecarlo.CapitalRequirement); !ok {
			return nil, fmt.Errorf("%s of %s: %w", r.Version.Phrase(), r.Version.Programme.Name, finance.ErrNoDelivery)
		}
		v.versions = append(v.versions, r.Version)
	}
	v.table.Title = titleOf(v.versions[0]) + ": for investors"
	v.table.About = append([]string{words.Capital(costsFrom(v.versions...)) + "; " + runsLine(c.Results, " of each case")}, changedLines(v.versions...)...)
	v.surplus()
	if tiers := v.rateTiers(); len(tiers) > 0 {
		v.table.heading("The rate that sets payments or interest")
		v.cohortRates(tiers)
	}
	v.requirement()
	v.facility()
	v.consortium()
	tables := []Table{v.table}
	if each := v.investors(); len(each.Rows) > 0 {
		tables = append(tables, each)
	}
	tables[len(tables)-1].Notes = v.notes()
	if len(v.versions) > 1 {
		tables = append(tables, cashInShort(c)...)
	}
	if len(v.versions) == 1 || everyLine {
		for _, r := range c.Results {
			tables = append(tables, cashFlow(r)...)
			tables = append(tables, cashByQuarter(r)...)
		}
	}
	tables = append(tables, howWellKnown(c.Results)...)
	return inCurrency(v.versions[0].Programme, append(modelled(tables...), investSheet(c))...), nil
}

// investment is the first table of Invest.
type investment struct {
	*sideBySide
	versions []*scenario.Version // of the results
}

func (v *investment) surplus() {
	v.table.heading("What comes in and what delivery costs")
	v.amounts("Receipts", montecarlo.Receipts)
	v.amounts("Cost of delivery ("+costStatus(v.versions...)+")", montecarlo.DeliveryCost)
	v.amounts("Surplus: receipts less cost of delivery", montecarlo.Surplus)
	for _, p := range amountQuantiles[montecarlo.Surplus] {
		v.add(v.quantile(exceeded(p), montecarlo.Surplus, p).under())
	}
	v.add(v.mean("Present value of the surplus, mean", montecarlo.ValueSurplus, ""))
	v.row("Receipts cover costs for good from, central", paidBack)
}

// dayAfter is a day, given by the days after the start.
func dayAfter(p *model.Programme, days float64) Cell {
	return Cell{Text: p.Start.AddDays(int(math.Round(days))).Long(), Value: &days, Unit: "days from the start"}
}

// paidBack is the day from which receipts have covered costs for good.
func paidBack(r *montecarlo.Result) Cell {
	rank, ok := r.Ranked.Of(montecarlo.PaidBackAfter)
	switch need, _ := r.Totals.Of(montecarlo.CapitalRequirement); {
	case !ok:
		return none()
	case rank.Central == nil:
		return text("never")
	case need.Central == 0:
		return text(noCapital)
	}
	return dayAfter(r.Version.Programme, *rank.Central)
}

func (v *investment) requirement() {
	v.table.heading("Capital needed, whatever the facility")
	v.amounts("Capital requirement", montecarlo.CapitalRequirement)
	for _, p := range amountQuantiles[montecarlo.CapitalRequirement] {
		v.add(v.quantile(exceeded(p), montecarlo.CapitalRequirement, p).under())
	}
	v.add(v.worst("mean of the worst 5% (expected shortfall)", montecarlo.CapitalRequirement, 0.95).under())
	v.row("Reached on, central", reached)
	v.add(ofTotal("Days below £0, central", montecarlo.DaysBelowZero, "", central))
	v.add(ofTotal("mean of replications", montecarlo.DaysBelowZero, "", meanErr).under())
}

// reached is the day on which the capital requirement is reached.
func reached(r *montecarlo.Result) Cell {
	after, ok := r.Totals.Of(montecarlo.RequiredAfter)
	switch need, _ := r.Totals.Of(montecarlo.CapitalRequirement); {
	case !ok:
		return none()
	case need.Central == 0:
		return text(noCapital)
	}
	return dayAfter(r.Version.Programme, after.Central)
}

func (v *investment) facility() {
	v.table.heading("Is the facility enough?")
	v.row("Committed", func(r *montecarlo.Result) Cell { return committed(r.Version.Programme) })
	v.add(v.mean("Drawn, mean", montecarlo.Drawn, ""))
	v.add(v.mean("Costs, fees and interest paid from receipts, mean", montecarlo.Recycled, ""))
	v.add(v.central("Facility needed, central", montecarlo.FacilityNeeded))
	for _, p := range amountQuantiles[montecarlo.FacilityNeeded] {
		v.add(v.quantile("for "+words.Percentile(p)+" confidence ("+words.P(p)+")", montecarlo.FacilityNeeded, p).under())
	}
	v.add(v.mean("Shortfall beyond the facility, mean", montecarlo.Shortfall, ""))
	if v.anyTerms(func(t model.Terms) bool { return t.CommitmentFee.Yearly > 0 }) {
		v.add(v.mean("Commitment fees paid, mean", montecarlo.CommitmentFees, ""))
	}
	if v.anyTerms(func(t model.Terms) bool { return t.EarnsInterest() && !t.RolledUp }) {
		v.add(v.mean("Interest paid each quarter, mean", montecarlo.Interest, ""))
	}
	if v.anyFacility(guaranteed) {
		v.add(v.mean("Paid under guarantees, mean", montecarlo.Guaranteed, ""))
	}
	v.add(ofEvent("Probability that the facility is not enough, "+over(v.results...), montecarlo.FacilityShort, "", chanceErr))
	for _, name := range v.covenants() {
		v.add(ofEvent("Probability that the covenant "+name+" is breached, "+over(v.results...), montecarlo.CovenantBreached, name, chanceErr))
	}
	v.add(ofEvent("Probability that costs are never paid back, "+over(v.results...), montecarlo.NeverPaidBack, "", chanceErr))
}

// committed is the sum of what investors commit.
func committed(p *model.Programme) Cell {
	if p.Facility == nil || len(p.Facility.Investors) == 0 {
		return text("no limit")
	}
	var sum decimal.Decimal
	for _, i := range p.Facility.Investors {
		sum = sum.Add(i.Commitment)
	}
	return amount(sum)
}

func (v *investment) anyFacility(has func(*model.Facility) bool) bool {
	return slices.ContainsFunc(v.versions, func(one *scenario.Version) bool {
		f := one.Programme.Facility
		return f != nil && has(f)
	})
}

// anyTerms reports whether the capital of any investor has terms.
func (v *investment) anyTerms(has func(model.Terms) bool) bool {
	return v.anyFacility(func(f *model.Facility) bool {
		return len(f.Investors) == 0 && has(f.Terms) || slices.ContainsFunc(f.Investors, func(i model.Investor) bool { return has(f.TermsOf(i)) })
	})
}

func guaranteed(f *model.Facility) bool {
	return slices.ContainsFunc(f.Investors, func(i model.Investor) bool { return i.Guarantee != nil })
}

// covenants are those of any case, in order.
func (v *investment) covenants() (names []string) {
	for _, version := range v.versions {
		if f := version.Programme.Facility; f != nil {
			for _, c := range f.Covenants {
				if !slices.Contains(names, c.Name) {
					names = append(names, c.Name)
				}
			}
		}
	}
	return names
}
