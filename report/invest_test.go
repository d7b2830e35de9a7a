package report

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// funded are DN2's cases, whose capital differs in everything that a table shows.
func funded(t *testing.T) []*scenario.Version {
	t.Helper()
	return versionsOf(t, "dn2", "low", "medium", "high")
}

func template(t *testing.T, edits ...string) *scenario.Version {
	t.Helper()
	d, err := scenario.Read("template", bytes.NewReader(scenario.Template()))
	require.NoError(t, err)
	var parsed []scenario.Edit
	for _, text := range edits {
		e, err := scenario.ParseEdit(text)
		require.NoError(t, err)
		parsed = append(parsed, e)
	}
	v, err := d.Version("", parsed...)
	require.NoError(t, err)
	return v
}

func investIn(t *testing.T, cases ...*scenario.Version) *montecarlo.Comparison {
	t.Helper()
	c, err := montecarlo.Compare(context.Background(), cases, "", montecarlo.Options{Seed: 1, Replications: 60, Quantiles: []float64{0.01, 0.05, 0.10, 0.50, 0.90, 0.95, 0.99}})
	require.NoError(t, err)
	return c
}

// cellsOf are the cells beside a label, which is the n-th of its kind.
func cellsOf(t *testing.T, table Table, label string, n int) []Cell {
	t.Helper()
	var found []Row
	for _, row := range table.Rows {
		if row.Heading == "" && row.cell(0).Text == label {
			found = append(found, row)
		}
	}
	require.Greater(t, len(found), n, label)
	return found[n].Cells[1:]
}

func TestInvest(t *testing.T) {
	cases := funded(t)
	c := investIn(t, cases...)
	tables, err := Invest(c, false)
	require.NoError(t, err)
	require.Len(t, tables, 4)
	require.True(t, tables[3].Sheet)
	text := printed(t, tables...)
	first := tables[0]
	require.Equal(t, []string{"", "low", "medium", "high"}, first.headings())
	for label, name := range map[string]string{
		"Receipts, central":                   montecarlo.Receipts,
		"Capital requirement, central":        montecarlo.CapitalRequirement,
		"Facility needed, central":            montecarlo.FacilityNeeded,
		"Days below £0, central":              montecarlo.DaysBelowZero,
		"Cost of delivery (assumed), central": montecarlo.DeliveryCost,
	} {
		for i, cell := range cellsOf(t, first, label, 0) {
			total, ok := c.Results[i].Totals.Of(name)
			require.True(t, ok)
			require.Equal(t, total.Central, *cell.Value, label)
			require.Equal(t, "modelled", cell.Status)
		}
	}
	require.Equal(t, "£3,416k", cellsOf(t, first, "Receipts, central", 0)[0].Text)
	for i, r := range c.Results {
		row, party := tables[1].Rows[1+i], cases[0].Programme.Facility.Investors[0].Name
		require.Equal(t, 1, row.Indent)
		cells := row.Cells
		require.Equal(t, r.Version.Name(), cells[0].Text)
		paid, _ := r.Totals.Of(montecarlo.PaidIn, party)
		require.Equal(t, paid.Mean, *cells[1].Value)
		rate, _ := r.Ranked.Of(montecarlo.InternalRate, party)
		require.Equal(t, ranked(rate, 0.05, 0.50, 0.95).Text, cells[4].Text)
		misses, _ := r.Probabilities.Of(montecarlo.MissesHurdle, party)
		require.Equal(t, words.Percent(misses.Probability), cells[6].Text)
	}
	require.Len(t, tables[1].Rows, 8)
	for i, cell := range cellsOf(t, first, "Probability that the facility is not enough", 0) {
		p, ok := c.Results[i].Probabilities.Of(montecarlo.FacilityShort)
		require.True(t, ok)
		require.Equal(t, p.Probability, *cell.Value)
		require.Equal(t, p.StdErr, *cell.StdErr)
	}
	for i, cell := range cellsOf(t, first, "mean of the worst 5% (expected shortfall)", 0) {
		total, _ := c.Results[i].Totals.Of(montecarlo.CapitalRequirement)
		require.Equal(t, total.Quantiles[5].Beyond, *cell.Value)
	}
	for _, want := range []string{
		"IRR a year, P5 / P50 / P95", "edgeofcare show lists each", "Costs fall on month ends", "Order of repayment: from", "60 replications of each case, seed 1", "hurdle, 8% a year",
		"takes no account of the facility", "with whoever met a shortfall", "are real", "45 days after the quarter", "Caution:", "delivers the service", "Probability of a loss",
	} {
		require.True(t, strings.Contains(strings.Join(strings.Fields(text), " "), want), want)
	}
	require.Equal(t, 1, strings.Count(strings.Join(first.About, " "), "Assumed delivery costs"))
}

