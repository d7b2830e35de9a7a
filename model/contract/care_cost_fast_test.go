package contract_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Where a week costs the same in every quarter, whole weeks are priced four states at a
// time, and expected ones by the plain rule: both come to the same, in rows that are
// said to be lived in and in all.
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
		whole, plain := pricer.NewLedger(), pricer.NewLedger()
		contract.Price(pricer, d.tally, whole)
		contract.Price(pricer, expected, plain)
		require.Equal(t, plain.Costs, whole.Costs)
		require.Equal(t, plain.Cashable, whole.Cashable)
	})
}
