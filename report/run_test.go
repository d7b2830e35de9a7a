package report

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

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
	for i, want := range map[int]float64{1: total.Central, 2: total.Central, 4: total.Mean} {
		require.InDelta(t, want, *last[i].Value, 1e-6)
	}
	claims, _ := yearly(c.Results[0], montecarlo.Payments, "Life Chances Fund")
	made, _ := c.Results[0].WhenPaid.Of(montecarlo.PaymentsMade, "Life Chances Fund")
	soFar := 0.0
	for i, row := range tables[0].Rows[:len(tables[0].Rows)-1] {
		require.Equal(t, c.Results[0].Years[i].String(), row.Cells[0].Text)
		require.Equal(t, words.Pounds(claims.Central[i]), row.Cells[1].Text)
		require.Equal(t, words.Pounds(made.By[i].Mean), row.Cells[4].Text)
		soFar += *row.Cells[2].Value
		require.InDelta(t, soFar, *row.Cells[3].Value, 1e-6)
	}
}

// Where claims are paid in the next financial year a table has what each council pays
// by year of payment, beside what is claimed for the year, and the budgets say where
// it is. By hand: 45 days after 31 March is 15 May.
func TestOwnPaymentsMade(t *testing.T) {
	v := versionsOf(t, "dn2", "base + {delivery.claims paid after=45 days}")[0]
	r := investIn(t, v).Results[0]
	table, ok := ownPaymentsMade(r)
	require.True(t, ok)
	for _, b := range r.Budgets {
		claimed, _ := r.Quarterly.Of(montecarlo.Payments, b.Commissioner)
		want := map[string]float64{}
		for q, quarter := range r.Quarters {
			year := quarter.FinancialYear()
			if quarter.Last().Month() == 3 {
				year++
			}
			want[year.String()] += claimed.Central[q]
			want["total"] += claimed.Central[q]
		}
		found := 0
		for _, row := range table.Rows {
			if row.Cells[0].Text == b.Commissioner {
				require.InDelta(t, want[row.Cells[1].Text], *row.Cells[3].Value, 0.001)
				found++
			}
		}
		require.Equal(t, len(r.Years)+1, found)
		require.Equal(t, b.Years[1].OwnPayments.InexactFloat64(), *cellsOf(t, table, b.Commissioner, 1)[1].Value)
	}
	budgets := budgets(r)
	require.Contains(t, budgets[len(budgets)-1].Notes[0], "the table of what councils pay themselves and in that of what Life Chances Fund will be asked for")

	v = versionsOf(t, "dn2", "base + {delivery.claims paid after=0 days}")[0]
	_, ok = ownPaymentsMade(investIn(t, v).Results[0])
	require.False(t, ok)
	require.Contains(t, budgetNotes(investIn(t, v).Results[0])[0], "are taken to be paid in it")
}

// In a spreadsheet what is paid by day of payment is a measure of its own, by payer and
// year, and payers make up the total of each year.
func TestPaymentsMadeInASpreadsheet(t *testing.T) {
	r := investIn(t, versionsOf(t, "dn2", "base")...).Results[0]
	rows := sheets(t, Run(r))
	sums, totals, years := map[string]float64{}, map[string]float64{}, 0
	at := func(row []string, name string) string { return row[slices.Index(rows[0], name)] }
	for _, row := range rows[1:] {
		if at(row, "measure") != montecarlo.PaymentsMade {
			continue
		}
		v, err := strconv.ParseFloat(at(row, "mean"), 64)
		require.NoError(t, err)
		switch at(row, "level") {
		case "payer by year":
			sums[at(row, "period")] += v
		case "total by year":
			totals[at(row, "period")] = v
			years++
		default:
			require.Fail(t, at(row, "level"))
		}
	}
	require.Equal(t, len(r.PaidYears), years)
	require.InDeltaMapValues(t, totals, sums, 0.001)
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
	c.Results[0].Version.Programme.Affordability = nil
	_, ok = affordable(c.Results[0])
	require.False(t, ok)
}

// A chance that each council has stands below a heading, and that of all together has
// a name of its own, as does one that is known by target alone.
func TestProbabilitiesAreGrouped(t *testing.T) {
	r := compareDN2(t, "base").Results[0]
	table := probabilities(r)
	text := strings.Join(labelsOf(table), "\n") + "\n"
	require.Contains(t, text, "Net saving above zero\n  Nottinghamshire\n  Nottingham\n  Derby\n")
	require.Contains(t, text, "Cashable saving above own payments\n  Nottinghamshire\n  Nottingham\n  Derby\nNet public saving above zero\nCashable saving above all payments\n")
	require.Contains(t, text, "Savings target met, cashable less own payments\n  Nottinghamshire's £250,000 in 2021/22 and 2022/23\n")
	all, _ := r.Probabilities.Of(montecarlo.CashableSaves)
	derby, _ := r.Probabilities.Of(montecarlo.OwnCashableSaves, "Derby")
	require.NotEqual(t, all.Probability, derby.Probability)
	require.Equal(t, all.Probability, *cellsOf(t, table, "Cashable saving above all payments", 0)[0].Value)
	require.Equal(t, derby.Probability, *cellsOf(t, table, "Derby", 1)[0].Value)
}
