package contract_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Where a week costs the same in every quarter, weeks are priced four states at a time.
// Whole ones and expected ones come to what the plain rule gives, in rows that are said
// to be lived in and in all.
func TestLevelCostsPriceAsThePlainRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		level := d.care.UnitCosts[:0]
		for _, cost := range d.care.UnitCosts {
			if cost.Growth = decimal.Zero; cost.Year == 0 {
				level = append(level, cost)
			}
		}
		d.care.UnitCosts = level
		expected := expectedOf(d.tally)
		for i := range expected.Weeks {
			expected.Weeks[i] *= rapid.SampledFrom([]float64{1, 0.5, 1.0 / 3, 0.37}).Draw(t, "share")
		}
		if rapid.Bool().Draw(t, "lived in some") && len(d.shape.Quarters) > 0 {
			var rows []int
			for row := range len(d.tally.Weeks) / len(d.shape.Quarters) {
				if rapid.Bool().Draw(t, "lived in") {
					rows = append(rows, row)
				}
			}
			d.tally.LivedOnlyIn(rows)
			expected.LivedOnlyIn(rows)
		}
		pricer, err := contract.NewPricer(d.terms, d.care, d.shape, base(d.shape), contract.Constant)
		require.NoError(t, err)
		requireSamePrices(t, pricer, d.tally)
		requireSamePrices(t, pricer, expected)
	})
}

func requireSamePrices[N contract.Number](t *rapid.T, pricer *contract.Pricer, counts *contract.Counts[N]) {
	plain := pricer.CellByCell()
	got, want := pricer.NewLedger(), plain.NewLedger()
	contract.Price(pricer, counts, got)
	contract.Price(plain, counts, want)
	require.Equal(t, want.Costs, got.Costs)
	require.Equal(t, want.Cashable, got.Cashable)
}
