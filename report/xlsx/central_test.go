package xlsx

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// described is a workbook worked out and not yet written.
func described(t *testing.T, w Workbook, change map[string]float64) *maker {
	t.Helper()
	m, err := newMaker(w)
	require.NoError(t, err)
	m.describe()
	for path, v := range change {
		m.typeIn(t, path, v)
	}
	require.NoError(t, m.b.work())
	return m
}

// typeIn changes an input.
func (m *maker) typeIn(t *testing.T, path string, v float64) {
	t.Helper()
	for _, row := range m.inputs.rows {
		if row[0].value == path {
			row[inputColumn].value = v
			return
		}
	}
	t.Fatalf("there is no input %s", path)
}

// pence are the cells of a line over quarters.
func (l line) pence(t *testing.T) (all []int64) {
	t.Helper()
	for _, c := range l.s.rows[l.row-l.s.first()][firstQuarter:] {
		v := c.value.(float64)
		require.Equal(t, math.Trunc(v), v, "whole pence in row %d of %s", l.row, l.s.name)
		all = append(all, int64(v))
	}
	return all
}

// Every cell of the workbook's results is that of the engine's ledgers: what each payer
// pays of each council's claims, what each cohort and council avoids and what of it is
// cashable, by quarter and in both kinds of prices; and the budgets.
func TestEveryCellIsTheEngines(t *testing.T) {
	for _, s := range subjects {
		t.Run(s.String(), func(t *testing.T) {
			t.Parallel()
			m := described(t, workbookOf(t, s), nil)
			require.NoError(t, m.agrees())
			equalsProjections(t, m, m.central[m.w.Result.Prices])
		})
	}
}

// equalsProjections compares results in the prices of a projection with it.
func equalsProjections(t *testing.T, m *maker, want *montecarlo.Projection) {
	t.Helper()
	l, r := want.Ledger, m.results[want.Prices]
	for p, payer := range l.Payers {
		for c := range m.shape.Commissioners {
			got, ok := r.pays[paidTo{payer, c}]
			if !ok {
				require.Zero(t, sum(l.PaymentsOf(p, c)), "%s pays nothing of the claims of council %d", payer, c)
				continue
			}
			require.Equal(t, l.PaymentsOf(p, c), got.pence(t), "%s, council %d", payer, c)
		}
	}
	for k := range m.shape.Cohorts {
		for c := range m.shape.Commissioners {
			got, ok := r.cashable[avoidedBy{k, c}]
			if !ok {
				require.Zero(t, sum(l.CashableOf(k, c)))
				continue
			}
			require.Equal(t, l.CashableOf(k, c), got.pence(t), "cashable, cohort %d, council %d", k, c)
		}
	}
	budgetsEqual(t, m, want)
}

func sum(all []int64) (total int64) {
	for _, x := range all {
		total += x
	}
	return total
}

// budgetsEqual compares the sheet Budget with the library's budgets.
func budgetsEqual(t *testing.T, m *maker, want *montecarlo.Projection) {
	t.Helper()
	byYear := map[[2]string]finance.BudgetYear{}
	for _, b := range want.Budgets {
		for _, y := range b.Years {
			byYear[[2]string{b.Commissioner, y.Year.String()}] = y
		}
	}
	seen := 0
	for _, s := range m.b.sheets {
		if s.name != "Budget" {
			continue
		}
		for _, row := range s.rows {
			y, ok := byYear[[2]string{row[0].value.(string), row[1].value.(string)}]
			if !ok || row[3].value != want.Prices.String() {
				continue
			}
			seen++
			for i, want := range []float64{
				y.OwnPayments.InexactFloat64(), y.OthersPayments.InexactFloat64(), y.GrossAvoided.InexactFloat64(),
				y.NetSaving.InexactFloat64(), y.Cashable.InexactFloat64(), y.NetCashable.InexactFloat64(),
			} {
				require.InDelta(t, want, row[4+i].value, 1e-6, "%v", row)
			}
		}
	}
	require.Equal(t, len(byYear), seen)
}

