package model

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// PriceIndex is general inflation as the programme states it: without inflation,
// or with one that is not a finite number, an index that is 1 in every year.
func (p *Programme) PriceIndex() contract.PriceIndex {
	index := contract.PriceIndex{Base: p.PriceYear}
	if p.Inflation != 0 && !math.IsNaN(p.Inflation) && !math.IsInf(p.Inflation, 0) {
		index.Inflation = decimal.NewFromFloat(p.Inflation)
	}
	return index
}

// Indexed reports whether any amount has an indexation of its own, or any rate is
// nominal: only then does inflation change a figure in constant prices.
func (p *Programme) Indexed() bool {
	indexed := p.Contract.FixedIn() == contract.Cash || p.DiscountRate.Nominal ||
		slices.ContainsFunc(p.UnitCosts, func(u contract.UnitCost) bool { return u.Indexation.Valid }) ||
		slices.ContainsFunc(p.SavingsTargets, func(t SavingsTarget) bool { return t.Indexation.Valid }) ||
		slices.ContainsFunc(p.Affordability, func(a Affordable) bool { return a.Indexation.Valid })
	if d := p.Delivery; d != nil {
		indexed = indexed || d.Indexation.Valid
	}
	if f := p.Facility; f != nil {
		indexed = indexed || f.Indexation.Valid || f.Terms.nominal() || f.Hurdle.Nominal
		for _, i := range f.Investors {
			indexed = indexed || f.TermsOf(i).nominal()
		}
	}
	return indexed
}

// PriceText says in words what a pound means in one kind of prices: "constant
// 2022/23 prices", or cash prices with what inflation is taken to be.
func (p *Programme) PriceText(prices contract.Prices) string {
	if prices == contract.Cash {
		return fmt.Sprintf("cash prices, with inflation of %s a year", words.Rate(p.Inflation))
	}
	return cmp.Or(p.PriceBase, "constant prices")
}

// Rate is a yearly rate, as a share (0.035 is 3.5%), effective unless what it is
// for says otherwise.
type Rate struct {
	Yearly float64 `json:"yearly"`
	// Nominal is whether general inflation is part of it; a real rate is above
	// inflation.
	Nominal bool `json:"nominal,omitempty"`
}

// String returns the rate with its kind: "8% a year (real)".
func (r Rate) String() string {
	if r.Nominal {
		return words.Rate(r.Yearly) + " a year (nominal)"
	}
	return words.Rate(r.Yearly) + " a year (real)"
}

// In returns the rate for amounts in one kind of prices: the nominal rate for cash,
// the real one for constant prices, where
//
//	1 + nominal = (1 + real) × (1 + inflation)
//
// (Fisher, The Theory of Interest, 1930). Inflation is a share a year.
func (r Rate) In(prices contract.Prices, inflation float64) float64 {
	switch {
	case r.Nominal && prices == contract.Constant:
		return (1+r.Yearly)/(1+inflation) - 1
	case !r.Nominal && prices == contract.Cash:
		return (1+r.Yearly)*(1+inflation) - 1
	}
	return r.Yearly
}

// inflation records what is wrong with prices that change from year to year.
func (v *validation) inflation() {
	p := v.p
	v.need(p.Inflation > -0.5 && p.Inflation < 1, "inflation", "%s a year: write a rate above -50%% and below 100%%, such as 2%%", words.Rate(p.Inflation))
	v.need(p.Inflation == 0 || !p.PriceYear.IsZero(), "price base",
		"there is inflation, so the price base must name the financial year in whose prices amounts are: write it as in constant 2022/23 prices")
	v.need(p.DiscountRate.Yearly >= 0 && p.DiscountRate.Yearly < 1, "discount rate",
		"%v is not a rate from 0 up to 1 (3.5%% is 0.035)", p.DiscountRate.Yearly)
	v.nominal("discount rate", p.DiscountRate)
	v.indexation("contract cap", p.Contract.CapIndexation)
	for _, m := range p.Contract.Metrics {
		v.indexation("metrics."+m.Name+".tariff", m.Tariff.Indexation)
		v.indexation("metrics."+m.Name+".cap", m.Cap.Indexation)
	}
	for _, c := range p.Contract.YearCaps {
		v.indexation("year caps", c.Indexation)
	}
	for _, g := range p.Contract.Grants {
		v.indexation("grants."+g.Quarter.String(), g.Indexation)
	}
	for _, payer := range p.Contract.Payers {
		v.indexation("payers."+payer.Name+".cap", payer.CapIndexation)
	}
	for _, u := range p.UnitCosts {
		v.indexation("unit costs."+u.State, u.Indexation)
	}
}

// indexation records that an amount has an indexation of its own in a programme
// without inflation, or one that is out of range.
func (v *validation) indexation(path string, indexation decimal.NullDecimal) {
	if !indexation.Valid {
		return
	}
	rate := indexation.Decimal
	v.need(rate.GreaterThan(decimal.New(-5, -1)) && rate.LessThanOrEqual(decimal.New(1, 0)), path,
		"an indexation of %s is not a yearly rate from -50%% to 100%%", rate)
	v.need(v.p.Inflation != 0, path,
		"it is indexed, so it is in cash, while everything else is in constant prices: say at the top of the file what general inflation is, as in inflation: 2%%")
}

// nominal records that a rate contains inflation, and the programme states none.
func (v *validation) nominal(path string, rate Rate) {
	v.need(!rate.Nominal || v.p.Inflation != 0, path,
		"it is nominal, and everything is in constant prices: say at the top of the file what general inflation is, as in inflation: 2%%, or give the rate above inflation, as in 3.5%% real")
}