// The amounts of one measure are written in one scale, in all cases and for all
// parties, and in whole pounds where thousands would hide one of them.
func TestOneScaleForAMeasure(t *testing.T) {
	of := func(values ...float64) *investment {
		var results []*montecarlo.Result
		for _, v := range values {
			results = append(results, &montecarlo.Result{
				Basis: montecarlo.Basis{Version: &scenario.Version{Programme: &model.Programme{}}},
				Totals: []montecarlo.Summary{{
					Key: montecarlo.Key{Name: montecarlo.Shortfall}, Central: v,
					Distribution: montecarlo.Distribution{Mean: v, StdErr: 815},
				}},
			})
		}
		v := &investment{sideBySide: newSideBySide(results)}
		v.add(v.mean("Shortfall", montecarlo.Shortfall, ""))
		return v
	}
	require.Equal(t, []string{"Shortfall", "£7,699 ± £815", "£145,782 ± £815"}, shownIn(of(7_699, 145_782).table.Rows[0]))
	require.Equal(t, []string{"Shortfall", "£0k ± £0.8k", "-£146k ± £0.8k"}, shownIn(of(0, -145_782).table.Rows[0]))
}

// The words on which everything else hangs follow the register alone.
func TestWhereDeliveryCostsComeFrom(t *testing.T) {
	with := func(all ...model.Status) *scenario.Version {
		p := &model.Programme{Name: "x", Register: []model.Input{{Path: "contract cap", Status: model.Assumed}}}
		for _, s := range all {
			p.Register = append(p.Register, model.Input{Path: "delivery.per start", Status: s})
		}
		return &scenario.Version{Programme: p}
	}
	require.Equal(t, "assumed delivery costs", costsFrom(with(model.Published, model.Assumed)))
	require.Equal(t, "assumed delivery costs", costsFrom(with(model.Published), with(model.Assumed)))
	require.Equal(t, "published delivery costs", costsFrom(with(model.Published, model.Derived)))
	for _, unknown := range []*scenario.Version{with(), with(model.Unstated, model.Published)} {
		require.Contains(t, costsFrom(unknown), "without a stated source")
	}
	require.Contains(t, assumedNote(with(model.Assumed, model.Published)), "1 of the 2 inputs")
	require.Contains(t, assumedNote(with(model.Assumed, model.Assumed)), "All 2 inputs to delivery are assumed.")
	require.NotContains(t, assumedNote(with(model.Published)), "assumed")
}

// In every year and in total: opening cash and what comes in, less what goes
// out, is closing cash; the lines of cost make up the cost; the totals are the
// result's.
func TestCashReconciles(t *testing.T) {
	cases := append(funded(t), template(t, "facility.interest=4%", "delivery.scale=1.4"))
	for _, v := range cases {
		c := investIn(t, v)
		tables, err := Invest(c, false)
		require.NoError(t, err)
		table := titled(t, tables, "Cash by financial year")
		part, sums := "", map[string][]float64{"": nil, "In": nil, "Out": nil, "lines": nil}
		for key := range sums {
			sums[key] = make([]float64, len(table.Columns)-1)
		}
		var closing []float64
		for _, row := range table.Rows {
			if row.Heading != "" {
				part = row.Heading
				continue
			}
			label := row.Cells[0].Text
			line := part == "Out" && label != "Cost of delivery" && !strings.HasPrefix(label, "Paid back") && label != "Interest"
			for i, cell := range row.Cells[1:] {
				switch v := *cell.Value; {
				case label == "Cash at the end":
					closing = append(closing, v)
				case line:
					sums["lines"][i] += v
				case part != "For comparison":
					sums[part][i] += v
				}
			}
		}
		for i := range closing {
			require.InDelta(t, closing[i], sums[""][i]+sums["In"][i]-sums["Out"][i], 1e-6, "%s %s", v.Name(), table.Columns[i+1].Heading)
		}
		for i, cell := range cellsOf(t, table, "Cost of delivery", 0) {
			require.InDelta(t, *cell.Value, sums["lines"][i], 1e-6)
		}
		for label, name := range map[string]string{"Cost of delivery": montecarlo.DeliveryCost, "Receipts": montecarlo.Receipts} {
			total, _ := c.Results[0].Totals.Of(name)
			cells := cellsOf(t, table, label, 0)
			require.InDelta(t, total.Central, *cells[len(cells)-1].Value, 1e-6)
		}
	}
}

