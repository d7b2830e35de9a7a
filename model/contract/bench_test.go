package contract_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// One replication of a programme of the size of DN2: 4 cohorts, 3
// commissioners, 8 states, 24 quarters, 4 metrics, a cap that binds, 2 payers.
func BenchmarkPrice(b *testing.B) {
	pricer, tally := dn2Sized(b)
	ledger := pricer.NewLedger()
	b.ReportAllocs()
	for b.Loop() {
		contract.Price(pricer, tally, ledger)
	}
}

// The central projection costs the same.
func BenchmarkPriceExpected(b *testing.B) {
	pricer, tally := dn2Sized(b)
	expected, ledger := expectedOf(tally), pricer.NewLedger()
	b.ReportAllocs()
	for b.Loop() {
		contract.Price(pricer, expected, ledger)
	}
}

// Everything at once: deadweight, caps of every kind, a grant, caps on payers.
func BenchmarkPriceWithEverything(b *testing.B) {
	pricer, tally := withEverything(b)
	ledger := pricer.NewLedger()
	b.ReportAllocs()
	for b.Loop() {
		contract.Price(pricer, tally, ledger)
	}
}

func dn2Sized(tb testing.TB) (*contract.Pricer, *contract.Tally) {
	return sized(tb, func(*contract.Terms) {})
}

func withEverything(tb testing.TB) (*contract.Pricer, *contract.Tally) {
	return sized(tb, func(t *contract.Terms) {
		for i := range t.Metrics {
			t.Metrics[i].AgreedDeadweight = pounds("0.33")
			t.Metrics[i].Cap = contract.MetricCap{Units: capped("4000"), Amount: capped("2000000")}
		}
		t.YearCaps = yearCaps(map[string]string{"": "400000", "2022/23": "1000000"})
		t.Grants = grants(map[string]string{"Q1 2021/22": "161510", "Q2 2024/25": "161510"})
		t.Payers[0].Cap = capped("300000")
	})
}

func sized(tb testing.TB, edit func(*contract.Terms)) (*contract.Pricer, *contract.Tally) {
	s := &contract.Shape{
		Quarters:      quarters("Q3 2020/21", 24),
		Commissioners: []string{"Nottinghamshire", "Nottingham", "Derby"},
		Cohorts:       []string{"step-down", "foster stability", "reunification", "edge of care"},
		States: []string{
			"edge of care", "foster", "residential", "reunified", "left care",
			"foster, planned", "home, planned", "edge of care, supported",
		},
		Metrics: []string{"M1", "M2", "M3", "M4"},
	}
	terms := contract.Terms{
		Cap: capped("9123323"),
		Payers: []contract.Payer{
			{Name: "Life Chances Fund", Shares: always("0.275")},
			{Name: contract.ClaimingCommissioner, Shares: always("0.725")},
		},
	}
	for i, tariff := range []string{"500", "450", "350", "295"} {
		terms.Metrics = append(terms.Metrics, contract.Metric{Name: s.Metrics[i], Tariff: contract.Tariff{Amount: pounds(tariff)}})
	}
	care := contract.Care{Cashable: amounts{"step-down": pounds("0.8"), "foster stability": pounds("0.1"), "reunification": pounds("0.6"), "edge of care": pounds("0.1")}}
	for state, cost := range map[string]string{
		"edge of care": "100", "foster": "1000", "residential": "4000", "reunified": "100", "left care": "0",
		"foster, planned": "1000", "home, planned": "100", "edge of care, supported": "100",
	} {
		care.UnitCosts = append(care.UnitCosts, contract.UnitCost{State: state, PerWeek: pounds(cost)})
	}
	edit(&terms)
	pricer, err := contract.NewPricer(terms, care, s, base(s), contract.Constant)
	require.NoError(tb, err)
	tally := contract.NewCounts[int64](s)
	for i := range tally.Weeks {
		tally.Weeks[i] = int64(i * 7 % 61)
	}
	for i := range tally.Units {
		tally.Units[i] = int64(60 + i*11%41)
	}
	return pricer, tally
}