// changes are inputs of a workbook that are changed, and the edits of the programme that
// mean the same.
var changes = []struct {
	of    subject
	cells map[string]float64
	edits []string
}{
	{subjects[0], map[string]float64{"metrics.M1 step-down.tariff": 611.37}, []string{"metrics.M1 step-down.tariff=611.37"}},
	{subjects[0], map[string]float64{"unit costs.residential": 5200}, []string{"unit costs.residential=5200"}},
	{subjects[0], map[string]float64{"cohorts.step-down.cashable share": 0.5}, []string{"cohorts.step-down.cashable share=50%"}},
	{subjects[3], map[string]float64{"contract cap": 6000000.01}, []string{"contract cap=6000000.01"}},
	{subjects[0], map[string]float64{"payers.Life Chances Fund.share": 0.3125, "payers.commissioner.share": 0.6875}, []string{"payers.Life Chances Fund.share=31.25%", "payers.commissioner.share=68.75%"}},
	{subjects[0], map[string]float64{"unit costs.residential": 120}, []string{"unit costs.residential=120"}}, // care costs more with the programme
	{subjects[4], map[string]float64{"inflation": 0.035}, []string{"inflation=3.5%"}},
	{subjects[5], map[string]float64{"payers.Life Chances Fund.cap": 300000}, []string{"payers.Life Chances Fund.cap=300000"}},
	{subjects[6], map[string]float64{"grants.Q3 2020/21": 100000.55}, []string{"grants.Q3 2020/21=100000.55"}},
	{subjects[10], map[string]float64{"metrics.Weekly.tariff.indexation": 0.0415}, []string{"metrics.Weekly.tariff.indexation=4.15%"}},
	{subjects[10], map[string]float64{"metrics.Weekly.cap.amount": 300000}, []string{"metrics.Weekly.cap.amount=300000"}},
	{subjects[10], map[string]float64{"metrics.Months.deadweight": 0.271}, []string{"metrics.Months.deadweight=27.1%"}},
	{subjects[10], map[string]float64{"metrics.Months.cap.units": 11}, []string{"metrics.Months.cap.units=11"}},
	{subjects[10], map[string]float64{"contract cap": 350000, "contract cap.indexation": 0.02}, []string{"contract cap={amount: 350000, indexation: 2%}"}},
	{subjects[10], map[string]float64{"discount rate": 0.03}, []string{"discount rate=3% real"}},
	{subjects[10], map[string]float64{"unit costs.residential.growth": 0.05}, []string{"unit costs.residential.growth=5%"}},
	{subjects[12], map[string]float64{"payers.Example Outcomes Fund.share.1.share": 0.2, "payers.commissioner.share.1.share": 0.8}, []string{"payers.Example Outcomes Fund.share.1.share=20%", "payers.commissioner.share.1.share=80%"}},
	{subjects[11], map[string]float64{"payers.Vale.cap": 40000}, []string{"payers.Vale.cap=40000"}},
	{subjects[11], map[string]float64{"delivery fee.per month": 3111.11}, []string{"delivery fee.per month=3111.11"}},
}

// An input that is changed in the workbook changes its results as the library says.
func TestChangedInputs(t *testing.T) {
	for _, c := range changes {
		t.Run(c.edits[0], func(t *testing.T) {
			t.Parallel()
			m := described(t, workbookOf(t, c.of), c.cells)
			want, err := montecarlo.Central(c.of.read(t, c.edits...), c.of.prices)
			require.NoError(t, err)
			require.Error(t, m.agrees(), "the change changes something")
			equalsProjections(t, m, want)
			headlinesEqual(t, m, want)
		})
	}
}

// headlinesEqual compares the sheet Headline with a projection.
func headlinesEqual(t *testing.T, m *maker, want *montecarlo.Projection) {
	t.Helper()
	for _, h := range m.heads {
		if h.kind != want.Prices {
			continue
		}
		of := []string{}
		if h.key.Of != "" {
			of = []string{h.key.Of}
		}
		figure, err := want.Totals.Find(h.key.Name, of...)
		require.NoError(t, err)
		require.InDelta(t, figure.Value, h.s.rows[h.row-h.s.first()][5].value, 0.00501, "%s", h.key)
	}
}

// The first column of the sheet Inputs is what an edit of the command takes.
func TestInputsAreSettings(t *testing.T) {
	for _, s := range subjects {
		t.Run(s.String(), func(t *testing.T) {
			t.Parallel()
			m, v := described(t, workbookOf(t, s), nil), s.read(t)
			for _, row := range m.inputs.rows {
				text := fmt.Sprintf("%s=%v", row[0].value, row[inputColumn].value)
				switch {
				case row[0].value == "discount rate":
					text += " real"
				case strings.HasSuffix(row[0].value.(string), ", indexation"): // of several at once
					continue
				}
				e, err := scenario.ParseEdit(text)
				require.NoError(t, err)
				_, err = v.With("", e)
				require.NoError(t, err, text)
			}
		})
	}
}
