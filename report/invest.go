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
	v := &investment{sideBySide: newSideBySide(c.Results)}
	for _, r := range c.Results {
		if _, ok := r.Totals.Of(montecarlo.CapitalRequirement); !ok {
			return nil, fmt.Errorf("%s of %s: %w", r.Version.Phrase(), r.Version.Programme.Name, finance.ErrNoDelivery)
		}
		v.versions = append(v.versions, r.Version)
	}
	v.table.Title = titleOf(v.versions[0]) + ": for investors"
	v.table.About = []string{words.Capital(costsFrom(v.versions...)) + "; " + runLine(c.Results[0].Conventions, " of each case")}
	v.surplus()
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
		}
	}
	return append(modelled(tables...), investSheet(c)), nil
}

// investment is the first table of Invest.
type investment struct {
	*sideBySide
	versions []*scenario.Version // of the results
}

// amountQuantiles are the quantiles of amounts that are shown.
var amountQuantiles = map[string][]float64{
	montecarlo.Surplus:            {0.05, 0.95},
	montecarlo.CapitalRequirement: {0.50, 0.90, 0.95, 0.99},
	montecarlo.FacilityNeeded:     {0.50, 0.95},
}

// scale is how the amounts of a measure are written, in all cases and of all
// parties alike: in whole pounds unless all are large, so that nothing is rounded
// away.
func (v *investment) scale(name string) scale {
	var all []float64
	for _, r := range v.results {
		for _, s := range r.Totals {
			if s.Name != name {
				continue
			}
			all = append(all, s.Central, s.Mean)
			for _, q := range s.Quantiles {
				if slices.Contains(amountQuantiles[name], q.P) {
					all = append(all, q.Value)
				}
			}
		}
	}
	if slices.ContainsFunc(all, func(v float64) bool { return v != 0 && !large(v) }) {
		return inPounds
	}
	return inThousands
}

// central is the central projection of an amount in short.
func (v *investment) central(label, name string) line {
	scale := v.scale(name)
	return ofTotal(label, name, "", func(s montecarlo.Summary) Cell { return amountOf(s.Central, scale) })
}

// mean is the mean of an amount with its Monte Carlo standard error, in short.
func (v *investment) mean(label, name, party string) line {
	scale := v.scale(name)
	return ofTotal(label, name, party, func(s montecarlo.Summary) Cell { return estimatedAmount(s.Mean, s.StdErr, scale) })
}

// quantile is a quantile of an amount in short.
func (v *investment) quantile(label, name string, p float64) line {
	scale := v.scale(name)
	return ofTotal(label, name, "", func(s montecarlo.Summary) Cell {
		for _, q := range s.Quantiles {
			if q.P == p {
				return amountOf(q.Value, scale)
			}
		}
		return none()
	})
}

// worst is the mean of the worst part of the replications above a quantile.
func (v *investment) worst(label, name string, p float64) line {
	scale := v.scale(name)
	return ofTotal(label, name, "", func(s montecarlo.Summary) Cell {
		for _, q := range s.Quantiles {
			if q.P == p {
				return estimatedAmount(q.Beyond, q.BeyondStdErr, scale)
			}
		}
		return none()
	})
}

// amounts adds the central projection and the mean of an amount.
func (v *investment) amounts(label, name string) {
	v.add(v.central(label+", central", name))
	v.add(v.mean("mean of replications", name, "").under())
}

// exceeded names a quantile.
func exceeded(p float64) string {
	return "not exceeded in " + words.Percentile(p) + " of replications (" + words.P(p) + ")"
}

func (v *investment) surplus() {
	v.table.heading("What comes in and what delivery costs")
	v.amounts("Receipts", montecarlo.Receipts)
	v.amounts(words.Capital(costsFrom(v.versions...)), montecarlo.DeliveryCost)
	v.amounts("Surplus: receipts less cost of delivery", montecarlo.Surplus)
	for _, p := range amountQuantiles[montecarlo.Surplus] {
		v.add(v.quantile(exceeded(p), montecarlo.Surplus, p).under())
	}
	v.add(v.mean("Present value of the surplus, mean", montecarlo.ValueSurplus, ""))
	v.row("Costs paid back for good on, central", paidBack)
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
	v.table.heading("Whether the facility is enough")
	v.row("Committed", func(r *montecarlo.Result) Cell { return committed(r.Version.Programme) })
	v.add(v.mean("Drawn, mean", montecarlo.Drawn, ""))
	v.add(v.mean("Costs and interest paid from receipts, mean", montecarlo.Recycled, ""))
	v.add(v.central("Facility needed, central", montecarlo.FacilityNeeded))
	for _, p := range amountQuantiles[montecarlo.FacilityNeeded] {
		v.add(v.quantile("for "+words.Percentile(p)+" confidence ("+words.P(p)+")", montecarlo.FacilityNeeded, p).under())
	}
	v.add(v.mean("Shortfall beyond the facility, mean", montecarlo.Shortfall, ""))
	if v.anyFacility(func(f *model.Facility) bool { return f.Interest > 0 }) {
		v.add(v.mean("Interest paid, mean", montecarlo.Interest, ""))
	}
	v.add(ofEvent("Probability that the facility is not enough", montecarlo.FacilityShort, "", chanceErr))
	v.add(ofEvent("Probability that costs are never paid back", montecarlo.NeverPaidBack, "", chanceErr))
}

