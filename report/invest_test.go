package report

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// funded are programmes whose capital differs in everything that a table shows:
// DN2's cases, and the template with interest, two ranks and a shortfall.
func funded(t *testing.T) (cases []*model.Programme) {
	t.Helper()
	dn2, err := scenario.Open("dn2")
	require.NoError(t, err)
	for _, name := range []string{"low", "medium", "high"} {
		p, err := dn2.Programme(name)
		require.NoError(t, err)
		cases = append(cases, p)
	}
	return cases
}

func template(t *testing.T, edits ...string) *model.Programme {
	t.Helper()
	d, err := scenario.Read("template", bytes.NewReader(scenario.Template()))
	require.NoError(t, err)
	var parsed []scenario.Edit
	for _, text := range edits {
		e, err := scenario.ParseEdit(text)
		require.NoError(t, err)
		parsed = append(parsed, e)
	}
	p, err := d.Programme("", parsed...)
	require.NoError(t, err)
	p.Case = "as it is"
	return p
}

func investIn(t *testing.T, cases ...*model.Programme) *montecarlo.Comparison {
	t.Helper()
	c, err := montecarlo.Compare(context.Background(), cases, "", montecarlo.Options{Seed: 1, Replications: 60, Quantiles: InvestQuantiles()})
	require.NoError(t, err)
	return c
}

// printed is a table as its reader sees it.
func printed(t *testing.T, tables ...Table) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, Write(&b, Terminal, tables...))
	require.False(t, regexp.MustCompile(`NaN|[+-]?\bInf\b`).MatchString(b.String()), b.String())
	return b.String()
}

// cellsOf is the row with a label, of which there must be one.
func cellsOf(t *testing.T, table Table, label string) []string {
	t.Helper()
	var found [][]string
	for _, row := range table.Rows {
		if row[0] == label && len(row) > 1 {
			found = append(found, row)
		}
	}
	require.Len(t, found, 1, label)
	return found[0][1:]
}

func TestInvest(t *testing.T) {
	cases := funded(t)
	c := investIn(t, cases...)
	tables, err := Invest(c, cases)
	require.NoError(t, err)
	require.Len(t, tables, 3)
	text := printed(t, tables...)
	for line := range strings.Lines(text) {
		require.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), 110, line)
	}
	first := tables[0]
	require.Equal(t, []string{"", "low", "medium", "high"}, first.Columns)
	for label, name := range map[string]string{
		"Receipts, central":                      montecarlo.Receipts,
		"Capital requirement, central":           montecarlo.CapitalRequirement,
		"Facility that would be enough, central": montecarlo.FacilityNeeded,
	} {
		for i, cell := range cellsOf(t, first, label) {
			total, ok := c.Results[i].Total(name, "")
			require.True(t, ok)
			require.Equal(t, Thousands(total.Central), cell, label)
		}
	}
	for i, r := range c.Results {
		cells, party := tables[1].Rows[i], cases[0].Facility.Investors[0].Name
		require.Equal(t, c.Cases[i], cells[1])
		paid, _ := r.Total(montecarlo.PaidIn, party)
		require.Equal(t, Thousands(paid.Mean), cells[2])
		rate, _ := r.Rank(montecarlo.InternalRate, party)
		require.Equal(t, rankedAt(rate, 0.05, 0.50, 0.95), cells[5])
		misses, _ := r.Probability(montecarlo.MissesHurdle, party)
		require.Equal(t, Percent(misses.Probability), cells[7])
	}
	require.Len(t, tables[1].Rows, 6)
	for i, cell := range cellsOf(t, first, "Probability that the facility is not enough") {
		p, ok := c.Results[i].Probability(montecarlo.FacilityShort, "")
		require.True(t, ok)
		require.True(t, strings.HasPrefix(cell, Percent(p.Probability)), cell)
	}
	for i, cell := range cellsOf(t, first, "  mean of the worst 5% (expected shortfall)") {
		total, _ := c.Results[i].Total(montecarlo.CapitalRequirement, "")
		require.True(t, strings.HasPrefix(cell, Thousands(total.Quantiles[5].Beyond)), cell)
	}
	for _, want := range []string{
		"IRR a year, P5 / P50 / P95", "edgeofcare show lists each", "Costs fall on month ends", "is an input, not a result", "Order of repayment: from", "60 replications of each case, seed 1", "hurdle, 8% a year",
		"knows no facility", "with whoever met a shortfall", "are real", "45 days after the quarter", "Caution:", "delivers the service",
	} {
		require.True(t, strings.Contains(strings.Join(strings.Fields(text), " "), want), want)
	}
	require.Equal(t, 1, strings.Count(first.Title, "Assumed delivery costs"))
}