// Several cases side by side have the cash of each in short, and all of it
// reconciles with what each is on its own.
func TestCashInShort(t *testing.T) {
	cases := funded(t)
	c := investIn(t, cases...)
	tables, err := Invest(c, true)
	require.NoError(t, err)
	require.Len(t, tables, 2+1+len(cases)+1)
	short := tables[2]
	require.Equal(t, Row{Heading: "low"}, short.Rows[0])
	for i := range c.Results {
		whole := tables[3+i]
		for _, label := range []string{"Receipts", "Cost of delivery", "Cash at the end"} {
			require.Equal(t, cellsOf(t, whole, label, 0), cellsOf(t, short, label, i))
		}
	}
}

// A result that went through JSON has the same page, down to the cash.
func TestInvestOfAResultReadBack(t *testing.T) {
	cases := funded(t)[1:2]
	c := investIn(t, cases...)
	text, err := json.Marshal(c)
	require.NoError(t, err)
	var back montecarlo.Comparison
	require.NoError(t, json.Unmarshal(text, &back))
	want, err := Invest(c, false)
	require.NoError(t, err)
	got, err := Invest(&back, false)
	require.NoError(t, err)
	require.Len(t, got, 4)
	require.Equal(t, want, got)
}

func TestInvestNeedsDelivery(t *testing.T) {
	_, err := Invest(investIn(t, versionsOf(t, "norfolk", "")...), false)
	require.ErrorIs(t, err, finance.ErrNoDelivery)
	require.ErrorContains(t, err, "the base case of norfolk: ")
}

// Nothing to pay for needs no capital, and an investor without a limit is always
// enough: both are said in words.
func TestInvestAtTheEnds(t *testing.T) {
	free := template(t, "delivery.scale=0")
	free.Programme.Facility = nil
	tables, err := Invest(investIn(t, free), false)
	require.NoError(t, err)
	require.Equal(t, []Cell{text("no limit")}, cellsOf(t, tables[0], "Committed", 0))
	require.Equal(t, []Cell{text("no capital needed")}, cellsOf(t, tables[0], "Reached on, central", 0))
	require.Equal(t, []Cell{text("no capital needed")}, cellsOf(t, tables[0], "Receipts cover costs for good from, central", 0))
	shown := printed(t, tables...)
	require.Contains(t, shown, "no capital needed")
	require.NotContains(t, shown, "less than the hurdle")
}

