package model_test

import (
	"math"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// What is missing, of another programme or of another shape is an error. What one
// field of a programme may hold is tested with the simulation.
func TestWrongCallsAreErrors(t *testing.T) {
	p := sound()
	counts := func(change func(*contract.Tally)) *contract.Tally {
		c := contract.NewCounts[int64](p.Shape())
		c.Rules = p.Rules()
		change(c)
		return c
	}
	price := func(p *model.Programme, c *contract.Tally, prices contract.Prices) func() error {
		return func() error { _, err := model.Price(p, c, prices); return err }
	}
	for name, call := range map[string]func() error{
		"check nothing":          func() error { return (*model.Programme)(nil).Validate() },
		"check a zero programme": func() error { return new(model.Programme).Validate() },
		"pricer of nothing":      func() error { _, err := (*model.Programme)(nil).Pricer(0, nil); return err },
		"pricer of other counts": func() error { _, err := p.Pricer(0, &contract.Expected{}); return err },
		"pricer of prices 9":     func() error { _, err := p.Pricer(9, nil); return err },
		"price nothing":          price(p, nil, 0),
		"price for nothing":      price(nil, counts(func(*contract.Tally) {}), 0),
		"price zero counts":      price(p, &contract.Tally{}, 0),
		"counts without a shape": price(p, counts(func(c *contract.Tally) { c.Shape = nil }), 0),
		"counts of another's":    price(p, counts(func(c *contract.Tally) { c.Shape = &contract.Shape{} }), 0),
		"counts of other rules":  price(p, counts(func(c *contract.Tally) { c.Rules = contract.Rules{} }), 0),
		"weeks cut short":        price(p, counts(func(c *contract.Tally) { c.Weeks = c.Weeks[:1] }), 0),
		"units cut short":        price(p, counts(func(c *contract.Tally) { c.Units = nil }), 0),
		"half of another life":   price(p, counts(func(c *contract.Tally) { c.Independent = &contract.Tally{Shape: c.Shape, Weeks: c.Weeks[:1]} }), 0),
	} {
		require.NotPanics(t, func() { require.Error(t, call(), name) }, name)
	}
	require.NoError(t, price(p, counts(func(*contract.Tally) {}), 0)())
}

// A number with a thousand million digits is a fault that says where it is.
func TestNumbersOfTooManyDigits(t *testing.T) {
	p := sound()
	p.Contract.Metrics[1].Tariff.Amount = decimal.New(1, 1<<30)
	p.UnitCosts[0].PerWeek = decimal.New(1, -1<<30)
	require.EqualError(t, p.Validate(),
		"contract.metrics.M3.tariff.amount: a number has more than 400 digits (its power of ten is 1073741824): write a number of ordinary size\n"+
			"unit costs.edge of care.per week: a number has more than 400 digits (its power of ten is -1073741824): write a number of ordinary size")
	require.Empty(t, p.Fingerprint())
	p.Contract.Metrics[1].Tariff.Amount, p.UnitCosts[0].PerWeek = decimal.Zero, decimal.Zero
	for _, inflation := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), -1, 1e300} {
		p.Inflation = inflation
		require.ErrorContains(t, p.Validate(), "inflation")
		require.NotPanics(t, func() { p.PriceIndex(); p.PublishedIn(contract.Constant); p.PriceText(contract.Cash); p.Fingerprint() })
	}
}
