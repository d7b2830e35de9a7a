package words

import (
	"strings"

	"github.com/shopspring/decimal"
)

// Pounds writes an amount in whole pounds: "£9,123,323", "-£1,200".
func Pounds(pounds float64) string { return currency(PoundSign, Count(pounds)) }

// Pence writes an amount to the penny: "£42.05", "£1,200.00".
func Pence(pounds float64) string { return currency(PoundSign, Number(pounds, 2)) }

// Thousands writes an amount in thousands of pounds: "£883k".
func Thousands(pounds float64) string { return currency(PoundSign, Count(pounds/1e3)+"k") }

// Millions writes an amount in millions of pounds with two decimals: "£9.12m".
func Millions(pounds float64) string { return currency(PoundSign, Number(pounds/1e6, 2)+"m") }

// Amount writes an amount that someone stated in a currency, with its pence if
// it has any: "£5,200", "-£42.50", "USD 1,000".
func Amount(symbol string, amount decimal.Decimal) string {
	amount = amount.Round(2)
	if amount.IsInteger() {
		return currency(symbol, grouped(amount.StringFixed(0)))
	}
	return currency(symbol, grouped(amount.StringFixed(2)))
}

// Money writes an amount in the currency with a code: "£5,200", "JPY 9,500,000".
// An amount without a code is not in pounds: "5,200 (no currency stated)".
func Money(code string, amount decimal.Decimal) string {
	switch code {
	case Sterling:
		return Amount(PoundSign, amount)
	case "":
		return Amount("", amount) + " (no currency stated)"
	}
	return Amount(code+" ", amount)
}

// currency puts a symbol between the sign and the digits.
func currency(symbol, number string) string {
	if digits, negative := strings.CutPrefix(number, "-"); negative {
		return "-" + symbol + digits
	}
	return symbol + number
}
