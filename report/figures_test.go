package report

import (
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// The figures that package report works out itself, by hand.

// A difference is modelled over actual, less 1, and has a sign.
func TestDifference(t *testing.T) {
	for _, c := range []struct {
		modelled, actual, want float64
		text                   string
	}{
		{110, 100, 0.1, "+10%"},
		{75, 100, -0.25, "-25%"},
		{100, 100, 0, "0%"},
		{300, 100, 2, "+200%"},
		{199.99, 100, 0.9999, "+100%"},
	} {
		cell := difference(c.modelled, c.actual)
		require.InDelta(t, c.want, *cell.Value, 1e-12)
		require.Equal(t, c.text, cell.Text)
	}
	require.Equal(t, Cell{}, difference(1, 0))
}

// What the model has before the first published payment counts, what it has in a
// quarter between that is not published does not, and nothing after the last.
func TestSoFar(t *testing.T) {
	first := calendar.Quarter(8_000)
	quarters := []calendar.Quarter{first, first + 1, first + 2, first + 3, first + 4}
	paid := func(i int, pounds int64) model.QuarterAmount {
		return model.QuarterAmount{Quarter: quarters[i], Amount: decimal.NewFromInt(pounds)}
	}
	got := soFar(quarters, []model.QuarterAmount{paid(1, 100), paid(3, 50)}, []float64{1, 2, 4, 8, 16})
	require.Equal(t, []cumulated{
		{},
		{100, 3, true, []string{actualPath(quarters[1])}},
		{},
		{150, 11, true, []string{actualPath(quarters[1]), actualPath(quarters[3])}},
		{},
	}, got)
}

// budgetsOf are what councils pay themselves by year, from 2020/21 on.
func budgetsOf(councils ...[]int64) []finance.Budget {
	var all []finance.Budget
	for _, years := range councils {
		var b finance.Budget
		for i, pounds := range years {
			b.Years = append(b.Years, finance.BudgetYear{Year: calendar.FinancialYear(2020 + i), OwnPayments: decimal.NewFromInt(pounds)})
		}
		all = append(all, b)
	}
	return all
}

// The most expensive year is that in which all councils together pay most: not
// the last, and not that in which one pays most.
func TestDearestYear(t *testing.T) {
	for name, c := range map[string]struct {
		councils [][]int64
		most     float64
		year     calendar.FinancialYear
	}{
		"in the middle":    {[][]int64{{1, 9, 2}}, 9, 2021},
		"first":            {[][]int64{{7, 5, 6}}, 7, 2020},
		"last":             {[][]int64{{1, 2, 3}}, 3, 2022},
		"together":         {[][]int64{{10, 8, 0}, {0, 8, 9}}, 16, 2021},
		"first of equals":  {[][]int64{{4, 4}}, 4, 2020},
		"nothing is paid":  {[][]int64{{0, 0}}, 0, 2020},
		"without councils": {nil, 0, 0},
	} {
		most, year := dearestYear(budgetsOf(c.councils...))
		require.Equal(t, c.most, most, name)
		require.Equal(t, c.year, year, name)
	}
	require.Equal(t, 35.0, councilsPay(budgetsOf([]int64{10, 8, 0}, []int64{0, 8, 9})))
}

// threeTotals is a result with totals of a contract, told apart by their size.
func threeTotals() *montecarlo.Result {
	total := func(name string, unit montecarlo.Unit, mean float64) montecarlo.Summary {
		return montecarlo.Summary{Key: montecarlo.Key{Name: name, Unit: unit}, Central: mean * 10, Distribution: montecarlo.Distribution{Mean: mean}}
	}
	return &montecarlo.Result{Basis: montecarlo.Basis{Version: &scenario.Version{Programme: &model.Programme{}, Case: "low"}}, Totals: []montecarlo.Summary{
		total(montecarlo.Payments, montecarlo.Pounds, 1000), total(montecarlo.Referred, montecarlo.Children, 8), total(montecarlo.Started, montecarlo.Children, 4),
	}}
}

// Payments per child started are over those who start, not over those referred.
func TestPaymentsPerChildStarted(t *testing.T) {
	r := threeTotals()
	require.Equal(t, 250.0, *perChild(r).Value)
	require.Equal(t, "£250", perChild(r).Text)
	r.Totals = r.Totals[:2]
	require.Equal(t, none(), perChild(r))
}

// The page shows these figures in the rows that are called so.
func TestBidsShowTheirFigures(t *testing.T) {
	r := threeTotals()
	r.Budgets = budgetsOf([]int64{10, 8, 0}, []int64{0, 8, 9})
	r.Probabilities = []montecarlo.ProbabilityOf{
		{Key: montecarlo.Key{Name: montecarlo.Saves}, Probability: 0.9}, {Key: montecarlo.Key{Name: montecarlo.CapReached}, Probability: 0.3},
	}
	r.Totals[0].Quantiles = []montecarlo.Quantile{{P: 0.05, Value: 900}, {P: 0.95, Value: 1200}, {P: 0.99, Value: 1300}}
	tables, err := Bids([]Offer{{Name: "a", Cases: []string{"low"}, Results: []*montecarlo.Result{r}}})
	require.NoError(t, err)
	for label, want := range map[string]string{
		"Payments per child started, mean":                                     "£250",
		"Councils' own payments, central":                                      "£35",
		"Councils' own payments in their most expensive year, central":         "£16",
		"Councils' most expensive year, central":                               "2021/22",
		"Outcome payments, mean":                                               "£1,000",
		"Outcome payments not exceeded in 95% of replications, at these rates": "£1,200",
		"Probability that the contract cap is reached, at these rates":         "30%",
		"Probability of no net public saving, at these rates":                  "10%",
		"Gross avoided cost, mean":                                             "-",
	} {
		cells := cellsOf(t, tables[0], label, 0)
		require.Equal(t, []string{"low", want}, shownIn(Row{Cells: cells}), label)
	}
}

func TestBidsThatCannotBeCompared(t *testing.T) {
	ran := func(p *model.Programme, names ...string) (all []*montecarlo.Result) {
		for _, name := range names {
			all = append(all, &montecarlo.Result{Basis: montecarlo.Basis{Version: &scenario.Version{Programme: p, Case: name}}})
		}
		return all
	}
	p := &model.Programme{}
	_, err := Bids(nil)
	require.ErrorContains(t, err, "no offer")
	low := Offer{"a", []string{"low"}, ran(p, "low")}
	for _, other := range []Offer{
		{"b", []string{"high"}, ran(p, "high")}, {"b", []string{"low"}, ran(p, "low", "high")}, {"b", []string{"low", "high"}, ran(p, "low", "high")}, {Name: "b"},
	} {
		_, err = Bids([]Offer{low, other})
		require.EqualError(t, err, `offer "b" has not been run in the cases of offer "a": low`)
	}
	_, err = Bids([]Offer{low, {"b", []string{"low"}, ran(&model.Programme{Weeks: 5}, "low")}})
	require.ErrorContains(t, err, "not for the same contract")
}

// One amount reads alike wherever it stands on the pages of a programme: in the
// frame of the contract, in the terms of capital and beside what is paid.
func TestStatedAmountsReadAlike(t *testing.T) {
	v := template(t, "affordability.1.amount=1234.5")
	p := v.Programme
	require.Equal(t, "£1,234.50", amount(p.Affordability[0].Amount).Text)
	require.Contains(t, printed(t, frame(v)), "pays up to £1,234.50 itself")
	table, ok := affordable(investIn(t, v).Results[0])
	require.True(t, ok)
	require.Equal(t, "£1,234.50", table.Rows[0].Cells[2].Text)
}

// The total of a council's budget is what the totals of the run say.
func TestBudgetsAgreeWithTotals(t *testing.T) {
	c := compareDN2(t, "medium")
	tables := Run(c.Results[0])
	for _, council := range c.Results[0].Version.Programme.Commissioners {
		budget := titled(t, tables, council.Name+" by financial year")
		last, below := budget.Rows[len(budget.Rows)-3].Cells, budget.Rows[len(budget.Rows)-2].Cells
		for i, name := range map[int]string{1: montecarlo.Payments, 2: montecarlo.OtherPayments, 3: montecarlo.Avoided, 4: montecarlo.NetSaving, 5: montecarlo.Cashable, 6: montecarlo.OwnNetCashable} {
			total, ok := c.Results[0].Totals.Of(name, council.Name)
			require.True(t, ok, name)
			require.InDelta(t, total.Central, *last[i].Value, 1e-6)
			require.Equal(t, figure(total.Central, total.Unit).Text, last[i].Text)
			require.Equal(t, total.Mean, *below[i].Value)
		}
	}
}

// Below the central projection of a year, which is £0 once the cap is reached, stand
// the mean and the range of the replications, in which it is reached later.
func TestBudgetsShowMeansAndRanges(t *testing.T) {
	r := compareDN2(t, "high").Results[0]
	rows := titled(t, Run(r), "Derby by financial year").Rows
	at := slices.IndexFunc(rows, func(row Row) bool { return row.Cells[0].Text == "2026/27, central" })
	require.Zero(t, *rows[at].Cells[1].Value)
	paid, ok := yearly(r, montecarlo.Payments, "Derby")
	require.True(t, ok)
	last := paid.By[len(paid.By)-1]
	require.Positive(t, last.Mean)
	require.Equal(t, last.Mean, *rows[at+1].Cells[1].Value)
	require.Equal(t, "5% to 95%, at these rates", rows[at+2].Cells[0].Text)
	require.Equal(t, last.Quantiles[len(last.Quantiles)-1].Value, *rows[at+2].Cells[1].High)
}

// What people read speaks of councils: commissioner is the word of files.
func TestCouncilsAreCalledCouncils(t *testing.T) {
	c := compareDN2(t, "low", "medium")
	for name, tables := range map[string][]Table{"compare": Compare(c), "run": Run(c.Results[0])} {
		require.NotContains(t, strings.ToLower(printed(t, tables...)), "commissioner", name)
	}
	shown := printed(t, Programme(c.Results[0].Version)[:2]...)
	require.Contains(t, shown, "the council whose claim it is, 72.5%")
}
