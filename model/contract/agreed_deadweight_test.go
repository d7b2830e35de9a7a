package contract_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

func deadweightCases() []byHand {
	return []byHand{
		{
			name: "days out of care, of which a third is agreed to be deadweight",
			arithmetic: []string{
				"Norfolk pays for 67% of the days of children on the edge of care, and for all days of those who went home.",
				"91 days × 0.67 × £88.29 = 5,383.0413, £5,383.04; 50 × 0.67 × 88.29 = 2,957.715, half a penny up, £2,957.72.",
				"91 × £59.15 = £5,382.65; 0 days.",
			},
			first: "Q4 2020/21", councils: []string{"Norfolk"},
			metrics: []contract.Metric{
				{Name: "edge of care", Tariff: tariff("88.29"), AgreedDeadweight: pounds("0.33")},
				{Name: "reunification", Tariff: tariff("59.15")},
			},
			units:  map[string][]int64{"edge of care / Norfolk": {91, 50}, "reunification / Norfolk": {91, 0}},
			claims: map[string]string{"edge of care / Norfolk": "5383.04 2957.72", "reunification / Norfolk": "5382.65 0.00"},
		},
		{
			name: "caps in days and in £, with deadweight",
			arithmetic: []string{
				"100 days may be paid for, before deadweight: 91, and 9 of the second 91.",
				"91 × 0.67 × 88.29 = £5,383.04; 9 × 0.67 × 88.29 = 532.3887, £532.39.",
				"The cap of £5,800.00 is on what is paid: £416.96 of the £532.39 is left.",
			},
			first: "Q4 2020/21",
			metrics: []contract.Metric{{
				Name: "M1", Tariff: tariff("88.29"), AgreedDeadweight: pounds("0.33"),
				Cap: contract.MetricCap{Units: capped("100"), Amount: capped("5800")},
			}},
			units:   map[string][]int64{"M1 / Derby": {91, 91, 91}},
			claims:  map[string]string{"M1 / Derby": "5383.04 5383.04 5383.04"},
			allowed: map[string]string{"M1 / Derby": "5383.04 416.96 0.00"},
		},
		{
			name: "nothing but deadweight",
			arithmetic: []string{
				"All of M1 is deadweight: nothing is ever claimed.",
			},
			first:   "Q4 2020/21",
			metrics: []contract.Metric{{Name: "M1", Tariff: tariff("500"), AgreedDeadweight: pounds("1")}},
			units:   map[string][]int64{"M1 / Derby": {13}},
			claims:  map[string]string{},
		},
	}
}

func TestHandComputedDeadweight(t *testing.T) {
	for _, c := range deadweightCases() {
		t.Run(c.name, func(t *testing.T) { c.check(t) })
	}
}

// A claim is the exact product rounded once, whatever floating point makes of
// it; an expected count of whole units is priced as the whole count is.
func TestClaimWithDeadweightIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		units := rapid.Int64Range(0, 3_000_000_000).Draw(t, "units")
		price := rapid.Int64Range(0, 2_000_000).Draw(t, "pence")
		deadweight := decimal.New(rapid.OneOf(
			rapid.Int64Range(0, 1_000_000_000), rapid.Map(rapid.Int64Range(0, 200), func(n int64) int64 { return n * 5_000_000 }),
		).Draw(t, "deadweight"), -9)
		shape := &contract.Shape{Quarters: quarters("Q4 2020/21", 1), Commissioners: []string{derby}, Metrics: []string{"M1"}}
		terms := contract.Terms{
			Metrics: []contract.Metric{{Name: "M1", Tariff: contract.Tariff{Amount: contract.Pounds(price)}, AgreedDeadweight: deadweight}},
			Payers:  commissionersPay(),
		}
		tally := contract.NewCounts[int64](shape)
		tally.Units[0] = units
		exact := decimal.NewFromInt(units).Mul(contract.Pounds(price)).Mul(decimal.NewFromInt(1).Sub(deadweight)).Round(2)
		l := priced(t, terms, tally)
		require.Equal(t, exact.StringFixed(2), series(l.Claims))
		require.Equal(t, l.Claims, l.Allowed)
		if units*price < 1<<53 {
			require.Equal(t, l.Claims, priced(t, terms, expectedOf(tally)).Claims)
		}
	})
}

// Expected claims are rounded to the penny once, after the deadweight.
func TestExpectedClaimsWithDeadweight(t *testing.T) {
	shape := &contract.Shape{Quarters: quarters("Q4 2020/21", 3), Commissioners: []string{derby}, Metrics: []string{"M1"}}
	expected := contract.NewCounts[float64](shape)
	copy(expected.Units, []float64{2.5, 2.505, 2.51})
	terms := contract.Terms{
		Metrics: []contract.Metric{{Name: "M1", Tariff: tariff("401.10"), AgreedDeadweight: pounds("0.33")}},
		Payers:  commissionersPay(),
	}
	// 2.5 × 401.10 × 0.67 = 671.8425; 2.505: 673.186185; 2.51: 674.52987.
	require.Equal(t, "671.84 673.19 674.53", series(priced(t, terms, expected).Claims))

	// 4 units in all: 1.5 in the second quarter, 1.5 × 401.10 × 0.67 = 403.1055.
	terms.Metrics[0].Cap.Units = capped("4")
	require.Equal(t, "671.84 403.11 0.00", series(priced(t, terms, expected).Allowed))
}
