package report

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// In every year and in total: opening cash and what comes in, less what goes
// out, is closing cash; the lines of cost make up the cost; the totals are the
// result's.
func TestCashReconciles(t *testing.T) {
	cases := append(funded(t), template(t, "facility.interest=4% real", "delivery.scale=1.4"))
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
			if row.Indent > 0 {
				continue // over the replications: below
			}
			label := row.Cells[0].Text
			line := part == "Out" && label != "Cost of delivery" && !strings.HasPrefix(label, "Paid back") && !strings.HasPrefix(label, "Interest to ") && !strings.HasPrefix(label, "Commitment fee to ")
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

// Below the central projection of receipts, costs and cash stand the mean and the range
// of the replications, by year; the means of a flow make up that of its total.
func TestCashHasMeansAndRanges(t *testing.T) {
	c := investIn(t, funded(t)[0])
	tables, err := Invest(c, false)
	require.NoError(t, err)
	table, r := titled(t, tables, "Cash by financial year"), c.Results[0]
	for label, name := range map[string]string{
		"Receipts": montecarlo.Receipts, "Cost of delivery": montecarlo.DeliveryCost, "Cash at the end": montecarlo.CashHeld,
		"Drawn from all investors": montecarlo.Drawn, "Paid to all who finance the programme": montecarlo.MoneyBack,
	} {
		at := slices.IndexFunc(table.Rows, func(row Row) bool { return row.cell(0).Text == label })
		require.Equal(t, []string{"  mean", "  5%", "  95%"}, labelsOf(Table{Rows: table.Rows[at+1 : at+4]}), label)
		series, _ := r.WhenPaid.Of(name)
		sum := 0.0
		for y, d := range series.By {
			require.Equal(t, d.Mean, *table.Rows[at+1].Cells[1+y].Value)
			require.Equal(t, quantileAt(d, 0.05).Text, table.Rows[at+2].Cells[1+y].Text)
			require.LessOrEqual(t, *table.Rows[at+2].Cells[1+y].Value, *table.Rows[at+3].Cells[1+y].Value)
			require.InDelta(t, series.Central[y], *table.Rows[at].Cells[1+y].Value, 1e-6)
			sum += d.Mean
		}
		last := table.Rows[at+1].Cells[len(table.Columns)-1]
		if total, ok := r.Totals.Of(name); ok {
			require.InDelta(t, total.Mean, *last.Value, 1e-6)
			require.InDelta(t, sum, *last.Value, 1e-6)
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
	require.Len(t, tables, 2+1+2*len(cases)+1)
	short := tables[2]
	require.Equal(t, Row{Heading: "low"}, short.Rows[0])
	for i := range c.Results {
		whole := tables[3+2*i]
		for _, label := range []string{"Receipts", "Cost of delivery", "Cash at the end"} {
			require.Equal(t, cellsOf(t, whole, label, 0), cellsOf(t, short, label, i))
		}
	}
}
