package indigo

import (
	"slices"

	"github.com/shopspring/decimal"
)

// currencies returns the codes given for amounts, and how many amounts have none.
func (p *Project) currencies() (codes []string, without int) {
	found := map[string]bool{}
	add := func(code string, amounts ...decimal.NullDecimal) {
		switch stated := slices.ContainsFunc(amounts, func(a decimal.NullDecimal) bool { return a.Valid }); {
		case stated && code == "":
			without++
		case stated:
			found[code] = true
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
	for _, price := range p.Pricings {
		add(price.Currency, price.Unit, price.Maximum)
	}
	return sorted(found), without
}