// The words on which everything else hangs follow the register alone.
func TestWhereDeliveryCostsComeFrom(t *testing.T) {
	with := func(all ...model.Status) *model.Programme {
		p := &model.Programme{Name: "x", Register: []model.Input{{Path: "contract cap", Status: model.Assumed}}}
		for _, s := range all {
			p.Register = append(p.Register, model.Input{Path: "delivery.per start", Status: s})
		}
		return p
	}
	require.Equal(t, "assumed delivery costs", costsFrom(with(model.Published, model.Assumed)))
	require.Equal(t, "assumed delivery costs", costsFrom(with(model.Published), with(model.Assumed)))
	require.Equal(t, "published delivery costs", costsFrom(with(model.Published, model.Derived)))
	for _, unknown := range []*model.Programme{with(), with(model.Unstated, model.Published)} {
		require.Contains(t, costsFrom(unknown), "nobody says")
	}
	require.Contains(t, assumedNote(with(model.Assumed, model.Published)), "1 of the 2 inputs")
	require.NotContains(t, assumedNote(with(model.Published)), "Assumed")
}

// inPounds reads a cell of a cash flow back.
func inPounds(t *testing.T, cell string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(strings.ReplaceAll(cell, ",", ""), 64)
	require.NoError(t, err)
	return v
}

// In every year and in total: opening cash and what comes in, less what goes
// out, is closing cash; the lines of cost make up the cost; the totals are the
// result's. Cells are rounded, so each may be off by half a pound.
func TestCashReconciles(t *testing.T) {
	cases := append(funded(t), template(t, "facility.interest=4%", "delivery.scale=1.4"))
	for _, p := range cases {
		c := investIn(t, p)
		tables, err := Invest(c, []*model.Programme{p})
		require.NoError(t, err)
		require.Len(t, tables, 3, "one case shows its cash line by line")
		table := tables[2]
		part, sums := "", map[string][]float64{"": nil, "IN": nil, "OUT": nil, "lines": nil}
		for key := range sums {
			sums[key] = make([]float64, len(table.Columns)-1)
		}
		var closing []float64
		for _, row := range table.Rows {
			if len(row) == 1 {
				part = row[0]
				continue
			}
			line := part == "OUT" && row[0] != "Cost of delivery" && !strings.HasPrefix(row[0], "Paid back") && row[0] != "Interest"
			for i, cell := range row[1:] {
				switch v := inPounds(t, cell); {
				case row[0] == "Cash at the end":
					closing = append(closing, v)
				case line:
					sums["lines"][i] += v
				case part != "BESIDE":
					sums[part][i] += v
				}
			}
		}
		for i := range closing {
			require.InDelta(t, closing[i], sums[""][i]+sums["IN"][i]-sums["OUT"][i], 5, "%s %s", p.Case, table.Columns[i+1])
		}
		for i, cell := range cellsOf(t, table, "Cost of delivery") {
			require.InDelta(t, inPounds(t, cell), sums["lines"][i], 5)
		}
		for label, name := range map[string]string{"Cost of delivery": montecarlo.DeliveryCost, "Receipts": montecarlo.Receipts} {
			total, _ := c.Results[0].Total(name, "")
			cells := cellsOf(t, table, label)
			require.InDelta(t, total.Central, inPounds(t, cells[len(cells)-1]), 1)
		}
	}
}

