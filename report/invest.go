package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// investWidth is where the labels of tables for investors are broken.
const investWidth = 38

// InvestQuantiles are the quantiles that [Invest] shows, for
// montecarlo.Options.
func InvestQuantiles() []float64 { return []float64{0.01, 0.05, 0.10, 0.50, 0.90, 0.95, 0.99} }

// Invest lays cases out side by side for those who put up the capital: what
// comes in and what delivery costs, how much capital that takes and when,
// whether the facility is enough, and what all investors together get back. A
// second table says what each gets back. Below is the central cash flow by
// financial year: line by line for one case, in short for several. A table that
// is wider than 110 characters is divided.
//
// The programmes are those of the comparison's results, in the same order. The
// results should have been run with [InvestQuantiles]. A programme without
// delivery terms gives an error that wraps [finance.ErrNoDelivery].
func Invest(c *montecarlo.Comparison, cases []*model.Programme) ([]Table, error) {
	if len(cases) != len(c.Results) {
		return nil, fmt.Errorf("there are %d results of %d programmes", len(c.Results), len(cases))
	}
	for i, p := range cases {
		if _, ok := c.Results[i].Total(montecarlo.CapitalRequirement, ""); !ok {
			return nil, fmt.Errorf("%s of %s: %w", caseInWords(c.Results[i].Case), p.Name, finance.ErrNoDelivery)
		}
	}
	v := &investment{comparison: comparison{c: c, p: cases[0], t: Table{
		Title:   investTitle(c.Title, "for those who put up the capital", cases...) + runLine(c.Results[0].Conventions, " of each case"),
		Columns: append([]string{""}, caseHeadings(c.Cases)...), Text: 1, Width: investWidth,
	}}, cases: cases}
	v.surplus()
	v.requirement()
	v.facility()
	v.consortium()
	tables := v.t.fitted()
	each, some := v.investors()
	if some {
		tables = append(tables, each)
	}
	tables[len(tables)-1].Notes = v.notes()
	if len(cases) > 1 {
		return append(tables, cashInShort(c)...), nil
	}
	return append(tables, CashFlow(c.Results[0], cases[0])...), nil
}

// caseHeadings breaks names of cases into lines, as headings of columns.
func caseHeadings(names []string) []string {
	headings := slices.Clone(names)
	for i, name := range names {
		headings[i] = wrap(name, 20, "")
	}
	return headings
}

// caseInWords names a case in a sentence: "the medium case", "the medium case,
// with flat tariffs", "the programme with flat tariffs".
func caseInWords(name string) string {
	of, with, edited := strings.Cut(name, ", with ")
	switch {
	case name == "":
		return "the programme as it stands"
	case strings.HasPrefix(name, "with "):
		return "the programme " + name
	case edited:
		return "the " + of + " case, with " + with
	}
	return "the " + name + " case"
}

// investTitle says what a table is about and on which delivery costs it rests.
func investTitle(title, about string, cases ...*model.Programme) string {
	return fmt.Sprintf("%s\n%s", wrap(title+": "+about, most, "  "), capital(costsFrom(cases...)))
}

// runLine says how many replications figures rest on, and in what prices.
func runLine(c montecarlo.Conventions, each string) string {
	return fmt.Sprintf("; %s replications%s, seed %d; £ in %s", Count(float64(c.Replications)), each, c.Seed, c.PriceBase)
}

// costsFrom says how far the cost of delivery can be relied on: "assumed
// delivery costs" if any input to it is assumed in any of the cases.
func costsFrom(cases ...*model.Programme) string {
	stated, unstated := false, false
	for _, p := range cases {
		for _, in := range deliveryInputs(p) {
			switch in.Status {
			case model.Assumed:
				return "assumed delivery costs"
			case model.Unstated:
				unstated = true
			default:
				stated = true
			}
		}
	}
	if unstated || !stated {
		return "delivery costs of which nobody says where they come from"
	}
	return "published delivery costs"
}

func deliveryInputs(p *model.Programme) []model.Input {
	return slices.DeleteFunc(slices.Clone(p.Register), func(in model.Input) bool { _, is := in.Path.Under("delivery"); return !is })
}

// investment is the first table of Invest.
type investment struct {
	comparison
	cases []*model.Programme
}

// each adds a row with a cell for every case, from its result and programme.
func (v *investment) each(label string, cell func(*montecarlo.Result, *model.Programme) string) {
	cells := []string{label}
	for i, r := range v.c.Results {
		cells = append(cells, cell(r, v.cases[i]))
	}
	v.t.Add(cells...)
}

// amounts adds the central projection and the mean of a total.
func (v *investment) amounts(label, name string) {
	v.total(label+", central", name, "", short(central))
	v.total("  mean of replications", name, "", estimate)
}