func TestEstimatesInWords(t *testing.T) {
	for want, got := range map[string]Cell{
		"£883k ± £1.1k":        estimatedAmount(882_674, 1_124, inThousands),
		"£1,169k ± £12k":       estimatedAmount(1_168_718, 12_400, inThousands),
		"£19,364 ± £325":       estimatedAmount(19_364, 325, inPounds),
		"£885k":                estimatedAmount(884_831, 0, inThousands),
		"£884k":                estimatedAmount(884_431, 12, inThousands),
		"£6,534,968 ± £12,192": estimate(6_534_968, 12_192, montecarlo.Pounds),
		"£6,534,968":           estimate(6_534_968, 0.4, montecarlo.Pounds),
		"46.8% ± 1.1%":         estimate(0.468, 0.0111, montecarlo.Probability),
		"0.2% ± <0.1%":         estimate(0.002, 0.0001, montecarlo.Probability),
		"100%":                 estimate(1, 0, montecarlo.Probability),
		"<0.1%":                estimate(0.0001, 0.0001, montecarlo.Probability),
		"1,484 ± 2.3":          estimate(1484, 2.28, montecarlo.Days),
		"1,485":                estimate(1484.6, 0.02, montecarlo.Days),
		"£6.10m to £6.97m":     between(6_100_005, 6_965_515, montecarlo.Pounds),
		"-£0.18m to £6.17m":    between(-180_000, 6_170_000, montecarlo.Pounds),
		"-£180k to £617k":      between(-180_000, 617_000, montecarlo.Pounds),
		"£999 to £99,999":      between(999, 99_999, montecarlo.Pounds),
		"1.67 to 2.36":         between(1.67, 2.36, montecarlo.Ratio),
		"7.8%":                 rate(0.0783),
		"-100%":                rate(-1),
	} {
		require.Equal(t, want, got.Text)
	}
	require.False(t, large(99_999.4))
	require.True(t, large(-99_999.6))
	at := func(u montecarlo.Unit, values ...*float64) montecarlo.Ranked {
		r := montecarlo.Ranked{Key: montecarlo.Key{Unit: u}}
		for i, v := range values {
			r.Quantiles = append(r.Quantiles, montecarlo.RankedQuantile{P: float64(i), Value: v})
		}
		return r
	}
	require.Equal(t, "-35.1 / 21.5%", ranked(at(montecarlo.Rate, new(-0.351), new(0.215)), 0, 1).Text)
	require.Equal(t, "-100 / -100%", ranked(at(montecarlo.Rate, new(-1.0), new(-1.0)), 0, 1).Text)
	require.Equal(t, "2.44 / none", ranked(at(montecarlo.Ratio, new(2.44), nil), 0, 1).Text)
	require.Equal(t, "no capital needed", ranked(at(montecarlo.Rate, nil, nil), 0, 1).Text)
	require.Equal(t, "2.44", ranked(at(montecarlo.Ratio, nil, new(2.44)), 1).Text)
	require.Equal(t, "-", ranked(at(montecarlo.Rate, nil), 0, 1).Text)
}

// Every row is one figure, a party that is called like a formula is none, and the
// rows of cash of a year or day, with their signs, make up the change of cash and
// the sums.
func TestInvestFigures(t *testing.T) {
	v := template(t, "facility.interest=4%", "delivery.scale=1.4")
	v.Programme.Facility.Investors[0].Name = "=HYPERLINK(1)"
	c := investIn(t, v)
	tables, err := Invest(c, false)
	require.NoError(t, err)
	rows := sheets(t, tables)
	require.Equal(t, strings.Split("programme,case,section,period,line,of,statistic,value,unit,replications,seed,price_base", ","), rows[0])
	seen, flows, sums, change, lines := map[string]int{}, map[string]float64{}, map[string]float64{}, map[string]float64{}, map[string]float64{}
	for _, row := range rows[1:] {
		section, period, line, value := row[2], row[3], row[4], 0.0
		require.NotEqual(t, "=HYPERLINK(1)", row[5])
		if row[7] != "" {
			value, err = strconv.ParseFloat(row[7], 64)
			require.NoError(t, err)
		}
		seen[section+": "+line]++
		kind, by, _ := strings.Cut(section, " by ")
		switch {
		case kind == "cash":
			flows[by+period] += value
			lines[by+": "+line] += value
		case kind == "sum":
			sums[by+period] += value
		case line == "cash at the start":
			change[by+period] -= value
		case line == "cash at the end":
			change[by+period] += value
		}
	}
	require.Greater(t, len(change), 30)
	for when, amount := range change {
		require.InDelta(t, amount, flows[when], 0.001, when)
		if strings.HasPrefix(when, "year") {
			require.InDelta(t, sums[when], flows[when], 0.001, when)
		}
	}
	require.Positive(t, lines["year: receipts"])
	require.Negative(t, lines["year: interest"])
	require.Negative(t, lines["year: paid back"])
	require.Negative(t, lines["year: cost: mobilisation"])
	require.InDelta(t, lines["year: receipts"], lines["day: receipts"], 0.001)
	for name, least := range map[string]int{
		"figure: " + montecarlo.CapitalRequirement: 20, "figure: " + montecarlo.InternalRate: 3, "figure: " + montecarlo.MissesHurdle: 3,
		"figure by day: " + montecarlo.Position: 50, "balance by day: cash at the end": 20,
	} {
		require.GreaterOrEqual(t, seen[name], least, name)
	}
	require.Zero(t, seen["figure: "+montecarlo.Avoided])
}