// Several cases side by side have the cash of each in short, and all of it
// reconciles with what each is on its own.
func TestCashInShort(t *testing.T) {
	cases := funded(t)
	c := investIn(t, cases...)
	tables, err := Invest(c, cases)
	require.NoError(t, err)
	row := map[string][][]string{}
	for _, cells := range tables[2].Rows {
		row[cells[0]] = append(row[cells[0]], cells[1:])
	}
	for i, r := range c.Results {
		whole := CashFlow(r, cases[i])[0]
		for _, label := range []string{"Receipts", "Cost of delivery", "Cash at the end"} {
			require.Equal(t, cellsOf(t, whole, label), row[label][i])
		}
	}
}

// A result that went through JSON has the same table, without the cash that
// only a run knows.
func TestInvestOfAResultReadBack(t *testing.T) {
	cases := funded(t)[1:2]
	c := investIn(t, cases...)
	text, err := json.Marshal(c)
	require.NoError(t, err)
	var back montecarlo.Comparison
	require.NoError(t, json.Unmarshal(text, &back))
	want, err := Invest(c, cases)
	require.NoError(t, err)
	got, err := Invest(&back, cases)
	require.NoError(t, err)
	require.Equal(t, want[:2], got)
}

func TestInvestNeedsDelivery(t *testing.T) {
	d, err := scenario.Open("norfolk")
	require.NoError(t, err)
	p, err := d.Programme("")
	require.NoError(t, err)
	_, err = Invest(investIn(t, p), []*model.Programme{p})
	require.ErrorIs(t, err, finance.ErrNoDelivery)
	_, err = Invest(investIn(t, p), nil)
	require.ErrorContains(t, err, "1 results of 0 programmes")
}

// Nothing to pay for needs no capital, and an investor without a limit is always
// enough: both are said in words.
func TestInvestAtTheEnds(t *testing.T) {
	free := template(t, "delivery.scale=0")
	free.Facility = nil
	tables, err := Invest(investIn(t, free), []*model.Programme{free})
	require.NoError(t, err)
	require.Equal(t, []string{"no limit"}, cellsOf(t, tables[0], "Committed"))
	require.Equal(t, []string{"no capital needed"}, cellsOf(t, tables[0], "Reached on, central"))
	require.Equal(t, []string{"no capital needed"}, cellsOf(t, tables[0], "Paid back for good, central"))
	text := printed(t, tables...)
	require.Contains(t, text, "no capital needed")
	require.NotContains(t, strings.ReplaceAll(text, "the hurdle", ""), "less than the hurdle")
}

func TestEstimatesInWords(t *testing.T) {
	for want, got := range map[string]string{
		"£883k ± £1.1k":  within(882_674, 1_124, montecarlo.Pounds),
		"£1,169k ± £12k": within(1_168_718, 12_400, montecarlo.Pounds),
		"£19,364 ± £325": within(19_364, 325, montecarlo.Pounds),
		"£885k":          within(884_831, 0, montecarlo.Pounds),
		"£884k":          within(884_431, 12, montecarlo.Pounds),
		"46.8% ± 1.1%":   within(0.468, 0.0111, montecarlo.Probability),
		"100%":           within(1, 0, montecarlo.Probability),
		"<0.1%":          within(0.0001, 0.0001, montecarlo.Probability),
		"1,484 ± 2.3":    within(1484, 2.28, montecarlo.Days),
		"-£100k":         Thousands(-99_999.6),
		"£99,999":        Thousands(99_999.4),
	} {
		require.Equal(t, want, got)
	}
	at := func(u montecarlo.Unit, values ...*float64) montecarlo.Ranked {
		r := montecarlo.Ranked{Measure: montecarlo.Measure{Unit: u}}
		for i, v := range values {
			r.Quantiles = append(r.Quantiles, montecarlo.RankedQuantile{P: float64(i), Value: v})
		}
		return r
	}
	require.Equal(t, "-35.1 / 21.5%", rankedAt(at(montecarlo.Rate, new(-0.351), new(0.215)), 0, 1))
	require.Equal(t, "-100 / -100%", rankedAt(at(montecarlo.Rate, new(-1.0), new(-1.0)), 0, 1))
	require.Equal(t, "2.44 / none", rankedAt(at(montecarlo.Ratio, new(2.44), nil), 0, 1))
	require.Equal(t, "no capital needed", rankedAt(at(montecarlo.Rate, nil, nil), 0, 1))
	require.Equal(t, "2.44", rankedAt(at(montecarlo.Ratio, nil, new(2.44)), 1))
	require.Equal(t, "-", rankedAt(at(montecarlo.Rate, nil), 0, 1))
}

