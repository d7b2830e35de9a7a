package report

import (
	"bytes"
	"context"
	"encoding/json"
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
	c, err := montecarlo.Compare(context.Background(), cases, "", montecarlo.Options{Seed: 1, Replications: 60, FixedRates: true, Quantiles: []float64{0.01, 0.05, 0.10, 0.50, 0.90, 0.95, 0.99}})
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
		require.Equal(t, ranked(rate, 0.05, 0.50, 0.95).Text, cells[6].Text)
		misses, _ := r.Probabilities.Of(montecarlo.MissesHurdle, party)
		require.Equal(t, words.Chance(misses.Probability, 60, misses.Certain), cells[8].Text)
	}
	require.Len(t, tables[1].Rows, 12)
	for i, cell := range cellsOf(t, first, "Probability that the facility is not enough, at these rates", 0) {
		p, ok := c.Results[i].Probabilities.Of(montecarlo.FacilityShort)
		require.True(t, ok)
		require.Equal(t, p.Probability, *cell.Value)
		require.Equal(t, p.StdErr, cell.StdErr)
	}
	for i, cell := range cellsOf(t, first, "mean of the worst 5% (expected shortfall)", 0) {
		total, _ := c.Results[i].Totals.Of(montecarlo.CapitalRequirement)
		require.Equal(t, total.Quantiles[5].Beyond, *cell.Value)
	}
	for _, want := range []string{
		"IRR a year (real), central", "P5 / P50 / P95", "edgeofcare show lists each", "Costs fall on month ends", "Order of repayment: from", "60 replications of each case at these rates, seed 1", "hurdle, 8% a",
		"takes no account of the facility", "with whoever met a shortfall", "are real", "45 days after the quarter", "Caution:", "delivers the service", "Probability of a loss",
	} {
		require.True(t, strings.Contains(strings.Join(strings.Fields(text), " "), want), want)
	}
	require.Equal(t, 1, strings.Count(strings.Join(first.About, " "), "Assumed delivery costs"))
}

// Polaris delivers the service, so the shortfall is its own to find: with it, it
// pays in its draws and the shortfall, and receives what is repaid of either.
func TestInvestOfAProviderWithTheShortfall(t *testing.T) {
	c := investIn(t, funded(t)...)
	tables, err := Invest(c, false)
	require.NoError(t, err)
	require.Equal(t, "Each investor on its own", tables[1].Title)
	mean := func(r *montecarlo.Result, measure, of string) float64 {
		total, ok := r.Totals.Of(measure, of)
		require.True(t, ok)
		return total.Mean
	}
	other := "Nottingham & Nottinghamshire Futures"
	for i, name := range []string{"low", "medium", "high"} {
		r := c.Results[i]
		cells := tables[1].Rows[9+i].Cells[1:]
		require.Equal(t, name, tables[1].Rows[9+i].Cells[0].Text)
		short := mean(r, montecarlo.Shortfall, "")
		require.Positive(t, short)
		require.InDelta(t, mean(r, montecarlo.PaidIn, "Polaris")+short, *cells[0].Value, 0.01)
		require.InDelta(t, mean(r, montecarlo.Received, finance.Consortium)-mean(r, montecarlo.Received, other), *cells[1].Value, 0.01)
	}
	require.Equal(t, "Polaris, whole position (investor and finds the shortfall)", tables[1].Rows[8].Cells[0].Text)
	require.NotContains(t, printed(t, tables[1]), other+", whole position")
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
					Distribution: montecarlo.Distribution{Mean: v, StdErr: new(815.0)},
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
	require.Len(t, got, 5)
	require.Equal(t, want, got)
}

func TestInvestNeedsDelivery(t *testing.T) {
	_, err := Invest(investIn(t, versionsOf(t, "suffolk", "")...), false)
	require.ErrorIs(t, err, finance.ErrNoDelivery)
	require.ErrorContains(t, err, "the base case of suffolk: ")
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

// Every row is one figure, a party that is called like a formula is none, and the
// rows of cash of a year or day, with their signs, make up the change of cash and
// the sums.
func TestInvestFigures(t *testing.T) {
	v := template(t, "facility.interest=4% real", "delivery.scale=1.4")
	v.Programme.Facility.Investors[0].Name = "=HYPERLINK(1)"
	c := investIn(t, v)
	tables, err := Invest(c, false)
	require.NoError(t, err)
	rows := sheets(t, tables)
	require.Equal(t, strings.Split("programme,case,section,period,level,line,of,statistic,value,unit,replications,seed,price_base", ","), rows[0])
	seen, revalued := map[string]int{}, map[string]float64{}
	flows, sums, change, lines := map[string]float64{}, map[string]float64{}, map[string]float64{}, map[string]float64{}
	for _, row := range rows[1:] {
		section, period, line, value := row[2], row[3], row[5], 0.0
		require.NotEqual(t, "=HYPERLINK(1)", row[6])
		if row[8] != "" {
			value, err = strconv.ParseFloat(row[8], 64)
			require.NoError(t, err)
		}
		seen[section+": "+line]++
		kind, by, _ := strings.Cut(section, " by ")
		switch {
		case kind == "cash":
			flows[by+period] += value
			lines[by+": "+line] += value
			if line == cashRevalued {
				revalued[by+period] += value
			}
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
			require.InDelta(t, sums[when], flows[when]-revalued[when], 0.001, when)
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

// Offers with delivery terms are compared by capital too; one without leaves it
// out for all.
// requireTidyBids holds the rows of a spreadsheet against the page: each figure of each
// offer once, with the run that it is from.
func requireTidyBids(t *testing.T, offers []Offer, tables []Table) {
	t.Helper()
	sheet := tables[2]
	require.True(t, sheet.Sheet)
	figures := 0
	for _, row := range tables[0].Rows {
		if row.Heading == "" {
			figures++
		}
	}
	require.Len(t, sheet.Rows, len(offers)*(figures+len(tables[1].Rows)))
	of := func(row Row) (heads []string) {
		for _, c := range row.Cells {
			heads = append(heads, c.Text)
		}
		return heads
	}
	first := of(sheet.Rows[0])
	paid, _ := offers[0].Results[0].Totals.Of(montecarlo.Payments)
	require.Equal(t, []string{"a", "dn2", "medium", "Affordability", "Outcome payments, mean"}, first[:5])
	require.InDelta(t, paid.Mean, *sheet.Rows[0].Cells[5].Value, 1e-6)
	require.Equal(t, []string{"GBP", "60", "1", "constant 2022/23 prices"}, first[9:])
	last := of(sheet.Rows[len(sheet.Rows)-1])
	require.Equal(t, []string{"b", "dn2", "medium", "What differs between the offers", "delivery.scale"}, last[:5])
	require.Equal(t, "1.25", last[8])
}

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
	offers := []Offer{offer("a"), offer("b", dearer)}
	tables, err := Bids(offers)
	require.NoError(t, err)
	require.Len(t, tables, 3)
	requireTidyBids(t, offers, tables)
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
