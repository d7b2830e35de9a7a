package xlsx

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
)

// The sheet Inputs has every price, cap and share that the workbook prices with. Column
// D is the input; column E is what it was when the workbook was written.

var inputHeads = []string{"setting of the programme file", "what it is", "unit", "input", "as delivered", "changed", "status", "source"}

const (
	inputColumn     = 3
	deliveredColumn = 4
	changedColumn   = 5
)

// newInputs begins the sheet.
func (m *maker) newInputs() {
	m.inputs = m.b.sheet("Inputs", "Inputs: change a number in the column called input, and all sheets follow", inputHeads,
		"Amounts are as in the contract, shares as fractions of 1: type 27.5% or 0.275. The column changed has 1 where an input is not as delivered.",
		"To lift a cap, type a very large amount. Only numbers will do.",
		"How many children are referred, where they live and what they earn are no inputs here: they need the programme again (see Notes).")
	m.constants = m.b.sheet("Constants", "Constants: numbers that are no assumptions", []string{"constant", "value", "what for"})
}

// input adds an input and returns its address.
func (m *maker) input(path, what, unit string, v float64, f format) string {
	status, source := m.origin(path)
	row := m.inputs.first() + len(m.inputs.rows)
	at, was := m.inputs.at(inputColumn, row), m.inputs.at(deliveredColumn, row)
	m.inputs.add(text(path), text(what), text(unit), number(v, f), number(v, f), formula(plain, "IF(%s=%s,0,1)", at, was), text(status), text(source))
	return at
}

// amount, share and year are inputs.
func (m *maker) amount(path, what string, v decimal.Decimal) string {
	return m.input(path, what, m.sign, v.InexactFloat64(), pounds)
}

func (m *maker) share(path, what string, v decimal.Decimal) string {
	return m.input(path, what, "share", v.InexactFloat64(), percent)
}

// rate is an input of how much an amount rises each 1 April, or general inflation, or
// nothing for an amount that does not change in the prices that it is worked out in.
func (m *maker) rate(path, what string, indexation decimal.NullDecimal, cash bool) string {
	switch {
	case indexation.Valid:
		return m.share(path, what+": rises each 1 April by", indexation.Decimal)
	case cash:
		return m.inflation
	}
	return ""
}

// constant adds a constant and returns its address.
func (m *maker) constant(name string, v float64, f format, why string) string {
	return m.constants.at(1, m.constants.add(text(name), number(v, f), text(why)))
}

// column is the cells of a column of the inputs, for look-ups by setting.
func (m *maker) inputCells(column int) string {
	s := m.inputs
	name := letters(column)
	return fmt.Sprintf("%s!$%s$%d:$%s$%d", s.name, name, s.first(), name, s.first()+len(s.rows)-1)
}

// origin is status and source of a setting in the register of the programme: of the
// setting itself, or of the nearest one that holds it or that it holds.
func (m *maker) origin(path string) (status, source string) {
	var best *model.Input
	for i := range m.p.Register {
		in := &m.p.Register[i]
		at := string(in.Path)
		switch {
		case at == path || at == path+".amount":
			return in.Status.String(), or(in.Source, "none named")
		case strings.HasPrefix(path, at+".") && (best == nil || len(at) > len(best.Path)):
			best = in
		}
	}
	if best == nil {
		return model.Unstated.String(), "none named"
	}
	return best.Status.String(), or(best.Source, "none named")
}

// general adds the inputs and constants that the whole workbook has.
func (m *maker) general() {
	m.k.pence = m.constant("pence in a pound", 100, whole, "amounts are worked out in whole pence")
	m.k.billion = m.constant("billionths", 1e9, whole, "shares are worked out in whole billionths")
	m.k.split = m.constant("split", 10000, whole, "an amount is divided in two parts by this, so that shares of it stay exact")
	m.k.guard = m.constant("decimals before rounding", 6, plain, "a price is rounded to these first, then to the penny, so that half a penny is half a penny")
	m.k.twoDecimals = m.constant("decimals of an amount", 2, plain, "amounts in pounds are rounded to these where they are added up")
	m.k.harm = m.constant("half a penny less than nothing", -0.5, plain, "what a cohort is expected to avoid, in pence, at or below which its extra cost is cash in full")
	m.k.days = m.constant("days in a year", 365, plain, "for present values")
	m.k.start = m.constant("first day of the programme", serial(m.p.Start), calendarDay, "from which present values count")
	base := m.p.PriceYear
	if base.IsZero() {
		base = m.shape.Quarters[0].FinancialYear()
	}
	m.k.base = m.constant("year of the price base", float64(base), plain, "first calendar year of the financial year; amounts are as stated in it: "+m.p.PriceBase)
	if m.p.Inflation != 0 {
		m.inflation = m.input("inflation", "prices in general, a year", "share", m.p.Inflation, percent)
	}
	kind := "real"
	if m.p.DiscountRate.Nominal {
		kind = "nominal"
	}
	m.discount = m.input("discount rate", "for present values, "+kind, "share", m.p.DiscountRate.Yearly, percent)
}