// Every row is one figure, a party that is called like a formula is none, and the
// rows of cash of a year or day, with their signs, make up the change of cash and
// the sums.
func TestInvestFigures(t *testing.T) {
	p := template(t, "facility.interest=4%", "delivery.scale=1.4")
	p.Facility.Investors[0].Name = "=HYPERLINK(1)"
	c := investIn(t, p)
	var b bytes.Buffer
	require.NoError(t, InvestFigures(&b, c, []*model.Programme{p}))
	rows, err := csv.NewReader(&b).ReadAll()
	require.NoError(t, err)
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
	p := template(t, "facility.reserve=1000", "facility.interest=4%")
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
	same := []*model.Programme{p, p}
	require.Len(t, repaymentNotes([]string{"low", "high"}, same), 1)
	notes := repaymentNotes([]string{"low", "high"}, []*model.Programme{p, {}})
	require.Len(t, notes, 2)
	require.Contains(t, notes[1], "Order of repayment (high): ")
}

// A return that costs were solved for is an input, and the register says so as
// data.
func TestSolvedFor(t *testing.T) {
	p := &model.Programme{Case: "low", Register: []model.Input{
		{Path: "delivery.per start", Status: model.Assumed, Note: "invented", SolvedFor: &model.SolvedFor{Case: "middling", Measure: "internal rate of return", Result: "8%"}},
		{Path: "delivery.wind-up", Note: "solved for: a return of 9% in the central projection of the low case"}, // a note is for people
		{Path: "contract cap", SolvedFor: &model.SolvedFor{Measure: "payments", Result: "£1"}},
	}}
	notes := solvedNotes(p, p)
	require.Len(t, notes, 1)
	require.Equal(t, "In the middling case the internal rate of return is an input, not a result: the assumed delivery costs (delivery.per start) were solved for 8% in the central projection.", notes[0])
	lines := Register(p)[0].Rows
	require.Contains(t, lines[0], "invented; solved for: internal rate of return 8% in the central projection of the middling case")
	p.Register = append(p.Register, model.Input{Path: "delivery.scale", By: "edit"}, model.Input{Path: "delivery.uplift", By: "low"})
	require.Contains(t, solvedNotes(p)[0], "in the central projection; here they have been changed by an edit.")
	p.Register[0].SolvedFor.Case = ""
	require.Contains(t, solvedNotes(p)[0], "The internal rate of return is an input, not a result: the assumed delivery costs (delivery.per start) were solved for 8% in the central projection; ")
	p.Register = p.Register[1:]
	require.Empty(t, solvedNotes(p))
}

// What is too wide is divided, and nothing is lost.
func TestFitted(t *testing.T) {
	wide := strings.Repeat("9", 40)
	table := Table{Title: "Title", Columns: []string{"", "a\nb", "c", "d"}, Rows: [][]string{{"PART"}, {"label", wide, wide, wide}}, Notes: []string{"A note."}}
	tables := table.fitted()
	require.Len(t, tables, 2)
	require.Equal(t, []string{"", "a\nb", "c"}, tables[0].Columns)
	require.Equal(t, [][]string{{"PART"}, {"label", wide}}, tables[1].Rows)
	text := printed(t, tables...)
	require.Equal(t, 1, strings.Count(text, "Title"))
	require.Equal(t, 1, strings.Count(text, "A note."))
	for line := range strings.Lines(text) {
		require.LessOrEqual(t, len(line), 111)
	}
}

// What a run says of capital is in invest, and nowhere twice.
func TestRunLeavesCapitalToInvest(t *testing.T) {
	p := funded(t)[1]
	c := investIn(t, p)
	text := strings.Join(strings.Fields(printed(t, Run(c.Results[0], p)...)), " ")
	for _, not := range []string{capital(montecarlo.CapitalRequirement), capital(montecarlo.Drawn), capital(montecarlo.FacilityShort), "Money multiple"} {
		require.False(t, strings.Contains(text, not), not)
	}
	require.True(t, strings.Contains(text, "edgeofcare invest"))
}

