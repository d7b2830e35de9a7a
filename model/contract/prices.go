package contract

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/decimals"
	"github.com/edgeofcare/edgeofcare/internal/enum"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Prices says what a pound means in an amount.
type Prices int

// The two kinds of prices.
const (
	// Constant prices are those of the price base year: general inflation is
	// taken out.
	Constant Prices = iota
	// Cash prices are those of the day, as a budget or an invoice has them.
	Cash
)

var pricesNames = []string{"constant", "cash"}

// String returns the word for p, or a text that says that there is none.
func (p Prices) String() string { return enum.Name(p, pricesNames) }

// MarshalText writes the word.
func (p Prices) MarshalText() ([]byte, error) { return enum.Marshal(p, pricesNames, "kind of prices") }

// UnmarshalText reads the word; the error lists the valid ones.
func (p *Prices) UnmarshalText(text []byte) error {
	return enum.Unmarshal(p, text, pricesNames, "kind of prices")
}

// PriceIndex is general inflation as an index of prices: what £1 of the base
// year costs in another financial year,
//
//	(1 + inflation)^(financial year - base year).
//
// The zero value is no inflation: constant and cash prices are then the same.
type PriceIndex struct {
	Base      calendar.FinancialYear `json:"base,omitzero"`
	Inflation decimal.Decimal        `json:"inflation,omitzero"` // a year, as a share
}

// In returns the index in a financial year: 1 in the base year.
func (i PriceIndex) In(year calendar.FinancialYear) float64 {
	if i.Inflation.IsZero() {
		return 1
	}
	return math.Pow(1+i.Inflation.InexactFloat64(), float64(year-i.Base))
}

// byQuarter returns the factors that turn amounts of one kind of prices into
// another, by quarter. It is nil where that changes nothing.
func (i PriceIndex) byQuarter(from, to Prices, quarters []calendar.Quarter) []float64 {
	if from == to || i.Inflation.IsZero() {
		return nil
	}
	factors := make([]float64, len(quarters))
	for q, quarter := range quarters {
		factors[q] = i.In(quarter.FinancialYear())
		if to == Constant {
			factors[q] = 1 / factors[q]
		}
	}
	return factors
}

// rise is by what an amount of a programme file grows each 1 April, as a share,
// in the kind of prices that it is worked out in. An amount with an indexation of
// its own is in cash prices and grows by that. Any other keeps its value: it does
// not change in constant prices, and grows with general inflation in cash.
func (i PriceIndex) rise(indexation decimal.NullDecimal, in Prices) decimal.Decimal {
	switch {
	case indexation.Valid:
		return indexation.Decimal
	case in == Cash:
		return i.Inflation
	}
	return decimal.Zero
}

// errNoBase says that nobody knows in which year an indexed amount is what it is.
var errNoBase = errors.New("an indexed amount is that of the price base year, and the price base names none: write it with a financial year, such as 2022/23")

// Amount returns what an amount of a programme file is in a financial year, in
// pence, rounded once, half a penny away from zero: it is as stated in the base
// year. The error says that there is no base year, or that the amount cannot be
// carried back to a year before it.
func (i PriceIndex) Amount(pence decimal.Decimal, indexation decimal.NullDecimal, in Prices, year calendar.FinancialYear) (decimal.Decimal, error) {
	if indexation.Valid && i.Base.IsZero() {
		return pence, errNoBase
	}
	for _, d := range []decimal.Decimal{pence, indexation.Decimal, i.Inflation} {
		if err := decimals.Check(d); err != nil {
			return decimal.Zero, err
		}
	}
	factor, err := compounded(i.rise(indexation, in), int(year-i.Base))
	return pence.Mul(factor).Round(0), err
}

// mostYears is how many years the calendar has.
const mostYears = 9999

// compounded is (1 + rate)^years, for years before the base too.
func compounded(rate decimal.Decimal, years int) (decimal.Decimal, error) {
	one := decimal.NewFromInt(1)
	if rate.IsZero() {
		return one, nil
	}
	if years < -mostYears || years > mostYears {
		return one, fmt.Errorf("%d financial years lie between the price base and the year: at most %d can", max(years, -years), mostYears)
	}
	factor, product := rate.Add(one), one
	for range max(years, -years) {
		// Thirty decimals are far more than a penny of any amount needs.
		product = product.Mul(factor).Round(30)
	}
	if years >= 0 {
		return product, nil
	}
	if product.IsZero() {
		return one, fmt.Errorf("at %s a year it would be nothing from the base year on, and cannot be carried back to the years before", rate)
	}
	return one.DivRound(product, 30), nil
}

// yearly refuses rates of growth outside -1 to 1.
func yearly(rate decimal.Decimal) error {
	if rate.Abs().GreaterThan(decimal.NewFromInt(1)) {
		return fmt.Errorf("a yearly rate of %s is outside -1 to 1 (-100%% to 100%%)", rate)
	}
	return nil
}

// priced is Amount for the price of a unit or a week.
func (i PriceIndex) priced(pence int64, indexation decimal.NullDecimal, in Prices, year calendar.FinancialYear) (int64, error) {
	amount, err := i.Amount(decimal.NewFromInt(pence), indexation, in, year)
	if err != nil {
		return 0, err
	}
	return affordable(amount, i.rise(indexation, in))
}

// affordable refuses a price above the highest.
func affordable(price, rate decimal.Decimal) (int64, error) {
	if price.GreaterThan(decimal.NewFromInt(maxPrice)) {
		return 0, fmt.Errorf("at %s more a year it passes £10,000,000: a unit or a week costs at most that", rate)
	}
	return price.IntPart(), nil
}

// FixedIn is the kind of prices that the contract is worked out in: cash where any
// of its amounts has an indexation of its own, because then a claim is an amount in
// cash, and constant otherwise.
func (t Terms) FixedIn() Prices {
	indexed := t.CapIndexation.Valid || t.Fee != nil && t.Fee.Indexation.Valid ||
		slices.ContainsFunc(t.Metrics, func(m Metric) bool { return m.Tariff.Indexation.Valid || m.Cap.Indexation.Valid }) ||
		slices.ContainsFunc(t.YearCaps, func(c YearCap) bool { return c.Indexation.Valid }) ||
		slices.ContainsFunc(t.Grants, func(g Grant) bool { return g.Indexation.Valid }) ||
		slices.ContainsFunc(t.Payers, func(p Payer) bool { return p.CapIndexation.Valid })
	if indexed {
		return Cash
	}
	return Constant
}

// show brings a ledger into the prices that it is to be in, each cell rounded to
// the penny. What is due stays in the prices that it is fixed in.
func (p *Pricer) show(into *Ledger) {
	if p.toShow != nil {
		clear(into.Due)
		for at := 0; at < len(into.Payments); at += len(into.Due) {
			add(into.Due, into.Payments[at:at+len(into.Due)])
		}
	}
	convert(into.Claims, p.toShow)
	convert(into.Grants, p.toShow)
	convert(into.Allowed, p.toShow)
	convert(into.Fees, p.toShow)
	convert(into.Payments, p.toShow)
	convert(into.Costs, p.careToShow)
	convert(into.Cashable, p.careToShow)
	if other := into.Independent; other != nil {
		convert(other.Costs, p.careToShow)
		convert(other.Cashable, p.careToShow)
	}
}

// convert multiplies cells of any number of rows over quarters by the factor of
// their quarter, to the penny.
func convert(cells []int64, factors []float64) {
	if factors == nil {
		return
	}
	for at, cell := range cells {
		if cell != 0 {
			cells[at] = int64(math.Round(float64(cell) * factors[at%len(factors)]))
		}
	}
}
