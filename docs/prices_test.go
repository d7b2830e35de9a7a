package docs_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// The page on prices shows a council's years as they are, in both kinds of prices.
func TestQuotedYearTables(t *testing.T) {
	dn2, err := scenario.Open("dn2")
	require.NoError(t, err)
	dn2, err = dn2.Assuming(scenario.Set("inflation", "2%"))
	require.NoError(t, err)
	tables := blocks(read(t, "prices.md"), "text")
	require.Len(t, tables, 2)
	for i, prices := range []contract.Prices{contract.Constant, contract.Cash} {
		p, err := montecarlo.Central(version(t, dn2, "base"), prices)
		require.NoError(t, err)
		require.Equal(t, "Nottinghamshire", p.Budgets[0].Commissioner)
		for _, year := range p.Budgets[0].Years {
			row := []string{regexp.QuoteMeta(year.Year.String())}
			for _, amount := range []decimal.Decimal{
				year.OwnPayments, year.OthersPayments, year.GrossAvoided, year.NetSaving, year.Cashable, year.NetCashable,
			} {
				row = append(row, regexp.QuoteMeta(words.Pounds(amount.InexactFloat64())))
			}
			require.Regexp(t, strings.Join(row, `\s+`), tables[i])
		}
	}
}
