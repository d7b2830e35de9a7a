package report

import (
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
