package indigo

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// currencies returns the codes given for amounts.
func (p *Project) currencies() []string {
	codes := map[string]bool{}
	add := func(code string, amounts ...decimal.NullDecimal) {
		if code != "" && slices.ContainsFunc(amounts, func(a decimal.NullDecimal) bool { return a.Valid }) {
			codes[code] = true
		}
	}
	f := p.Finance
	add(f.CapitalCurrency, f.Capital.Min, f.Capital.Exact, f.Capital.Max)
	add(f.MaximumCurrency, f.Maximum)
	add(f.MadeCurrency, f.Made)
	for _, pay := range p.Payments {
		add(pay.Currency, pay.Amount)
	}
	for _, c := range p.Commitments {
		add(c.Currency, c.Maximum)
		add(c.PaidCurrency, c.Paid)
	}
	for _, i := range p.Investments {
		add(i.Currency, i.Amount.Min, i.Amount.Exact, i.Amount.Max)
	}
	return sorted(codes)
}

// money writes an amount with commas and with its currency, if that is known.
func money(amount decimal.Decimal, code string) string {
	unit := code + " "
	switch code {
	case "GBP":
		unit = "£"
	case "":
		unit = ""
	}
	return words.Amount(unit, amount)
}
