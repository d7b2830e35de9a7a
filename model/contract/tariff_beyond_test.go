package contract_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// beyond is a tariff with another price beyond a number of units.
func beyond(amount string, units int, then string, yearly bool) contract.Tariff {
	t := tariff(amount)
	t.Beyond = &contract.Beyond{Units: units, Amount: pounds(then), Yearly: yearly}
	return t
}

func TestPricesBeyondANumberOfUnits(t *testing.T) {
	units := map[string][]int64{"M1 / Nottinghamshire": {13, 13, 13, 13, 13, 13}, "M1 / Derby": {6, 6, 6, 6, 6, 6}}
	for _, c := range []byHand{
		{
			name: "in all",
			arithmetic: []string{
				"The first 40 units are £500 each, the rest £800. 19 are earned a quarter: 2 are left up to 40 in the third.",
				"2 × 13/19 = 1.368…, 2 × 6/19 = 0.631…: one each by largest remainder.",
				"Nottinghamshire: 1 × 500 + 12 × 800 = 10,100. Derby: 1 × 500 + 5 × 800 = 4,500. Then 13 × 800 and 6 × 800.",
			},
			first: "Q4 2020/21", metrics: []contract.Metric{{Name: "M1", Tariff: beyond("500", 40, "800", false)}}, units: units,
			claims: map[string]string{
				"M1 / Nottinghamshire": "6500.00 6500.00 10100.00 10400.00 10400.00 10400.00",
				"M1 / Derby":           "3000.00 3000.00 4500.00 4800.00 4800.00 4800.00",
			},
		},
		{
			name: "each financial year, from 1 April",
			arithmetic: []string{
				"The same in each year. 19 of 40 in 2020/21. In 2021/22 19, 19, then 2 of 19 as above, then none. 2022/23 begins anew.",
			},
			first: "Q4 2020/21", metrics: []contract.Metric{{Name: "M1", Tariff: beyond("500", 40, "800", true)}}, units: units,
			claims: map[string]string{
				"M1 / Nottinghamshire": "6500.00 6500.00 6500.00 10100.00 10400.00 6500.00",
				"M1 / Derby":           "3000.00 3000.00 3000.00 4500.00 4800.00 3000.00",
			},
		},
		{
			name: "the first of the units that a cap lets through are those below the number",
			arithmetic: []string{
				"15 units at £500, then £800, and a cap of 30 units. First quarter: 15 of 19 at £500:",
				"15 × 13/19 = 10.26…, 15 × 6/19 = 4.73…: 10 and 5. 10 × 500 + 3 × 800 = 7,400; 5 × 500 + 1 × 800 = 3,300.",
				"Second quarter: 11 are left of the cap, all beyond: 11 × 13/19 = 7.52…, 11 × 6/19 = 3.47…: 8 and 3 × 800.",
			},
			first:   "Q4 2020/21",
			metrics: []contract.Metric{{Name: "M1", Tariff: beyond("500", 15, "800", false), Cap: contract.MetricCap{Units: capped("30")}}},
			units:   map[string][]int64{"M1 / Nottinghamshire": {13, 13}, "M1 / Derby": {6, 6}},
			claims: map[string]string{
				"M1 / Nottinghamshire": "7400.00 10400.00", "M1 / Derby": "3300.00 4800.00",
			},
			allowed: map[string]string{
				"M1 / Nottinghamshire": "7400.00 6400.00", "M1 / Derby": "3300.00 2400.00",
			},
		},
		{
			name: "a cap that binds below the number",
			arithmetic: []string{
				"15 units at £500, then £800, and a cap of 10 units: 10 × 13/19 = 6.84…, 10 × 6/19 = 3.15…: 7 and 3, all at £500.",
			},
			first:   "Q4 2020/21",
			metrics: []contract.Metric{{Name: "M1", Tariff: beyond("500", 15, "800", false), Cap: contract.MetricCap{Units: capped("10")}}},
			units:   map[string][]int64{"M1 / Nottinghamshire": {13}, "M1 / Derby": {6}},
			claims:  map[string]string{"M1 / Nottinghamshire": "7400.00", "M1 / Derby": "3300.00"},
			allowed: map[string]string{"M1 / Nottinghamshire": "3500.00", "M1 / Derby": "1500.00"},
		},
		{
			name: "a quarter with a grant uses up the number; a lower price after it; deadweight is taken off once",
			arithmetic: []string{
				"19 units at £500, then £100, less 33%. The first quarter has a grant of £1,000.00; its 19 units count.",
				"Second: 13 × 100 × 0.67 = 871.00, 6 × 100 × 0.67 = 402.00. The grant: 1,000 × 6,500/9,500 = 684.21….",
			},
			first:   "Q4 2020/21",
			metrics: []contract.Metric{{Name: "M1", Tariff: beyond("500", 19, "100", false), AgreedDeadweight: pounds("0.33")}},
			units:   map[string][]int64{"M1 / Nottinghamshire": {13, 13}, "M1 / Derby": {6, 6}},
			grants:  map[string]string{"Q4 2020/21": "1000"},
			claims:  map[string]string{"M1 / Nottinghamshire": "4355.00 871.00", "M1 / Derby": "2010.00 402.00"},
			allowed: map[string]string{"M1 / Nottinghamshire": "684.21 871.00", "M1 / Derby": "315.79 402.00"},
		},
	} {
		t.Run(c.name, func(t *testing.T) { c.check(t) })
	}
}