func short(of func(montecarlo.Summary) string) func(montecarlo.Summary) string {
	return func(t montecarlo.Summary) string {
		if t.Unit == montecarlo.Pounds {
			return Thousands(t.Central)
		}
		return of(t)
	}
}

// estimate is a mean with its Monte Carlo standard error.
func estimate(t montecarlo.Summary) string { return within(t.Mean, t.StdErr, t.Unit) }

// quantileAt is a quantile.
func quantileAt(p float64) func(montecarlo.Summary) string {
	return func(t montecarlo.Summary) string {
		for _, q := range t.Quantiles {
			if q.P == p {
				return Thousands(q.Value)
			}
		}
		return "-"
	}
}

// worst is the mean of the worst part above a quantile.
func worst(p float64) func(montecarlo.Summary) string {
	return func(t montecarlo.Summary) string {
		for _, q := range t.Quantiles {
			if q.P == p {
				return within(q.Beyond, q.BeyondStdErr, t.Unit)
			}
		}
		return "-"
	}
}

// ofQuantile names a quantile: "95% do not exceed (P95)".
func ofQuantile(p float64) string {
	if p == 0.5 {
		return "half do not exceed (P50)"
	}
	return fmt.Sprintf("%g%% do not exceed (P%g)", 100*p, 100*p)
}

func (v *investment) surplus() {
	v.heading("What comes in and what delivery costs")
	v.amounts("Receipts", montecarlo.Receipts)
	v.amounts(capital(costsFrom(v.cases...)), montecarlo.DeliveryCost)
	v.amounts("Surplus: receipts less costs", montecarlo.Surplus)
	for _, p := range []float64{0.05, 0.95} {
		v.total("  "+ofQuantile(p), montecarlo.Surplus, "", quantileAt(p))
	}
	v.total("Present value of the surplus, mean", montecarlo.ValueSurplus, "", estimate)
	v.each("Paid back for good, central", paidBack)
}

// paidBack is the day from which receipts have covered costs for good.
func paidBack(r *montecarlo.Result, p *model.Programme) string {
	rank, ok := r.Rank(montecarlo.PaidBackAfter, "")
	switch need, _ := r.Total(montecarlo.CapitalRequirement, ""); {
	case !ok:
		return "-"
	case rank.Central == nil:
		return "never"
	case need.Central == 0:
		return "no capital needed"
	}
	return p.Start.AddDays(int(math.Round(*rank.Central))).Long()
}

func (v *investment) requirement() {
	v.heading("How much capital it takes, whatever the facility")
	v.amounts("Capital requirement", montecarlo.CapitalRequirement)
	for _, p := range []float64{0.50, 0.90, 0.95, 0.99} {
		v.total("  "+ofQuantile(p), montecarlo.CapitalRequirement, "", quantileAt(p))
	}
	v.total("  mean of the worst 5% (expected shortfall)", montecarlo.CapitalRequirement, "", worst(0.95))
	v.each("Reached on, central", reached)
	v.total("Days below £0, central", montecarlo.DaysBelowZero, "", central)
	v.total("  mean of replications", montecarlo.DaysBelowZero, "", estimate)
}

// reached is the day on which the capital requirement is there.
func reached(r *montecarlo.Result, p *model.Programme) string {
	after, ok := r.Total(montecarlo.RequiredAfter, "")
	switch need, _ := r.Total(montecarlo.CapitalRequirement, ""); {
	case !ok:
		return "-"
	case need.Central == 0:
		return "no capital needed"
	}
	return p.Start.AddDays(int(math.Round(after.Central))).Long()
}

func (v *investment) facility() {
	v.heading("Whether the facility is enough")
	v.each("Committed", func(_ *montecarlo.Result, p *model.Programme) string { return committed(p) })
	v.total("Drawn, mean", montecarlo.Drawn, "", estimate)
	v.total("Recycled: paid from receipts, mean", montecarlo.Recycled, "", estimate)
	v.each("Facility that would be enough, central", func(r *montecarlo.Result, _ *model.Programme) string {
		s, _ := r.Total(montecarlo.FacilityNeeded, "")
		return Thousands(s.Central)
	})
	for _, p := range []float64{0.50, 0.95} {
		v.total("  "+ofQuantile(p), montecarlo.FacilityNeeded, "", quantileAt(p))
	}
	v.total("Shortfall beyond the facility, mean", montecarlo.Shortfall, "", estimate)
	if v.anyFacility(func(f *model.Facility) bool { return f.Interest > 0 }) {
		v.total("Interest paid, mean", montecarlo.Interest, "", estimate)
	}
	v.likely("Probability that the facility is not enough", montecarlo.FacilityShort, "")
	v.likely("Probability that costs are never paid back", montecarlo.NeverPaidBack, "")
}