// A fund is asked for all that it pays, in the year of each day of payment.
func TestDrawdowns(t *testing.T) {
	p := funded(t)[1]
	c := investIn(t, p)
	tables := Drawdowns(c.Results[0], p)
	require.Len(t, tables, 1)
	require.Contains(t, tables[0].Title, "Life Chances Fund")
	last := tables[0].Rows[len(tables[0].Rows)-1]
	total, _ := c.Results[0].Total(montecarlo.Payments, "Life Chances Fund")
	require.Equal(t, []string{Money(total.Central), Money(total.Central), Money(total.Mean)}, []string{last[1], last[3], last[4]})
	paid, _ := yearly(c.Results[0], montecarlo.Payments, "Life Chances Fund")
	for i, row := range tables[0].Rows[:len(tables[0].Rows)-1] {
		require.Equal(t, paid.Periods[i], row[0])
		require.Equal(t, Money(paid.Central[i]), row[3])
	}
}

func TestAffordable(t *testing.T) {
	p := template(t)
	require.NotEmpty(t, p.Affordability)
	limit := p.Affordability[0]
	c := investIn(t, p)
	table, ok := Affordable(c.Results[0], p)
	require.True(t, ok)
	require.Equal(t, []string{limit.Commissioner, limit.Year.String(), Money(limit.Amount.InexactFloat64())}, table.Rows[0][:3])
	chance, found := c.Results[0].Probability(montecarlo.AboveAffordable, limit.String())
	require.True(t, found)
	require.True(t, strings.HasPrefix(table.Rows[0][7], Percent(chance.Probability)))
	require.NotContains(t, printed(t, probabilities(c.Results[0])), montecarlo.AboveAffordable)
	p.Affordability = nil
	_, ok = Affordable(c.Results[0], p)
	require.False(t, ok)
}

// Every amount that a programme states for delivery and capital can be read in
// words.
func TestTermsInWords(t *testing.T) {
	p := template(t, "capacity={starts per quarter: 7, lapse after: 26 weeks}", "delivery.uplift=3%", "delivery.disallowed=2%",
		"facility.interest=4.25%", "facility.reserve=1234.5", "facility.draws until=2029-03-31", "facility.recycling=no")
	text := strings.Join(strings.Fields(printed(t, Programme(p)...)), " ")
	for _, want := range []string{
		"at most 7 children start in a quarter; others wait up to 26 weeks", "3% each 1 April", "less 2% that is never received",
		"4.25% a year", "£1,234.50", "until 31 March 2029", "every cost is drawn", "with rank 2", "finds the money for a shortfall",
		fmt.Sprintf("over the last %d months before the start", p.Delivery.MobilisationMonths), "pays up to",
	} {
		require.Contains(t, text, want)
	}
	p.Delivery, p.Facility = nil, nil
	require.NotContains(t, printed(t, Programme(p)...), "Committed in all")
}

// Offers with delivery terms are compared by capital too; one without leaves it
// out for all.
func TestBidsByCapital(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	offer := func(name string, edits ...scenario.Edit) Offer {
		p, err := d.Programme("medium", edits...)
		require.NoError(t, err)
		p.Case = "medium"
		return Offer{Name: name, Programme: p, Cases: investIn(t, p)}
	}
	dearer, err := scenario.ParseEdit("delivery.scale=1.25")
	require.NoError(t, err)
	tables, err := Bids([]Offer{offer("a"), offer("b", dearer)})
	require.NoError(t, err)
	require.Len(t, tables, 2)
	text := printed(t, tables...)
	require.Contains(t, text, "DELIVERY AND CAPITAL, ON ASSUMED DELIVERY COSTS")
	require.Equal(t, "delivery.scale", tables[1].Rows[0][0])
	require.Len(t, tables[1].Rows, 1)

	without := offer("c")
	without.Programme.Delivery, without.Programme.Facility = nil, nil
	tables, err = Bids([]Offer{offer("a"), without})
	require.NoError(t, err)
	require.NotContains(t, printed(t, tables...), "DELIVERY AND CAPITAL")
}
