package contract_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// A pricer that is given other unit costs and shares, whatever it was given before, is
// one that was made with them; and no clone is told.
func TestSetCareIsANewPricer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		pricerOf := func() *contract.Pricer {
			p, err := contract.NewPricer(d.terms, d.care, d.shape, base(d.shape), contract.Constant)
			require.NoError(t, err)
			return p
		}
		priced := func(p *contract.Pricer) *contract.Ledger {
			l := p.NewLedger()
			contract.Price(p, d.tally, l)
			return l
		}
		for i := range d.care.UnitCosts {
			if rapid.IntRange(0, 3).Draw(t, "level") > 0 {
				d.care.UnitCosts[i].Growth = decimal.Zero
			}
		}
		pricer := pricerOf()
		clone, first := pricer.Clone(), priced(pricer)
		for range rapid.IntRange(1, 4).Draw(t, "draws") {
			other := append([]contract.UnitCost(nil), d.care.UnitCosts...)
			for i := range other {
				if rapid.Bool().Draw(t, "another cost") {
					other[i].PerWeek = rapid.SampledFrom([]decimal.Decimal{drawPounds(t, 500_000), decimal.Zero, decimal.New(7, 2)}).Draw(t, "cost")
				}
			}
			d.care.UnitCosts = other
			var shares []decimal.Decimal
			for _, cohort := range d.shape.Cohorts {
				d.care.Cashable[cohort] = decimal.New(rapid.Int64Range(0, 1_000_000_000).Draw(t, "cashable"), -9)
				shares = append(shares, d.care.Cashable[cohort])
			}
			require.NoError(t, pricer.SetCare(d.care.UnitCosts, shares))
			require.Equal(t, priced(pricerOf()), priced(pricer))
			avoided := func(p *contract.Pricer) []float64 {
				pence, err := p.Avoided(expectedOf(d.tally), nil)
				require.NoError(t, err)
				return pence
			}
			require.Equal(t, avoided(pricerOf()), avoided(pricer))
			require.Equal(t, priced(pricer), priced(pricer.Clone()))
		}
		require.Equal(t, first, priced(clone))
	})
}

// What cannot be priced is refused, and the pricer is as it was.
func TestSetCareRefuses(t *testing.T) {
	s := &contract.Shape{
		Commissioners: []string{"Derby"}, Cohorts: []string{"down"}, States: []string{"foster"}, Metrics: []string{"M1"}, Quarters: quarters("Q4 2019/20", 3),
	}
	terms := contract.Terms{Metrics: []contract.Metric{{Name: "M1"}}, Payers: []contract.Payer{{Name: contract.ClaimingCommissioner, Shares: []contract.DatedShare{{Share: pounds("1")}}}}}
	costs := func(perWeek string) []contract.UnitCost {
		return []contract.UnitCost{{State: "foster", PerWeek: pounds(perWeek)}}
	}
	half := []decimal.Decimal{pounds("0.5")}
	pricer, err := contract.NewPricer(terms, contract.Care{UnitCosts: costs("1000")}, s, base(s), contract.Constant)
	require.NoError(t, err)
	require.NoError(t, pricer.SetCare(costs("900"), half))
	tally := contract.NewCounts[int64](s)
	tally.WeeksIn(contract.Tracking, contract.Counterfactual, 0, 0, 0)[1] = 3
	priced := func() *contract.Ledger {
		l := pricer.NewLedger()
		contract.Price(pricer, tally, l)
		return l
	}
	before := priced()
	require.Equal(t, int64(3*900_00), before.CostsOf(contract.Tracking, contract.Counterfactual, 0, 0)[1])
	require.Equal(t, int64(3*450_00), before.CashableOf(0, 0)[1])
	for fault, refused := range map[string]error{
		"more than two decimals": pricer.SetCare(costs("1.005"), half),
		"below 0":                pricer.SetCare(costs("-1"), half),
		"too large":              pricer.SetCare(costs("10000000.01"), half),
		"outside 0 to 1":         pricer.SetCare(costs("1000"), []decimal.Decimal{pounds("1.000000001")}),
		"nine decimals":          pricer.SetCare(costs("1000"), []decimal.Decimal{pounds("0.0000000001")}),
		"for 1 cohorts":          pricer.SetCare(costs("1000"), nil),
		"other prices":           pricer.SetCare([]contract.UnitCost{{State: "foster", PerWeek: pounds("1"), Year: 2019, Indexation: decimal.NewNullDecimal(pounds("0.1"))}}, half),
	} {
		require.ErrorContains(t, refused, fault)
	}
	require.Equal(t, before, priced())
	cheaper := costs("700")
	require.Zero(t, testing.AllocsPerRun(10, func() { require.NoError(t, pricer.SetCare(cheaper, half)) }))
}

// Costs that are the same in every quarter are given by commissioner and state, before
// and after others are set; where one changes from year to year there are none.
func TestLevelCosts(t *testing.T) {
	s := &contract.Shape{
		Commissioners: []string{"Derby", "Nottingham"}, Cohorts: []string{"down"}, States: []string{"foster", "planned", "home"}, Metrics: []string{"M1"}, Quarters: quarters("Q4 2019/20", 6),
	}
	terms := contract.Terms{Metrics: []contract.Metric{{Name: "M1"}}, Payers: []contract.Payer{{Name: contract.ClaimingCommissioner, Shares: []contract.DatedShare{{Share: pounds("1")}}}}}
	care := contract.Care{
		UnitCosts: []contract.UnitCost{{State: "foster", PerWeek: pounds("1000")}, {State: "home", PerWeek: pounds("50")}, {State: "home", Commissioner: "Derby", PerWeek: pounds("60.5")}},
		CostedAs:  map[string]string{"planned": "foster"},
	}
	pricer, err := contract.NewPricer(terms, care, s, base(s), contract.Constant)
	require.NoError(t, err)
	require.Equal(t, []float64{100_000, 100_000, 6_050, 100_000, 100_000, 5_000}, pricer.LevelCosts(s))
	other := *s
	other.Quarters = s.Quarters[1:]
	require.Nil(t, pricer.LevelCosts(&other))
	require.Nil(t, (*contract.Pricer)(nil).LevelCosts(s))

	half := []decimal.Decimal{pounds("0.5")}
	clone := pricer.Clone()
	care.UnitCosts[0].PerWeek = pounds("900.01")
	require.NoError(t, pricer.SetCare(care.UnitCosts, half))
	require.Equal(t, []float64{90_001, 90_001, 6_050, 90_001, 90_001, 5_000}, pricer.LevelCosts(s))
	require.Equal(t, []float64{100_000, 100_000, 6_050, 100_000, 100_000, 5_000}, clone.LevelCosts(s))
	care.UnitCosts[1].Growth = pounds("0.01")
	require.NoError(t, pricer.SetCare(care.UnitCosts, half))
	require.Nil(t, pricer.LevelCosts(s))
}