// committed is the sum of what investors commit.
func committed(p *model.Programme) string {
	if p.Facility == nil || len(p.Facility.Investors) == 0 {
		return "no limit"
	}
	sum := 0.0
	for _, i := range p.Facility.Investors {
		sum += i.Commitment.InexactFloat64()
	}
	return Money(sum)
}

// likely adds the probability of an event with its Monte Carlo error.
func (v *investment) likely(label, event, of string) {
	v.row(label, func(r *montecarlo.Result) string {
		p, ok := r.Probability(event, of)
		if !ok {
			return "-"
		}
		return within(p.Probability, p.StdErr, montecarlo.Probability)
	})
}

// parties are those who put in capital in any of the cases, the consortium
// first.
func (v *investment) parties() []string {
	var all []string
	for _, r := range v.c.Results {
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
	v.t.Add("CONSORTIUM: ALL INVESTORS, WITH WHOEVER MET A SHORTFALL")
	v.total("Paid in, mean", montecarlo.PaidIn, party, estimate)
	v.total("Received, mean", montecarlo.Received, party, estimate)
	v.row("Money multiple, P5 / P50 / P95", rankAt(montecarlo.MoneyMultiple, party, returnQuantiles...))
	v.row("IRR a year, P5 / P50 / P95", rankAt(montecarlo.InternalRate, party, returnQuantiles...))
	if v.undefined(party) {
		v.row("  replications in which there is one", func(r *montecarlo.Result) string {
			rank, ok := r.Rank(montecarlo.InternalRate, party)
			if !ok {
				return "-"
			}
			return Percent(rank.Defined)
		})
	}
	v.likely("Less back than paid in: probability", montecarlo.LosesMoney, party)
	if hurdle, ok := v.hurdle(); ok {
		v.likely("Less than the hurdle, "+hurdle+": probability", montecarlo.MissesHurdle, party)
	}
}

// investors says what each investor puts in and gets back in each case, and
// whether there is any.
func (v *investment) investors() (Table, bool) {
	t := Table{
		Title: "Each investor on its own",
		Text:  2, Width: 22, Columns: []string{"", "case", "paid in\nmean", "received\nmean", "multiple\nP50", "IRR a year\nP5 / P50 / P95", "less back\nthan paid in"},
	}
	_, hurdle := v.hurdle()
	if hurdle {
		t.Columns = append(t.Columns, "less than\nthe hurdle")
	}
	for _, party := range v.parties() {
		if party == finance.Consortium {
			continue
		}
		name := v.called(party)
		for i, r := range v.c.Results {
			if _, ok := r.Rank(montecarlo.InternalRate, party); !ok {
				continue
			}
			mean := func(measure string) string {
				s, _ := r.Total(measure, party)
				return Thousands(s.Mean)
			}
			chance := func(event string) string {
				p, _ := r.Probability(event, party)
				return Percent(p.Probability)
			}
			cells := []string{
				name, v.c.Cases[i], mean(montecarlo.PaidIn), mean(montecarlo.Received),
				rankAt(montecarlo.MoneyMultiple, party, 0.50)(r), rankAt(montecarlo.InternalRate, party, returnQuantiles...)(r),
				chance(montecarlo.LosesMoney),
			}
			if hurdle {
				cells = append(cells, chance(montecarlo.MissesHurdle))
			}
			t.Add(cells...)
			name = ""
		}
	}
	return t, len(t.Rows) > 0
}

// called is an investor's name, and whether it delivers the service.
func (v *investment) called(party string) string {
	for _, p := range v.cases {
		if p.Facility == nil {
			continue
		}
		for _, i := range p.Facility.Investors {
			if i.Name == party && i.Provider {
				return party + ", which delivers the service"
			}
		}
	}
	return party
}

// rankAt writes quantiles of a figure without a mean.
func rankAt(name, party string, at ...float64) func(*montecarlo.Result) string {
	return func(r *montecarlo.Result) string {
		rank, ok := r.Rank(name, party)
		if !ok {
			return "-"
		}
		return rankedAt(rank, at...)
	}
}

// undefined tells whether a party has replications without a rate of return.
func (v *investment) undefined(party string) bool {
	return slices.ContainsFunc(v.c.Results, func(r *montecarlo.Result) bool {
		rank, ok := r.Rank(montecarlo.InternalRate, party)
		return ok && rank.Defined < 1
	})
}

// hurdle names the hurdle of the cases, and says whether any has one.
func (v *investment) hurdle() (string, bool) {
	var all []string
	some := false
	for _, p := range v.cases {
		rate := 0.0
		if p.Facility != nil {
			rate = p.Facility.Hurdle
		}
		some = some || rate > 0
		if text := fmt.Sprintf("%.4g%%", 100*rate); !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return strings.Join(all, " or ") + " a year", some
}

// notes say what the figures rest on and how they are to be read.
func (v *investment) notes() []string {
	c := v.c.Results[0].Conventions
	all := []string{assumedNote(v.cases...)}
	all = append(all, solvedNotes(v.cases...)...)
	all = append(all,
		"Capital requirement: how far receipts less costs, added up day by day, are ever below £0. It knows no facility, no interest and no repayment. It is the same whoever finances the programme.",
		"Consortium: all investors together with whoever met a shortfall beyond the facility. An investor on its own is without that part.",
	)
	all = append(all, repaymentNotes(v.c.Cases, v.cases)...)
	if v.anyFacility(func(f *model.Facility) bool { return f.Interest > 0 || f.PreferredReturn > 0 }) {
		all = append(all, "Capital bears interest or a preferred return here, so a larger facility costs more. The facility that would be enough is so at today's commitments only: edgeofcare size says how large it must be.")
	}
	all = append(all,
		"P95 is what 95% of replications do not exceed, so P5 of a return is its bad end. ± is one Monte Carlo standard error. 0% or 100% is none or all of the replications that were run.",
		v.errors(),
		monthEnds,
		"Dates: "+c.Capital+". "+realOr(c.PriceBase),
	)
	if len(v.parties()) > 0 && slices.ContainsFunc(v.parties(), v.undefined) {
		all = append(all, "In some replications no IRR balances the flows, or several do. Its quantiles are over the others: compare them between cases only with the share beside them.")
	}
	all = append(all, "IRR: internal rate of return. -100% means that nothing comes back; none, that no capital is needed, which is above every rate and multiple.")
	return append(all, capitalNotes(v.c.Results...)...)
}

// errors says how well the quantiles are known.
func (v *investment) errors() string {
	amount, rate, multiple := 0.0, 0.0, 0.0
	for _, r := range v.c.Results {
		for _, name := range []string{montecarlo.Surplus, montecarlo.CapitalRequirement, montecarlo.FacilityNeeded} {
			s, _ := r.Total(name, "")
			for _, q := range s.Quantiles {
				amount = max(amount, q.High-q.Value, q.Value-q.Low)
			}
		}
		for _, one := range r.Ranked {
			for _, q := range one.Quantiles {
				if !slices.Contains(returnQuantiles, q.P) || q.Value == nil || q.Low == nil || q.High == nil {
					continue
				}
				switch widest := max(*q.High-*q.Value, *q.Value-*q.Low); one.Name {
				case montecarlo.InternalRate:
					rate = max(rate, widest)
				case montecarlo.MoneyMultiple:
					multiple = max(multiple, widest)
				}
			}
		}
	}
	return fmt.Sprintf("Quantiles are known, with about 95%% confidence, to within %s for amounts, %.1f percentage points for IRRs and %.2f for multiples. The bounds of each are in --format csv and json.",
		Money(math.Ceil(amount)), 100*rate, multiple)
}

// monthEnds is what a day more or less can cost.
const monthEnds = "Costs fall on month ends: a claim that slips past one has to be bridged by a month's cost of delivery."

func (v *investment) anyFacility(has func(*model.Facility) bool) bool {
	return slices.ContainsFunc(v.cases, func(p *model.Programme) bool { return p.Facility != nil && has(p.Facility) })
}

// assumedNote says how many of the inputs to delivery costs are assumed.
func assumedNote(cases ...*model.Programme) string {
	inputs := deliveryInputs(cases[0])
	assumed := 0
	for _, in := range inputs {
		if in.Status == model.Assumed {
			assumed++
		}
	}
	if assumed == 0 {
		return capital(costsFrom(cases...)) + ": edgeofcare show lists them with their sources."
	}
	return fmt.Sprintf("Assumed: %d of the %d inputs to delivery are not published. What follows from them - surplus, capital, returns - shows what would be if they held. It is no estimate of what happened. edgeofcare show lists each with its reason.",
		assumed, len(inputs))
}

// realOr says what kind of rates the rates of return are.
func realOr(priceBase string) string {
	if strings.Contains(priceBase, "constant") {
		return "Prices are constant, so rates of return are real: what is earned above general inflation."
	}
	return "Rates of return are in " + priceBase + "."
}

// capitalNotes are the notes of a run that matter to those who put up capital.
func capitalNotes(results ...*montecarlo.Result) []string {
	c := results[0].Conventions
	all := []string{
		"Central projection: " + c.Central + ". Mean: " + c.Mean + ". A deepest point is deeper on average than in the average, so they differ even where no cap binds.",
		"Range: " + c.Uncertainty + ".",
		fmt.Sprintf("Present value of the surplus: %.4g%% a year, effective, from %s, each flow on its day.", 100*c.DiscountRate, c.Start.Long()),
		fmt.Sprintf("Horizon: %s, %d weeks. Engine %s on %s; programme %s.", c.Horizon.Long(), c.Weeks, c.Engine, c.Architecture, c.Fingerprint),
	}
	return append(all, warned(results...)...)
}
