package docs_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/calendar"
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

// A price that is fixed until March 2029 and then rises by 2% a year, from two runs. By
// hand: 600 × 1.02 = 612.00 and 612 × 1.02 = 624.24; 612 ÷ 1.02³ = 612 ÷ 1.061208 =
// 576.70, and back: 576.70 × 1.061208 = 612.00 and × 1.02⁴ = 1.082432 = 624.24.
func TestPriceFixedAtFirst(t *testing.T) {
	page := read(t, "price.md")
	claims := func(tariff string) (*contract.Ledger, *montecarlo.Projection) {
		require.Contains(t, page, `--set "metrics.O1 family placement.tariff=`+tariff+`"`)
		v := version(t, open(t), "medium", scenario.Set("inflation", "2%"), scenario.Set("metrics.O1 family placement.tariff", tariff))
		p, err := montecarlo.Central(v, contract.Cash)
		require.NoError(t, err)
		return p.Ledger, p
	}
	fixed, _ := claims("{amount: 600, indexation: 0%}")
	rising, p := claims("{amount: 576.70, indexation: 2%}")
	weeks := p.Expectation.Counts.Units // the first metric, of the one council
	years := map[calendar.FinancialYear]bool{}
	for q, quarter := range p.Quarters {
		year := quarter.FinancialYear()
		price, got := 600.00, fixed.Claims[q]
		switch year {
		case 2029:
			price, got = 612.00, rising.Claims[q]
		case 2030:
			price, got = 624.24, rising.Claims[q]
		}
		years[year] = years[year] || weeks[q] > 1
		require.InDelta(t, weeks[q]*price*100, float64(got), 1, "%s", quarter)
	}
	require.True(t, years[2026] && years[2029] && years[2030])
}