// The order of repayment follows the terms.
func TestRepaymentInWords(t *testing.T) {
	p := template(t, "facility.reserve=1000", "facility.interest=4%").Programme
	f := p.Facility
	f.Investors = []model.Investor{{Name: "A", Rank: 2}, {Name: "B", Provider: true}, {Name: "C", Rank: 2}}
	f.PreferredReturn, f.ShortfallLast = 0.05, false
	require.Contains(t, repayment(f), "less a reserve of £1,000")
	require.Contains(t, repayment(f), "first to whoever met a shortfall (B), before the investors, and then to the investors in order of rank (B, then A with C)")
	require.Contains(t, repayment(f), "the preferred return, 5% a year for the whole facility")
	require.Contains(t, repayment(f), "Interest of 4% a year")
	f.ShortfallLast = true
	require.Contains(t, repayment(f), "first to the investors in order of rank")
	require.Contains(t, repayment(f), "after the investors to whoever met a shortfall (B)")
	require.Contains(t, repayment(nil), "in proportion to what they are owed")
	low, high := &scenario.Version{Programme: p, Case: "low"}, &scenario.Version{Programme: p, Case: "high"}
	require.Len(t, repaymentNotes(low, high), 1)
	high.Programme = &model.Programme{}
	notes := repaymentNotes(low, high)
	require.Len(t, notes, 2)
	require.Contains(t, notes[1], "Order of repayment (high): ")
}

// A return that costs were solved for is no finding, and only a note says so.
func TestSolvedFor(t *testing.T) {
	solved := func(measure string) *model.SolvedFor {
		return &model.SolvedFor{Measure: measure, Result: "8%", Case: "middling"}
	}
	p := &model.Programme{Register: []model.Input{
		{Path: "delivery.per start", Status: model.Assumed, SolvedFor: solved("internal rate of return")},
		{Path: "contract cap", SolvedFor: solved("outcome payments")},
	}}
	v := &scenario.Version{Programme: p, Case: "low"}
	want := "In the middling case the internal rate of return is an input, not a result: the assumed delivery costs (delivery.per start) were solved for 8% in the central projection"
	require.Equal(t, []string{want + "."}, solvedNotes(v, v))
	p.Register = append(p.Register, model.Input{Path: "delivery.scale", By: "edit"}, model.Input{Path: "delivery.uplift", By: "low"})
	require.Equal(t, []string{want + "; here they have been changed by an edit."}, solvedNotes(v))
	p.Register[0].SolvedFor.Case = ""
	require.True(t, strings.HasPrefix(solvedNotes(v)[0], "The internal rate of return is an input, not a result: "))
	p.Register = p.Register[1:]
	require.Empty(t, solvedNotes(v))
}

// What a run says of capital is in invest, and nowhere twice.
func TestRunLeavesCapitalToInvest(t *testing.T) {
	c := investIn(t, funded(t)[1])
	text := strings.Join(strings.Fields(printed(t, Run(c.Results[0])...)), " ")
	for _, not := range []string{montecarlo.CapitalRequirement, montecarlo.Drawn, montecarlo.FacilityShort, "money multiple"} {
		require.NotContains(t, text, words.Capital(not))
	}
	require.Contains(t, text, "edgeofcare invest")
}

// A fund is asked for all that it pays, in the year of each day of payment.
func TestDrawdowns(t *testing.T) {
	c := investIn(t, funded(t)[1])
	tables := drawdowns(c.Results[0])
	require.Len(t, tables, 1)
	require.Contains(t, tables[0].Title, "Life Chances Fund")
	last := tables[0].Rows[len(tables[0].Rows)-1].Cells
	total, _ := c.Results[0].Totals.Of(montecarlo.Payments, "Life Chances Fund")
	for i, want := range map[int]float64{1: total.Central, 3: total.Central, 4: total.Mean} {
		require.InDelta(t, want, *last[i].Value, 1e-6)
	}
	paid, _ := yearly(c.Results[0], montecarlo.Payments, "Life Chances Fund")
	soFar := 0.0
	for i, row := range tables[0].Rows[:len(tables[0].Rows)-1] {
		require.Equal(t, c.Results[0].Years[i].String(), row.Cells[0].Text)
		require.Equal(t, words.Pounds(paid.Central[i]), row.Cells[3].Text)
		soFar += *row.Cells[1].Value
		require.InDelta(t, soFar, *row.Cells[2].Value, 1e-6)
	}
}