// chanceErr is a probability with its Monte Carlo standard error.
func chanceErr(p montecarlo.ProbabilityOf) Cell {
	return estimate(p.Probability, p.StdErr, montecarlo.Probability)
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

// parties are those who put in capital in any of the cases, the consortium
// first.
func (v *investment) parties() []string {
	var all []string
	for _, r := range v.results {
		for _, one := range r.Ranked {
			if one.Name == montecarlo.InternalRate && !slices.Contains(all, one.Of) {
				all = append(all, one.Of)
			}
		}
	}
	return all
}

// returnQuantiles are the quantiles of returns: the bad end, the median and the
// good end.
var returnQuantiles = []float64{0.05, 0.50, 0.95}

// consortium says what all together put in and get back.
func (v *investment) consortium() {
	const party = finance.Consortium
	if !slices.Contains(v.parties(), party) {
		return
	}
	v.table.heading("Consortium: all investors, with whoever met a shortfall")
	v.add(v.mean("Paid in, mean", montecarlo.PaidIn, party))
	v.add(v.mean("Received, mean", montecarlo.Received, party))
	v.row("Money multiple, P5 / P50 / P95", rankAt(montecarlo.MoneyMultiple, party, returnQuantiles...))
	v.row("IRR a year, P5 / P50 / P95", rankAt(montecarlo.InternalRate, party, returnQuantiles...))
	if v.undefined(party) {
		v.part("replications that have an IRR", func(r *montecarlo.Result) Cell {
			rank, ok := r.Ranked.Of(montecarlo.InternalRate, party)
			if !ok {
				return none()
			}
			return figure(rank.Defined, montecarlo.Probability)
		})
	}
	v.add(ofEvent("Probability of a loss", montecarlo.LosesMoney, party, chanceErr))
	if hurdle, ok := v.hurdle(); ok {
		v.add(ofEvent("Probability of earning less than the hurdle, "+hurdle, montecarlo.MissesHurdle, party, chanceErr))
	}
}

// investors says what each investor puts in and gets back in each case.
func (v *investment) investors() Table {
	t := Table{
		Title: "Each investor on its own",
		Columns: append(textColumns(""), figureColumns(
			"paid in, mean", "received, mean", "multiple, P50", "IRR, P5 / P50 / P95", "probability of a loss")...),
	}
	_, hurdle := v.hurdle()
	if hurdle {
		t.Columns = append(t.Columns, Column{Heading: "probability of less than the hurdle"})
	}
	for _, party := range v.parties() {
		if party == finance.Consortium {
			continue
		}
		t.add(text(v.called(party)))
		for _, r := range v.results {
			if _, ok := r.Ranked.Of(montecarlo.InternalRate, party); ok {
				t.part(v.investor(r, headingOf(r.Version), party, hurdle)...)
			}
		}
	}
	return t
}

// investor is what an investor puts in and gets back in one case.
func (v *investment) investor(r *montecarlo.Result, name, party string, hurdle bool) []Cell {
	mean := func(measure string) Cell {
		s, _ := r.Totals.Of(measure, party)
		return amountOf(s.Mean, v.scale(measure))
	}
	probability := func(event string) Cell {
		p, _ := r.Probabilities.Of(event, party)
		return chance(p)
	}
	cells := []Cell{
		text(name), mean(montecarlo.PaidIn), mean(montecarlo.Received),
		rankAt(montecarlo.MoneyMultiple, party, 0.50)(r), rankAt(montecarlo.InternalRate, party, returnQuantiles...)(r),
		probability(montecarlo.LosesMoney),
	}
	if hurdle {
		cells = append(cells, probability(montecarlo.MissesHurdle))
	}
	return cells
}

// called is an investor's name, and whether it delivers the service.
func (v *investment) called(party string) string {
	for _, version := range v.versions {
		f := version.Programme.Facility
		if f == nil {
			continue
		}
		for _, i := range f.Investors {
			if i.Name == party && i.Provider {
				return party + ", which delivers the service"
			}
		}
	}
	return party
}

// rankAt are quantiles of a figure without a mean.
func rankAt(name, party string, at ...float64) func(*montecarlo.Result) Cell {
	return func(r *montecarlo.Result) Cell {
		rank, ok := r.Ranked.Of(name, party)
		if !ok {
			return none()
		}
		return ranked(rank, at...)
	}
}

// undefined reports whether a party has replications without a rate of return.
func (v *investment) undefined(party string) bool {
	return slices.ContainsFunc(v.results, func(r *montecarlo.Result) bool {
		rank, ok := r.Ranked.Of(montecarlo.InternalRate, party)
		return ok && rank.Defined < 1
	})
}

// hurdle names the hurdles of the cases, and reports whether any has one.
func (v *investment) hurdle() (string, bool) {
	var all []string
	some := false
	for _, version := range v.versions {
		hurdle := 0.0
		if f := version.Programme.Facility; f != nil {
			hurdle = f.Hurdle
		}
		some = some || hurdle > 0
		if text := words.Rate(hurdle); !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return words.Or(all) + " a year", some
}

func (v *investment) anyFacility(has func(*model.Facility) bool) bool {
	return slices.ContainsFunc(v.versions, func(one *scenario.Version) bool {
		f := one.Programme.Facility
		return f != nil && has(f)
	})
}
