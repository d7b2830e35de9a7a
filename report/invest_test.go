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
	require.Len(t, tables, 2)
	text := printed(t, tables...)
	for line := range strings.Lines(text) {
		require.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), 120, line)
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
		"Internal rate of return (IRR)", "60 replications of each case, seed 1", "hurdle, 8% a year",
		"knows no facility", "with whoever met a shortfall", "are real", "30 days after the quarter", "Caution:", "Polaris, which delivers",
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
		require.Len(t, tables, 2, "one case shows its cash line by line")
		table := tables[1]
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
	for _, cells := range tables[1].Rows {
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
	require.Equal(t, want[:1], got)
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
		"£883k ± £1.1k":         within(882_674, 1_124, montecarlo.Pounds),
		"£1,169k ± £12k":        within(1_168_718, 12_400, montecarlo.Pounds),
		"£19,364 ± £325":        within(19_364, 325, montecarlo.Pounds),
		"£885k":                 within(884_831, 0, montecarlo.Pounds),
		"£884k":                 within(884_431, 12, montecarlo.Pounds),
		"46.8% ± 1.1%":          within(0.468, 0.0111, montecarlo.Probability),
		"100%":                  within(1, 0, montecarlo.Probability),
		"<0.1%":                 within(0.0001, 0.0001, montecarlo.Probability),
		"1,484 ± 2.3":           within(1484, 2.28, montecarlo.Days),
		"£968k (965 to 975)":    bounds(967_860, 964_780, 975_410, montecarlo.Pounds),
		"-£762k (-765 to -759)": bounds(-762_000, -765_000, -759_000, montecarlo.Pounds),
		"£4,800 (0 to 10,262)":  bounds(4_800, 0, 10_262, montecarlo.Pounds),
		"£885k (885 to 886)":    bounds(884_831, 884_831, 885_831, montecarlo.Pounds),
		"£451k":                 bounds(451_264, 451_264, 451_264, montecarlo.Pounds),
		"-£100k":                Thousands(-99_999.6),
		"£99,999":               Thousands(99_999.4),
	} {
		require.Equal(t, want, got)
	}
	at := func(v, low, high *float64, u montecarlo.Unit) montecarlo.Ranked {
		return montecarlo.Ranked{Measure: montecarlo.Measure{Unit: u}, Quantiles: []montecarlo.RankedQuantile{{P: 0.5, Value: v, Low: low, High: high}}}
	}
	require.Equal(t, "21.5% (21.3 to 21.7)", ranked(at(new(0.215), new(0.213), new(0.217), montecarlo.Rate), 0.5))
	require.Equal(t, "-100.0%", ranked(at(new(-1.0), new(-1.0), new(-1.0), montecarlo.Rate), 0.5))
	require.Equal(t, "2.44 (2.40 to no capital needed)", ranked(at(new(2.44), new(2.40), nil, montecarlo.Ratio), 0.5))
	require.Equal(t, "no capital needed", ranked(at(nil, nil, nil, montecarlo.Rate), 0.5))
	require.Equal(t, "-", ranked(at(nil, nil, nil, montecarlo.Rate), 0.95))
}

// Every row has every column, figures are figures, and a party that is called
// like a formula is not one.
func TestInvestFigures(t *testing.T) {
	p := funded(t)[1]
	p.Facility.Investors[0].Name = "=HYPERLINK(1)"
	c := investIn(t, p)
	var b bytes.Buffer
	require.NoError(t, InvestFigures(&b, c, []*model.Programme{p}))
	rows, err := csv.NewReader(&b).ReadAll()
	require.NoError(t, err)
	head := rows[0]
	seen := map[string]int{}
	for _, row := range rows[1:] {
		require.NotEqual(t, "=HYPERLINK(1)", row[3])
		seen[row[2]]++
		for i := 7; i < len(head)-3; i++ {
			if head[i] == "central_is_exact_mean" || row[i] == "" {
				continue
			}
			_, err := strconv.ParseFloat(row[i], 64)
			require.NoError(t, err, "%s %s", head[i], row[2])
		}
		if row[2] == montecarlo.CapitalRequirement {
			total, _ := c.Results[0].Total(montecarlo.CapitalRequirement, "")
			require.Equal(t, number(total.Quantiles[0].Low), row[13])
			require.Equal(t, "quantile_1_low", head[13])
		}
	}
	for name, least := range map[string]int{
		montecarlo.CapitalRequirement: 1, montecarlo.InternalRate: 3, montecarlo.MissesHurdle: 3, montecarlo.Position: 50, "cash by financial year": 20,
	} {
		require.GreaterOrEqual(t, seen[name], least, name)
	}
	require.Zero(t, seen[montecarlo.Avoided])
}

// What a run says of capital is in invest, and nowhere twice.
func TestRunLeavesCapitalToInvest(t *testing.T) {
	p := funded(t)[1]
	c := investIn(t, p)
	text := strings.Join(strings.Fields(printed(t, Run(c.Results[0], p)...)), " ")
	for _, not := range []string{capital(montecarlo.CapitalRequirement), capital(montecarlo.Drawn), capital(montecarlo.FacilityShort), "Money multiple"} {
		require.False(t, strings.Contains(text, not), not)
	}
	require.True(t, strings.Contains(text, "edgeofcare invest dn2"))
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