func TestAffordable(t *testing.T) {
	v := template(t)
	p := v.Programme
	require.NotEmpty(t, p.Affordability)
	limit := p.Affordability[0]
	c := investIn(t, v)
	table, ok := affordable(c.Results[0])
	require.True(t, ok)
	cells := table.Rows[0].Cells
	require.Equal(t, []string{limit.Commissioner, limit.Year.String(), stated(limit.Amount)}, shownIn(table.Rows[0])[:3])
	require.InDelta(t, *cells[2].Value, *cells[3].Value+*cells[4].Value, 1e-6)
	chance, found := c.Results[0].Probabilities.Of(montecarlo.AboveAffordable, limit.String())
	require.True(t, found)
	require.Equal(t, chance.Probability, *cells[7].Value)
	require.NotContains(t, printed(t, probabilities(c.Results[0])), montecarlo.AboveAffordable)
	// The mean and the range are written as in the other tables of the page.
	series, _ := yearly(c.Results[0], montecarlo.Payments, limit.Commissioner)
	i := slices.Index(c.Results[0].Years, limit.Year)
	require.Equal(t, meanAndRange(series.By[i])[1].Text, words.Pounds(series.By[i].Quantiles[0].Value))
	require.True(t, strings.HasPrefix(cells[5].Text, meanAndRange(series.By[i])[0].Text))
	p.Affordability = nil
	_, ok = affordable(c.Results[0])
	require.False(t, ok)
}

// Every amount that a programme states for delivery and capital can be read in
// words.
func TestTermsInWords(t *testing.T) {
	v := template(t, "capacity={starts per quarter: 7, lapse after: 26 weeks}", "delivery.uplift=3%", "delivery.disallowed=2%",
		"facility.interest=4.25%", "facility.reserve=1234.5", "facility.draws until=2029-03-31", "facility.recycling=no")
	p := v.Programme
	text := strings.Join(strings.Fields(printed(t, Programme(v)...)), " ")
	for _, want := range []string{
		"at most 7 children can start in a quarter; the others wait for up to 26 weeks", "3% each 1 April", "less 2% that is never received",
		"4.25% a year", "£1,234.50", "until 31 March 2029", "every cost is drawn", "with rank 2", "finds the money for a shortfall",
		fmt.Sprintf("over the last %d months before the start", p.Delivery.MobilisationMonths), "pays up to",
	} {
		require.Contains(t, text, want)
	}
	p.Delivery, p.Facility = nil, nil
	require.NotContains(t, printed(t, Programme(v)...), "Committed in all")
}

// Offers with delivery terms are compared by capital too; one without leaves it
// out for all.
func TestBidsByCapital(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	offer := func(name string, edits ...scenario.Edit) Offer {
		v, err := d.Version("medium", edits...)
		require.NoError(t, err)
		return Offer{Name: name, Cases: []string{"medium"}, Results: investIn(t, v).Results}
	}
	dearer, err := scenario.ParseEdit("delivery.scale=1.25")
	require.NoError(t, err)
	tables, err := Bids([]Offer{offer("a"), offer("b", dearer)})
	require.NoError(t, err)
	require.Len(t, tables, 2)
	text := printed(t, tables...)
	require.Contains(t, text, "DELIVERY AND CAPITAL, ON ASSUMED DELIVERY COSTS")
	require.Equal(t, "delivery.scale", tables[1].Rows[0].Cells[0].Text)
	require.Len(t, tables[1].Rows, 1)

	without := offer("c")
	without.programme().Delivery, without.programme().Facility = nil, nil
	tables, err = Bids([]Offer{offer("a"), without})
	require.NoError(t, err)
	require.NotContains(t, printed(t, tables...), "DELIVERY AND CAPITAL")
}
