package contract_test

import (
	"math"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Nothing that terms and prices can hold is more than an error.
func TestWrongTermsAreErrors(t *testing.T) {
	huge := decimal.New(1, 1<<30)
	shape := &contract.Shape{Quarters: []calendar.Quarter{calendar.NewQuarter(2026, 2)}, Commissioners: []string{"N"}}
	for name, call := range map[string]func() error{
		"no shape": func() error {
			_, err := contract.NewPricer(contract.Terms{}, contract.Care{}, nil, contract.PriceIndex{}, 0)
			return err
		},
		"a zero shape": func() error {
			_, err := contract.NewPricer(contract.Terms{Metrics: make([]contract.Metric, 1)}, contract.Care{}, &contract.Shape{}, contract.PriceIndex{}, 0)
			return err
		},
		"no payers": func() error {
			_, err := contract.NewPricer(contract.Terms{}, contract.Care{}, shape, contract.PriceIndex{}, 0)
			return err
		},
		"prices 9": func() error {
			_, err := contract.NewPricer(contract.Terms{}, contract.Care{}, shape, contract.PriceIndex{}, 9)
			return err
		},
		"an endless cap": func() error {
			_, err := contract.NewPricer(contract.Terms{Cap: decimal.NewNullDecimal(huge)}, contract.Care{}, shape, contract.PriceIndex{}, 0)
			return err
		},
		"an endless cost": func() error {
			_, err := contract.NewPricer(contract.Terms{}, contract.Care{UnitCosts: []contract.UnitCost{{State: "s", PerWeek: huge}}}, shape, contract.PriceIndex{}, 0)
			return err
		},
		"endless inflation": func() error {
			_, err := contract.NewPricer(contract.Terms{}, contract.Care{}, shape, contract.PriceIndex{Base: 2026, Inflation: huge}, 1)
			return err
		},
		"an endless amount": func() error { _, err := contract.PriceIndex{}.Amount(huge, decimal.NullDecimal{}, 0, 2026); return err },
		"an endless rise": func() error {
			_, err := contract.PriceIndex{Base: 2026}.Amount(decimal.New(1, 0), decimal.NewNullDecimal(huge), 0, 2027)
			return err
		},
		"an endless time": func() error {
			_, err := contract.PriceIndex{Base: 2026, Inflation: decimal.New(2, -2)}.Amount(decimal.New(1, 0), decimal.NullDecimal{}, contract.Cash, math.MaxInt)
			return err
		},
	} {
		require.NotPanics(t, func() { require.Error(t, call(), name) }, name)
	}
}

// What is read of nothing, and what a life of nothing earns, is nothing.
func TestNothingOfNothing(t *testing.T) {
	require.NotPanics(t, func() {
		_ = contract.NewLedger(&contract.Shape{}, nil)
		contract.NewCounts[int64](&contract.Shape{}).Reset()
		_ = contract.PriceIndex{}.In(math.MaxInt)
		_ = contract.Terms{}.FixedIn()
		_ = contract.Definition{Terms: make([]contract.Term, 2)}.Validate()
		_ = contract.Arm(-1).String() + contract.Interruption(9).String() + contract.Prices(-3).String()
		_, _ = contract.Metric{}.MarshalJSON()
		var nothing *contract.FullWeeks
		_, _ = contract.Metric{Trigger: nothing}.MarshalJSON()
	})
	for _, text := range []string{"", "null", "[]", "{", `{"shape":null}`, `{"shape":{"quarters":["2026Q2"],"metrics":["m"],"commissioners":["N"]}}`} {
		require.Error(t, new(contract.Ledger).UnmarshalJSON([]byte(text)), text)
	}
	for _, kind := range contract.TriggerKinds() {
		trigger, ok := contract.NewTrigger(kind)
		require.True(t, ok)
		for _, path := range []contract.Path{{}, {Start: -1}, {Start: math.MaxInt, Stays: []contract.Stay{{}}}, {Start: 3, Stays: []contract.Stay{{From: 9, To: 2}, {State: 70, From: -5, To: 1}}}} {
			require.NotPanics(t, func() { require.Empty(t, trigger.Count(path, nil)) }, "%s %v", kind, path)
		}
	}
	_, ok := contract.NewTrigger("")
	require.False(t, ok)
}