// Expected units: 2.5 of 9.5 are below the number, in the same proportion for both
// councils. 6.5 × 2.5/9.5 = 1.710526…: × 500 + 4.789473… × 800 = 4,686.84; 3 × 2.5/9.5 =
// 0.789473…: × 500 + 2.210526… × 800 = 2,163.16. Together 2.5 × 500 + 7 × 800 = 6,850.
func TestExpectedUnitsBeyondANumber(t *testing.T) {
	shape := &contract.Shape{Quarters: quarters("Q4 2020/21", 2), Commissioners: []string{notts, derby}, States: []string{"foster"}, Metrics: []string{"M1"}}
	e := contract.NewCounts[float64](shape)
	copy(e.UnitsOf(0, 0), []float64{6.5, 6.5})
	copy(e.UnitsOf(0, 1), []float64{3, 3})
	terms := contract.Terms{Metrics: []contract.Metric{{Name: "M1", Tariff: beyond("500", 12, "800", false)}}, Payers: commissionersPay()}
	ledger := priced(t, terms, e)
	require.Equal(t, map[string]string{"M1 / Nottinghamshire": "3250.00 4686.84", "M1 / Derby": "1500.00 2163.16"}, lines(shape.Metrics, shape, claimsOf(ledger)))
}

// The same price beyond as before is no other price at all, and a number that is never
// passed or passed at once is one price: whatever the units and caps.
func TestBeyondIsNothingWhereItChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape := &contract.Shape{Quarters: quarters("Q4 2020/21", 6), Commissioners: []string{notts, derby, "Leicester"}, States: []string{"foster"}, Metrics: []string{"M1"}}
		tally := contract.NewCounts[int64](shape)
		for i := range tally.Units {
			tally.Units[i] = rapid.Int64Range(0, 30).Draw(t, "units")
		}
		terms := contract.Terms{Metrics: []contract.Metric{{Name: "M1", Tariff: tariff("417.31"), AgreedDeadweight: pounds("0.17")}}, Payers: commissionersPay()}
		if rapid.Bool().Draw(t, "capped") {
			terms.Metrics[0].Cap.Units = capped("150")
		}
		want := priced(t, terms, tally)
		same := beyond("417.31", rapid.IntRange(0, 600).Draw(t, "beyond"), "417.31", rapid.Bool().Draw(t, "yearly"))
		for _, other := range []contract.Tariff{same, beyond("417.31", 1_000_000, "1", true), beyond("9", 0, "417.31", false)} {
			terms.Metrics[0].Tariff = other
			got := priced(t, terms, tally)
			require.Equal(t, want.Claims, got.Claims)
			require.Equal(t, want.Allowed, got.Allowed)
		}
	})
}
